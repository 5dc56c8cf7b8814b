package confluent

import "testing"

// Every type has what all have, once, and the root knows no more.
func TestTypes(t *testing.T) {
	for _, of := range append(Types(), Any) {
		if !of.Known() || !of.Is(Any) || !of.Is(of) {
			t.Errorf("%s: Known, Is(cf_entity), Is(itself) are not all true", of)
		}
		if above := of.Supertypes(); (len(above) == 0) != (of == Any) {
			t.Errorf("%s: Supertypes() = %v", of, above)
		}
		seen := map[string]bool{}
		for _, a := range of.Attributes() {
			if seen[a.Name] {
				t.Errorf("%s has %s twice", of, a.Name)
			}
			seen[a.Name] = true
		}
		for _, a := range Any.Attributes() {
			if !seen[a.Name] {
				t.Errorf("%s has no %s", of, a.Name)
			}
		}
	}
	if Type("kafka_queue").Known() || Topic.Is(Schema) {
		t.Error("an unknown type is known, or a topic a schema")
	}
	if a, ok := Topic.Attribute("clusterId"); !ok || a.Kind != Text || a.Settable {
		t.Errorf("Attribute(clusterId) = %+v, %v", a, ok)
	}
	if _, ok := Field.Attribute("clusterId"); ok {
		t.Error("a field has a clusterId")
	}
}
