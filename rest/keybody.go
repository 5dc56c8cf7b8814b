package rest

import (
	"github.com/weir-registry/weir/registry/dek"
	"github.com/weir-registry/weir/schema/jsontext"
)

// createKek reads a CreateKekRequest (registry-api.md 22.1).
func (f *fields) createKek(v jsontext.Value) dek.CreateKek {
	var k dek.CreateKek
	if !f.object(v) {
		return k
	}
	for member := range items(v) {
		switch member.Name() {
		case "name":
			k.Name = f.str(member)
		case "kmsType":
			k.KMSType = f.str(member)
		case "kmsKeyId":
			k.KMSKeyID = f.str(member)
		case "kmsProps":
			k.KMSProps = f.properties(member, true)
		case "doc":
			k.Doc = f.str(member)
		case "shared":
			k.Shared = f.isTrue(member)
		case "deleted":
			k.Deleted = f.isTrue(member)
		}
	}
	return k
}

// updateKek reads the body of PUT of a KEK: an absent field keeps what is
// stored.
func (f *fields) updateKek(v jsontext.Value) dek.UpdateKek {
	var u dek.UpdateKek
	if !f.object(v) {
		return u
	}
	for member := range items(v) {
		switch member.Name() {
		case "kmsProps":
			props := f.properties(member, true)
			u.KMSProps = given(&props)
		case "doc":
			u.Doc = given(f.str(member))
		case "shared":
			u.Shared = given(f.boolean(member))
		}
	}
	return u
}

// createDek reads a CreateDekRequest.
func (f *fields) createDek(v jsontext.Value) dek.CreateDek {
	d := dek.CreateDek{Algorithm: dek.AES256GCM}
	if !f.object(v) {
		return d
	}
	for member := range items(v) {
		switch member.Name() {
		case "subject":
			d.Subject = f.str(member)
		case "version":
			d.Version = f.integer(member)
		case "algorithm":
			if name := f.enum(member, string(dek.AES128GCM), string(dek.AES256GCM), string(dek.AES256SIV)); name != "" {
				d.Algorithm = dek.Algorithm(name)
			}
		case "encryptedKeyMaterial":
			d.EncryptedKeyMaterial = f.str(member)
		case "deleted":
			d.Deleted = f.isTrue(member)
		}
	}
	return d
}

// appendKek appends a Kek; tested is the form that a test answers with.
func appendKek(b []byte, k *dek.Kek, tested bool) []byte {
	b = append(b, '{')
	first := true
	b = appendText(appendName(b, "name", &first), k.Name)
	b = appendText(appendName(b, "kmsType", &first), k.KMSType)
	b = appendText(appendName(b, "kmsKeyId", &first), k.KMSKeyID)
	b = appendMap(appendName(b, "kmsProps", &first), k.KMSProps, appendTextOrNull)
	if k.Doc != nil {
		b = appendText(appendName(b, "doc", &first), *k.Doc)
	}
	b = appendBool(appendName(b, "shared", &first), k.Shared)
	if tested {
		b = appendBool(appendName(b, "deleted", &first), k.Deleted)
		b = append(b, `,"type":"KEK","offset":0`...)
	}
	b = appendInt(appendName(b, "ts", &first), k.At/1000)
	if k.Deleted && !tested {
		b = appendBool(appendName(b, "deleted", &first), true)
	}
	return append(b, '}')
}

// appendDek appends a Dek.
func appendDek(b []byte, d *dek.Dek) []byte {
	b = append(b, '{')
	first := true
	b = appendText(appendName(b, "kekName", &first), d.Kek)
	b = appendSubject(appendName(b, "subject", &first), d.Subject)
	b = appendInt(appendName(b, "version", &first), d.Version)
	b = appendText(appendName(b, "algorithm", &first), string(d.Algorithm))
	b = appendText(appendName(b, "encryptedKeyMaterial", &first), d.EncryptedKeyMaterial)
	b = appendNonEmpty(b, "keyMaterial", d.KeyMaterial, &first)
	b = appendInt(appendName(b, "ts", &first), d.At/1000)
	if d.Deleted {
		b = appendBool(appendName(b, "deleted", &first), true)
	}
	return append(b, '}')
}
