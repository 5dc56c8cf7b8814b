package protobuf_test

import (
	"context"
	"fmt"

	"github.com/weir-registry/weir/schema"
	"github.com/weir-registry/weir/schema/protobuf"
)

func ExampleParser_Parse() {
	parser := &protobuf.Parser{}
	source := schema.Source{Type: schema.Protobuf, Text: `message Line { required int64 qty = 2; required string sku = 1; }`}
	s, err := parser.Parse(context.Background(), source, schema.Options{New: true})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(s.Text())
	normal, err := s.Normalize()
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(normal.Text())

	source.Text = "syntax = \"proto3\";\nmessage Line {\n  int64 qty = two;\n  Product product = 3;\n}"
	_, err = parser.Parse(context.Background(), source, schema.Options{New: true})
	fmt.Println(err)
	// Output:
	// message Line {
	//   required int64 qty = 2;
	//   required string sku = 1;
	// }
	//
	// message Line {
	//   required string sku = 1;
	//   required int64 qty = 2;
	// }
	// expected a 32-bit integer but found two (line 3, column 15)
}
