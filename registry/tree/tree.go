// Package tree is an ordered map all of whose versions stay: what the node's
// snapshots are made of. In goes a map and an edit, out comes the next map,
// which shares with the first what did not change; readers of the first see
// nothing of it. It knows nothing of what it holds; the registry, the catalog
// and whoever else keeps a snapshot use it.
package tree

import "slices"

// width is how many entries a node of a tree holds at most.
const width = 32

// Owner marks the nodes that one batch of edits has copied, so that it copies
// each at most once. Whoever publishes a tree forgets its owner.
type Owner struct{ _ byte }

// Map is a persistent ordered map: a B+ tree whose edits copy the few nodes
// on the way to the leaf. A copy of the struct is a version of the map; many
// goroutines may read it while one makes the next.
type Map[K, V any] struct {
	root    *node[K, V]
	size    int
	compare func(a, b K) int
}

// node is a leaf (vals) or an inner node (kids). The key of an inner node
// is not above any key of its kid.
type node[K, V any] struct {
	owner *Owner
	keys  []K
	vals  []V
	kids  []*node[K, V]
}

// New is an empty map in the order of compare.
func New[K, V any](compare func(a, b K) int) Map[K, V] {
	return Map[K, V]{compare: compare}
}

// Len is how many entries there are.
func (t *Map[K, V]) Len() int { return t.size }

// Get finds the value of a key.
func (t *Map[K, V]) Get(key K) (value V, ok bool) {
	n := t.root
	for n != nil {
		i, found := t.search(n, key)
		if n.kids != nil {
			n = n.kids[kidAt(i, found)]
			continue
		}
		if found {
			return n.vals[i], true
		}
		break
	}
	return value, false
}

// search is a binary search for a key among those of a node.
func (t *Map[K, V]) search(n *node[K, V], key K) (int, bool) {
	low, high := 0, len(n.keys)
	for low < high {
		middle := int(uint(low+high) >> 1)
		switch c := t.compare(n.keys[middle], key); {
		case c == 0:
			return middle, true
		case c < 0:
			low = middle + 1
		default:
			high = middle
		}
	}
	return low, false
}

// kidAt gives the kid of an inner node that may hold a key.
func kidAt(i int, found bool) int {
	if found || i == 0 {
		return i
	}
	return i - 1
}

// Put sets a value; the batch o may change what it has copied in place.
func (t *Map[K, V]) Put(o *Owner, key K, value V) {
	if t.root == nil {
		t.root = &node[K, V]{owner: o, keys: []K{key}, vals: []V{value}}
		t.size = 1
		return
	}
	root, right, added := t.putIn(o, t.root, key, value)
	if right != nil {
		root = &node[K, V]{owner: o, keys: []K{root.keys[0], right.keys[0]}, kids: []*node[K, V]{root, right}}
	}
	t.root = root
	if added {
		t.size++
	}
}

func (t *Map[K, V]) putIn(o *Owner, n *node[K, V], key K, value V) (left, right *node[K, V], added bool) {
	i, found := t.search(n, key)
	n = n.own(o)
	if n.kids == nil {
		if found {
			n.vals[i] = value
			return n, nil, false
		}
		n.keys = slices.Insert(n.keys, i, key)
		n.vals = slices.Insert(n.vals, i, value)
		return n, n.split(o, i), true
	}
	k := kidAt(i, found)
	kid, next, added := t.putIn(o, n.kids[k], key, value)
	n.kids[k] = kid
	if i == 0 && !found {
		n.keys[0] = key
	}
	if next != nil {
		n.keys = slices.Insert(n.keys, k+1, next.keys[0])
		n.kids = slices.Insert(n.kids, k+1, next)
	}
	return n, n.split(o, k+1), added
}

// own gives the node itself when the batch may change it, else a copy.
func (n *node[K, V]) own(o *Owner) *node[K, V] {
	if n.owner == o {
		return n
	}
	c := &node[K, V]{owner: o, keys: append(make([]K, 0, len(n.keys)+1), n.keys...)}
	if n.kids != nil {
		c.kids = append(make([]*node[K, V], 0, len(n.kids)+1), n.kids...)
	} else {
		c.vals = append(make([]V, 0, len(n.vals)+1), n.vals...)
	}
	return c
}

