package transfer

import (
	"context"
	"encoding/json"
	"slices"
)

// unalias takes off the aliases of the target's subjects that are about to be
// written: a path with an aliased subject leads to another one (registry-api.md
// 12.4), and what is written would overwrite that. The configs are written
// afterwards, with the aliases of the source.
func (t *transfer) unalias(ctx context.Context, list []versionKey) error {
	var last string
	for _, key := range slices.SortedFunc(slices.Values(list), compareKeys) {
		if key.subject == last {
			continue
		}
		last = key.subject
		var config struct {
			Alias string `json:"alias"`
		}
		if data := t.target.configs[key.subject]; data == nil || json.Unmarshal(data, &config) != nil || config.Alias == "" {
			continue
		}
		if err := t.To.PutConfig(ctx, key.subject, json.RawMessage(`{"alias":null}`)); err != nil {
			return err
		}
		delete(t.target.configs, key.subject)
	}
	return nil
}
