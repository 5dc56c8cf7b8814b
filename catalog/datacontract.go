package catalog

import "strconv"

// maxContract is the longest text of a contract.
const maxContract = 512 << 10

// Contract is a data contract as a document of the Open Data Contract Standard
// says it. The document is kept as it was sent; package contract reads and
// writes such documents, and what one says of a subject stands there as IMPORTED
// values as well.
type Contract struct {
	Defined
	// ContractID is the document's id: its name here.
	ContractID string `json:"contractId"`
	// Release is the document's version, Status its status ("active"), and
	// Standard the version of the standard that it follows ("v3.1.0").
	Release  string `json:"release"`
	Status   string `json:"status"`
	Standard string `json:"standard"`
	// Targets are the subjects that it is for.
	Targets []Target `json:"targets"`
	// Text is the document.
	Text string `json:"text"`
}

// Target is a subject of a contract, with what the subject had when the
// contract was put: the document is out of date once that is another schema.
type Target struct {
	// Subject is a Ref as text.
	Subject string `json:"subject"`
	Version int32  `json:"version"`
	ID      int32  `json:"id"`
}

// Ref implements [Definition].
func (d *Contract) Ref() Ref { return Ref{Kind: KindContract, Name: d.ContractID} }

// subjects are those that the contract is for.
func (d *Contract) subjects() []Ref {
	var list []Ref
	for _, t := range d.Targets {
		if ref, err := ParseRef(t.Subject); err == nil {
			list = append(list, ref)
		}
	}
	return list
}

// targets checks what a contract is for: subjects that are there, each once.
func (p *plan) targets(d *Contract) error {
	invalid := func(i int, message string) error {
		return &InvalidError{Reason: BadValue, Ref: d.Ref(), Path: []string{"targets", strconv.Itoa(i)}, Message: message}
	}
	met := map[Ref]bool{}
	for i := range d.Targets {
		ref, err := ParseRef(d.Targets[i].Subject)
		switch {
		case err != nil:
			return invalid(i, err.Error())
		case ref.Kind != KindSubject:
			return invalid(i, "a contract is for subjects")
		case met[ref]:
			return invalid(i, "the subject stands there twice")
		case !p.exists(ref):
			return &NotFoundError{ref}
		}
		met[ref] = true
		d.Targets[i].Subject = ref.String()
	}
	return nil
}
