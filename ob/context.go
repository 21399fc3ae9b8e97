package ob

import "github.com/laurel-edu/laurel/vc"

// The contexts of Open Badges 3.0. New badges list [vc.ContextV2] and [Context],
// in this order, and [ContextExtensions] after them where a 1EdTech extension
// type occurs.
const (
	Context           = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
	ContextExtensions = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"

	contextAlias  = "https://purl.imsglobal.org/spec/ob/v3p0/context/ob_v3p0.jsonld"
	contextPrefix = "https://purl.imsglobal.org/spec/ob/v3p0/context"
)

// Types that [ContextExtensions] defines, and only that (Open Badges 3.0,
// Verifiable Credentials Extensions).
const (
	TypeRevocationList    = "1EdTechRevocationList"
	TypeCredentialRefresh = "1EdTechCredentialRefresh"
	TypeSchemaValidator   = "1EdTechJsonSchemaValidator2019"
)

// IsContext reports whether url is a context of Open Badges 3.0: context.json,
// one of its versions context-3.n.n.json, or the alias that older tools write.
func IsContext(url string) bool {
	if url == contextAlias {
		return true
	}
	if len(url) < len(contextPrefix) || url[:len(contextPrefix)] != contextPrefix {
		return false
	}
	rest := url[len(contextPrefix):]
	for len(rest) >= 6 && rest[:3] == "-3." && isDigit(rest[3]) && rest[4] == '.' && isDigit(rest[5]) {
		rest = rest[6:]
	}
	return rest == ".json"
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isExtensionType(name string) bool {
	return name == TypeRevocationList || name == TypeCredentialRefresh || name == TypeSchemaValidator
}

// contexts is the @context of a new credential.
func contexts(urls []vc.IRI, extensions bool) vc.Contexts {
	if extensions {
		urls = append(urls[:len(urls):len(urls)], ContextExtensions)
	}
	return vc.ContextURLs(urls...)
}
