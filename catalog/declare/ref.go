package declare

import (
	"strconv"

	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/registry"
)

// noCluster is the cluster of topics until clusters are attached.
const noCluster = "default"

// ref reads how metadata names an entity of a kind (the table in the package's
// comment).
func (r *reader) ref(kind catalog.Kind, o *fields) catalog.Ref {
	ref := catalog.Ref{Kind: kind}
	switch kind {
	case catalog.KindSubject:
		ref.Scope, ref.Name = subjectName(o.needText("name"))
	case catalog.KindTopic:
		ref.Name = o.needText("name")
		if ref.Scope = o.text("cluster"); ref.Scope == "" {
			ref.Scope = noCluster
		}
	case catalog.KindRecord, catalog.KindField:
		ref.Scope, ref.Name = subjectName(o.needText("subject"))
		ref.Part = o.needText("name")
	case catalog.KindSchemaVersion:
		ref.Scope, ref.Name = subjectName(o.needText("subject"))
		ref.Part = strconv.FormatInt(o.needInt("version"), 10)
	case catalog.KindSchema:
		if ref.Scope = o.text("context"); ref.Scope == "" {
			ref.Scope = string(registry.DefaultContext)
		}
		ref.Name = strconv.FormatInt(o.needInt("id"), 10)
	default:
		ref.Name = o.needText("name")
	}
	return ref
}

// refValue writes what ref reads.
func refValue(ref catalog.Ref) value {
	v := value{kind: object}
	switch ref.Kind {
	case catalog.KindSubject:
		v.put("name", textValue(subjectText(ref)))
	case catalog.KindTopic:
		v.put("name", textValue(ref.Name))
		if ref.Scope != noCluster {
			v.put("cluster", textValue(ref.Scope))
		}
	case catalog.KindRecord, catalog.KindField:
		v.put("subject", textValue(subjectText(ref)))
		v.put("name", textValue(ref.Part))
	case catalog.KindSchemaVersion:
		v.put("subject", textValue(subjectText(ref)))
		v.put("version", value{kind: number, text: ref.Part})
	case catalog.KindSchema:
		v.put("id", value{kind: number, text: ref.Name})
		if ref.Scope != string(registry.DefaultContext) {
			v.put("context", textValue(ref.Scope))
		}
	default:
		v.put("name", textValue(ref.Name))
	}
	return v
}

// entityRef reads a reference to any entity: its kind beside what metadata has.
func (r *reader) entityRef(v value) catalog.Ref {
	o := r.object(v, "a reference")
	defer o.done()
	at := o.place("kind")
	kind, ok := kindOf(o.needText("kind"))
	if !ok {
		if o.has("kind") {
			r.faults.add(at, BadValue, "there is no such kind; there are %s", allKinds())
		}
		o.rest()
		return catalog.Ref{}
	}
	ref := r.ref(kind, o)
	r.refer(v.Place, ref)
	return ref
}

func entityRefValue(ref catalog.Ref) value {
	v := value{kind: object}
	v.put("kind", textValue(wordOf(ref.Kind)))
	v.members = append(v.members, refValue(ref).members...)
	return v
}

func subjectName(text string) (scope, name string) {
	s := registry.ParseSubject(text)
	return string(s.Context), s.Name
}

func subjectText(ref catalog.Ref) string {
	return ref.Subject().String()
}

// title is an entity for people: "Subject orders-value", "Field orders-value
// com.acme.Order.email".
func title(ref catalog.Ref) string {
	s := wordOf(ref.Kind)
	for _, m := range refValue(ref).members {
		if m.value.text != "" {
			s += " " + m.value.text
		}
	}
	return s
}
