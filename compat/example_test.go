package compat_test

import (
	"context"
	"fmt"

	"github.com/weir-registry/weir/compat"
	"github.com/weir-registry/weir/schema"
	"github.com/weir-registry/weir/schema/avro"
)

func ExampleCheck() {
	parse := func(text string) schema.Schema {
		s, err := avro.Parser{}.Parse(context.Background(), schema.Source{Type: schema.Avro, Text: text}, schema.Options{})
		if err != nil {
			panic(err)
		}
		return s
	}
	old := parse(`{"type":"record","name":"Order","fields":[{"name":"id","type":"long"}]}`)
	fresh := parse(`{"type":"record","name":"Order","fields":[{"name":"id","type":"long"},{"name":"note","type":"string"}]}`)
	result, err := compat.Check(context.Background(), compat.Request{
		Level: compat.Backward, New: fresh,
		Old: []compat.Version{{Number: 1, Schema: func() (schema.Schema, error) { return old, nil }}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, d := range result.Reports[0].Backward {
		fmt.Println(result.Compatible, d.Code, d.Path, d.Position)
		fmt.Println(d.Hint)
	}
	fmt.Println(compat.Messages(result, compat.Backward, false)[1])
	// Output:
	// false READER_FIELD_MISSING_DEFAULT_VALUE /fields/1 line 1, column 71
	// Give the field "note" of Order a default, such as "default": "".
	// {oldSchemaVersion: 1}
}
