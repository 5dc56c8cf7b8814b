package protobuf

import (
	"context"

	"github.com/bufbuild/protocompile"
	"github.com/bufbuild/protocompile/linker"
	"github.com/bufbuild/protocompile/reporter"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"
	"google.golang.org/protobuf/types/descriptorpb"
	"google.golang.org/protobuf/types/dynamicpb"
)

// linkedName is the path under which a descriptor is linked.
const linkedName = "weir/descriptor.proto"

// customOptions gives a reader of the options of a descriptor that are
// extensions: of the file itself, of the closure, or bundled (9.3). They can
// be read only when the descriptor links; else they are left out, as options
// whose extension is unknown are.
func customOptions(d descriptorProto, names *universe) func(protoreflect.ProtoMessage) []Option {
	var types *dynamicpb.Types
	return func(options protoreflect.ProtoMessage) []Option {
		raw := options.ProtoReflect().GetUnknown()
		if len(raw) == 0 {
			return nil
		}
		if types == nil {
			types = extensionTypes(d, names)
		}
		again := options.ProtoReflect().New()
		if err := (proto.UnmarshalOptions{Resolver: types}).Unmarshal(raw, again.Interface()); err != nil {
			return nil
		}
		var list []Option
		for _, f := range setFields(again) {
			if !f.IsExtension() {
				continue
			}
			part := Part{Name: string(f.FullName()), Custom: true}
			v := again.Get(f)
			if !f.IsList() {
				list = append(list, Option{Part: part, Value: optionValue(f, v)})
				continue
			}
			for i := range v.List().Len() {
				list = append(list, Option{Part: part, Value: optionValue(f, v.List().Get(i))})
			}
		}
		return list
	}
}

// extensionTypes links a descriptor with what it imports and gives the
// extensions that are known then.
func extensionTypes(d descriptorProto, names *universe) *dynamicpb.Types {
	files := &protoregistry.Files{}
	var register func(f protoreflect.FileDescriptor)
	register = func(f protoreflect.FileDescriptor) {
		if _, err := files.FindFileByPath(f.Path()); err == nil {
			return
		}
		if files.RegisterFile(f) != nil {
			return
		}
		for i := range f.Imports().Len() {
			register(f.Imports().Get(i).FileDescriptor)
		}
	}
	root := proto.Clone(d).(*descriptorpb.FileDescriptorProto)
	root.Name = proto.String(linkedName)
	if f, err := link(root, names); err == nil {
		register(f)
	}
	if f, err := link(&descriptorpb.FileDescriptorProto{
		Name: proto.String("weir/bundled.proto"), Dependency: []string{"confluent/meta.proto"},
	}, names); err == nil {
		register(f)
	}
	return dynamicpb.NewTypes(files)
}

// link compiles a descriptor; imports are found in the closure and among the
// bundled files only.
func link(root descriptorProto, names *universe) (linker.File, error) {
	resolver := protocompile.ResolverFunc(func(path string) (protocompile.SearchResult, error) {
		if path == root.GetName() {
			return protocompile.SearchResult{Proto: root}, nil
		}
		u := names.unitAt(path)
		if u == nil {
			return protocompile.SearchResult{}, protoregistry.NotFound
		}
		if u.proto != nil {
			return protocompile.SearchResult{Proto: u.proto}, nil
		}
		w := &describer{names: &universe{own: u, refs: names.refs, world: names.world}}
		return protocompile.SearchResult{Proto: w.file(u.file, path)}, nil
	})
	compiler := protocompile.Compiler{
		Resolver:       resolver,
		MaxParallelism: 1,
		Reporter:       reporter.NewReporter(func(reporter.ErrorWithPos) error { return nil }, nil),
	}
	files, err := compiler.Compile(context.Background(), root.GetName())
	if err != nil {
		return nil, err
	}
	return files[0], nil
}
