package present

import (
	"context"
	"errors"
	"fmt"

	"github.com/laurel-edu/laurel/vc"
)

// Item is a credential as it is held, and what of it is shared.
type Item struct {
	Credential []byte
	Choice     Choice
}

// Share says what is shared with whoever asked.
type Share struct {
	// Items are the credentials, in the order in which they are shown: badges, records, and
	// entries of records by themselves ([Held.Entries]).
	Items []Item
	// Record, where it is set, puts them into one record that the holder signs. Nil presents
	// them as they are.
	Record *OwnRecord
}

// Plan is something that is about to be shared: all is decided and nothing signed. It is safe
// for concurrent use.
type Plan struct {
	presenter   *Presenter
	options     Options
	items       []*Excerpt
	own         *ownRecord // nil where the items are presented themselves
	credentials [][]byte   // that are presented, of an own record its draft
	preview     *Preview
}

// Plan cuts what is shared and looks at what whoever asked will get. Nothing is signed with the
// holder's key: show the Preview to the holder, who then lets the plan be signed. A plan with
// something unmet has a Preview all the same. The error is that of [Cut] for one of the items,
// a [*vc.Problem] of an entry that nobody vouches for, or as of [Presenter.Sign].
func (p *Presenter) Plan(ctx context.Context, s Share, o Options) (*Plan, error) {
	if err := o.check(); err != nil {
		return nil, err
	}
	ctx, cancel := p.config.bounded(ctx)
	defer cancel()
	plan := &Plan{presenter: p, options: o}
	for i, item := range s.Items {
		e, err := Cut(ctx, item.Credential, item.Choice, p.contexts)
		if err == nil {
			err = p.vouched(e.held)
		}
		if err != nil {
			return nil, fmt.Errorf("present: item %d: %w", i, err)
		}
		plan.items = append(plan.items, e)
		plan.credentials = append(plan.credentials, e.sent)
	}
	if s.Record != nil {
		own, err := p.draft(ctx, s.Record, plan.credentials)
		if err != nil {
			return nil, err
		}
		plan.own, plan.credentials = own, [][]byte{own.draft}
	}
	return plan, plan.rehearse(ctx)
}

// vouched refuses a credential without a proof that is not the holder's own word.
func (p *Presenter) vouched(h *Held) error {
	if h.Signed() || h.IssuerID() == p.config.Holder {
		return nil
	}
	return words.Problem(CodeUnvouched, "", vc.Quote(h.ID()))
}

// Preview tells what whoever asked will learn.
func (p *Plan) Preview() *Preview { return p.preview }

// Sign signs what was planned and hands it out once a verifier takes it, see
// [Presenter.Sign]. Where something that was to be hidden is shown all the same, and its
// Choice does not allow that, the error is that of [Excerpt.Bytes].
func (p *Plan) Sign(ctx context.Context) (*Presentation, error) {
	var unmet []error
	for _, e := range p.items {
		_, err := e.Bytes()
		unmet = append(unmet, err)
	}
	if err := errors.Join(unmet...); err != nil {
		return nil, err
	}
	credentials := p.credentials
	if p.own != nil {
		record, err := p.own.issue(ctx)
		if err != nil {
			return nil, err
		}
		credentials = [][]byte{record}
	}
	return p.presenter.Sign(ctx, credentials, p.options)
}
