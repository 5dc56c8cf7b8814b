package jsontext

// fewMembers is up to how many members an object is searched for a repeated
// name one by one; a larger one gets a map.
const fewMembers = 12

func (r *reader) object(id int32) {
	if !r.enter() {
		return
	}
	r.at++
	r.blank()
	var last, length int32
	var names map[string]int32
	if r.at < len(r.text) && r.text[r.at] == '}' {
		r.at++
	} else {
		for r.failed == nil {
			nameAt := r.at
			name := r.name()
			if r.failed != nil {
				break
			}
			child := r.value(name, nameAt)
			if length == fewMembers {
				names = r.names(id)
			}
			if earlier := r.member(id, names, name, length); earlier != 0 {
				r.replace(earlier, child)
			} else {
				r.link(id, last, child)
				last = child
				length++
				if names != nil {
					names[name] = child
				}
			}
			r.blank()
			if r.separator('}') {
				break
			}
			r.blank()
		}
	}
	r.depth--
	r.nodes[id].kind, r.nodes[id].length = Object, length
}

// names makes the map of a large object's members.
func (r *reader) names(id int32) map[string]int32 {
	names := make(map[string]int32, 2*fewMembers)
	for m := r.nodes[id].first; m != 0; m = r.nodes[m].next {
		names[r.nodes[m].name] = m
	}
	return names
}

// member finds an earlier member of the name, 0 for none.
func (r *reader) member(id int32, names map[string]int32, name string, length int32) int32 {
	if length == 0 {
		return 0
	}
	if names != nil {
		return names[name]
	}
	for m := r.nodes[id].first; m != 0; m = r.nodes[m].next {
		if r.nodes[m].name == name {
			return m
		}
	}
	return 0
}

// replace puts the later value of a repeated name in the place of the
// earlier one.
func (r *reader) replace(earlier, later int32) {
	next := r.nodes[earlier].next
	r.nodes[earlier] = r.nodes[later]
	r.nodes[earlier].next = next
}

// name reads a name and its colon.
func (r *reader) name() string {
	if r.at >= len(r.text) || r.text[r.at] != '"' {
		r.unexpected("a name in quotes")
		return ""
	}
	start := r.at + 1
	escaped := r.str()
	if r.failed != nil {
		return ""
	}
	name := r.text[start : r.at-1]
	if escaped {
		name = unescape(name)
	}
	r.blank()
	if r.failed == nil && (r.at >= len(r.text) || r.text[r.at] != ':') {
		r.unexpected("':'")
	}
	r.at++
	if r.failed == nil {
		r.blank()
	}
	return name
}
