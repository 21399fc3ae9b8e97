package rules

import "strings"

// The contexts of 1EdTech to issue with. A badge lists [vc.ContextV2] and
// OpenBadgesContext, in this order; a record has RecordContext between them. Where
// an extension type occurs ExtensionsContext follows.
const (
	OpenBadgesContext = openBadgesPrefix + "-3.0.3.json"
	RecordContext     = recordPrefix + "-2.0.1.json"
	ExtensionsContext = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"

	openBadgesAlias  = openBadgesPrefix + "/ob_v3p0.jsonld"
	openBadgesPrefix = "https://purl.imsglobal.org/spec/ob/v3p0/context"
	recordPrefix     = "https://purl.imsglobal.org/spec/clr/v2p0/context"
)

// Types that [ExtensionsContext] defines, and only that (Open Badges 3.0,
// Verifiable Credentials Extensions).
const (
	TypeRevocationList    = "1EdTechRevocationList"
	TypeCredentialRefresh = "1EdTechCredentialRefresh"
	TypeSchemaValidator   = "1EdTechJsonSchemaValidator2019"
)

// IsExtensionType reports whether a type is one that [ExtensionsContext] defines.
func IsExtensionType(name string) bool {
	return name == TypeRevocationList || name == TypeCredentialRefresh || name == TypeSchemaValidator
}

// IsOpenBadgesContext reports whether url is a context of Open Badges 3.0:
// context.json, one of its versions context-3.n.n.json, or the alias that older
// tools write.
func IsOpenBadgesContext(url string) bool {
	return url == openBadgesAlias || isVersion(url, openBadgesPrefix, "-3.")
}

// IsRecordContext reports whether url is a context of CLR 2.0: context.json or one
// of its versions context-2.n.n.json.
func IsRecordContext(url string) bool { return isVersion(url, recordPrefix, "-2.") }

// isVersion looks for a name behind a prefix: without a version, or of the major
// version and two digits.
func isVersion(url, prefix, major string) bool {
	rest, ok := strings.CutPrefix(url, prefix)
	if !ok {
		return false
	}
	version, found := strings.CutPrefix(rest, major)
	if found && len(version) > 3 && isDigit(version[0]) && version[1] == '.' && isDigit(version[2]) {
		rest = version[3:]
	}
	return rest == ".json"
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }
