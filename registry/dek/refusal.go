package dek

import (
	"fmt"

	"github.com/weir-registry/weir/registry"
)

// The refusals of section 22.1, as the wire words them.

func notFound(name string) error {
	return refuse(40470, "Key '%s' not found", name)
}

func notDeletedFirst(name string) error {
	return refuse(40471, "Key '%s' was not deleted first before being permanently deleted", name)
}

func undeleteFirst(name string) error {
	return refuse(40472, "Key '%s' must be undeleted first", name)
}

func exists(name string) error {
	return refuse(40971, "Key '%s' already exists; use a different value", name)
}

func tooMany(most int) error {
	return refuse(40972, "A maximum of %d keys already exist", most)
}

func invalid(field string) error {
	return refuse(42271, "Invalid or missing value for field '%s' of key", field)
}

func referenced(name string) error {
	return refuse(42272, "One or more references exist to the key '%s'", name)
}

func invalidVersion(v int32) error {
	return refuse(42202, "The specified version '%d' is not a valid version id. Allowed values are between [1, 2^31-1] and the string \"latest\"", v)
}

// generation says that the KMS did not do its part.
func generation(kind, subject string, cause error) error {
	return refuse(50070, "Could not generate %s dek for %s: %v", kind, subject, cause)
}

func refuse(code int, format string, args ...any) error {
	return &registry.Error{Code: code, Message: fmt.Sprintf(format, args...)}
}
