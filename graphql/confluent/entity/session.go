package entity

import (
	"context"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/weir-registry/weir/catalog/confluent"
)

// Session is one operation: the view that answers it, and what it has left.
type Session struct {
	Reader *confluent.Reader
	left   atomic.Int64

	mu      sync.Mutex
	records map[schemaKey]map[string]*confluent.Entity
}

type schemaKey struct {
	context string
	id      int32
}

// NewSession begins an operation that may reach so many entities through
// relations.
func NewSession(r *confluent.Reader, relations int64) *Session {
	s := &Session{Reader: r, records: map[schemaKey]map[string]*confluent.Entity{}}
	s.left.Store(relations)
	return s
}

// ExceededError: an operation reaches more entities through relations than it
// may. The page's limit does not bound them: a record may have ten thousand
// fields.
type ExceededError struct{}

func (*ExceededError) Error() string {
	return "the relations lead to too many entities: ask for a smaller page"
}

// spend takes a number of entities from what is left.
func (s *Session) spend(entities int) error {
	if s.left.Add(-int64(entities)) < 0 {
		return &ExceededError{}
	}
	return nil
}

// Make gives the value of an entity's GraphQL type; nil for an entity that is
// none of ours.
func (s *Session) Make(e *confluent.Entity) Any {
	if e == nil {
		return nil
	}
	of := Entity{entity: e, session: s}
	switch e.Type() {
	case confluent.Schema:
		return &Schema{of}
	case confluent.Record:
		return &Record{of}
	case confluent.Field:
		return &Field{of}
	case confluent.SubjectVersion:
		return &SubjectVersion{of}
	case confluent.Topic:
		return &Topic{of}
	case confluent.Cluster:
		return &Cluster{of}
	case confluent.Connector:
		return &Connector{of}
	case confluent.Environment:
		return &Environment{of}
	}
	return nil
}

// one makes the other end of a relation to one entity.
func one[T Any](s *Session, e *confluent.Entity, err error) (none T, _ error) {
	if err != nil || e == nil {
		return none, err
	}
	if err := s.spend(1); err != nil {
		return none, err
	}
	made, _ := s.Make(e).(T)
	return made, nil
}

// many makes the other ends of a relation to a list.
func many[T Any](s *Session, list []*confluent.Entity, err error) ([]T, error) {
	if err != nil {
		return nil, err
	}
	if err := s.spend(len(list)); err != nil {
		return nil, err
	}
	made := make([]T, 0, len(list))
	for _, e := range list {
		if m, ok := s.Make(e).(T); ok {
			made = append(made, m)
		}
	}
	return made, nil
}

func compareText(a, b string) int { return strings.Compare(a, b) }

// recordOf gives the record of a field. A page of fields asks for the same
// record again and again, so those of a schema are looked up once.
func (s *Session) recordOf(ctx context.Context, field *confluent.Entity) (*confluent.Entity, error) {
	key := schemaKey{string(field.Name.Context), field.Name.ID}
	s.mu.Lock()
	defer s.mu.Unlock()
	known, ok := s.records[key]
	if !ok {
		list, err := s.Reader.Records(ctx, field)
		if err != nil {
			return nil, err
		}
		known = make(map[string]*confluent.Entity, len(list))
		for _, e := range list {
			known[e.Refs[0].Part] = e
		}
		s.records[key] = known
	}
	return known[field.Record], nil
}
