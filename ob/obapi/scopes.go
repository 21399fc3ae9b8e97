package obapi

import (
	"github.com/laurel-edu/laurel/internal/credrest"
	"github.com/laurel-edu/laurel/oauthsrv"
)

// BasePath is the path that the standard gives the service, behind whatever path a host or
// a tenant has (Open Badges 3.0, 6.2).
const BasePath = "/ims/ob/v3p0"

// The scopes of the service (Open Badges 3.0, 6.3).
const (
	ScopeCredentialReadonly = "https://purl.imsglobal.org/spec/ob/v3p0/scope/credential.readonly"
	ScopeCredentialUpsert   = "https://purl.imsglobal.org/spec/ob/v3p0/scope/credential.upsert"
	ScopeProfileReadonly    = "https://purl.imsglobal.org/spec/ob/v3p0/scope/profile.readonly"
	ScopeProfileUpdate      = "https://purl.imsglobal.org/spec/ob/v3p0/scope/profile.update"
)

// Scopes returns the scopes that a handler asks for, as an [oauthsrv.Tenant] wants them:
// with those of what changes something, or without.
func Scopes(writes bool) []oauthsrv.Scope {
	return credrest.Badges.Scopes(credrest.Operations(writes))
}
