package registry

// Page cuts a list (registry-api.md 1.4). Limit is the effective one: the edge
// has applied default and maximum. A negative Offset counts as 0.
type Page struct {
	Offset int
	Limit  int
}

// cut gives the entries of a page.
func cut[T any](list []T, p Page) []T {
	from := min(max(p.Offset, 0), len(list))
	to := len(list)
	if p.Limit >= 0 && p.Limit < to-from {
		to = from + p.Limit
	}
	return list[from:to]
}

// Paged gives the entries of a page, for the registries beside this one.
func Paged[T any](list []T, p Page) []T { return cut(list, p) }
