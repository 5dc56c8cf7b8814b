package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	hamba "github.com/hamba/avro/v2"

	"github.com/weir-registry/weir/compat"
	"github.com/weir-registry/weir/schema"
	"github.com/weir-registry/weir/schema/avro"
)

// record is an Avro record of n fields; doc tells records of one shape apart.
func record(n int, doc string) string {
	types := []string{
		`"string"`, `"long"`, `["null","string"]`, `{"type":"long","logicalType":"timestamp-millis"}`, `"double"`,
		`{"type":"array","items":"string"}`, `{"type":"map","values":"int"}`, `"boolean"`, `"bytes"`, `"int"`,
	}
	fields := make([]string, n)
	for i := range fields {
		fields[i] = fmt.Sprintf(`{"name":"field_%d","type":%s}`, i, types[i%len(types)])
	}
	return fmt.Sprintf(`{"type":"record","name":"Order","namespace":"com.acme","doc":%q,"fields":[%s]}`, doc, strings.Join(fields, ","))
}

// repeated runs work again and again for a slice and gives the time of one
// run.
func repeated(work func(ctx context.Context) error) side {
	return func(ctx context.Context, slice time.Duration) (sample, error) {
		begin, runs := time.Now(), 0
		for time.Since(begin) < slice {
			for range 8 {
				if err := work(ctx); err != nil {
					return nil, err
				}
				runs++
			}
		}
		return sample{"µs": float64(time.Since(begin).Microseconds()) / float64(runs)}, nil
	}
}

// measureCompat are the rows of the compatibility engine: a check beside
// hamba/avro's, a parse beside encoding/json, a hundred versions beside a
// hundred single checks, and wide records beside narrow ones.
func measureCompat(ctx context.Context, env *environment) ([]line, error) {
	old, fresh := record(50, "old"), record(50, "new")
	parsedOld, err := parseAvro(ctx, old)
	if err != nil {
		return nil, err
	}
	parsedNew, err := parseAvro(ctx, fresh)
	if err != nil {
		return nil, err
	}
	theirs, ours := hamba.MustParse(old), hamba.MustParse(fresh)
	hundred, err := versionsOf(ctx, 100)
	if err != nil {
		return nil, err
	}
	wideOld, err := parseAvro(ctx, record(500, "old"))
	if err != nil {
		return nil, err
	}
	wideNew, err := parseAvro(ctx, record(500, "new"))
	if err != nil {
		return nil, err
	}
	single := compat.Request{Level: compat.Backward, New: parsedNew, Old: []compat.Version{version(1, parsedOld)}}
	var lines []line
	for _, row := range []struct {
		what        string
		limit, weir func(ctx context.Context) error
		bar         bar
	}{
		{
			"check of two parsed 50-field records beside hamba/avro",
			func(context.Context) error { return hamba.NewSchemaCompatibility().Compatible(ours, theirs) },
			func(ctx context.Context) error { return passes(ctx, single) },
			atMost(0.5),
		},
		{
			"parse of a 50-field record beside json.Unmarshal into any",
			func(context.Context) error {
				var x any
				return json.Unmarshal([]byte(fresh), &x)
			},
			func(ctx context.Context) error {
				_, err := parseAvro(ctx, fresh)
				return err
			},
			atMost(1.0),
		},
		{
			"a new text against 100 versions beside 100 single checks and a parse",
			func(ctx context.Context) error {
				s, err := parseAvro(ctx, fresh)
				for i := 0; err == nil && i < len(hundred); i++ {
					err = passes(ctx, compat.Request{Level: compat.BackwardTransitive, New: s, Old: hundred[i : i+1]})
				}
				return err
			},
			func(ctx context.Context) error {
				s, err := parseAvro(ctx, fresh)
				if err != nil {
					return err
				}
				return passes(ctx, compat.Request{Level: compat.BackwardTransitive, New: s, Old: hundred})
			},
			atMost(1.3),
		},
		{
			"check of 500 fields beside 50",
			func(ctx context.Context) error { return passes(ctx, single) },
			func(ctx context.Context) error {
				return passes(ctx, compat.Request{Level: compat.Backward, New: wideNew, Old: []compat.Version{version(1, wideOld)}})
			},
			atMost(15),
		},
	} {
		got, err := interleave(ctx, env.short(), "µs", repeated(row.limit), repeated(row.weir))
		if err != nil {
			return lines, err
		}
		lines = append(lines, got.judge("C", row.what, "µs", "µs", row.bar))
	}
	return lines, nil
}

// short are the settings of rows that need no server: a slice holds thousands
// of runs.
func (env *environment) short() settings {
	s := env.settings
	s.slice = min(s.slice, 300*time.Millisecond)
	return s
}

func parseAvro(ctx context.Context, text string) (schema.Schema, error) {
	return avro.Parser{}.Parse(ctx, schema.Source{Type: schema.Avro, Text: text}, schema.Options{New: true})
}

func version(number int32, s schema.Schema) compat.Version {
	return compat.Version{Number: number, Schema: func() (schema.Schema, error) { return s, nil }}
}

// versionsOf are n versions of one shape, newest first, each with a text of
// its own.
func versionsOf(ctx context.Context, n int) ([]compat.Version, error) {
	list := make([]compat.Version, n)
	for i := range list {
		s, err := parseAvro(ctx, record(50, fmt.Sprint("version ", n-i)))
		if err != nil {
			return nil, err
		}
		list[i] = version(int32(n-i), s)
	}
	return list, nil
}

func passes(ctx context.Context, r compat.Request) error {
	result, err := compat.Check(ctx, r)
	if err == nil && !result.Compatible {
		err = fmt.Errorf("not compatible: %+v", result)
	}
	return err
}
