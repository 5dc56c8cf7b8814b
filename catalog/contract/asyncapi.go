package contract

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/schema"
)

// AsyncAPI is an AsyncAPI 3.0 document: the topics of a context as channels, its
// subjects as messages with their latest schema, and for each topic what may be
// sent and received.
type AsyncAPI struct{ root *value }

// YAML and JSON write the document.
func (a *AsyncAPI) YAML() []byte { return a.root.yaml() }

// JSON writes the document as JSON.
func (a *AsyncAPI) JSON() ([]byte, error) { return a.root.MarshalJSON() }

// maxMessages is how many subjects one document tells; the rest are left out,
// and the description says so.
const maxMessages = 10_000

// NewAsyncAPI makes the document of a context, of what the caller may read. A
// context without anything gives a document without channels.
func NewAsyncAPI(ctx context.Context, v *catalog.View, r *registry.Registry, in registry.Context, o Options) (*AsyncAPI, error) {
	w := asyncWriter{
		exporter: exporter{ctx: ctx, view: v, options: o},
		registry: r, context: in, names: map[string]bool{}, messages: map[registry.Subject]*message{},
	}
	if err := w.subjects(); err != nil {
		return nil, err
	}
	channels, operations, servers := w.channels()
	e := w.entity(catalog.Ref{Kind: catalog.KindContext, Name: string(in)})
	info := newObject("title", "Context "+string(in))
	info.set("version", newText(v.Cursor().String()))
	info.set("description", newValue(w.note(described(e))))
	info.set("tags", newValue(tagObjects(tagNames(e))))
	var components *value
	if len(w.order) > 0 {
		messages := newObject()
		for _, s := range w.order {
			messages.add(w.messages[s].name, w.messages[s].body)
		}
		components = newObject("messages", messages)
	}
	root := newObject("asyncapi", "3.0.0", "info", info, "servers", servers, "defaultContentType", "application/json")
	root.set("channels", newValue(channels))
	root.set("operations", newValue(operations))
	root.set("components", newValue(components))
	return &AsyncAPI{root}, nil
}

type asyncWriter struct {
	exporter
	registry *registry.Registry
	context  registry.Context
	names    map[string]bool
	messages map[registry.Subject]*message
	order    []registry.Subject
	// cut says that not all subjects are told.
	cut bool
}

// message is a subject as a message.
type message struct {
	name string
	body *value
	key  *value // the payload, for bindings
}

func (w *asyncWriter) note(text string) string {
	if !w.cut {
		return text
	}
	return strings.TrimSpace(text + "\n\nOnly the first " + strconv.Itoa(maxMessages) + " subjects are told.")
}

// subjects makes a message of each subject.
func (w *asyncWriter) subjects() error {
	for s := range w.view.Subjects(w.ctx, w.context, "", false) {
		if len(w.order) == maxMessages {
			w.cut = true
			return nil
		}
		version, err := latest(w.ctx, w.view, s)
		if err != nil {
			continue
		}
		m, err := w.message(s, version)
		if err != nil {
			return err
		}
		w.messages[s] = m
		w.order = append(w.order, s)
	}
	return nil
}

func (w *asyncWriter) message(s registry.Subject, version catalog.Version) (*message, error) {
	content, ok := w.view.Registry().ContentOf(s.Context, version.ID)
	if !ok {
		return nil, &catalog.NotFoundError{Ref: subjectRef(s)}
	}
	payload, mediaType, err := w.payload(s, content)
	if err != nil {
		return nil, err
	}
	e := w.entity(subjectRef(s))
	body := newObject(
		"name", s.Name, "title", e.Title, "description", described(e), "contentType", mediaType,
		"tags", tagObjects(tagNames(e)),
		"deprecated", e.Status == catalog.Deprecated,
	)
	body.set("payload", payload)
	body.set("x-weir-subject", newText(s.String()))
	body.set("x-weir-version", &value{kind: number, text: strconv.Itoa(int(version.Version))})
	body.set("x-weir-schema-id", &value{kind: number, text: strconv.Itoa(int(version.ID))})
	return &message{name: w.unique(s.Name), body: body, key: payload}, nil
}

// The formats of schemas, by their names in AsyncAPI 3.0.
const (
	avroFormat     = "application/vnd.apache.avro;version=1.9.0"
	protobufFormat = "application/vnd.google.protobuf;version=3"
	jsonFormat     = "application/schema+json;version="
)

// payload is the schema of a subject, whole: types of referenced Avro schemas
// are defined in it, and the references of the other languages are named.
func (w *asyncWriter) payload(s registry.Subject, content registry.Content) (payload *value, mediaType string, err error) {
	text, format := content.Text(), ""
	var body *value
	switch content.Type() {
	case schema.Avro:
		format, mediaType = avroFormat, "application/vnd.apache.avro"
		if len(content.References()) > 0 {
			text = w.resolved(s, content)
		}
	case schema.Protobuf:
		format, mediaType, body = protobufFormat, "application/vnd.google.protobuf", newText(text)
	default:
		format, mediaType = jsonFormat+draftOf(text), "application/json"
	}
	if body == nil {
		if body, err = parseJSON(text); err != nil {
			// A schema that no reader of JSON takes stays a text.
			body = newText(text)
		}
	}
	payload = newObject("schemaFormat", format)
	payload.set("schema", body)
	if refs := content.References(); len(refs) > 0 && content.Type() != schema.Avro {
		var list []*value
		for _, r := range refs {
			x := newObject("name", r.Name, "subject", r.Subject)
			x.set("version", &value{kind: number, text: strconv.Itoa(int(r.Version))})
			list = append(list, x)
		}
		payload.set("x-weir-references", newValue(list))
	}
	return payload, mediaType, nil
}

