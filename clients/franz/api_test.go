package franz

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/twmb/franz-go/pkg/sr"
)

const (
	item      = `{"type":"record","name":"Item","fields":[{"name":"name","type":"string"}]}`
	itemPrice = `{"type":"record","name":"Item","fields":[{"name":"name","type":"string"},{"name":"price","type":"int","default":0}]}`
	itemOther = `{"type":"record","name":"Item","fields":[{"name":"name","type":"int"}]}`
)

// TestVersions follows one subject from its first version to its end.
func TestVersions(t *testing.T) {
	const subject = "franz/versions: one"
	ctx := t.Context()
	client := newClient(t)
	first := create(t, client, subject, item)
	second := create(t, client, subject, itemPrice)
	if first.Version != 1 || second.Version != 2 || first.ID == second.ID {
		t.Errorf("CreateSchema twice = %+v, %+v", first, second)
	}
	if again := create(t, client, subject, item); again.ID != first.ID || again.Version != 1 {
		t.Errorf("CreateSchema again = %+v, want %+v", again, first)
	}

	versions, err := client.SubjectVersions(ctx, subject)
	if diff := cmp.Diff([]int{1, 2}, versions); err != nil || diff != "" {
		t.Errorf("SubjectVersions: %v (-want +got):\n%s", err, diff)
	}
	subjects, err := client.Subjects(ctx)
	if err != nil || !slices.Contains(subjects, subject) {
		t.Errorf("Subjects = %q, %v, want %q among them", subjects, err, subject)
	}
	byVersion, err := client.SchemaByVersion(ctx, subject, 2)
	if err != nil || byVersion.ID != second.ID {
		t.Errorf("SchemaByVersion(2) = %+v, %v", byVersion, err)
	}
	byGUID, err := client.SchemaByGUID(ctx, byVersion.GUID)
	if err != nil || byGUID.Schema.Schema != byVersion.Schema.Schema {
		t.Errorf("SchemaByGUID(%q) = %+v, %v", byVersion.GUID, byGUID, err)
	}
	users, err := client.SchemaVersionsByID(ctx, second.ID)
	if err != nil || !slices.Contains(users, sr.SubjectVersion{Subject: subject, Version: 2}) {
		t.Errorf("SchemaVersionsByID(%d) = %+v, %v", second.ID, users, err)
	}
	found, err := client.LookupSchema(ctx, subject, sr.Schema{Schema: itemPrice})
	if err != nil || found.ID != second.ID || found.Version != 2 {
		t.Errorf("LookupSchema = %+v, %v", found, err)
	}

	deleted, err := client.DeleteSubject(ctx, subject, sr.SoftDelete)
	if diff := cmp.Diff([]int{1, 2}, deleted); err != nil || diff != "" {
		t.Errorf("DeleteSubject(soft): %v (-want +got):\n%s", err, diff)
	}
	if _, err := client.SubjectVersions(ctx, subject); code(err) != sr.ErrSubjectNotFound.Code {
		t.Errorf("SubjectVersions of a deleted subject: %v", err)
	}
	// What was written with the id must stay readable.
	if _, err := client.SchemaByID(ctx, second.ID); err != nil {
		t.Errorf("SchemaByID(%d) after a soft deletion: %v", second.ID, err)
	}
	if _, err := client.DeleteSubject(ctx, subject, sr.HardDelete); err != nil {
		t.Errorf("DeleteSubject(hard): %v", err)
	}
	all := sr.WithParams(ctx, sr.ShowDeleted)
	if _, err := client.SubjectVersions(all, subject); code(err) != sr.ErrSubjectNotFound.Code {
		t.Errorf("SubjectVersions of a subject deleted for good: %v", err)
	}
}

// TestReferencedBy looks from a schema to those that use it.
func TestReferencedBy(t *testing.T) {
	ctx := t.Context()
	client := newClient(t)
	part := create(t, client, "franz-part", item)
	whole, err := client.CreateSchema(ctx, "franz-whole", sr.Schema{
		Schema:     `{"type":"record","name":"Whole","fields":[{"name":"part","type":"Item"}]}`,
		References: []sr.SchemaReference{{Name: "Item", Subject: "franz-part", Version: 1}},
	})
	if err != nil {
		t.Fatal(err)
	}
	users, err := client.SchemaReferences(ctx, "franz-part", part.Version)
	if err != nil || len(users) != 1 || users[0].ID != whole.ID {
		t.Errorf("SchemaReferences = %+v, %v, want the schema with the id %d", users, err, whole.ID)
	}
	if _, err := client.DeleteSubject(ctx, "franz-part", sr.SoftDelete); code(err) != sr.ErrReferenceExists.Code {
		t.Errorf("DeleteSubject of a referenced subject: %v", err)
	}
}

