package diff

import (
	"strconv"
	"strings"

	"github.com/weir-registry/weir/schema/protobuf"
)

// options notes the options of a Protobuf element, but for what docs and tags
// of confluent/meta.proto are read from. An option that is given several times
// is one list.
func (r *protobufReader) options(e *element, list []protobuf.Option) {
	texts := make(map[string][]string, len(list))
	var names []string
	for i := range list {
		name, text := optionName(&list[i]), ""
		if meta(name) {
			text = restOfMeta(&list[i])
		} else {
			text = optionText(&list[i].Value)
		}
		if text == "" {
			continue
		}
		if texts[name] == nil {
			names = append(names, name)
		}
		texts[name] = append(texts[name], text)
	}
	for _, name := range names {
		e.attribute(PropertyAdded, name, strings.Join(texts[name], ", "))
	}
}

// meta says that an option is one of confluent/meta.proto.
func meta(name string) bool {
	return strings.HasPrefix(strings.TrimPrefix(strings.TrimPrefix(name, "("), "."), "confluent.")
}

// restOfMeta is what an option of confluent/meta.proto says beside doc and
// tags.
func restOfMeta(o *protobuf.Option) string {
	if len(o.Path) > 0 {
		if first := o.Path[0].Name; first == "doc" || first == "tags" {
			return ""
		}
		return optionText(&o.Value)
	}
	if o.Value.Kind != protobuf.Literal {
		return optionText(&o.Value)
	}
	rest := o.Value
	rest.Entries = nil
	for _, entry := range o.Value.Entries {
		if entry.Key != "doc" && entry.Key != "tags" {
			rest.Entries = append(rest.Entries, entry)
		}
	}
	if len(rest.Entries) == 0 {
		return ""
	}
	return optionText(&rest)
}

func optionName(o *protobuf.Option) string {
	name := o.Part.String()
	for _, p := range o.Path {
		name += "." + p.String()
	}
	return name
}

func optionText(v *protobuf.Value) string {
	var b strings.Builder
	writeOption(&b, v)
	return b.String()
}

func writeOption(b *strings.Builder, v *protobuf.Value) {
	switch v.Kind {
	case protobuf.Quoted:
		b.WriteString(strconv.Quote(v.Text))
	case protobuf.Literal:
		b.WriteByte('{')
		for i := range v.Entries {
			if i > 0 {
				b.WriteString(", ")
			}
			b.WriteString(v.Entries[i].Key + ": ")
			writeOption(b, &v.Entries[i].Value)
		}
		b.WriteByte('}')
	case protobuf.List:
		b.WriteByte('[')
		for i := range v.Items {
			if i > 0 {
				b.WriteString(", ")
			}
			writeOption(b, &v.Items[i])
		}
		b.WriteByte(']')
	default:
		b.WriteString(v.Text)
	}
}
