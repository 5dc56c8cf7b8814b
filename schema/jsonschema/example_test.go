package jsonschema_test

import (
	"context"
	"fmt"

	"github.com/weir-registry/weir/schema"
	"github.com/weir-registry/weir/schema/jsonschema"
)

func ExampleParser() {
	source := schema.Source{Type: schema.JSON, Text: `{ "type": "object", "title": "Order" }`}
	s, err := jsonschema.Parser{}.Parse(context.Background(), source, schema.Options{New: true})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(s.Text(), s.RecordName())

	source.Text = `{ "type": "objekt" }`
	_, err = jsonschema.Parser{}.Parse(context.Background(), source, schema.Options{New: true})
	fmt.Println(err)
	// Output:
	// {"type":"object","title":"Order"} Order
	// unknown type "objekt" (line 1, column 11)
}
