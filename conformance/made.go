package conformance

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/vc"
)

// made is a credential that the suite made for one check.
type made struct {
	id, issuer string
	text       []byte
	media      string
}

// The media types of what is sent.
const (
	mediaJSON  = "application/json"
	mediaVC    = "application/vc+ld+json"
	mediaToken = "text/plain"
)

// recipe says what is made. The zero recipe is a badge of the suite's first issuer that
// was awarded half a year ago.
type recipe struct {
	issuer string    // another one, by name
	from   time.Time // validFrom
	id     string    // in place of a fresh one
	token  bool
	media  string
}

// make makes a credential of the kind that a service keeps.
func (p *probe) make(d *standard, c recipe) (*made, error) {
	name := "suite"
	if c.issuer != "" {
		name = c.issuer
	}
	i, err := p.s.world.Issuer(name, obtest.DIDKey, obtest.Ed25519)
	if err != nil {
		return nil, err
	}
	p.s.count++
	m := &made{id: p.s.world.ID(d.prefix, name, p.s.count), issuer: i.ID, media: mediaJSON}
	learner := p.s.world.ID("learner", p.s.count)
	text, was := i.Badge(obtest.Badge{Number: p.s.count, Recipient: learner}), p.s.world.ID("badge", i.ID, p.s.count)
	if d == &records {
		inner, err := i.Sign(text, nil)
		if err != nil {
			return nil, err
		}
		text, was = i.Record(p.s.count, learner, inner), p.s.world.ID("record", i.ID, p.s.count)
	}
	if c.id != "" {
		m.id = c.id
	}
	text = []byte(strings.Replace(addressed(string(text)), was, m.id, 1))
	if !c.from.IsZero() {
		old := vc.NewDateTime(p.s.world.Now().AddDate(0, -6, 0)).String()
		text = []byte(strings.Replace(string(text), old, vc.NewDateTime(c.from).String(), 1))
	}
	if c.token {
		m.media = mediaToken
		m.text, err = i.Token(text, nil)
	} else {
		m.text, err = i.Sign(text, nil)
	}
	if c.media != "" {
		m.media = c.media
	}
	if err != nil {
		return nil, fmt.Errorf("the suite could not sign: %w", err)
	}
	return m, nil
}

// addressed writes the address of the test system into the outermost subject.
func addressed(text string) string {
	const identifier = `"identifier":[{"type":"IdentityObject","hashed":false,"identityHash":"` + testAddress +
		`","identityType":"emailAddress"}],`
	for _, subject := range []string{`"type":["ClrSubject"],`, `"type":["AchievementSubject"],`} {
		if at := strings.Index(text, subject); at >= 0 {
			return text[:at] + identifier + text[at:]
		}
	}
	return text
}

// upsert sends a credential.
func (p *probe) upsert(v *service, token string, m *made) *answer {
	return p.send(call{http.MethodPost, v.base + "/credentials", map[string]string{
		"Authorization": "Bearer " + token, "Content-Type": m.media, "Accept": m.media,
	}, m.text})
}
