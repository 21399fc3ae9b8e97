package controller

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/laurel-edu/laurel/did"
	"github.com/laurel-edu/laurel/internal/quote"
)

// keyOf takes a key document that names its controller. The controller confirms
// it: by being the publisher of this very URL, or in a document of its own.
func (r Resolver) keyOf(ctx context.Context, p *page, keyURL string, rel did.Relationship, at time.Time) (*Found, error) {
	owner := p.root.Get("controller").Text() // "" where it is no string, which owns nothing
	if owner == p.url && rel != did.AssertionMethod {
		return nil, notFor(keyURL, rel)
	}
	found, err := single(p.root, FormKey, owner, keyURL, rel, at)
	if err != nil || owner == p.url {
		return found, err
	}
	d, err := r.controllerOf(ctx, owner)
	if err != nil {
		return nil, err
	}
	return confirm(found, d, rel, at)
}

// controllerOf has the document of a key's controller.
func (r Resolver) controllerOf(ctx context.Context, owner string) (*did.Document, error) {
	if r.DIDs != nil && strings.HasPrefix(owner, "did:") {
		return did.Guard(r.DIDs).Resolve(ctx, owner)
	}
	return did.Mux{"https": r}.Resolve(ctx, owner) // says of anything else that it is not supported
}

// confirm checks that the controller's document lists the key for the use. A
// definition there takes the place of the one found elsewhere; only where the
// document has none does the key's own URL say what the key is.
func confirm(found *Found, d *did.Document, rel did.Relationship, at time.Time) (*Found, error) {
	if d.Deactivated() {
		return nil, did.NewError(did.CodeDeactivated, quote.Text(d.ID())+" is deactivated", nil)
	}
	if !slices.Contains(d.Listed(rel), found.Method.ID) {
		return nil, did.NewError(did.CodeRelationship,
			"the key names "+quote.Text(d.ID())+" as its controller, "+
				"whose document does not list it for "+quote.Text(string(rel)), nil)
	}
	m, err := d.DefinedAt(found.Method.ID, rel, at)
	switch {
	case errors.Is(err, &did.Error{Code: did.CodeMethodNotFound}):
		return found, nil
	case err != nil:
		return nil, err
	}
	m.Limit(found.Method)
	return &Found{Method: m, Controller: d.ID(), Form: FormDocument}, nil
}
