package catalogtest

import (
	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/registry"
	"github.com/weir-registry/weir/schema"
)

// Body is a schema with references to version 1 of other subjects, each by name
// and subject.
func Body(of schema.Type, text string, references ...string) registry.SchemaBody {
	b := registry.SchemaBody{Schema: &text, Type: of}
	one := int32(1)
	for i := 0; i < len(references); i += 2 {
		b.References = append(b.References, registry.BodyReference{Name: &references[i], Subject: &references[i+1], Version: &one})
	}
	return b
}

// Register registers a text as the next version of a subject, which may be
// qualified by its context; a refusal fails the test. References are as of Body.
func (n *Node) Register(subject string, of schema.Type, text string, references ...string) registry.Stored {
	n.T.Helper()
	return n.RegisterBody(subject, Body(of, text, references...))
}

// RegisterBody is Register for what has more than a text.
func (n *Node) RegisterBody(subject string, b registry.SchemaBody) registry.Stored {
	n.T.Helper()
	got, err := n.Registry.Register(n.T.Context(), registry.ParseSubject(subject), b, false, false, "")
	if err != nil {
		n.T.Fatalf("Register(%s) = %v", subject, err)
	}
	return got.Stored
}

// Commit carries out steps of somebody who uses the API; a refusal fails the
// test.
func (n *Node) Commit(steps ...catalog.Step) *catalog.Outcome {
	n.T.Helper()
	out, err := n.Do(n.T.Context(), catalog.Command{Steps: steps})
	if err != nil {
		n.T.Fatalf("Do(%+v) = %v", steps, err)
	}
	return out
}
