package dataintegrity

import (
	"github.com/laurel-edu/laurel/internal/embedded"
)

// Contexts are JSON-LD contexts of one's own, such as those of an extension: compiled
// once and shared by all that is signed under them. Nil, and the zero value, are the
// contexts that are part of the program, which no other can replace. It is immutable
// and safe for concurrent use.
type Contexts struct{ verifier *embedded.Verifier }

// NewContexts copies documents, by URL.
func NewContexts(documents map[string][]byte) *Contexts {
	return &Contexts{embedded.NewVerifier(embedded.Config{Contexts: documents})}
}

// engine has what is signed under the contexts. Signing is always strict.
func (c *Contexts) engine() *embedded.Verifier {
	if c == nil || c.verifier == nil {
		return embedded.NewVerifier(embedded.Config{})
	}
	return c.verifier
}
