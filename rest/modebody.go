package rest

import "github.com/weir-registry/weir/schema/jsontext"

// modeUpdate reads the body of PUT /mode (registry-api.md 11.1): an object, or
// a bare text that is taken as the mode. given says that the mode was there,
// be it null.
func (f *fields) modeUpdate(v jsontext.Value) (mode *string, given bool) {
	if v.Kind() == jsontext.String {
		return f.str(v), true
	}
	if !f.object(v) {
		return nil, false
	}
	member := v.Get("mode")
	return f.str(member), member.Exists()
}
