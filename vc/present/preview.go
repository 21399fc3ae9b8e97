package present

import (
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"fmt"
	"strings"
	"time"

	"github.com/laurel-edu/laurel/internal/guard"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/vc"
)

// Preview is what whoever asked will learn. It is made of the very bytes that will be sent, but
// that a key of nobody's signed them in place of the holder's, and of no wish: what stands in
// it is what is sent, and nothing else is.
type Preview struct {
	// Seen is all that is learned. What the holder's signature adds is marked as Later.
	Seen *Seen
	// Items are the excerpts, in the order of the [Share]: what of each is hidden, and what
	// could not be.
	Items []*Excerpt
}

// Unmet returns what of all items was to be hidden and is shown.
func (p *Preview) Unmet() (all []*vc.Problem) {
	for _, e := range p.Items {
		all = append(all, e.unmet...)
	}
	return all
}

// rehearse goes the way of [Plan.Sign] with a key that is made for it, and looks at what comes
// out.
func (p *Plan) rehearse(ctx context.Context) error {
	at, err := guard.Call(ctx, func() (time.Time, error) { return p.presenter.config.Now(), nil })
	if err != nil {
		return fmt.Errorf("present: Config.Now: %w", err)
	}
	by, err := standIn(p.presenter.key)
	if err != nil {
		return fmt.Errorf("present: %w", err)
	}
	credentials := p.credentials
	if p.own != nil {
		record, err := p.own.rehearsed(ctx, p.presenter, by, at)
		if err != nil {
			return fmt.Errorf("present: the record: %w", err)
		}
		credentials = [][]byte{record}
	}
	text, err := p.presenter.write(credentials, p.options)
	if err != nil {
		return fmt.Errorf("present: %w", err)
	}
	secured, err := p.presenter.secure(ctx, text, by, at, p.options)
	if err != nil {
		return fmt.Errorf("present: %w", err)
	}
	seen, err := Look(secured)
	if err != nil {
		return fmt.Errorf("present: %w", err)
	}
	p.preview = &Preview{Seen: seen, Items: p.items}
	p.annotate(seen)
	return nil
}

// standIn is a new key of the kind of the holder's.
func standIn(key *proof.Key) (proof.Signer, error) {
	var private crypto.Signer
	var err error
	switch public := key.Public().(type) {
	case ed25519.PublicKey:
		_, private, err = ed25519.GenerateKey(rand.Reader)
	case *ecdsa.PublicKey:
		private, err = ecdsa.GenerateKey(public.Curve, rand.Reader)
	case *rsa.PublicKey:
		private, err = rsa.GenerateKey(rand.Reader, public.Size()*8)
	default:
		private, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	}
	if err != nil {
		return nil, err
	}
	return proof.FromCrypto(private)
}

// annotate says why each value is learned.
func (p *Plan) annotate(seen *Seen) {
	seen.frame()
	if p.own == nil {
		for i, w := range seen.Within {
			w.reasoned("", p.items[i].seen)
		}
		return
	}
	record := seen.Within[0]
	record.frame()
	for i, e := range p.items {
		record.reasoned(fmt.Sprintf("/credentialSubject/verifiableCredential/%d", i), e.seen)
	}
}

// frame says of a document that the holder makes it, and what of it the signature adds.
func (s *Seen) frame() {
	s.own = true
	for i := range s.Learned {
		l := &s.Learned[i]
		l.Reason = ReasonFrame
		if l.Later = l.signed(); l.Later {
			l.Value = ""
		}
	}
}

// signed reports whether a value is made with a signature.
func (l *Learned) signed() bool {
	switch l.Place {
	case PlaceSignature:
		return true
	case PlaceClaim:
		return l.Pointer == "/iat" || l.Pointer == "/exp"
	case PlaceDocument:
		return l.Pointer == "/proof/created" || l.Pointer == "/proof/expires" || l.Pointer == "/proof/proofValue"
	}
	return false
}

// reasoned takes over why the values of an excerpt are learned, which stands at a pointer in
// the document.
func (s *Seen) reasoned(at string, of *Seen) {
	because := map[string]Reason{}
	for _, l := range of.Learned {
		because[string(l.Place)+l.Pointer] = l.Reason
	}
	for i := range s.Learned {
		l := &s.Learned[i]
		inner, is := strings.CutPrefix(l.Pointer, at)
		if r := because[string(l.Place)+inner]; is && r != "" {
			l.Reason = r
		}
	}
	for _, w := range s.Within {
		inner, is := strings.CutPrefix(w.At, at)
		switch {
		case !is:
		case inner == "/id" && of.Form != vc.FormJSON:
			w.reasoned("", of)
		default:
			w.because(of.reasonAt(inner))
		}
	}
}
