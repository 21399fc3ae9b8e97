package caseapi

import (
	"bytes"

	"github.com/laurel-edu/laurel/casefw"
)

// onlyStamps reports whether nothing but time stamps, uris and links to the
// document differ.
func onlyStamps(c *casefw.Changes) bool {
	items := len(c.Added) + len(c.Removed) + len(c.Moved) + len(c.Reordered) + len(c.Superseded)
	if items+len(c.AddedAssociations)+len(c.RemovedAssociations) > 0 || !sameRest(c.Old, c.New) {
		return false
	}
	trivial := func(m casefw.MemberChange) bool {
		return m.Name == "lastChangeDateTime" || m.Name == "uri" || m.Name == "CFDocumentURI" || m.Name == "CFPackageURI"
	}
	for _, m := range c.Document {
		if !trivial(m) {
			return false
		}
	}
	for _, i := range c.Changed {
		if i.Substantive() {
			return false
		}
	}
	for _, a := range c.ChangedAssociations {
		for _, m := range a.Members {
			if !trivial(m) {
				return false
			}
		}
	}
	return true
}

// sameRest compares what [casefw.Diff] does not look at: definitions, rubrics and
// the extensions of the package.
func sameRest(a, b *casefw.Framework) bool {
	rest := func(f *casefw.Framework) []byte {
		p := &casefw.CFPackage{CFDefinitions: f.Definitions(), CFRubrics: f.Rubrics(), Extensions: f.Extensions()}
		return casefw.Append(nil, p, casefw.Repaired)
	}
	return bytes.Equal(rest(a), rest(b))
}

// sameInstant compares time stamps by their instant, else by their text.
func sameInstant(a, b string) bool {
	x, _, okX := casefw.ParseDateTime(a)
	y, _, okY := casefw.ParseDateTime(b)
	if okX && okY {
		return x.Equal(y)
	}
	return a == b
}
