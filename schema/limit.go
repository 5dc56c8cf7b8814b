package schema

// Limits on what is read (validation.md 9). A text that exceeds one is an
// *InvalidError, found by a scanner before any parser sees the text.
const (
	// MaxDepth is how deeply the JSON of a schema may nest.
	MaxDepth = 500
	// MaxTextBytes is the size of one schema text.
	MaxTextBytes = 1 << 20
	// MaxClosureBytes is the size of a schema and its resolved references.
	MaxClosureBytes = 4 << 20
	// MaxMessageDepth is how deeply Protobuf messages may nest.
	MaxMessageDepth = 31
	// MaxSymbols is the number of symbols of one enum.
	MaxSymbols = 100_000
	// MaxReferenceExpansion is the number of $ref paths of a JSON Schema.
	MaxReferenceExpansion = 10_000
)
