package schema

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

// scanned is what a scanner sees of an outline, in the shape of decoding it.
func scanned(data []byte) (Outline, error) {
	var o Outline
	s := ScanOutline(data)
	for s.NextRecord() {
		r := s.Record
		record := Record{Name: string(r.Name), TagPath: string(r.TagPath), Doc: string(r.Doc), Kind: string(r.Kind), Tags: r.Tags}
		for s.NextField() {
			f := s.Field
			field := Field{
				Name: string(f.Name), RuntimeName: string(f.RuntimeName), TagPath: string(f.TagPath), Type: string(f.Type),
				Ref: string(f.Ref), Doc: string(f.Doc), Tags: f.Tags, Default: string(f.Default), Required: f.Required, Number: f.Number,
			}
			if f.TagPath == nil {
				field.TagPath = record.TagPath + "." + field.Name
			}
			record.Fields = append(record.Fields, field)
		}
		o.Records = append(o.Records, record)
	}
	return o, s.Err()
}

// sameAsDecoding compares the two ways to read the same bytes.
func sameAsDecoding(t interface{ Fatalf(string, ...any) }, data []byte) {
	var want Outline
	decoded := want.UnmarshalBinary(data)
	got, err := scanned(data)
	if err != decoded {
		t.Fatalf("scanning %x = %v, decoding it = %v", data, err, decoded)
	}
	if err != nil {
		return
	}
	want.Doc, want.RecordName, want.Holds = "", "", nil
	for i := range want.Records {
		r := &want.Records[i]
		r.Symbols, r.Aliases, r.Holds = nil, nil, nil
		for j := range r.Fields {
			r.Fields[j].Aliases, r.Fields[j].Holds = nil, nil
		}
	}
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Fatalf("%x (-decoded +scanned):\n%s", data, diff)
	}
}

func TestScanningIsDecoding(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := drawOutline(t)
		data, err := o.AppendBinary(nil)
		if err != nil {
			t.Fatal(err)
		}
		sameAsDecoding(t, data)
		cut := rapid.IntRange(0, len(data)-1).Draw(t, "cut")
		sameAsDecoding(t, data[:cut])
		data[cut] ^= byte(rapid.IntRange(1, 255).Draw(t, "flip"))
		sameAsDecoding(t, data)
		sameAsDecoding(t, append(data, 0))
	})
}

// A record's fields may be left unread.
func TestScanningSkipsFields(t *testing.T) {
	o := Outline{Records: []Record{{Name: "a", Fields: []Field{{Name: "x"}, {Name: "y"}}}, {Name: "b"}}}
	data, err := o.AppendBinary(nil)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	s := ScanOutline(data)
	for s.NextRecord() {
		names = append(names, string(s.Record.Name))
		s.NextField()
	}
	if diff := cmp.Diff([]string{"a", "b"}, names); diff != "" || s.Err() != nil {
		t.Errorf("records (-want +got), error %v:\n%s", s.Err(), diff)
	}
}

func FuzzScanOutline(f *testing.F) {
	f.Add([]byte{firstVersion, 0, 0})
	f.Add([]byte{firstVersion, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0xff, 0, 0})
	f.Add([]byte{outlineVersion, 0, 0, 0, 0})
	f.Add([]byte{outlineVersion, 0, 0, 1, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0xff, 3, 0, 0})
	f.Fuzz(func(t *testing.T, data []byte) { sameAsDecoding(t, data) })
}
