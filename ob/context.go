package ob

import (
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/rules"
)

// The contexts of Open Badges 3.0. New badges list [vc.ContextV2] and [Context],
// in this order, and [ContextExtensions] after them where a 1EdTech extension
// type occurs.
const (
	Context           = rules.OpenBadgesContext
	ContextExtensions = rules.ExtensionsContext
)

// Types that [ContextExtensions] defines, and only that (Open Badges 3.0,
// Verifiable Credentials Extensions).
const (
	TypeRevocationList    = rules.TypeRevocationList
	TypeCredentialRefresh = rules.TypeCredentialRefresh
	TypeSchemaValidator   = rules.TypeSchemaValidator
)

// contexts is the @context of a new credential.
func contexts(urls []vc.IRI, extensions bool) vc.Contexts {
	if extensions {
		urls = append(urls[:len(urls):len(urls)], ContextExtensions)
	}
	return vc.ContextURLs(urls...)
}
