package compat_test

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/weir-registry/weir/compat"
	"github.com/weir-registry/weir/schema"
	"github.com/weir-registry/weir/schema/recordedtest"
)

// corpus is a file of recorded pairs and chains: what Confluent Schema Registry
// 8.5.0 answered.
type corpus struct {
	Format     schema.Type
	Referenced []struct {
		Subject, Schema string
		References      []schema.Reference
	}
	Pairs  []pairCase
	Chains []pairCase
}

type pairCase struct {
	Old           string
	Versions      []string
	New           string
	Policy        compat.Policy
	OldReferences []schema.Reference `json:"old_references"`
	NewReferences []schema.Reference `json:"new_references"`

	Backward           *recorded
	Forward            *recorded
	Full               *recorded
	BackwardTransitive *recorded `json:"backward_transitive"`
	ForwardTransitive  *recorded `json:"forward_transitive"`
	FullTransitive     *recorded `json:"full_transitive"`
}

// recorded is the answer at one level.
type recorded struct {
	Status     int
	Compatible bool
	Messages   []string
}

func (c *pairCase) answers() map[compat.Level]*recorded {
	all := map[compat.Level]*recorded{
		compat.Backward: c.Backward, compat.Forward: c.Forward, compat.Full: c.Full,
		compat.BackwardTransitive: c.BackwardTransitive, compat.ForwardTransitive: c.ForwardTransitive,
		compat.FullTransitive: c.FullTransitive,
	}
	for level, answer := range all {
		if answer == nil {
			delete(all, level)
		}
	}
	return all
}

// corpora is where the recordings are that the repository does not carry;
// empty when they are not at hand.
func corpora() string {
	dir := os.Getenv("WEIR_CORPORA")
	if dir == "" {
		dir = filepath.Join("..", "..", "shared", "corpora")
	}
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return ""
	}
	return dir
}

// readJSON reads a file of JSON, unpacked when its name ends in .gz.
func readJSON(t testing.TB, path string, into any) {
	t.Helper()
	recordedtest.Read(t, os.DirFS(filepath.Dir(path)), filepath.Base(path), into)
}

// runCorpus checks every pair and chain of a file and reports how many agreed.
// The rules are those of the recordings: the verdict counts, and the messages
// as a multiset; of one that begins with "Invalid schema" only that beginning.
func runCorpus(t *testing.T, path string, parser schema.Parser) {
	t.Helper()
	var c corpus
	readJSON(t, path, &c)
	r := runner{t: t, corpus: &c, parser: parser}
	for i := range c.Pairs {
		r.run(i, &c.Pairs[i], []string{c.Pairs[i].Old})
	}
	for i := range c.Chains {
		r.run(i, &c.Chains[i], c.Chains[i].Versions)
	}
	countCases(t, path, len(c.Pairs)+len(c.Chains))
	t.Logf("%s: %d pairs and %d chains, %d of %d answers the same", filepath.Base(path), len(c.Pairs), len(c.Chains), r.right, r.total)
}

// countCases tells the end of the run how many recorded cases of a file ran.
func countCases(t *testing.T, path string, n int) {
	t.Attr("corpus", fmt.Sprintf("%s/%s %d", filepath.Base(filepath.Dir(path)), filepath.Base(path), n))
}

type runner struct {
	t            *testing.T
	corpus       *corpus
	parser       schema.Parser
	right, total int
}

func (r *runner) run(i int, c *pairCase, olds []string) {
	r.t.Helper()
	for level, want := range c.answers() {
		r.total++
		got := r.check(level, c, olds)
		if got.Compatible == want.Compatible && sameMessages(got.Messages, want.Messages) {
			r.right++
			continue
		}
		if !r.t.Failed() {
			r.t.Errorf("case %d at %s:\ngot  %v %q\nwant %v %q\nold %s\nnew %s",
				i, level, got.Compatible, got.Messages, want.Compatible, want.Messages, olds, c.New)
		}
		r.t.Fail()
	}
}

// check does what the compatibility endpoints do.
func (r *runner) check(level compat.Level, c *pairCase, olds []string) recorded {
	fresh, err := r.parse(c.New, c.NewReferences, true)
	if err != nil {
		return recorded{Messages: []string{"Invalid schema: " + err.Error()}}
	}
	request := compat.Request{Level: level, Policy: c.Policy, New: fresh}
	for i, old := range slices.Backward(olds) {
		request.Old = append(request.Old, compat.Version{
			Number: int32(i + 1),
			Schema: func() (schema.Schema, error) { return r.parse(old, c.OldReferences, false) },
		})
	}
	result, err := compat.Check(r.t.Context(), request)
	if err != nil {
		return recorded{Messages: []string{err.Error()}}
	}
	request.Warnings = true
	warned, err := compat.Check(r.t.Context(), request)
	if err != nil || warned.Compatible != result.Compatible || !reflect.DeepEqual(warned.Reports, result.Reports) || warned.WarningsCut {
		r.t.Errorf("asking for warnings at %s changed something (%v, cut %v):\nold %s\nnew %s", level, err, warned.WarningsCut, olds, c.New)
	}
	return recorded{Compatible: result.Compatible, Messages: compat.Messages(result, level, false)}
}

func (r *runner) parse(text string, references []schema.Reference, fresh bool) (schema.Schema, error) {
	source := schema.Source{Type: r.corpus.Format, Text: text, References: references}
	seen := make(map[string]bool)
	r.closure(references, true, seen, &source.Dependencies)
	return r.parser.Parse(r.t.Context(), source, schema.Options{New: fresh})
}

// closure lists what references lead to, depth first, each name once.
func (r *runner) closure(references []schema.Reference, direct bool, seen map[string]bool, into *[]schema.Dependency) {
	for _, ref := range references {
		if seen[ref.Name] {
			continue
		}
		seen[ref.Name] = true
		version := int32(0)
		for _, target := range r.corpus.Referenced {
			if target.Subject != ref.Subject {
				continue
			}
			if version++; version == ref.Version {
				r.closure(target.References, false, seen, into)
				*into = append(*into, schema.Dependency{Reference: ref, Text: target.Schema, Direct: direct})
			}
		}
	}
}

func sameMessages(got, want []string) bool {
	normal := func(messages []string) []string {
		messages = slices.Clone(messages)
		for i, m := range messages {
			if strings.HasPrefix(m, "Invalid schema") {
				messages[i] = "Invalid schema"
			}
		}
		slices.Sort(messages)
		return messages
	}
	return want == nil || slices.Equal(normal(got), normal(want))
}
