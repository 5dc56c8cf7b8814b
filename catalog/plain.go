package catalog

import (
	"context"
	"slices"
	"unsafe"

	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/schema"
)

// Listing gives the fields and records of one schema after the other as
// FieldsOfVersion and RecordsOfVersion give them, but without what only the
// other versions and the whole of the schema tell: Span, Paths, Aliases and
// Symbols. It is for who goes through many schemas: most are read off their
// outlines, nothing is kept of them, and all are read into the same room. What a
// Listing gave, every text of it, is good until it is used again. The zero value
// is ready; it is for one caller at a time.
type Listing struct {
	fields  []Field
	records []Record
	plain   plain
}

// Fields are the fields of a version; x is its content.
func (l *Listing) Fields(ctx context.Context, v *View, of *Version, x registry.Content) ([]Field, error) {
	if err := v.askRead(ctx, subjectRef(of.Subject)); err != nil {
		return nil, err
	}
	if l.plain.open(of.Subject, x) {
		var ok bool
		if l.fields, ok = l.plain.fields(l.fields[:0]); ok {
			return l.fields, nil
		}
	}
	fields, err := v.FieldsOfVersion(ctx, of.Subject, of.Version)
	l.fields = append(l.fields[:0], fields...)
	return l.fields, err
}

// Records are the records of a version; x is its content.
func (l *Listing) Records(ctx context.Context, v *View, of *Version, x registry.Content) ([]Record, error) {
	if err := v.askRead(ctx, subjectRef(of.Subject)); err != nil {
		return nil, err
	}
	if l.plain.open(of.Subject, x) {
		var ok bool
		if l.records, ok = l.plain.records(l.records[:0]); ok {
			return l.records, nil
		}
	}
	records, err := v.RecordsOfVersion(ctx, of.Subject, of.Version)
	l.records = append(l.records[:0], records...)
	return l.records, err
}

// NothingSaid says that nobody ever said anything of a subject's records or
// fields, by kind, and that everybody may read them: what there is of them is
// what their schemas have.
func (v *View) NothingSaid(kind Kind, s registry.Subject) bool {
	if !v.catalog.allowsAll() {
		return false
	}
	for range v.said.within(kind, string(s.Context), s.Name) {
		return false
	}
	return true
}

// plain is a schema whose layout is its outline: one that has the types that it
// uses itself, each under one name. layoutOf is the rule, this its short form.
type plain struct {
	subject  registry.Subject
	format   schema.Type
	outline  []byte
	contract part
	names    []byte // of fields, one behind the other
	met      []string
}

// mostPlain is how many records a plain schema has: they are found by looking
// through them.
const mostPlain = 16

// open takes a schema; false says that it is not plain.
func (p *plain) open(s registry.Subject, x registry.Content) bool {
	if x.Type() == schema.JSON || len(x.References()) > 0 {
		return false
	}
	*p = plain{subject: s, format: x.Type(), outline: x.AppendOutline(p.outline[:0]), names: p.names[:0], met: p.met[:0]}
	p.contract.contract = contractTags(x.Metadata())
	return true
}

// fields appends the fields; ok is false where the outline is not plain.
func (p *plain) fields(list []Field) (_ []Field, ok bool) {
	before := len(list)
	scan := schema.ScanOutline(p.outline)
	for len(list)-before < maxFields && scan.NextRecord() {
		record := borrowed(scan.Record.Name)
		if slices.Contains(p.met, record) {
			continue
		}
		if len(p.met) == mostPlain {
			return list[:before], false
		}
		p.met = append(p.met, record)
		for scan.NextField() {
			f := &scan.Field
			runtime := p.join(scan.Record.Name, f.Name)
			path := runtime
			switch {
			case f.TagPath != nil:
				path = borrowed(f.TagPath)
			case string(scan.Record.TagPath) != record:
				path = p.join(scan.Record.TagPath, f.Name)
			}
			kind := borrowed(f.Type)
			list = append(list, Field{
				Subject: p.subject, RuntimeName: runtime, Name: borrowed(f.Name), Record: record, TagPath: path, Type: kind,
				Nullable: nullable(p.format, &schema.Field{Type: kind, Ref: borrowed(f.Ref)}), Required: f.Required,
				Default: borrowed(f.Default), Number: f.Number, Doc: borrowed(f.Doc),
				Tags: appendContract(appendTags(nil, f.Tags, FromInline, Ref{}), &p.contract, runtime),
			})
		}
	}
	for scan.NextRecord() { // to know whether all of it can be read
	}
	if scan.Err() != nil {
		return list[:before], false
	}
	return list, true
}

// records is fields for records.
func (p *plain) records(list []Record) (_ []Record, ok bool) {
	before, fields := len(list), 0
	scan := schema.ScanOutline(p.outline)
	for scan.NextRecord() {
		r := &scan.Record
		name := borrowed(r.Name)
		if fields >= maxFields || slices.Contains(p.met, name) {
			continue
		}
		if len(p.met) == mostPlain {
			return list[:before], false
		}
		p.met = append(p.met, name)
		fields += r.Fields
		list = append(list, Record{
			Subject: p.subject, Name: name, TagPath: borrowed(r.TagPath), Kind: borrowed(r.Kind), Doc: borrowed(r.Doc),
			Tags: appendTags(nil, r.Tags, FromInline, Ref{}),
		})
	}
	if scan.Err() != nil {
		return list[:before], false
	}
	return list, true
}

// join gives two names with a point between them.
func (p *plain) join(a, b []byte) string {
	if need := len(a) + 1 + len(b); cap(p.names)-len(p.names) < need {
		p.names = make([]byte, 0, max(need, 2*cap(p.names), len(p.outline))) // what is there stays as it is
	}
	at := len(p.names)
	p.names = append(append(append(p.names, a...), '.'), b...)
	return borrowed(p.names[at:])
}

// borrowed gives bytes as a string, without a copy: a list goes through gigabytes.
// It is good until the bytes change.
func borrowed(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }
