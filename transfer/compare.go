package transfer

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"

	"github.com/weir-registry/weir/registry/remote"
)

// same says whether two versions are the same content under the same id;
// whether they are deleted is looked at apart.
func same(a, b remote.Schema) bool {
	return a.ID == b.ID && typeOf(a) == typeOf(b) && a.Schema == b.Schema && slices.Equal(a.References, b.References) &&
		equalJSON(a.Metadata, b.Metadata) && equalJSON(a.RuleSet, b.RuleSet)
}

// typeOf gives the type of a schema; older registries leave AVRO out.
func typeOf(s remote.Schema) string {
	if s.SchemaType == "" {
		return "AVRO"
	}
	return s.SchemaType
}

// equalJSON compares documents by value; absent and null are one.
func equalJSON(a, b json.RawMessage) bool {
	var x, y any
	if len(a) > 0 && json.Unmarshal(a, &x) != nil || len(b) > 0 && json.Unmarshal(b, &y) != nil {
		return false
	}
	return reflect.DeepEqual(x, y)
}

func equalKek(a, b remote.Kek) bool {
	same := equalJSON(a.KMSProps, b.KMSProps) && reflect.DeepEqual(a.Doc, b.Doc)
	a.KMSProps, b.KMSProps, a.Doc, b.Doc = nil, nil, nil, nil
	return same && reflect.DeepEqual(a, b)
}

// compare notes every difference between source and target.
func (t *transfer) compare() {
	for _, key := range slices.SortedFunc(maps.Keys(t.source.versions), compareKeys) {
		want := t.source.versions[key]
		got, there := t.target.versions[key]
		what := fmt.Sprintf("%s version %d", key.subject, key.version)
		switch {
		case !there:
			t.differs("%s is missing", what)
		case !same(want, got):
			t.differs("%s is another: id %d at the source, id %d at the target", what, want.ID, got.ID)
		case want.Deleted != got.Deleted:
			t.differs("%s: deleted is %t at the source, %t at the target", what, want.Deleted, got.Deleted)
		case want.GUID != "" && want.GUID != got.GUID:
			t.differs("%s: guid %s at the source, %s at the target", what, want.GUID, got.GUID)
		}
	}
	for _, scope := range slices.Sorted(maps.Keys(t.source.configs)) {
		if !equalJSON(t.source.configs[scope], t.target.configs[scope]) {
			t.differs("config of %q: %s at the source, %s at the target", scope, t.source.configs[scope], t.target.configs[scope])
		}
	}
	for _, scope := range slices.Sorted(maps.Keys(t.source.modes)) {
		if want, got := t.source.modes[scope], t.target.modes[scope]; want != got {
			t.differs("mode of %q: %s at the source, %q at the target", scope, want, got)
		}
	}
	t.compareAssociations()
	for _, name := range slices.Sorted(maps.Keys(t.source.keks)) {
		if got, there := t.target.keks[name]; !there || !equalKek(t.source.keks[name], got) {
			t.differs("KEK %q is missing or another", name)
		}
	}
	for key, want := range t.source.deks {
		if t.target.deks[key] != want {
			t.differs("DEK of %q under %q, %s version %d, is missing or another", key.subject, key.kek, key.algorithm, key.version)
		}
	}
}

func (t *transfer) differs(format string, args ...any) {
	t.summary.Differences++
	if len(t.summary.Described) < MaxDifferences {
		t.summary.Described = append(t.summary.Described, fmt.Sprintf(format, args...))
	}
}
