package protobuf

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/weir-registry/weir/schema"
)

// Every bundled import of compatibility.md 2.4 is there, and what it names
// resolves.
func TestBundled(t *testing.T) {
	for path, typ := range map[string]string{
		"google/protobuf/any.proto":            "google.protobuf.Any",
		"google/protobuf/api.proto":            "google.protobuf.Api",
		"google/protobuf/descriptor.proto":     "google.protobuf.FileDescriptorProto",
		"google/protobuf/duration.proto":       "google.protobuf.Duration",
		"google/protobuf/empty.proto":          "google.protobuf.Empty",
		"google/protobuf/field_mask.proto":     "google.protobuf.FieldMask",
		"google/protobuf/source_context.proto": "google.protobuf.SourceContext",
		"google/protobuf/struct.proto":         "google.protobuf.Struct.FieldsEntry",
		"google/protobuf/timestamp.proto":      "google.protobuf.Timestamp",
		"google/protobuf/type.proto":           "google.protobuf.Type",
		"google/protobuf/wrappers.proto":       "google.protobuf.BoolValue",
		"google/type/calendar_period.proto":    "google.type.CalendarPeriod",
		"google/type/color.proto":              "google.type.Color",
		"google/type/date.proto":               "google.type.Date",
		"google/type/datetime.proto":           "google.type.DateTime",
		"google/type/dayofweek.proto":          "google.type.DayOfWeek",
		"google/type/decimal.proto":            "google.type.Decimal",
		"google/type/expr.proto":               "google.type.Expr",
		"google/type/fraction.proto":           "google.type.Fraction",
		"google/type/interval.proto":           "google.type.Interval",
		"google/type/latlng.proto":             "google.type.LatLng",
		"google/type/money.proto":              "google.type.Money",
		"google/type/month.proto":              "google.type.Month",
		"google/type/phone_number.proto":       "google.type.PhoneNumber.ShortCode",
		"google/type/postal_address.proto":     "google.type.PostalAddress",
		"google/type/quaternion.proto":         "google.type.Quaternion",
		"google/type/timeofday.proto":          "google.type.TimeOfDay",
		"confluent/meta.proto":                 "confluent.Meta",
		"confluent/type/decimal.proto":         "confluent.type.Decimal",
		"confluent/type/variant.proto":         "confluent.type.Variant",
	} {
		text := proto3("import \"" + path + "\"; message A { " + typ + " a = 1; }")
		s := mustParseWith(t, text, schema.Options{New: true, ValidateFields: true})
		if d, ok := s.Resolve("A", typ); !ok || d.Name != typ || d.Place.Kind != Bundled {
			t.Errorf("Resolve(%q) = %+v, %t", typ, d, ok)
		}
	}
	world, err := bundle()
	if err != nil || len(world) != 30 {
		t.Errorf("bundle() = %d files, %v; want 30", len(world), err)
	}
	for _, u := range world {
		u.index()
	}
	for _, u := range world {
		s := &Schema{file: u.file, names: &universe{own: u, refs: newLibrary(nil), world: newLibrary(world)}}
		if faults := s.unresolved(); len(faults) > 0 {
			t.Errorf("%s: %v", u.path, faults)
		}
	}
}

// Names resolve by scope, in the whole closure, whatever is imported.
func TestResolve(t *testing.T) {
	money := dependency("other/name.proto", proto3("package common; message Money { message Unit {} }"))
	s := mustParse(t, proto3(`package a.b;
message Timestamp { message In {} }
message A { message A { message A {} } }
message M { Timestamp t = 1; A.A a = 2; common.Money m = 3; google.protobuf.Timestamp g = 4; .a.b.A top = 5; }`), money)
	for _, c := range []struct {
		scope, name, want string
		kind              PlaceKind
	}{
		{"a.b", "Timestamp", "a.b.Timestamp", Own},
		{"a.b.A", "A", "a.b.A.A", Own},
		{"a.b.A.A", "A", "a.b.A.A.A", Own},
		{"a.b.A", "A.A", "a.b.A.A.A", Own},
		{"a.b", "b.A", "a.b.A", Own},
		{"a.b.M", "common.Money.Unit", "common.Money.Unit", Referenced},
		{"a.b.M", ".google.protobuf.Timestamp", "google.protobuf.Timestamp", Bundled},
		{"a.b.M", "Money", "", 0},
		{"a.b.M", ".Timestamp", "", 0},
	} {
		d, ok := s.Resolve(c.scope, c.name)
		if ok != (c.want != "") || d.Name != c.want || d.Place.Kind != c.kind {
			t.Errorf("Resolve(%q, %q) = %q in %v, want %q in %v", c.scope, c.name, d.Name, d.Place, c.want, c.kind)
		}
	}
	if d, _ := s.Resolve("", "common.Money.Unit"); d.Local() != "Money.Unit" || d.Place.Subject != "other/name.proto" {
		t.Errorf("Resolve = %+v", d)
	}
}

// A reference takes the place of the bundled import of its name.
func TestReferenceBeforeBundled(t *testing.T) {
	own := dependency("google/type/date.proto", proto3("package google.type; message Day {}"))
	if _, err := parseText(t, proto3("message A { google.type.Date d = 1; }"), schema.Options{New: true}, own); err == nil {
		t.Error("google.type.Date must be gone")
	}
	mustParse(t, proto3("message A { google.type.Day d = 1; }"), own)
}

func TestReferenceThatIsNoProtobuf(t *testing.T) {
	_, err := parseText(t, proto3("message A {}"), schema.Options{New: true}, dependency("j.json", `{"type":"object"}`))
	if got := err.(*schema.InvalidError).Stage; got != schema.StageParse {
		t.Errorf("stage = %v", got)
	}
}

func TestNormalizeSortsReferences(t *testing.T) {
	ref := func(name, subject string, version int32) schema.Reference {
		return schema.Reference{Name: name, Subject: subject, Version: version}
	}
	s := mustParse(t, proto3("message A {}"))
	s.references = []schema.Reference{ref("z", "b", 2), ref("b", "a", 1), ref("a", "a", 1), ref("b", "a", 1), ref("y", "b", 1), ref("y", "b", 1)}
	n, err := s.Normalize()
	if err != nil {
		t.Fatal(err)
	}
	want := []schema.Reference{ref("b", "a", 1), ref("a", "a", 1), ref("b", "a", 1), ref("y", "b", 1), ref("z", "b", 2)}
	if diff := cmp.Diff(want, n.References()); diff != "" {
		t.Errorf("References() (-want +got):\n%s", diff)
	}
}