// resolved is the text of an Avro schema with the types of its references in
// it; the text as it is where they cannot be read.
func (w *asyncWriter) resolved(s registry.Subject, content registry.Content) string {
	parsed, err := w.registry.ParsedContent(w.ctx, w.view.Registry(), s.Context, content)
	if err != nil {
		return content.Text()
	}
	text, err := parsed.Render("resolved")
	if err != nil {
		return content.Text()
	}
	return text
}

// draftOf is the draft of a JSON Schema, as media types name it.
func draftOf(text string) string {
	v, err := parseJSON(text)
	if err != nil {
		return "draft-07"
	}
	named := v.string("$schema")
	for _, draft := range []string{"draft-04", "draft-06", "draft-07"} {
		if strings.Contains(named, draft) {
			return draft
		}
	}
	for _, draft := range []string{"2019-09", "2020-12"} {
		if strings.Contains(named, draft) {
			return draft
		}
	}
	return "draft-07"
}

// unique makes a name that a reference can hold, once.
func (w *asyncWriter) unique(text string) string {
	var b strings.Builder
	for _, c := range text {
		if 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.ContainsRune("._-", c) {
			b.WriteRune(c)
		} else {
			b.WriteByte('_')
		}
	}
	base := b.String()
	if base == "" {
		base = "_"
	}
	name := base
	for n := 2; w.names[name]; n++ {
		name = base + "_" + strconv.Itoa(n)
	}
	w.names[name] = true
	return name
}

func tagObjects(names []string) []*value {
	var out []*value
	for _, name := range names {
		out = append(out, newObject("name", name))
	}
	return out
}

func reference(parts ...string) *value {
	return newObject("$ref", "#/"+strings.Join(parts, "/"))
}

// channels makes a channel of each topic that a subject of the context
// describes, with an operation for each direction.
func (w *asyncWriter) channels() (channels, operations, servers *value) {
	channels, operations, servers = newObject(), newObject(), newObject()
	// Channels and operations have name spaces of their own.
	w.names = map[string]bool{}
	hosts := map[string]string{}
	for topic := range w.view.Topics(w.ctx, "", "") {
		links := slices.DeleteFunc(slices.Clone(topic.Links), func(l catalog.TopicLink) bool { return w.messages[l.Subject] == nil })
		if len(links) == 0 {
			continue
		}
		server, known := hosts[topic.Cluster]
		if !known {
			server = serverName(topic.Cluster)
			hosts[topic.Cluster] = server
			s := newObject("host", w.options.host(topic.Cluster), "protocol", "kafka")
			servers.set(server, s)
		}
		name := w.unique(topic.Name)
		channels.add(name, w.channel(topic, links, server))
		var list []*value
		for _, l := range links {
			if !l.IsKey {
				list = append(list, reference("channels", name, "messages", w.messages[l.Subject].name))
			}
		}
		for _, action := range []string{"send", "receive"} {
			operations.add(action+"_"+name, newObject(
				"action", action, "channel", reference("channels", name), "messages", list,
			))
		}
	}
	return channels, operations, servers
}

func serverName(cluster string) string {
	w := asyncWriter{names: map[string]bool{}}
	return w.unique(cluster)
}

func (w *asyncWriter) channel(topic catalog.Topic, links []catalog.TopicLink, server string) *value {
	e := w.entity(topic.Ref())
	messages := newObject()
	key := ""
	for _, l := range links {
		m := w.messages[l.Subject]
		if l.IsKey {
			key = l.Subject.String()
			continue
		}
		messages.set(m.name, reference("components", "messages", m.name))
	}
	c := newObject(
		"address", topic.Name, "title", topic.Name, "description", described(e), "servers", []*value{reference("servers", server)},
		"tags", tagObjects(tagNames(e)), "messages", messages,
	)
	c.set("bindings", newObject("kafka", newObject("topic", topic.Name)))
	if key != "" {
		c.set("x-weir-key-subject", newText(key))
		for _, l := range links {
			if !l.IsKey {
				w.bindKey(w.messages[l.Subject], links)
			}
		}
	}
	return c
}

// bindKey says in the binding of a message which schema its key has; Kafka's
// binding takes those that are JSON.
func (w *asyncWriter) bindKey(m *message, links []catalog.TopicLink) {
	for _, l := range links {
		k := w.messages[l.Subject]
		if !l.IsKey || k == nil {
			continue
		}
		if s := k.key.get("schema"); s != nil && s.kind == object && strings.HasPrefix(k.key.string("schemaFormat"), jsonFormat) {
			m.body.set("bindings", newObject("kafka", newObject("key", s)))
		}
	}
}
