package confluent

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/weir-registry/weir/catalog/confluent"
)

// made makes an entity with attributes, given in pairs.
func made(t confluent.Type, pairs ...any) *confluent.Entity {
	e := &confluent.Entity{Name: confluent.Name{Type: t}}
	for i := 0; i < len(pairs); i += 2 {
		e.Attributes = append(e.Attributes, confluent.Attribute{Name: pairs[i].(string), Value: pairs[i+1]})
	}
	return e
}

// is makes the comparison of one operator, as gqlgen hands it over.
func is(operator string, operand any) map[string]any {
	switch v := operand.(type) {
	case string:
		operand = &v
	case int:
		operand = &v
	case bool:
		operand = &v
	case nil:
		operand = (*string)(nil)
	}
	return map[string]any{operator: operand}
}

// 2023-11-11T00:00:00Z
const november = int64(1699660800000)

func TestCriteria(t *testing.T) {
	entities := []*confluent.Entity{
		made(confluent.SubjectVersion, "name", "orders", "description", "All orders.", "version", int64(1), "createTime", november, "deleted", false),
		made(confluent.SubjectVersion, "name", "orders", "version", int64(2), "createTime", november+1, "deleted", true),
		made(confluent.Record, "name", "payments", "description", "", "version", int64(10), "createTime", november-1),
		made(confluent.Record, "name", "Zebras"),
	}
	type m = map[string]any
	for _, test := range []struct {
		name  string
		where m
		want  []int
	}{
		{"nothing asked", nil, []int{0, 1, 2, 3}},
		{"an attribute without operators", m{"name": m{}}, []int{0, 1, 2, 3}},
		{"an attribute that is null", m{"name": m(nil)}, []int{0, 1, 2, 3}},
		{"_eq", m{"name": is("_eq", "orders")}, []int{0, 1}},
		{"_eq regards case", m{"name": is("_eq", "Orders")}, nil},
		{"_starts_with", m{"name": is("_starts_with", "pay")}, []int{2}},
		{"_starts_with the empty text is having a value", m{"description": is("_starts_with", "")}, []int{0}},
		{"_gt", m{"name": is("_gt", "orders")}, []int{2}},
		{"_gte", m{"name": is("_gte", "orders")}, []int{0, 1, 2}},
		{"_lt", m{"name": is("_lt", "orders")}, []int{3}},
		{"_lte", m{"name": is("_lte", "orders")}, []int{0, 1, 3}},
		{"two operators", m{"name": m{"_gte": ref("orders"), "_lt": ref("p")}}, []int{0, 1}},
		{"numbers by size", m{"version": is("_gt", 1)}, []int{1, 2}},
		{"a number that is not there is neither less", m{"version": is("_lt", 1000)}, []int{0, 1, 2}},
		{"nor more", m{"version": is("_gt", -1000)}, []int{0, 1, 2}},
		{"a boolean", m{"deleted": is("_eq", true)}, []int{1}},
		{"false is not null", m{"deleted": is("_eq", false)}, []int{0}},
		{"_gte null has a value", m{"description": is("_gte", nil)}, []int{0}},
		{"_gt null has a value", m{"version": is("_gt", nil)}, []int{0, 1, 2}},
		{"_eq null has none", m{"description": is("_eq", nil)}, []int{1, 2, 3}},
		{"_eq the empty text has none", m{"description": is("_eq", "")}, []int{1, 2, 3}},
		{"_lte null has none", m{"version": is("_lte", nil)}, []int{3}},
		{"_lt null is never", m{"version": is("_lt", nil)}, nil},
		{"a time", m{"createTime": is("_gte", "2023-11-11T00:00:00Z")}, []int{0, 1}},
		{"a time is not a text", m{"createTime": is("_eq", "2023-11-11T01:00:00.000+01:00")}, []int{0}},
		{"a day", m{"createTime": is("_lt", "2023-11-11")}, []int{2}},
		{"a time begins as it is written", m{"createTime": is("_starts_with", "2023-11-11T00:00:00.00")}, []int{0, 1}},
		{"two attributes", m{"name": is("_eq", "orders"), "version": is("_eq", 2)}, []int{1}},
		{"_and", m{"_and": []m{{"name": is("_eq", "orders")}, {"version": is("_gt", 1)}}}, []int{1}},
		{"_or", m{"_or": []m{{"name": is("_eq", "payments")}, {"version": is("_eq", 1)}}}, []int{0, 2}},
		{"_or with more beside it", m{"name": is("_eq", "orders"), "_or": []m{{"name": is("_eq", "payments")}, {"version": is("_eq", 1)}}}, []int{0}},
		{"nested", m{"_or": []m{{"_and": []m{{"name": is("_eq", "orders")}, {"version": is("_eq", 1)}}}, {"name": is("_eq", "Zebras")}}}, []int{0, 3}},
		{"empty lists ask for nothing", m{"_or": []m{}, "_and": []m(nil)}, []int{0, 1, 2, 3}},
		{"an empty alternative holds for all", m{"_or": []m{{"name": is("_eq", "x")}, {}}}, []int{0, 1, 2, 3}},
		{"an attribute of this schema alone", m{"guid": is("_eq", confluent.GUID(confluent.Record, "")), "entityStatus": is("_eq", "ACTIVE")}, []int{2, 3}},
	} {
		t.Run(test.name, func(t *testing.T) {
			p, err := criteria(confluent.SubjectVersion, test.where)
			if err != nil {
				t.Fatal(err)
			}
			var got []int
			for i, e := range entities {
				if p == nil || p(e) {
					got = append(got, i)
				}
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("criteria(%v) (-want +got):\n%s", test.where, diff)
			}
		})
	}
}

