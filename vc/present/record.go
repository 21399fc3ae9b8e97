package present

import (
	"context"
	"fmt"
	"time"

	"github.com/laurel-edu/laurel/clr"
	"github.com/laurel-edu/laurel/internal/guard"
	"github.com/laurel-edu/laurel/ob"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/proof/vcjwt"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/issue"
)

// OwnRecord is a record that a holder puts together (CLR 2.0, self-assembled): of credentials
// that others signed, in the holder's own name. Whoever reads it believes each entry for its
// own proof, and of the record itself that the holder chose them.
type OwnRecord struct {
	Name        vc.Text // such as "For my application as a nurse"; a record must have one
	Description vc.Text // optional
	// Issuer is the holder as who publishes the record. Its ID is the Holder's, and may be
	// left out; the rest tells who that is.
	Issuer ob.Profile
	// Partial says that the holder has more than is in it.
	Partial bool
	ID      vc.IRI // by default a new UUID URN
}

// ownRecord is one that was drafted.
type ownRecord struct {
	draft  []byte
	form   issue.Form
	issuer *issue.Issuer
}

// draft writes the record without its proof.
func (p *Presenter) draft(ctx context.Context, r *OwnRecord, credentials [][]byte) (*ownRecord, error) {
	c := &p.config
	profile := r.Issuer
	if profile.ID == "" {
		profile.ID = vc.IRI(c.Holder)
	}
	at, err := guard.Call(ctx, func() (time.Time, error) { return c.Now(), nil })
	if err != nil {
		return nil, fmt.Errorf("present: Config.Now: %w", err)
	}
	record := clr.Record{Issuer: profile, Learner: ob.Recipient{ID: vc.IRI(c.Holder)}, Name: r.Name, Description: r.Description,
		ID: r.ID, Partial: r.Partial, ValidFrom: at.Truncate(time.Second)}
	for i, credential := range credentials {
		entry, err := appendCredential(nil, credential)
		if err != nil {
			return nil, fmt.Errorf("present: item %d: %w", i, err)
		}
		record.Credentials = append(record.Credentials, entry)
	}
	text, err := clr.NewClrCredential(record).JSON()
	if err != nil {
		return nil, fmt.Errorf("present: the record: %w", err)
	}
	own := &ownRecord{draft: text, form: p.recordForm()}
	own.issuer, err = issue.New(ctx, issue.Config{Signer: c.Signer, VerificationMethod: c.VerificationMethod, Form: own.form,
		Contexts: c.Contexts, Fetcher: c.Fetcher, Now: c.Now, Timeout: c.Timeout})
	if err != nil {
		return nil, fmt.Errorf("present: the record: %w", err)
	}
	return own, nil
}

// recordForm is how records are secured: as presentations are, but for the proof of 2020.
func (p *Presenter) recordForm() issue.Form {
	switch p.form {
	case VPJOSE:
		return issue.VCJOSE
	case dataintegrity.Ed25519Signature2020:
		return dataintegrity.EddsaRdfc2022
	}
	return issue.Form(p.form)
}

func (r *ownRecord) issue(ctx context.Context) ([]byte, error) {
	issued, err := r.issuer.Issue(ctx, r.draft)
	if err != nil {
		return nil, fmt.Errorf("present: the record: %w", err)
	}
	return issued.Bytes(), nil
}

// rehearsed is the record with a signature of nobody's.
func (r *ownRecord) rehearsed(ctx context.Context, p *Presenter, by proof.Signer, at time.Time) ([]byte, error) {
	method := p.config.VerificationMethod
	if r.form == issue.VCJOSE {
		return vcjwt.Sign(ctx, r.draft, vcjwt.SignOptions{Signer: by, KeyID: method, Form: vcjwt.FormVCJOSE})
	}
	return dataintegrity.Sign(ctx, r.draft, dataintegrity.SignOptions{Signer: by, VerificationMethod: method, Suite: string(r.form),
		Created: at, Contexts: p.contexts})
}
