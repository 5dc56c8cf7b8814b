package main

import (
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/alecthomas/kong"
	"github.com/goccy/go-yaml"
)

// yamlConfiguration reads the file of --config: a mapping from flags, by their
// names without dashes in front, to values. A key that is no flag of the
// command is an error, so that a misspelt one is not silently without effect.
func yamlConfiguration(r io.Reader) (kong.Resolver, error) {
	text, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	values := map[string]any{}
	if err := yaml.Unmarshal(text, &values); err != nil {
		return nil, fmt.Errorf("configuration: %w", err)
	}
	return yamlResolver(values), nil
}

type yamlResolver map[string]any

// Validate refuses keys that are no flags.
func (values yamlResolver) Validate(app *kong.Application) error {
	known := map[string]bool{}
	for _, command := range app.Leaves(false) {
		for _, flags := range command.AllFlags(false) {
			for _, flag := range flags {
				known[flag.Name] = true
			}
		}
	}
	for key := range values {
		if !known[key] {
			return fmt.Errorf("configuration: %q is no flag", key)
		}
	}
	return nil
}

// Resolve gives the value of a flag; a list is joined as the command line
// would give it.
func (values yamlResolver) Resolve(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
	value, ok := values[flag.Name]
	if !ok {
		return nil, nil
	}
	for _, name := range flag.Envs {
		if _, ok := os.LookupEnv(name); ok {
			return nil, nil // The environment wins over the file.
		}
	}
	switch value := value.(type) {
	case nil:
		return nil, nil
	case []any:
		parts := make([]string, len(value))
		for i, part := range value {
			parts[i] = fmt.Sprint(part)
		}
		return strings.Join(parts, ","), nil
	case map[string]any:
		return nil, fmt.Errorf("configuration: %q needs a value, not a mapping", flag.Name)
	case bool:
		return value, nil
	}
	return fmt.Sprint(value), nil
}
