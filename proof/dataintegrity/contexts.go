package dataintegrity

import (
	"sync"

	"github.com/laurel-edu/laurel/internal/embedded"
)

// Contexts are JSON-LD contexts of one's own, such as those of an extension: compiled
// once and shared by all that is signed under them. Nil, and the zero value, are the
// contexts that are part of the program, which no other can replace. It is immutable
// and safe for concurrent use.
type Contexts struct{ strict, inline *embedded.Verifier }

// NewContexts copies documents, by URL.
func NewContexts(documents map[string][]byte) *Contexts {
	return &Contexts{
		strict: embedded.NewVerifier(embedded.Config{Contexts: documents}),
		inline: embedded.NewVerifier(embedded.Config{Contexts: documents, InlineContexts: true}),
	}
}

// published are the contexts that are part of the program.
var published = sync.OnceValue(func() *Contexts { return NewContexts(nil) })

// engine has what is signed under the contexts. Signing is always strict.
func (o *SignOptions) engine() *embedded.Verifier {
	c := o.Contexts
	if c == nil || c.strict == nil {
		c = published()
	}
	if o.InlineContexts {
		return c.inline
	}
	return c.strict
}
