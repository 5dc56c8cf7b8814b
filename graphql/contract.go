package graphql

import (
	"context"
	"errors"

	"github.com/weir-registry/weir/catalog/contract"
	"github.com/weir-registry/weir/graphql/generated"
)

// codeInvalidContract is of a document that is no contract.
const codeInvalidContract = "INVALID_CONTRACT"

// PutContract keeps a data contract, and says what it says.
func (m *mutations) PutContract(ctx context.Context, odcs string, dryRun *bool) (*generated.ContractPayload, error) {
	put, err := contract.PutText(ctx, m.source.Catalog, contract.Request{Text: odcs, DryRun: dryRun != nil && *dryRun})
	payload := &generated.ContractPayload{Notes: []string{}, Errors: []*generated.UserError{}}
	if err == nil {
		payload.Contract = m.reader(ctx, put.Outcome).ContractOf(put.Contract)
		for _, note := range put.Notes {
			payload.Notes = append(payload.Notes, note.String())
		}
		return payload, nil
	}
	var invalid *contract.InvalidError
	if errors.As(err, &invalid) {
		for _, fault := range invalid.Faults {
			payload.Errors = append(payload.Errors, &generated.UserError{
				Code: codeInvalidContract, Message: fault.String(), Path: []string{"odcs", fault.Path},
			})
		}
		return payload, nil
	}
	payload.Errors, err = m.userErrors(ctx, err, "odcs")
	return payload, err
}
