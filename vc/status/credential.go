package status

import (
	"errors"
	"fmt"
	"math/bits"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/laurel-edu/laurel/vc"
)

// Publication is what a status list credential says besides its bits, and where
// credentials find it.
type Publication struct {
	// ID is the URL at which the credential will be served. Required.
	ID vc.IRI
	// Issuer signs the list: the issuer of the credentials it is for. Required.
	Issuer vc.IRI
	// Purposes is what a set bit means, mostly one of [PurposeRevocation] and
	// [PurposeSuspension]. A list for both needs an index for each. Required.
	Purposes []string
	// Messages are the issuer's words for each value of an entry, from 0 on: two to the
	// power of the list's bits, so that a list of more than one bit needs them, and one of
	// purpose message does. They are read by developers. Nil writes none.
	Messages []string
	// ValidFrom is when the list was made. Zero leaves it out.
	ValidFrom time.Time
	// ValidUntil is until when it may be relied on. Zero leaves it out, which lets
	// whoever kept an old list show it for ever.
	ValidUntil time.Time
	// TTL is how long a verifier may keep the list: the longest time until a
	// revocation is seen. Zero leaves it out and means five minutes.
	TTL time.Duration
}

// Credential writes the unsigned BitstringStatusListCredential, to be signed
// and served as it stands (Bitstring Status List 1.0, 2.2). The same list and
// Publication give the same bytes.
func (l *List) Credential(p Publication) ([]byte, error) {
	if err := p.check(); err != nil {
		return nil, err
	}
	if l.Len() < MinEntries {
		return nil, fmt.Errorf("status: the list has %d entries; it needs %d or more", l.Len(), MinEntries)
	}
	if err := p.checkMessages(l.size); err != nil {
		return nil, err
	}
	encoded, err := l.Encode()
	if err != nil {
		return nil, err
	}
	return p.append(make([]byte, 0, len(encoded)+1024), encoded), nil
}

// append writes the JSON. Every text in it was checked to be an IRI, a term or
// base64, none of which needs escaping.
func (p *Publication) append(b []byte, encoded string) []byte {
	b = fmt.Appendf(b, `{"@context":["%s"],"id":"%s","type":["VerifiableCredential","%s"],"issuer":"%s"`,
		vc.ContextV2, p.ID, bitstringKind.list, p.Issuer)
	b = appendDate(b, "validFrom", p.ValidFrom)
	b = appendDate(b, "validUntil", p.ValidUntil)
	b = fmt.Appendf(b, `,"credentialSubject":{"id":"%s#list","type":"%s","statusPurpose":`, p.ID, bitstringKind.subject)
	if len(p.Purposes) == 1 {
		b = fmt.Appendf(b, `"%s"`, p.Purposes[0])
	} else {
		b = fmt.Appendf(b, `["%s"]`, strings.Join(p.Purposes, `","`))
	}
	b = fmt.Appendf(b, `,"encodedList":"%s"`, encoded)
	if p.TTL > 0 {
		b = fmt.Appendf(b, `,"ttl":%d`, p.TTL.Milliseconds())
	}
	return append(b, "}}"...)
}

func appendDate(b []byte, name string, t time.Time) []byte {
	if t.IsZero() {
		return b
	}
	return fmt.Appendf(b, `,"%s":"%s"`, name, vc.NewDateTime(t))
}

func (p *Publication) check() error {
	switch {
	case !p.ID.IsAbsolute() || strings.Contains(string(p.ID), "#"):
		return fmt.Errorf("status: Publication.ID %s is not the URL of a document", vc.Quote(string(p.ID)))
	case !p.Issuer.IsAbsolute():
		return fmt.Errorf("status: Publication.Issuer %s is not a URL", vc.Quote(string(p.Issuer)))
	case len(p.Purposes) == 0:
		return errors.New("status: Publication.Purposes is empty")
	case slices.ContainsFunc(p.Purposes, func(s string) bool { return !isTerm(s) }):
		return fmt.Errorf("status: a purpose of %s is neither a word nor a URL", vc.Quote(strings.Join(p.Purposes, ", ")))
	case !p.ValidUntil.IsZero() && !p.ValidFrom.Before(p.ValidUntil):
		return errors.New("status: Publication.ValidUntil is not after ValidFrom")
	case p.TTL < 0 || p.TTL > 0 && p.TTL < time.Millisecond:
		return fmt.Errorf("status: Publication.TTL %s is not a number of milliseconds", p.TTL)
	}
	return nil
}

// checkMessages holds them to the bits of an entry (Bitstring Status List 1.0, 2.1).
func (p *Publication) checkMessages(size uint) error {
	switch needed := size > 1 || slices.Contains(p.Purposes, PurposeMessage); {
	case len(p.Messages) == 0 && !needed:
		return nil
	case size >= 32 || len(p.Messages) != 1<<size:
		return fmt.Errorf("status: Publication.Messages has %d texts; entries of %d bits need two to the power of that",
			len(p.Messages), size)
	}
	return nil
}

// isTerm reports a word of ASCII letters and digits, or a URL.
func isTerm(s string) bool {
	if vc.IsAbsoluteIRI(s) {
		return true
	}
	for i := 0; i < len(s); i++ {
		c := s[i]
		letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
		if !letter && (i == 0 || (c < '0' || c > '9') && c != '-' && c != '_') {
			return false
		}
	}
	return s != ""
}

// Entry returns the credentialStatus of a credential whose status for purpose, one of
// p.Purposes, is at index of this list, published as p says: with its size and its words.
// [Publisher] draws the index. The error is that p cannot be published with this list, or
// wraps [ErrIndex].
func (l *List) Entry(p Publication, purpose string, index int) (vc.CredentialStatus, error) {
	if err := p.check(); err != nil {
		return vc.CredentialStatus{}, err
	}
	if err := p.checkMessages(l.size); err != nil {
		return vc.CredentialStatus{}, err
	}
	if !slices.Contains(p.Purposes, purpose) {
		return vc.CredentialStatus{}, fmt.Errorf("status: the list is not published for the purpose %s", vc.Quote(purpose))
	}
	if index < 0 || index >= l.Len() {
		return vc.CredentialStatus{}, l.outside(index)
	}
	return vc.CredentialStatus{
		Type:                 vc.One(bitstringKind.entry),
		StatusPurpose:        purpose,
		StatusListIndex:      strconv.Itoa(index),
		StatusListCredential: p.ID,
		Extra:                p.worded(),
	}, nil
}

// worded are statusSize and statusMessage.
func (p *Publication) worded() vc.Extra {
	if len(p.Messages) == 0 {
		return nil
	}
	type message struct {
		Status  string `json:"status"`
		Message string `json:"message"`
	}
	table := make([]message, len(p.Messages))
	for value, text := range p.Messages {
		table[value] = message{hex(uint64(value)), strings.ToValidUTF8(text, "\ufffd")}
	}
	size := bits.Len(uint(len(table) - 1))
	text, _ := vc.Marshal(table) // which valid strings cannot make fail
	return vc.Extra{"statusSize": strconv.AppendInt(nil, int64(size), 10), "statusMessage": text}
}
