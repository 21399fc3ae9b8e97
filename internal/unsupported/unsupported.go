// Package unsupported is the table of names that somebody defined and that are not done
// here: algorithms of tokens, proof types and cryptosuites, kinds of key, forms of an
// enveloped credential. What is merely not done is neither good nor bad, and a report
// names it; a name that nobody defined is a fault.
package unsupported

import "slices"

// Kind says what a name is of.
type Kind uint8

// The kinds.
const (
	Algorithm Kind = iota // the alg of a JWS
	Proof                 // the type of a proof
	Suite                 // the cryptosuite of a DataIntegrityProof
	Key                   // a curve or key type, or the type of a verification method
	Media                 // the media type of an enveloped credential, without application/
)

// Entry is something that exists and is not done here.
type Entry struct {
	Kind  Kind
	Name  string
	About string // what it is, for a person
	Spec  string // the document that defines it
}

// CodePrefix begins the codes of what is not done, or not taken by a verifier that was
// set up so.
const CodePrefix = "not-enabled-"

// Code names the entry in a report.
func (e Entry) Code() string { return CodePrefix + e.Name }

// Message is the sentence of a report.
func (e Entry) Message() string {
	return "this library does not check " + e.Name + " (" + e.About + "), so it is neither good nor bad"
}

// Find returns the entry of that name.
func Find(kind Kind, name string) (Entry, bool) {
	i := slices.IndexFunc(table, func(e Entry) bool { return e.Kind == kind && e.Name == name })
	if i < 0 {
		return Entry{}, false
	}
	return table[i], true
}

// All returns the table, for tests.
func All() []Entry { return slices.Clone(table) }
