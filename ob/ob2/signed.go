package ob2

import (
	"slices"
	"strings"

	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/multikey"
	"github.com/laurel-edu/laurel/internal/token"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/verify"
)

// signature checks the signature of a token with a key that the issuer's profile lists and
// that says whose it is (Open Badges 2.0, Signed Verification). What the header says of keys
// is refused: who signs writes it.
func (r *run) signature(d *Document, s, binding *step) {
	if !saysSigned(d) {
		s.fail(problem(CodeVerificationType, "/verification/type", "a badge with a signature", ""))
	}
	header, _ := door.Token(d.doc)
	for m := header.First(); m.Exists(); m = m.Next() {
		if !slices.Contains([]string{"alg", "typ", "kid", "cty"}, m.Name()) {
			s.fail(token.Undefined(m.Name()))
		}
	}
	algorithm, p := token.AlgorithmOf(header)
	if p != nil && strings.HasPrefix(string(p.Code), "not-enabled-") {
		s.take(unknown(p), "")
	} else if p != nil {
		s.fail(p)
	}
	if !s.passed() {
		binding.Outcome = verify.OutcomeNotRun
		return
	}
	keys := r.keys(jsonx.Content(d.root.Get("verification").Single().Get("creator")), binding)
	if !binding.passed() {
		s.Outcome = verify.OutcomeNotRun
		return
	}
	var last error
	for _, key := range keys {
		if last = token.CheckSignature(d.doc.Token(), algorithm, key); last == nil {
			break
		}
	}
	if last != nil {
		s.fail(vc.ProblemOf(last))
	}
	r.badgeScope(binding)
}

// keys returns the keys of the issuer that may have signed: the one that the badge names,
// which the issuer must list, or the listed ones.
func (r *run) keys(creator string, s *step) (keys []*proof.Key) {
	issuer := r.badge.Issuer
	listed := issuer.PublicKey.Items
	if creator != "" {
		i := slices.IndexFunc(listed, func(k vc.Ref[CryptographicKey]) bool { return string(k.Identifier()) == creator })
		if i < 0 {
			s.fail(problem(CodeKeyNotListed, "/verification/creator", vc.Quote(creator), ""))
			return nil
		}
		listed = listed[i : i+1]
	}
	switch {
	case len(listed) == 0:
		s.fail(problem(CodeKeyNotListed, "/verification", "a profile without keys", ""))
	case len(listed) > maxKeys:
		s.fail(problem(CodeTooManyLinks, "/verification", "keys", "at most 8 keys, or the one that signed as creator"))
		return nil
	}
	for _, ref := range listed {
		key, f := r.key(ref, s)
		if f != nil {
			s.take(f, "/verification/creator")
			continue
		}
		keys = append(keys, key)
	}
	return keys
}

// key finds a key that the issuer lists. One in the profile itself needs no request.
func (r *run) key(ref vc.Ref[CryptographicKey], s *step) (*proof.Key, *fault) {
	key := ref.Object
	if key == nil || key.PublicKeyPEM == "" {
		d, warnings, f := r.web.own(string(ref.Identifier()), ClassCryptographicKey, true)
		s.Warnings = append(s.Warnings, warnings...)
		if f != nil {
			return nil, f
		}
		key = new(CryptographicKey)
		if err := d.Decode(key); err != nil {
			return nil, failed(caused(CodeKeyMalformed, "", "", err))
		}
	}
	if key.Owner != r.badge.Issuer.ID {
		return nil, failed(problem(CodeKeyOwner, "", vc.Quote(string(key.Owner)), vc.Quote(string(r.badge.Issuer.ID))))
	}
	public, err := multikey.ParsePEM(key.PublicKeyPEM)
	if err != nil {
		return nil, failed(caused(CodeKeyMalformed, "", "", err))
	}
	found, err := proof.NewKey(public)
	if err != nil {
		return nil, failed(caused(CodeKeyMalformed, "", "", err))
	}
	return found, nil
}
