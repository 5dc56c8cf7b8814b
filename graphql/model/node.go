package model

import (
	"context"
	"strconv"
	"strings"

	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/registry"
)

// Node is the GraphQL interface of that name.
type Node interface{ IsNode() }

// Entity is the GraphQL interface of that name.
type Entity interface {
	Node
	IsEntity()
}

// Owner is the GraphQL union of that name.
type Owner interface{ IsOwner() }

// Node gives what a ref names; a *catalog.NotFoundError when there is no such
// thing.
func (r *Reader) Node(ref catalog.Ref) (Node, error) {
	switch ref.Kind {
	case catalog.KindContext:
		return asNode(r.context(ref))
	case catalog.KindSubject:
		return asNode(r.subjectNode(ref))
	case catalog.KindSchemaVersion:
		return asNode(r.versionNode(ref))
	case catalog.KindSchema:
		return asNode(r.schemaNode(ref))
	case catalog.KindRecord:
		return asNode(r.recordNode(ref))
	case catalog.KindField:
		return asNode(r.fieldNode(ref))
	case catalog.KindCluster:
		return asNode(r.cluster(ref))
	case catalog.KindTopic:
		return asNode(r.topic(ref))
	case kindRule:
		return asNode(r.rule(ref))
	}
	return r.definitionNode(ref)
}

func (r *Reader) definitionNode(ref catalog.Ref) (Node, error) {
	switch ref.Kind {
	case catalog.KindTag:
		return asNode(r.tagNode(ref))
	case catalog.KindBusinessMetadata:
		return asNode(r.metadataDef(ref.Name))
	case catalog.KindTerm:
		return asNode(r.term(ref.Name))
	case catalog.KindDomain:
		return asNode(r.domain(ref.Name))
	case catalog.KindDataProduct:
		return asNode(r.product(ref.Name))
	case catalog.KindTeam:
		return asNode(r.team(ref.Name))
	case catalog.KindPerson:
		return asNode(r.person(ref.Name))
	case catalog.KindContract:
		return asNode(r.contractNode(ref))
	}
	return nil, &catalog.NotFoundError{Ref: ref}
}

// asNode keeps a nil pointer from becoming a Node that is not nil.
func asNode[T any, P interface {
	*T
	Node
}](p P, err error) (Node, error) {
	if err != nil || p == nil {
		return nil, err
	}
	return p, nil
}

// NodeOrNil is Node, but what is missing is nil.
func (r *Reader) NodeOrNil(ref catalog.Ref) (Node, error) {
	node, err := r.Node(ref)
	if Missing(err) {
		return nil, nil
	}
	return node, err
}

// Entity gives an entity; nil for what is there but is no Entity.
func (r *Reader) Entity(ref catalog.Ref) (Entity, error) {
	node, err := r.Node(ref)
	if err != nil {
		return nil, err
	}
	entity, _ := node.(Entity)
	return entity, nil
}

// EntityOrNil is Entity, but what is missing is nil.
func (r *Reader) EntityOrNil(ref catalog.Ref) (Entity, error) {
	entity, err := r.Entity(ref)
	if Missing(err) {
		return nil, nil
	}
	return entity, err
}

// QualifiedName is the name of an entity that is unique among those of its
// kind, as people write it: the registry's name of a subject, with ":" and the
// version, record or field behind it; "cluster:topic"; "context:id".
func QualifiedName(ref catalog.Ref) string {
	subject := ref.Subject()
	switch ref.Kind {
	case catalog.KindSubject:
		return subject.String()
	case catalog.KindSchemaVersion, catalog.KindRecord, catalog.KindField:
		return subject.String() + ":" + ref.Part
	case catalog.KindSchema, catalog.KindTopic:
		return ref.Scope + ":" + ref.Name
	}
	return ref.Name
}

// Named finds the ref of a qualified name. A ":" may be part of the name of a
// subject too, so of several readings the first that there is counts.
func (r *Reader) Named(kind catalog.Kind, name string) (catalog.Ref, error) {
	switch kind {
	case catalog.KindSubject:
		return SubjectRef(registry.ParseSubject(name)), nil
	case catalog.KindSchema, catalog.KindTopic:
		scope, rest, ok := strings.Cut(name, ":")
		if !ok {
			return catalog.Ref{}, &BadNameError{kind, name}
		}
		return catalog.Ref{Kind: kind, Scope: scope, Name: rest}, nil
	case catalog.KindSchemaVersion, catalog.KindRecord, catalog.KindField:
		return r.partNamed(kind, name)
	}
	return catalog.Ref{Kind: kind, Name: name}, nil
}

func (r *Reader) partNamed(kind catalog.Kind, name string) (catalog.Ref, error) {
	begin := 0
	if strings.HasPrefix(name, ":.") {
		begin = strings.Index(name[1:], ":") + 2 // behind the context
	}
	var first catalog.Ref
	for i := begin; i < len(name); i++ {
		if name[i] != ':' || i+1 == len(name) {
			continue
		}
		s := registry.ParseSubject(name[:i])
		ref := catalog.Ref{Kind: kind, Scope: string(s.Context), Name: s.Name, Part: name[i+1:]}
		if kind == catalog.KindSchemaVersion {
			if _, err := strconv.ParseInt(ref.Part, 10, 32); err != nil {
				continue
			}
		}
		if first.IsZero() {
			first = ref
		}
		if _, err := r.view.Entity(r.ctx, ref); err == nil {
			return ref, nil
		}
	}
	if first.IsZero() {
		return first, &BadNameError{kind, name}
	}
	return first, nil
}

// BadNameError says that a text is no name of an entity of a kind.
type BadNameError struct {
	Kind catalog.Kind
	Name string
}

func (e *BadNameError) Error() string {
	return strconv.Quote(e.Name) + " names no " + string(e.Kind)
}

// AnyNode is NodeOrNil, for events of the log too, which take a read.
func (r *Reader) AnyNode(ctx context.Context, ref catalog.Ref) (Node, error) {
	if ref.Kind != kindEvent {
		return r.NodeOrNil(ref)
	}
	event, err := r.eventAt(ctx, ref)
	if Missing(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return event, nil
}
