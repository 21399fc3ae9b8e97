package ob

import (
	"slices"

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

// contexts is the @context that a new credential needs.
func contexts(e Envelope) vc.Contexts {
	urls := []vc.IRI{vc.ContextV2, Context}
	var types []string
	for _, node := range slices.Concat(e.CredentialSchema.Items, e.RefreshService.Items) {
		types = append(types, node.Type.Items...)
	}
	for _, status := range e.CredentialStatus.Items {
		types = append(types, status.Type.Items...)
	}
	if slices.ContainsFunc(types, rules.IsExtensionType) {
		urls = append(urls, ContextExtensions)
	}
	return vc.ContextURLs(urls...)
}
