package hub

import (
	"context"
	"encoding/hex"
	"errors"
	"io"
	"time"

	"github.com/laurel-edu/laurel/vc"
)

// Export writes everything that is kept of an owner, for the person or for [Import]: lines
// of JSON, with each text as it was received. The last line counts the credentials.
func Export(ctx context.Context, s Store, o Owner, w io.Writer) error {
	if err := writeLine(w, line{Owner: &ownerLine{o.Tenant, o.User}}); err != nil {
		return err
	}
	p, err := s.Profile(ctx, o)
	switch {
	case err == nil:
		if err := writeLine(w, line{Profile: &profileLine{p.Changed, string(p.Raw)}}); err != nil {
			return err
		}
	case !errors.Is(err, ErrNotFound):
		return err
	}
	n := 0
	for _, kind := range Kinds() {
		for e, err := range All(ctx, s, o, kind) {
			if err != nil {
				return err
			}
			if err := writeLine(w, line{Credential: newCredentialLine(&e)}); err != nil {
				return err
			}
			n++
		}
	}
	links, err := s.Links(ctx, o)
	if err != nil {
		return err
	}
	for _, l := range links {
		one := &linkLine{l.ID, l.Key.Kind.String(), hex.EncodeToString(l.Key.Identity[:]), l.File, l.Created}
		if err := writeLine(w, line{Link: one}); err != nil {
			return err
		}
	}
	return writeLine(w, line{End: &endLine{n}})
}

func newCredentialLine(e *Stored) *credentialLine {
	return &credentialLine{Kind: e.Kind.String(), Issuer: e.Issuer, ID: e.ID, ValidFrom: e.ValidFrom,
		Form: e.Form.String(), Changed: e.Changed, Text: string(e.Raw)}
}

func writeLine(w io.Writer, l line) error {
	b, err := vc.Marshal(l)
	if err != nil {
		return err
	}
	_, err = w.Write(append(b, '\n'))
	return err
}

// line is one of an export: each has one member.
type line struct {
	Owner      *ownerLine      `json:"owner,omitzero"` // the first
	Profile    *profileLine    `json:"profile,omitzero"`
	Credential *credentialLine `json:"credential,omitzero"`
	Link       *linkLine       `json:"link,omitzero"`
	End        *endLine        `json:"end,omitzero"` // the last: without it something is missing
}

type ownerLine struct {
	Tenant string `json:"tenant"`
	User   string `json:"user"`
}

type profileLine struct {
	Changed time.Time `json:"changed"`
	Text    string    `json:"text"`
}

type credentialLine struct {
	Kind      string    `json:"kind"`
	Issuer    string    `json:"issuer"`
	ID        string    `json:"id"`
	ValidFrom time.Time `json:"validFrom"`
	Form      string    `json:"form"`
	Changed   time.Time `json:"changed"`
	Text      string    `json:"text"`
}

// linkLine is a link, for the person: an import makes none, since an address belongs to
// where it was made.
type linkLine struct {
	ID       string    `json:"id"`
	Kind     string    `json:"kind"`
	Identity string    `json:"identity"` // in hexadecimal
	File     bool      `json:"file"`
	Created  time.Time `json:"created"`
}

type endLine struct {
	Credentials int `json:"credentials"`
}
