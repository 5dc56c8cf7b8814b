package compat

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/weir-registry/weir/schema"
)

func messages(t *testing.T, level Level, fresh, old schema.Schema) []string {
	t.Helper()
	var asked []int32
	result, err := Check(t.Context(), Request{Level: level, New: fresh, Old: history(&asked, old)})
	if err != nil {
		t.Fatal(err)
	}
	return Messages(result, level, true)
}

func TestMessagesOfFull(t *testing.T) {
	one, two := record(t, "a"), record(t, "a", "b")
	oldReads := `{errorType:'READER_FIELD_MISSING_DEFAULT_VALUE', description:'The field 'b' at path '/fields/1' in the old schema has no default value and is missing in the new schema', additionalInfo:'b'}`
	newReads := `{errorType:'READER_FIELD_MISSING_DEFAULT_VALUE', description:'The field 'b' at path '/fields/1' in the new schema has no default value and is missing in the old schema', additionalInfo:'b'}`
	for _, c := range []struct {
		name       string
		fresh, old schema.Schema
		level      Level
		want       []string
	}{
		{"only the first half fails: no old schema", one, two, Full, []string{
			oldReads, `{validateFields: 'true', compatibility: 'FULL'}`,
		}},
		{"the second half fails", two, one, Full, []string{
			newReads, `{oldSchemaVersion: 1}`, `{oldSchema: '` + one.Text() + `'}`, `{validateFields: 'true', compatibility: 'FULL'}`,
		}},
		{"forward has one half", one, two, Forward, []string{
			oldReads, `{oldSchemaVersion: 1}`, `{oldSchema: '` + two.Text() + `'}`, `{validateFields: 'true', compatibility: 'FORWARD'}`,
		}},
		{"compatible", one, one, Full, []string{}},
	} {
		if diff := cmp.Diff(c.want, messages(t, c.level, c.fresh, c.old)); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
}

func TestMessagesOfFault(t *testing.T) {
	fresh := mustParse(t, `{"type":"record","name":"R","fields":[{"name":"c","type":"int","aliases":["a","b"]}]}`)
	old := record(t, "a", "b.")
	want := []string{
		`{errorType:'READER_FIELD_MISSING_DEFAULT_VALUE', description:'The field 'a' at path '/fields/0' in the old schema has no default value and is missing in the new schema', additionalInfo:'a'}`,
		`Unexpected exception during compatibility check: Reader record field c type:INT pos:0 matches multiple fields in writer record schema ` + old.Text(),
		`{oldSchemaVersion: 1}`, `{oldSchema: '` + old.Text() + `'}`, `{validateFields: 'true', compatibility: 'FULL'}`,
	}
	if diff := cmp.Diff(want, messages(t, Full, fresh, old)); diff != "" {
		t.Error(diff)
	}
}

func TestOldSchemaIsCutByCharacters(t *testing.T) {
	for _, c := range []struct {
		text, want string
	}{
		{strings.Repeat("x", 10240), "{oldSchema: '" + strings.Repeat("x", 10240) + "'}"},
		{strings.Repeat("x", 10241), "{oldSchema: <truncated> '" + strings.Repeat("x", 10240) + "...'}"},
		{strings.Repeat("é", 10240), "{oldSchema: '" + strings.Repeat("é", 10240) + "'}"},
		{strings.Repeat("é", 10241), "{oldSchema: <truncated> '" + strings.Repeat("é", 10240) + "...'}"},
		{strings.Repeat("😀", 5120), "{oldSchema: '" + strings.Repeat("😀", 5120) + "'}"},
		{"x" + strings.Repeat("😀", 5120), "{oldSchema: <truncated> 'x" + strings.Repeat("😀", 5119) + "...'}"},
	} {
		if got := oldSchemaMessage(c.text); got != c.want {
			t.Errorf("of %d bytes: %.60s… (%d bytes), want %.60s… (%d bytes)", len(c.text), got, len(got), c.want, len(c.want))
		}
	}
}

func TestReservedFieldsComeFirst(t *testing.T) {
	reserved := []string{ReservedRemoved("gone"), ReservedConflict("b")}
	want := []string{
		"The new schema has reserved field gone removed from its metadata which is present in the old schema's metadata.",
		"The new schema has field that conflicts with the reserved field b.",
		"{validateFields: 'true', compatibility: 'NONE'}",
	}
	got := Messages(Result{Type: schema.Avro, Compatible: true}, None, true, reserved...)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	conflict := ConflictMessage("a\"b", got[:1])
	if want := `Schema being registered is incompatible with an earlier schema for subject "a"b", details: [` + want[0] + "]"; conflict != want {
		t.Errorf("ConflictMessage = %s, want %s", conflict, want)
	}
}

func TestDifferenceShapes(t *testing.T) {
	for _, c := range []struct {
		language schema.Type
		d        Difference
		want     string
	}{
		{
			schema.JSON,
			Difference{Code: "MAXIMUM_DECREASED", Path: "#/maximum"},
			`{errorType:"MAXIMUM_DECREASED", description:"The value at path '#/maximum' in the new schema is less than its value in the old schema'}`,
		},
		{
			schema.JSON,
			Difference{Code: "PROPERTY_REMOVED_FROM_CLOSED_CONTENT_MODEL", Path: "#/properties/5% off", Direction: OldReadsNew},
			`{errorType:"PROPERTY_REMOVED_FROM_CLOSED_CONTENT_MODEL", description:"The old has a closed content model and is missing a property or item present at path '#/properties/5% off' in the new schema'}`,
		},
		{schema.JSON, Difference{Code: "SCHEMA_ADDED", Path: "#/"}, `{errorType:"SCHEMA_ADDED", description:"'}`},
		{
			schema.JSON,
			Difference{Code: "MIN_ITEMS_ADDED", Path: "#/minItems"},
			`{errorType:"MIN_ITEMS_ADDED", description:"The keyword at path '#/minItems' in the new schema is not present in the old schema'}`,
		},
		{
			schema.Protobuf,
			Difference{Code: "REQUIRED_FIELD_ADDED", Path: "#/M/2"},
			`{errorType:"REQUIRED_FIELD_ADDED", description:"A required field  at path '#/M/2' in the new schema is missing in the old schema"}`,
		},
	} {
		if got := differenceMessage(c.language, c.d); got != c.want {
			t.Errorf("%s: %s, want %s", c.d.Code, got, c.want)
		}
	}
}
