package registry

// Page cuts a list (registry-api.md 1.4). Limit is the effective one: the edge
// has applied default and maximum. A negative Offset counts as 0.
type Page struct {
	Offset int
	Limit  int
}

// Paged gives the part of a list that a page shows.
func Paged[T any](list []T, p Page) []T {
	list = list[min(max(p.Offset, 0), len(list)):]
	return list[:min(max(p.Limit, 0), len(list))]
}
