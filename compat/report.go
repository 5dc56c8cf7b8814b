package compat

import "slices"

// Compatible says whether the version may be followed by the new schema.
func (r Report) Compatible() bool {
	return !r.TypeChanged && r.BackwardFault == "" && r.ForwardFault == "" &&
		!slices.ContainsFunc(r.Backward, Difference.harmful) &&
		!slices.ContainsFunc(r.Forward, Difference.harmful)
}

func (d Difference) harmful() bool { return !d.Compatible }

// empty says that there is nothing to tell.
func (r Report) empty() bool {
	return r.Compatible() && len(r.Backward) == 0 && len(r.Forward) == 0
}

// renumber gives the same report about another version of the same content.
func (r Report) renumber(version int32) Report {
	r.Version = version
	return r
}