// split takes the right half off a node that has grown too wide. Keys that
// come in order leave full nodes behind.
func (n *node[K, V]) split(o *Owner, at int) *node[K, V] {
	if len(n.keys) <= width {
		return nil
	}
	cut := len(n.keys) / 2
	if at == len(n.keys)-1 {
		cut = at
	}
	right := &node[K, V]{owner: o, keys: slices.Clone(n.keys[cut:])}
	if n.kids != nil {
		right.kids = slices.Clone(n.kids[cut:])
		clear(n.kids[cut:])
		n.kids = n.kids[:cut]
	} else {
		right.vals = slices.Clone(n.vals[cut:])
		clear(n.vals[cut:])
		n.vals = n.vals[:cut]
	}
	clear(n.keys[cut:])
	n.keys = n.keys[:cut]
	return right
}

// Remove takes a key away. Nodes are not merged, only dropped when empty:
// removal is rare here.
func (t *Map[K, V]) Remove(o *Owner, key K) {
	if _, ok := t.Get(key); !ok {
		return
	}
	t.root = t.removeIn(o, t.root, key)
	t.size--
	for t.root != nil && len(t.root.kids) == 1 {
		t.root = t.root.kids[0]
	}
}

func (t *Map[K, V]) removeIn(o *Owner, n *node[K, V], key K) *node[K, V] {
	i, found := t.search(n, key)
	n = n.own(o)
	if n.kids == nil {
		n.keys = slices.Delete(n.keys, i, i+1)
		n.vals = slices.Delete(n.vals, i, i+1)
	} else {
		k := kidAt(i, found)
		if kid := t.removeIn(o, n.kids[k], key); kid != nil {
			n.kids[k] = kid
		} else {
			n.keys = slices.Delete(n.keys, k, k+1)
			n.kids = slices.Delete(n.kids, k, k+1)
		}
	}
	if len(n.keys) == 0 {
		return nil
	}
	return n
}

// From calls each with every entry from a key on, in order, until it says no.
func (t *Map[K, V]) From(key K, each func(K, V) bool) {
	if t.root != nil {
		t.walk(t.root, &key, each)
	}
}

// All calls each with every entry, in order, until it says no.
func (t *Map[K, V]) All(each func(K, V) bool) {
	if t.root != nil {
		t.walk(t.root, nil, each)
	}
}

func (t *Map[K, V]) walk(n *node[K, V], from *K, each func(K, V) bool) bool {
	start := 0
	if from != nil {
		i, found := t.search(n, *from)
		start = i
		if n.kids != nil {
			start = kidAt(i, found)
		}
	}
	for i := start; i < len(n.keys); i++ {
		if n.kids == nil {
			if !each(n.keys[i], n.vals[i]) {
				return false
			}
			continue
		}
		if i > start {
			from = nil
		}
		if !t.walk(n.kids[i], from, each) {
			return false
		}
	}
	return true
}

// Build fills an empty tree with entries that come in order, without repeats.
func (t *Map[K, V]) Build(keys []K, vals []V) {
	t.size = len(keys)
	var level []*node[K, V]
	for len(keys) > 0 {
		n := min(width, len(keys))
		level = append(level, &node[K, V]{keys: keys[:n:n], vals: vals[:n:n]})
		keys, vals = keys[n:], vals[n:]
	}
	for len(level) > 1 {
		var above []*node[K, V]
		for len(level) > 0 {
			n := min(width, len(level))
			node := &node[K, V]{kids: level[:n:n]}
			for _, kid := range node.kids {
				node.keys = append(node.keys, kid.keys[0])
			}
			above = append(above, node)
			level = level[n:]
		}
		level = above
	}
	if len(level) == 1 {
		t.root = level[0]
	}
}
