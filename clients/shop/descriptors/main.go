// Command descriptors compiles the .proto files of package shop and writes
// them as one FileDescriptorSet to the named file, for the client programs
// whose Protobuf libraries have no compiler of their own.
package main

import (
	"context"
	"fmt"
	"os"

	"google.golang.org/protobuf/proto"

	"github.com/weir-registry/weir/clients/shop"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "descriptors:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 1 {
		return fmt.Errorf("usage: descriptors FILE")
	}
	set, err := shop.Descriptors(context.Background())
	if err != nil {
		return err
	}
	b, err := proto.MarshalOptions{Deterministic: true}.Marshal(set)
	if err != nil {
		return err
	}
	return os.WriteFile(args[0], b, 0o644)
}
