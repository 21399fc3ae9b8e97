package schema

import (
	"strings"

	"github.com/laurel-edu/laurel/vc/rules"
)

// The folders of the published schemas: the canonical ones, and those that take what
// JSON-LD compaction makes of a document. Their versions are those of the specification.
const (
	badgeSchemas         = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/"
	badgeSchemasTolerant = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json-ld/"
	recordSchemas        = "https://purl.imsglobal.org/spec/clr/v2p0/schema/json/"
)

// noCredential is the class of the published schemas of other things: a page of an API,
// a profile, an error.
const noCredential rules.Class = ""

// published are the schemas of 1EdTech by the name that follows the folder (OB 3.0,
// Serialization; CLR 2.0, Serialization), with the class that each is for.
var published = map[string]map[string]rules.Class{
	badgeSchemas: badgeNames, badgeSchemasTolerant: badgeNames,
	recordSchemas: {
		"clr_v2p0_clrcredential_schema.json":             rules.ClrCredential,
		"clr_v2p0_anyclrcredential_schema.json":          rules.ClrCredential,
		"clr_v2p0_achievementcredential_schema.json":     rules.AchievementCredential,
		"clr_v2p0_endorsementcredential_schema.json":     rules.EndorsementCredential,
		"clr_v2p0_getclrcredentialsresponse_schema.json": noCredential,
		"clr_v2p0_profile_schema.json":                   noCredential,
		"clr_v2p0_imsx_statusinfo_schema.json":           noCredential,
	},
}

var badgeNames = map[string]rules.Class{
	"ob_v3p0_achievementcredential_schema.json":           rules.AchievementCredential,
	"ob_v3p0_anyachievementcredential_schema.json":        rules.AchievementCredential,
	"ob_v3p0_endorsementcredential_schema.json":           rules.EndorsementCredential,
	"ob_v3p0_anyendorsementcredential_schema.json":        rules.EndorsementCredential,
	"ob_v3p0_getopenbadgecredentialsresponse_schema.json": noCredential,
	"ob_v3p0_profile_schema.json":                         noCredential,
	"ob_v3p0_imsx_statusinfo_schema.json":                 noCredential,
}

// Published reports whether a URL is that of a schema which 1EdTech publishes, and the
// class of vc/rules that answers for it: "" for the schema of something that is no
// credential.
func Published(url string) (class rules.Class, ok bool) {
	slash := strings.LastIndexByte(url, '/') + 1
	class, ok = published[url[:slash]][url[slash:]]
	return class, ok
}
