// Package static is the data of the limit of bench's row G1: subjects as a
// GraphQL server has them that looks nothing up. gqlgen makes bench/static/generated
// of its schema. Package bench fills it with what weir has answered and serves
// it.
package static

//go:generate go tool github.com/99designs/gqlgen generate --config gqlgen.yml

// SubjectConnection is a list of subjects.
type SubjectConnection struct {
	Nodes []*Subject `json:"nodes"`
}

// Subject is a subject.
type Subject struct {
	ID              string  `json:"id"`
	Kind            string  `json:"kind"`
	Name            string  `json:"name"`
	QualifiedName   string  `json:"qualifiedName"`
	Status          string  `json:"status"`
	Type            *string `json:"type"`
	Mode            string  `json:"mode"`
	MetadataVersion string  `json:"metadataVersion"`
	FirstSeen       *string `json:"firstSeen"`
	LastSeen        *string `json:"lastSeen"`
}
