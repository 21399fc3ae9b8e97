package verify

import (
	"github.com/laurel-edu/laurel/vc"
)

// CodeAuthorized: a warning of a key that is not the issuer's and that Config.Authorize
// takes.
const CodeAuthorized vc.Code = "key-of-agent" // a warning: somebody else's key, taken by Config.Authorize

// authorizes asks Config.Authorize. One that panics has not said yes.
func (s *state) authorizes(issuer, controller string) (yes bool) {
	if s.config.Authorize == nil {
		return false
	}
	defer func() {
		if recover() != nil {
			yes = false
		}
	}()
	return s.config.Authorize(issuer, controller)
}
