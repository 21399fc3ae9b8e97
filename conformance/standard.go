package conformance

// standard is one of the two services that have one protocol.
type standard struct {
	prefix string // of the ids of checks
	name   string
	path   string // the base path
	scopes string // what scopes begin with
	// reading is the check that tells of artefacts that cannot be read.
	reading string
	guides  []Guide
	basis   Basis
	// read and write are the services' roles, consumers' last.
	read, write, asRead, asWrite Role
}

var openBadges = standard{
	prefix: "OB", name: "Open Badges 3.0", path: "/ims/ob/v3p0", scopes: "https://purl.imsglobal.org/spec/ob/v3p0/scope/",
	reading: "OB-I-1", guides: []Guide{GuideOB11, GuideOB12}, basis: BasisGuide,
	read: RoleOBProviderRead, write: RoleOBProviderWrite, asRead: RoleOBConsumerRead, asWrite: RoleOBConsumerWrite,
}

var records = standard{
	prefix: "CLR", name: "CLR 2.0", path: "/ims/clr/v2p0", scopes: "https://purl.imsglobal.org/spec/clr/v2p0/scope/",
	reading: "CLR-ISS-6", guides: []Guide{GuideCLR10}, basis: BasisSecondHand,
	read: RoleCLRProviderRead, write: RoleCLRProviderWrite, asRead: RoleCLRConsumerRead, asWrite: RoleCLRConsumerWrite,
}

// The scopes of both, behind the prefix.
const (
	scopeRead         = "credential.readonly"
	scopeUpsert       = "credential.upsert"
	scopeProfile      = "profile.readonly"
	scopeProfileWrite = "profile.update"
	scopeOffline      = "offline_access"
)

// scope is the whole name of a scope.
func (d *standard) scope(name string) string {
	if name == scopeOffline {
		return name
	}
	return d.scopes + name
}