func ref[T any](v T) *T { return &v }

func TestBadCriteria(t *testing.T) {
	type m = map[string]any
	for _, test := range []struct {
		name  string
		where m
		path  string
	}{
		{"no time", m{"createTime": is("_gt", "yesterday")}, "where.createTime._gt"},
		{"a text that begins with nothing given", m{"name": is("_starts_with", nil)}, "where.name._starts_with"},
		{"deep inside", m{"_or": []m{{"_and": []m{{"updateTime": is("_eq", "12")}}}}}, "where.updateTime._eq"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := criteria(confluent.Topic, test.where)
			var input *InputError
			if !errors.As(err, &input) || strings.Join(input.Path, ".") != test.path {
				t.Errorf("criteria(%v) = %v, want an InputError at %s", test.where, err, test.path)
			}
		})
	}
}

// listing gives entities and then, where there is one, an error; it counts how
// many were taken.
func listing(entities []*confluent.Entity, end error, taken *int) func(func(*confluent.Entity, error) bool) {
	return func(yield func(*confluent.Entity, error) bool) {
		for _, e := range entities {
			*taken++
			if !yield(e, nil) {
				return
			}
		}
		if end != nil {
			yield(nil, end)
		}
	}
}

func numbered(versions ...int64) []*confluent.Entity {
	var list []*confluent.Entity
	for i, v := range versions {
		e := made(confluent.SubjectVersion, "name", string(rune('a'+i)))
		if v != 0 {
			e.Attributes = append(e.Attributes, confluent.Attribute{Name: "version", Value: v})
		}
		list = append(list, e)
	}
	return list
}

func titles(list []*confluent.Entity) string {
	var b strings.Builder
	for _, e := range list {
		b.WriteString(e.Title())
	}
	return b.String()
}

func TestCutStopsAtThePageEnd(t *testing.T) {
	for _, test := range []struct {
		limit int
		want  string
		taken int
	}{
		{2, "ab", 2},
		{6, "abcdef", 6},
		{10, "abcdef", 6},
	} {
		taken := 0
		list, err := cut(listing(numbered(1, 2, 3, 4, 5, 6), nil, &taken), test.limit)
		if err != nil || titles(list) != test.want || taken != test.taken {
			t.Errorf("cut(%d) = %q, %v after %d, want %q after %d", test.limit, titles(list), err, taken, test.want, test.taken)
		}
	}
}

// A hint holds for all that the criteria hold for.
func TestHints(t *testing.T) {
	type m = map[string]any
	for _, test := range []struct {
		where           m
		prefix, mention string
	}{
		{nil, "", ""},
		{m{"name": is("_eq", "id")}, "", "id"},
		{m{"qualifiedName": is("_starts_with", "lsrc:.:1:"), "name": is("_starts_with", "i")}, "lsrc:.:1:", "i"},
		{m{"qualifiedName": m{"_starts_with": ref("lsrc"), "_eq": ref("lsrc:.:1")}}, "lsrc:.:1", ""},
		{m{"name": is("_gt", "id"), "qualifiedName": is("_lte", "x")}, "", ""},
		{m{"name": is("_eq", nil)}, "", ""},
		{m{"_or": []m{{"name": is("_eq", "id")}}}, "", ""},
		{m{"_and": []m{{"name": is("_eq", "id")}, {"_and": []m{{"qualifiedName": is("_eq", "q")}}}}}, "q", "id"},
		{m{"nameLower": is("_eq", "id"), "description": is("_starts_with", "x")}, "", ""},
	} {
		if prefix, mention := hints(test.where); prefix != test.prefix || mention != test.mention {
			t.Errorf("hints(%v) = %q, %q, want %q, %q", test.where, prefix, mention, test.prefix, test.mention)
		}
	}
}

func TestErrorsEndAPage(t *testing.T) {
	taken, broken := 0, errors.New("broken")
	if _, err := cut(listing(numbered(1), broken, &taken), 5); !errors.Is(err, broken) {
		t.Errorf("cut: %v", err)
	}
}

func TestOrders(t *testing.T) {
	type m = map[string]any
	by, err := orders([]m{{"name": "desc"}, {}, {"version": ref("asc")}, {"owner": (*string)(nil)}})
	if err != nil || len(by) != 2 || by[0].Attribute != "name" || !by[0].Descending || by[1].Attribute != "version" || by[1].Descending {
		t.Errorf("orders = %+v, %v, want name down, version up", by, err)
	}
	for want, e := range map[any]*confluent.Entity{
		"a": made(confluent.Topic, "name", "a"),
		nil: made(confluent.Topic, "name", ""),
	} {
		if got := by[0].Value(e); got != want {
			t.Errorf("the value of %+v is %v, want %v", e, got, want)
		}
	}
	var input *InputError
	if _, err := orders([]m{{"name": ref("asc"), "owner": ref("asc")}}); !errors.As(err, &input) {
		t.Errorf("two attributes in one element: %v, want an InputError", err)
	}
}
