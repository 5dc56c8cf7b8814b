// Package shop holds what every client program sends: three schemas in each
// of the three languages and a record for two of them.
//
// An Order stands alone; an Invoice has a Customer, whose schema it takes in
// by reference. The folder spelling has a schema in two spellings, which are
// one only when they are normalized. The schemas and records are files, so that
// the programs in other languages read the same ones.
package shop

import (
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"io"

	"github.com/bufbuild/protocompile"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protodesc"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/types/descriptorpb"
	"google.golang.org/protobuf/types/dynamicpb"
)

//go:embed *.avsc *.proto *.schema.json spelling records.json
var files embed.FS

// Order is a record without references.
type Order struct {
	ID     int64    `avro:"id" json:"id"`
	Item   string   `avro:"item" json:"item"`
	Amount float64  `avro:"amount" json:"amount"`
	Tags   []string `avro:"tags" json:"tags"`
}

// Customer is the part of an Invoice with a schema of its own.
type Customer struct {
	Name    string `avro:"name" json:"name"`
	Country string `avro:"country" json:"country"`
}

// Invoice is a record whose schema refers to that of Customer.
type Invoice struct {
	Number   string   `avro:"number" json:"number"`
	Customer Customer `avro:"customer" json:"customer"`
}

// Records are the values that travel.
type Records struct {
	Order   Order   `json:"order"`
	Invoice Invoice `json:"invoice"`
}

// Text returns the file of the name as it stands, such as "order.avsc".
func Text(name string) (string, error) {
	b, err := files.ReadFile(name)
	return string(b), err
}

// Values returns the records.
func Values() (Records, error) {
	var r Records
	b, err := files.ReadFile("records.json")
	if err != nil {
		return r, err
	}
	err = json.Unmarshal(b, &r)
	return r, err
}

// Descriptors compiles the .proto files. The set is complete and ordered: a
// file comes after those that it imports.
func Descriptors(ctx context.Context) (*descriptorpb.FileDescriptorSet, error) {
	open := func(name string) (io.ReadCloser, error) { return files.Open(name) }
	compiler := protocompile.Compiler{Resolver: &protocompile.SourceResolver{Accessor: open}}
	compiled, err := compiler.Compile(ctx, "customer.proto", "order.proto", "invoice.proto")
	if err != nil {
		return nil, err
	}
	set := &descriptorpb.FileDescriptorSet{}
	for _, file := range compiled {
		set.File = append(set.File, protodesc.ToFileDescriptorProto(file))
	}
	return set, nil
}

// Message returns an empty message of the full name, such as "shop.Order".
func Message(ctx context.Context, name protoreflect.FullName) (*dynamicpb.Message, error) {
	set, err := Descriptors(ctx)
	if err != nil {
		return nil, err
	}
	registry, err := protodesc.NewFiles(set)
	if err != nil {
		return nil, err
	}
	found, err := registry.FindDescriptorByName(name)
	if err != nil {
		return nil, err
	}
	message, ok := found.(protoreflect.MessageDescriptor)
	if !ok {
		return nil, fmt.Errorf("%s is not a message", name)
	}
	return dynamicpb.NewMessage(message), nil
}

// Fill sets the fields of a message from a record, by way of its JSON form,
// in which the names of the fields are those of the schemas.
func Fill(m proto.Message, record any) error {
	b, err := json.Marshal(record)
	if err != nil {
		return err
	}
	return protojson.Unmarshal(b, m)
}
