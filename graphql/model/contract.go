package model

import (
	"github.com/weir-registry/weir/catalog"
	"github.com/weir-registry/weir/catalog/contract"
	"github.com/weir-registry/weir/registry"
)

// Contract is the GraphQL type of that name.
type Contract struct {
	thing
	ContractID string
	Version    string
	Status     string
	Standard   string
	Odcs       string
	definition *catalog.Contract
}

func (r *Reader) contractNode(ref catalog.Ref) (*Contract, error) {
	d, err := definition[*catalog.Contract](r, catalog.KindContract, ref.Name)
	if err != nil {
		return nil, err
	}
	return r.ContractOf(d), nil
}

// ContractOf shows a contract.
func (r *Reader) ContractOf(d *catalog.Contract) *Contract {
	return &Contract{
		thing: r.known(d.Ref()), ContractID: d.ContractID, Version: d.Release, Status: d.Status, Standard: d.Standard, Odcs: d.Text, definition: d,
	}
}

// contractFor gives the contract that was put for a subject; nil for none.
func (r *Reader) contractFor(s registry.Subject) (*Contract, error) {
	d, err := contract.Of(r.ctx, r.view, s)
	if err != nil || d == nil {
		return orNil[Contract](nil, err)
	}
	return r.ContractOf(d), nil
}

// Contract is the subject's.
func (s *Subject) Contract() (*Contract, error) { return s.r.contractFor(s.subject) }

// Contract is that of the subject of the topic's values, or of its keys.
func (t *Topic) Contract() (*Contract, error) {
	for _, key := range []bool{false, true} {
		for _, link := range t.topic.Links {
			if link.IsKey != key {
				continue
			}
			if c, err := t.r.contractFor(link.Subject); c != nil || err != nil {
				return c, err
			}
		}
	}
	return nil, nil
}

// Contracts are those of the subjects that the product offers.
func (p *DataProduct) Contracts() ([]*Contract, error) {
	list := []*Contract{}
	seen := map[string]bool{}
	for _, name := range p.definition.Outputs {
		ref, err := catalog.ParseRef(name)
		if err != nil || ref.Kind != catalog.KindSubject {
			continue
		}
		c, err := p.r.contractFor(ref.Subject())
		if err != nil {
			return nil, err
		}
		if c != nil && !seen[c.ContractID] {
			seen[c.ContractID] = true
			list = append(list, c)
		}
	}
	return list, nil
}

// MetadataVersion counts its changes.
func (c *Contract) MetadataVersion() Long { return Long(c.definition.Version) }

// Targets are the subjects that it is for, as far as the caller may see them.
func (c *Contract) Targets() ([]Entity, error) {
	list := []Entity{}
	for _, t := range c.definition.Targets {
		ref, err := catalog.ParseRef(t.Subject)
		if err != nil {
			continue
		}
		entity, err := c.r.EntityOrNil(ref)
		if err != nil {
			return nil, err
		}
		if entity != nil {
			list = append(list, entity)
		}
	}
	return list, nil
}

// SLAProperty is the GraphQL type SlaProperty.
type SLAProperty struct {
	Property string
	Value    string
	Unit     *string
	Element  *string
}

// SLA is its service level agreement.
func (c *Contract) SLA() ([]*SLAProperty, error) {
	d, err := contract.Read(c.Odcs)
	if err != nil {
		return nil, err
	}
	list := make([]*SLAProperty, len(d.SLA))
	for i, p := range d.SLA {
		list[i] = &SLAProperty{p.Property, p.Value, text(p.Unit), text(p.Element)}
	}
	return list, nil
}
