package publish

import (
	"strconv"
	"time"

	"github.com/laurel-edu/laurel/internal/jcs"
	"github.com/laurel-edu/laurel/internal/multikey"
)

// KeySet returns the keys that verify at an instant as a JWK Set (RFC 7517, 5): public
// members, the name as kid, use sig, alg where there is but one, and exp for a key with an
// end. Revoked and expired keys are left out, since most readers of key sets know no end
// of a key.
//
// A key set is for software that asks for one. Verifiers of credentials go by the
// document: of a key set they know whose host published it, and not whose keys it has.
func (i *Issuer) KeySet(at time.Time) []byte {
	b := []byte(`{"keys": [`)
	first := true
	for _, k := range i.Keys() {
		jwk, err := multikey.AppendJWK(nil, k.Public)
		if err != nil || !k.Verifies(at) {
			continue
		}
		if !first {
			b = append(b, ',')
		}
		first = false
		b = append(append(b, "\n  "...), jwk[:len(jwk)-1]...)
		b = append(jcs.AppendString(append(b, `,"kid":`...), k.Name), `,"use":"sig"`...)
		if len(k.Algorithms) == 1 {
			b = append(b, `,"alg":"`+string(k.Algorithms[0])+`"`...)
		}
		if end := k.end(); !end.IsZero() {
			b = append(b, `,"exp":`+strconv.FormatInt(end.Unix(), 10)...)
		}
		b = append(b, '}')
	}
	return append(b, "\n]}\n"...)
}

// end is the first instant at which a key verifies nothing, the zero time for none.
func (k *Key) end() time.Time {
	if k.Expires.IsZero() || !k.Revoked.IsZero() && k.Revoked.Before(k.Expires) {
		return k.Revoked
	}
	return k.Expires
}
