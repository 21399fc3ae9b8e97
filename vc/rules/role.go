package rules

import (
	"sync"

	"github.com/laurel-edu/laurel/internal/shape"
)

// What an embedded credential is to the one around it.
const (
	RoleEndorsement = "endorsement" // somebody's word for what it stands on
	RoleCredential  = "credential"  // one of those that a record or a presentation holds
)

// RoleOf returns what the credentials are that a member of this name holds, "" for
// a member that holds none. A member of an extension that has the name of one of
// the model holds the same.
func RoleOf(member string) string { return roles()[member] }

// roles are the members of the table that embed credentials, as objects or tokens.
var roles = sync.OnceValue(func() map[string]string {
	all := map[string]string{}
	for _, c := range schema().Classes() {
		for i := range c.Members {
			if role := roleOf(&c.Members[i]); role != "" {
				all[c.Members[i].Name] = role
			}
		}
	}
	return all
})

func roleOf(m *shape.Member) string {
	switch {
	case m.Class == nestedCredential:
		return RoleCredential
	case m.Class == string(EndorsementCredential), m.Format == formatJWS:
		return RoleEndorsement
	}
	return ""
}
