package rules

import (
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/shape"
)

// maxParentOrgs bounds how deep organisations nest. Real ones have two or three
// levels; each consumer of a profile may follow them.
const maxParentOrgs = 10

func checkAchievementSubject(w *shape.Walk, v jsonx.Value) {
	checkIdentified(w, v)
	checkPicture(w, v.Get("image"))
	if results := v.Get("result"); results.Exists() {
		checkResults(w, results, v.Get("achievement").Single().Get("resultDescription"))
	}
}

// checkIdentified asks a subject for an id or an identifier.
func checkIdentified(w *shape.Walk, v jsonx.Value) {
	if v.Get("id").Exists() {
		return
	}
	if i := v.Get("identifier"); i.Kind() != jsonx.Missing && (i.Kind() != jsonx.Array || i.Len() > 0) {
		return
	}
	w.Fault(string(CodeSubjectUnidentified), v, "", "an id or an identifier")
}

func checkProfile(w *shape.Walk, v jsonx.Value) {
	checkPicture(w, v.Get("image"))
	depth := 0
	for p := asMember(v); p.Name() == "parentOrg"; p = asMember(p.Parent()) {
		depth++
	}
	if depth == maxParentOrgs+1 { // deeper ones are within this one
		w.Fault(string(CodeParentOrgDepth), v, "", "no more than 10 levels of parentOrg")
	}
}

// asMember is the member that a value is: the array where it is the item of one.
func asMember(v jsonx.Value) jsonx.Value {
	if p := v.Parent(); p.Kind() == jsonx.Array {
		return p
	}
	return v
}

func checkCriteria(w *shape.Walk, v jsonx.Value) {
	if !v.Get("id").Exists() && !v.Get("narrative").Exists() {
		w.Fault(string(CodeCriteriaEmpty), v, "", "an id or a narrative")
	}
}

func checkIdentityObject(w *shape.Walk, v jsonx.Value) {
	hash := v.Get("identityHash").Single()
	if v.Get("hashed").Single().Kind() != jsonx.True || hash.Kind() != jsonx.String {
		return
	}
	if _, _, err := IdentityDigest(hash.Text()); err != nil {
		w.Fault(string(CodeIdentityHash), hash, "no hash of a known algorithm and its length",
			`"md5$" or "sha256$" and the digest in hexadecimal`)
	}
}
