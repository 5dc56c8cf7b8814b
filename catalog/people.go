package catalog

// Term is a word of the glossary.
type Term struct {
	Defined
	Name       string   `json:"name"`
	Definition string   `json:"definition,omitempty"`
	Synonyms   []string `json:"synonyms,omitempty"`
	Parent     string   `json:"parent,omitempty"`
	Related    []string `json:"related,omitempty"`
}

// Ref implements [Definition].
func (d *Term) Ref() Ref { return Ref{Kind: KindTerm, Name: d.Name} }

// DomainDefinition is a part of the company that owns data. Its description
// and owners are annotations of its Ref, as an entity's are.
type DomainDefinition struct {
	Defined
	Name   string `json:"name"`
	Parent string `json:"parent,omitempty"`
}

// Ref implements [Definition].
func (d *DomainDefinition) Ref() Ref { return Ref{Kind: KindDomain, Name: d.Name} }

// DataProduct is what a domain offers to others. Its domain, description and
// owners are annotations of its Ref.
type DataProduct struct {
	Defined
	Name string `json:"name"`
	// Outputs are the Refs (as text) of what it offers.
	Outputs []string `json:"outputs,omitempty"`
}

// Ref implements [Definition].
func (d *DataProduct) Ref() Ref { return Ref{Kind: KindDataProduct, Name: d.Name} }

// Team is a group of people that can own.
type Team struct {
	Defined
	Name string `json:"name"`
	// Members are names of persons.
	Members []string `json:"members,omitempty"`
	Contact []Link   `json:"contact,omitempty"`
}

// Ref implements [Definition].
func (d *Team) Ref() Ref { return Ref{Kind: KindTeam, Name: d.Name} }

// Person is somebody who can own.
type Person struct {
	Defined
	Name  string `json:"name"`
	Email string `json:"email,omitempty"`
}

// Ref implements [Definition].
func (d *Person) Ref() Ref { return Ref{Kind: KindPerson, Name: d.Name} }
