package avro_test

import (
	"context"
	"fmt"

	"github.com/weir-registry/weir/schema"
	"github.com/weir-registry/weir/schema/avro"
)

func ExampleParser_Parse() {
	text := `{"name": "com.acme.Order", "type": "record", "fields": [{"type": "long", "name": "id"}]}`
	s, err := avro.Parser{}.Parse(context.Background(), schema.Source{Type: schema.Avro, Text: text}, schema.Options{New: true})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(s.Text())
	// Output: {"type":"record","name":"Order","namespace":"com.acme","fields":[{"name":"id","type":"long"}]}
}

func ExampleParser_Parse_faults() {
	text := `{"type": "record", "name": "Order", "fields": [
  {"name": "id", "type": "lng"},
  {"name": "total", "type": "int", "default": 1.5}]}`
	_, err := avro.Parser{}.Parse(context.Background(), schema.Source{Type: schema.Avro, Text: text}, schema.Options{New: true})
	fmt.Println(err)
	// Output: the type "lng" is not defined (line 2, column 26); the default of the field "total" does not fit its type: 1.5 is not of type int (line 3, column 47)
}
