package registry

// Page cuts a list (registry-api.md 1.4). Limit is the effective one: the edge
// has applied default and maximum. A negative Offset counts as 0.
type Page struct {
	Offset int
	Limit  int
}
