package verify

import (
	"github.com/laurel-edu/laurel/internal/guard"
	"github.com/laurel-edu/laurel/vc"
)

// CodeAuthorized: a warning of a key that is not the issuer's and that Config.Authorize
// takes.
const CodeAuthorized vc.Code = "key-of-agent" // a warning: somebody else's key, taken by Config.Authorize

// authorizes asks Config.Authorize whether a controller signs for the issuer. decided is
// false where the time was over before it said so.
func (s *state) authorizes(controller string) (yes, decided bool) {
	ask := s.config.Authorize
	if ask == nil || s.presents() { // a holder has no agents
		return false, true
	}
	yes = guard.Yes(s.ctx, func() bool { return ask(s.signerID(), controller) })
	return yes, yes || s.ctx.Err() == nil
}