// TestCompatibility sets a level for a subject and is refused by it.
func TestCompatibility(t *testing.T) {
	const subject = "franz-compatibility"
	ctx := t.Context()
	client := newClient(t)
	create(t, client, subject, item)

	result := client.Compatibility(ctx, subject)[0]
	if code(result.Err) != sr.ErrSubjectLevelCompatibilityNotConfigured.Code {
		t.Errorf("Compatibility without a level: %+v", result)
	}
	result = client.Compatibility(sr.WithParams(ctx, sr.DefaultToGlobal), subject)[0]
	if result.Err != nil || result.Level != sr.CompatBackward {
		t.Errorf("Compatibility of the registry = %+v, want BACKWARD", result)
	}
	result = client.SetCompatibility(ctx, sr.SetCompatibility{Level: sr.CompatFull}, subject)[0]
	if result.Err != nil || result.Level != sr.CompatFull {
		t.Errorf("SetCompatibility = %+v", result)
	}
	result = client.Compatibility(ctx, subject)[0]
	if result.Err != nil || result.Level != sr.CompatFull {
		t.Errorf("Compatibility = %+v, want FULL", result)
	}

	check, err := client.CheckCompatibility(ctx, subject, -1, sr.Schema{Schema: itemPrice})
	if err != nil || !check.Is {
		t.Errorf("CheckCompatibility of a field with a default = %+v, %v", check, err)
	}
	verbose := sr.WithParams(ctx, sr.Verbose)
	check, err = client.CheckCompatibility(verbose, subject, -2, sr.Schema{Schema: itemOther})
	if err != nil || check.Is || len(check.Messages) == 0 {
		t.Errorf("CheckCompatibility of another type = %+v, %v", check, err)
	}
	_, err = client.CreateSchema(ctx, subject, sr.Schema{Schema: itemOther})
	var refusal *sr.ResponseError
	if !errors.As(err, &refusal) || refusal.StatusCode != 409 || refusal.ErrorCode != 40901 {
		t.Errorf("CreateSchema of another type: %v, want the code 40901", err)
	}
	if result := client.ResetCompatibility(ctx, subject)[0]; result.Err != nil {
		t.Errorf("ResetCompatibility: %v", result.Err)
	}
}

// TestMode reads the mode of the registry and makes a subject read-only.
func TestMode(t *testing.T) {
	const subject = "franz-mode"
	ctx := t.Context()
	client := newClient(t)
	if result := client.Mode(ctx)[0]; result.Err != nil || result.Mode != sr.ModeReadWrite {
		t.Errorf("Mode = %+v, want READWRITE", result)
	}
	if result := client.SetMode(ctx, sr.ModeReadOnly, subject)[0]; result.Err != nil || result.Mode != sr.ModeReadOnly {
		t.Errorf("SetMode = %+v", result)
	}
	_, err := client.CreateSchema(ctx, subject, sr.Schema{Schema: item})
	if code(err) != sr.ErrOperationNotPermitted.Code {
		t.Errorf("CreateSchema in a read-only subject: %v", err)
	}
	if result := client.ResetMode(ctx, subject)[0]; result.Err != nil {
		t.Errorf("ResetMode: %v", result.Err)
	}
	create(t, client, subject, item)
}

// TestErrors makes the mistakes that callers make, and looks for the codes
// that the library knows by name.
func TestErrors(t *testing.T) {
	client := newClient(t)
	create(t, client, "franz-errors", item)
	tests := []struct {
		name string
		call func(context.Context) error
		want *sr.Error
	}{
		{"subject", func(ctx context.Context) error {
			_, err := client.SubjectVersions(ctx, "franz-nobody")
			return err
		}, sr.ErrSubjectNotFound},
		{"version", func(ctx context.Context) error {
			_, err := client.SchemaByVersion(ctx, "franz-errors", 99)
			return err
		}, sr.ErrVersionNotFound},
		{"id", func(ctx context.Context) error {
			_, err := client.SchemaByID(ctx, 987654321)
			return err
		}, sr.ErrSchemaNotFound},
		{"schema", func(ctx context.Context) error {
			_, err := client.CreateSchema(ctx, "franz-errors", sr.Schema{Schema: `{"type":"recor"}`})
			return err
		}, sr.ErrInvalidSchema},
		{"unknown schema", func(ctx context.Context) error {
			_, err := client.LookupSchema(ctx, "franz-errors", sr.Schema{Schema: itemOther})
			return err
		}, sr.ErrSchemaNotFound},
		{"hard before soft", func(ctx context.Context) error {
			return client.DeleteSchema(ctx, "franz-errors", 1, sr.HardDelete)
		}, sr.ErrSchemaVersionNotSoftDeleted},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if err := test.call(t.Context()); code(err) != test.want.Code {
				t.Errorf("error %v with the code %d, want %d", err, code(err), test.want.Code)
			}
		})
	}
}

// TestTypes asks which schema languages the registry has.
func TestTypes(t *testing.T) {
	types, err := newClient(t).SupportedTypes(t.Context())
	slices.Sort(types)
	want := []sr.SchemaType{sr.TypeAvro, sr.TypeProtobuf, sr.TypeJSON}
	slices.Sort(want)
	if diff := cmp.Diff(want, types); err != nil || diff != "" {
		t.Errorf("SupportedTypes: %v (-want +got):\n%s", err, diff)
	}
}

func create(t *testing.T, client *sr.Client, subject, schema string) sr.SubjectSchema {
	t.Helper()
	created, err := client.CreateSchema(t.Context(), subject, sr.Schema{Schema: schema})
	if err != nil {
		t.Fatalf("CreateSchema(%q): %v", subject, err)
	}
	return created
}

// code returns the error_code of an answer, 0 without one.
func code(err error) int {
	var refusal *sr.ResponseError
	if errors.As(err, &refusal) {
		return refusal.ErrorCode
	}
	return 0
}
