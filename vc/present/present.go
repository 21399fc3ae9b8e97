package present

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/laurel-edu/laurel/internal/athand"
	"github.com/laurel-edu/laurel/internal/guard"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/proof/vcjwt"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/verify"
)

// Presenter signs presentations by one Config. It is safe for concurrent use; keep one
// for each holder. Make it with [New].
type Presenter struct {
	config   Config
	form     Form
	key      *proof.Key
	contexts *dataintegrity.Contexts
	verifier *verify.Verifier
}

// New returns a presenter. It asks the Signer for its public key, for as long as ctx
// allows and [Config] says. The error is a Config that cannot be used, or a [*proof.Error]
// of the Signer.
func New(ctx context.Context, c Config) (*Presenter, error) {
	c, err := c.withDefaults()
	if err != nil {
		return nil, err
	}
	ctx, cancel := c.bounded(ctx)
	defer cancel()
	key, err := guard.Call(ctx, func() (*proof.Key, error) { return proof.KeyOf(c.Signer) })
	if err != nil {
		return nil, fmt.Errorf("present: the signing key: %w", err)
	}
	from, err := athand.Fetcher(key, c.VerificationMethod, c.Fetcher)
	if err != nil {
		return nil, fmt.Errorf("present: Config.VerificationMethod: %w", err)
	}
	verifier, err := verify.New(verify.Config{Fetcher: from, Now: c.Now, Kinds: []string{verify.AnyKind}, Contexts: c.Contexts,
		Limits: verify.Limits{Timeout: c.Timeout}})
	if err != nil {
		return nil, fmt.Errorf("present: %w", err)
	}
	return &Presenter{config: c, form: c.Form.chosen(key), key: key,
		contexts: dataintegrity.NewContexts(c.Contexts), verifier: verifier}, nil
}

func (c *Config) bounded(ctx context.Context) (context.Context, context.CancelFunc) {
	if c.Timeout < 0 {
		return ctx, func() {}
	}
	return context.WithTimeout(ctx, c.Timeout)
}

// Sign signs one presentation, see [Presenter.Sign].
func Sign(ctx context.Context, credentials [][]byte, c Config, o Options) (*Presentation, error) {
	p, err := New(ctx, c)
	if err != nil {
		return nil, err
	}
	return p.Sign(ctx, credentials, o)
}

// Sign presents credentials, in their order: JSON and tokens as they were issued, the latter
// as EnvelopedVerifiableCredential (VCDM 2.0, 4.13.2). None is right too, where the
// holder is only asked who he is. A status list of an issuer may stand beside his
// credential, so that the verifier need not ask for it.
//
// What comes out was taken by the verifier of this module. It refuses a credential whose
// proof is bad, and one without a proof that is not the holder's own word; that one is
// expired, revoked, or could not be checked here is told in the report. The error is
// then a [*verify.Error], or else that of the Signer, of ctx, of Options, or a
// [*vc.Problem] of a credential that cannot be read or signed.
func (p *Presenter) Sign(ctx context.Context, credentials [][]byte, o Options) (*Presentation, error) {
	if err := o.check(); err != nil {
		return nil, err
	}
	ctx, cancel := p.config.bounded(ctx)
	defer cancel()
	text, err := p.write(credentials, o)
	if err != nil {
		return nil, fmt.Errorf("present: %w", err)
	}
	at, err := guard.Call(ctx, func() (time.Time, error) { return p.config.Now(), nil })
	if err != nil {
		return nil, fmt.Errorf("present: Config.Now: %w", err)
	}
	secured, err := p.secure(ctx, text, p.config.Signer, at, o)
	if err != nil {
		return nil, fmt.Errorf("present: %w", err)
	}
	return p.inspected(ctx, secured, credentials, o)
}

// secure makes the proof or the token.
func (p *Presenter) secure(ctx context.Context, text []byte, by proof.Signer, at time.Time, o Options) ([]byte, error) {
	c := &p.config
	var expires time.Time
	if o.Lifetime > 0 {
		expires = at.Add(o.Lifetime)
	}
	if p.form == VPJOSE {
		return vcjwt.SignPresentation(ctx, text, vcjwt.PresentationOptions{Signer: by, KeyID: c.VerificationMethod,
			Nonce: o.Challenge, Audience: o.Domain, Issued: at, Expires: expires})
	}
	return dataintegrity.Sign(ctx, text, dataintegrity.SignOptions{
		Signer: by, VerificationMethod: c.VerificationMethod, Suite: string(p.form), Created: at, Expires: expires,
		Challenge: o.Challenge, Domain: o.Domain, Purpose: "authentication", Contexts: p.contexts, SkipIssuerCheck: true,
	})
}

// inspected hands out what the verifier takes.
func (p *Presenter) inspected(ctx context.Context, secured []byte, credentials [][]byte, o Options) (*Presentation, error) {
	e := verify.Expect{Challenge: o.Challenge, Domain: []string{}}
	if o.Domain != "" {
		e.Domain = []string{o.Domain}
	}
	report, err := p.verifier.InspectPresentation(ctx, secured, e)
	if err != nil {
		return nil, fmt.Errorf("present: %w", err)
	}
	if !report.Authentic() || report.Outcome(verify.CheckTime) != verify.OutcomePassed {
		return nil, fmt.Errorf("present: a verifier would refuse it: %w", &verify.Error{Report: report})
	}
	return &Presentation{secured: secured, report: report, credentials: credentials}, nil
}

// Presentation is a signed presentation that went through the verifier.
type Presentation struct {
	secured     []byte
	report      *verify.Report
	credentials [][]byte
}

// Bytes returns the presentation, JSON or a token, as it is to be sent. They must not be
// changed.
func (p *Presentation) Bytes() []byte { return p.secured }

// Credentials returns what is presented, in order, as each can be sent by itself too: of a
// [Plan] the excerpts, or the holder's own record. They must not be changed.
func (p *Presentation) Credentials() [][]byte { return slices.Clone(p.credentials) }

// Report returns what the verifier said, of each credential too: what the one who asked
// will find, as far as Config.Fetcher lets it be known.
func (p *Presentation) Report() *verify.Report { return p.report }

// Warnings returns what is off without being wrong.
func (p *Presentation) Warnings() []*vc.Problem { return p.report.Warnings() }
