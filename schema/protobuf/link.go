package protobuf

import (
	"context"

	"github.com/bufbuild/protocompile"
	"github.com/bufbuild/protocompile/linker"
	"github.com/bufbuild/protocompile/protoutil"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protodesc"
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
func customOptions(ctx context.Context, d descriptorProto, names *universe) func(protoreflect.ProtoMessage) []Option {
	var types *dynamicpb.Types
	return func(options protoreflect.ProtoMessage) []Option {
		raw := options.ProtoReflect().GetUnknown()
		if len(raw) == 0 {
			return nil
		}
		if types == nil {
			types = extensionTypes(ctx, d, names)
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
func extensionTypes(ctx context.Context, d descriptorProto, names *universe) *dynamicpb.Types {
	files := &protoregistry.Files{}
	// The linker resolves names but takes some descriptors that the runtime
	// cannot work with, so that each file is built again by the runtime's own
	// rules, imports first.
	var register func(f protoreflect.FileDescriptor) bool
	register = func(f protoreflect.FileDescriptor) bool {
		if _, err := files.FindFileByPath(f.Path()); err == nil {
			return true
		}
		for i := range f.Imports().Len() {
			if !register(f.Imports().Get(i).FileDescriptor) {
				return false
			}
		}
		built, err := protodesc.NewFile(protoutil.ProtoFromFileDescriptor(f), files)
		return err == nil && files.RegisterFile(built) == nil
	}
	root := proto.Clone(d).(*descriptorpb.FileDescriptorProto)
	root.Name = proto.String(linkedName)
	// Where the descriptor itself does not link, what it imports may, and the
	// bundle does.
	imports := &descriptorpb.FileDescriptorProto{Name: proto.String("weir/imports.proto")}
	for _, path := range d.Dependency {
		if names.provides(path) {
			imports.Dependency = append(imports.Dependency, path)
		}
	}
	bundled := &descriptorpb.FileDescriptorProto{
		Name: proto.String("weir/bundled.proto"), Dependency: []string{"confluent/meta.proto"},
	}
	for _, candidate := range []descriptorProto{root, imports, bundled} {
		if f, err := link(ctx, candidate, names); err == nil {
			register(f)
		}
	}
	return dynamicpb.NewTypes(files)
}

// link compiles a descriptor; imports are found in the closure and among the
// bundled files only.
func link(ctx context.Context, root descriptorProto, names *universe) (linker.File, error) {
	resolver := protocompile.ResolverFunc(func(path string) (protocompile.SearchResult, error) {
		if path == root.GetName() {
			return protocompile.SearchResult{Proto: complete(root)}, nil
		}
		u := names.unitAt(path)
		if u == nil {
			return protocompile.SearchResult{}, protoregistry.NotFound
		}
		if u.proto != nil {
			return protocompile.SearchResult{Proto: u.proto}, nil
		}
		w := &describer{names: &universe{own: u, refs: names.refs, world: names.world}}
		return protocompile.SearchResult{Proto: complete(w.file(u.file, path))}, nil
	})
	compiler := protocompile.Compiler{Resolver: resolver, MaxParallelism: 1}
	files, err := compiler.Compile(ctx, root.GetName())
	if err != nil {
		return nil, err
	}
	return files[0], nil
}

// complete fills in what the linker wants and the wire leaves out: the JSON
// names of fields.
func complete(d descriptorProto) descriptorProto {
	completeFields(d.Extension)
	completeMessages(d.MessageType)
	return d
}

func completeMessages(list []*descriptorpb.DescriptorProto) {
	for _, m := range list {
		completeFields(m.Field)
		completeFields(m.Extension)
		completeMessages(m.NestedType)
	}
}

func completeFields(list []*descriptorpb.FieldDescriptorProto) {
	for _, f := range list {
		if f.JsonName == nil {
			f.JsonName = proto.String(camel(f.GetName(), false))
		}
	}
}
