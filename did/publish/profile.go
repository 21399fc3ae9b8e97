package publish

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/laurel-edu/laurel/internal/jcs"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/quote"
	"github.com/laurel-edu/laurel/ob"
	"github.com/laurel-edu/laurel/vc"
)

// WithProfile returns an issuer at an https URL whose document is a profile with keys: what
// describes the issuer is that of p, in place of what was there, and the keys, services and
// other names stay. The profile's id is the issuer's, or left out; its contexts are those
// of p, or that of Open Badges, with the one that defines keys behind them. Everything in p
// is published: leave out what badges need not tell.
//
// The error is wrong use, or joins each [*vc.Problem] that p.Check finds and that stands
// against it.
func (i *Issuer) WithProfile(p *ob.Profile) (*Issuer, error) {
	if err := i.made(); err != nil {
		return nil, err
	}
	switch {
	case p == nil:
		return nil, errors.New("publish: there is no profile")
	case strings.HasPrefix(i.ID(), "did:"):
		return nil, errors.New("publish: a profile stands at an https URL; a DID has a DID document")
	case p.ID != "" && string(p.ID) != i.ID():
		return nil, fmt.Errorf("publish: the profile is of %s, the issuer is %s", quote.Text(string(p.ID)), quote.Text(i.ID()))
	}
	text, err := profileText(*p, i.ID())
	if err != nil {
		return nil, err
	}
	d, err := i.described(text)
	if err != nil {
		return nil, err
	}
	return read(d.bytes(), i.retired())
}

// profileText is a profile as it is published, without its keys.
func profileText(p ob.Profile, id string) (jsonx.Value, error) {
	p.ID = vc.IRI(id)
	if !slices.Contains(p.Type.Items, "Profile") {
		p.Type.Items = append([]string{"Profile"}, p.Type.Items...)
	}
	if len(p.Context.Items) == 0 {
		p.Context = vc.ContextURLs(ob.Context)
	}
	var wrong []error
	for _, problem := range vc.Errors(p.Check()) {
		wrong = append(wrong, problem)
	}
	if wrong != nil {
		return jsonx.Value{}, fmt.Errorf("publish: the profile: %w", errors.Join(wrong...))
	}
	text, err := vc.Marshal(p)
	if err != nil {
		return jsonx.Value{}, fmt.Errorf("publish: the profile: %w", err)
	}
	parsed, err := jsonx.Parse(text, limits, nil)
	if err != nil {
		return jsonx.Value{}, faulty("the profile", err)
	}
	return parsed.Root(), nil
}

// kept are the members that are none of a profile's.
func kept() []string { return append(places(), "controller", "alsoKnownAs", "service", "deactivated") }

// described is the document with another description: the profile first, and what is no
// part of one behind it.
func (i *Issuer) described(profile jsonx.Value) (*draft, error) {
	d := newDraft(profile)
	for _, name := range kept() {
		if profile.Get(name).Exists() {
			return nil, fmt.Errorf("publish: the profile has %q itself, which is the issuer's", name)
		}
		if v := i.root.Get(name); v.Exists() {
			d.set(name, v.Raw())
		}
	}
	if texts := jsonx.Texts(profile.Get("@context")); !slices.Contains(texts, contextCID) {
		d.append("@context", jcs.AppendString(nil, contextCID))
	}
	return d, nil
}
