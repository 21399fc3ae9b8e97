package issue

import (
	"context"
	"crypto"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"time"

	"github.com/laurel-edu/laurel/internal/athand"
	"github.com/laurel-edu/laurel/internal/guard"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/proof/sdjwt"
	"github.com/laurel-edu/laurel/proof/vcjwt"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/verify"
)

// Issuer issues credentials by one Config. It is safe for concurrent use; keep one
// rather than making one for each credential. Make it with [New].
type Issuer struct {
	config   Config
	form     Form
	contexts *dataintegrity.Contexts
	verifier *verify.Verifier
}

// New returns an issuer. It asks the Signer for its public key, for as long as ctx
// allows and [Config] says. The error is a Config that cannot be used, or an
// [*proof.Error] of the Signer.
func New(ctx context.Context, c Config) (*Issuer, error) {
	c, err := c.withDefaults()
	if err != nil {
		return nil, err
	}
	ctx, cancel := c.bounded(ctx)
	defer cancel()
	key, err := guard.Call(ctx, func() (*proof.Key, error) { return proof.KeyOf(c.Signer) })
	if err != nil {
		return nil, fmt.Errorf("issue: the signing key: %w", err)
	}
	form := c.Form.chosen(key)
	if c.Algorithm != "" && !form.token() {
		return nil, errors.New("issue: Config.Algorithm is for tokens; a cryptosuite has its own")
	}
	from, err := athand.Fetcher(key, c.VerificationMethod, c.Fetcher)
	if err != nil {
		return nil, fmt.Errorf("issue: Config.VerificationMethod: %w", err)
	}
	verifier, err := verify.New(verify.Config{
		Fetcher: from, Now: c.Now, Kinds: c.Kinds, Contexts: c.Contexts, InlineContexts: c.InlineContexts,
		InsecureAllowLoopback: c.InsecureAllowLoopback, Limits: verify.Limits{Timeout: c.Timeout},
	})
	if err != nil {
		return nil, fmt.Errorf("issue: %w", err)
	}
	return &Issuer{config: c, form: form,
		contexts: dataintegrity.NewContexts(c.Contexts), verifier: verifier}, nil
}

func (c *Config) bounded(ctx context.Context) (context.Context, context.CancelFunc) {
	if c.Timeout < 0 {
		return ctx, func() {}
	}
	return context.WithTimeout(ctx, c.Timeout)
}

// Issue issues one credential, see [Issuer.Issue].
func Issue(ctx context.Context, credential any, c Config) (*Issued, error) {
	i, err := New(ctx, c)
	if err != nil {
		return nil, err
	}
	return i.Issue(ctx, credential)
}

// All issues many credentials, see [Issuer.All]. A Config that cannot be used is the
// one error.
func All(ctx context.Context, credentials iter.Seq[any], c Config) iter.Seq2[*Issued, error] {
	return func(yield func(*Issued, error) bool) {
		i, err := New(ctx, c)
		if err != nil {
			yield(nil, err)
			return
		}
		i.All(ctx, credentials)(yield)
	}
}

// All issues many credentials one after another, and yields for each what [Issuer.Issue]
// returns, in their order: an error is that of one credential and does not end the
// rest. When ctx is done it yields the error and ends.
func (i *Issuer) All(ctx context.Context, credentials iter.Seq[any]) iter.Seq2[*Issued, error] {
	return func(yield func(*Issued, error) bool) {
		for credential := range credentials {
			issued, err := i.Issue(ctx, credential)
			if !yield(issued, err) || ctx.Err() != nil {
				return
			}
		}
	}
}

// Sign is [Issuer.Issue] for whoever asks for the signed bytes of a text, such as the
// Publisher of package vc/status (PublisherConfig.Sign). For status lists, [Config].Kinds
// names BitstringStatusListCredential.
func (i *Issuer) Sign(ctx context.Context, credential []byte) ([]byte, error) {
	issued, err := i.Issue(ctx, credential)
	if err != nil {
		return nil, err
	}
	return issued.Bytes(), nil
}

// Issue signs a credential and returns it if a verifier accepts it. It takes the
// models of packages ob and clr, or whatever has their JSON method, and JSON as
// []byte or json.RawMessage, whose bytes stay as they are but for the contexts and the
// proof that are added. A credential that has proofs gets one more.
//
// The error is an [*Error] where the credential is at fault, one that holds an
// [*proof.Error] where the Signer is, or that of ctx.
func (i *Issuer) Issue(ctx context.Context, credential any) (*Issued, error) {
	return i.IssueTo(ctx, credential, nil)
}

// IssueTo is [Issuer.Issue] of an SD-JWT to whoever holds the private half of a key, who can
// show that by signing its presentations (verify.Config.KeyBinding). The form must be
// [VCSDJWT]: no other has a place for the key. Nil is nobody in particular.
func (i *Issuer) IssueTo(ctx context.Context, credential any, holder crypto.PublicKey) (*Issued, error) {
	if holder != nil && i.form != VCSDJWT {
		return nil, errors.New("issue: only the form vc+sd-jwt names a key of the holder")
	}
	ctx, cancel := i.config.bounded(ctx)
	defer cancel()
	text, err := textOf(ctx, credential)
	if err != nil {
		return nil, explained(err)
	}
	doc, err := vc.Parse(text)
	if err != nil {
		return nil, explained(err)
	}
	if doc.Form() != vc.FormJSON {
		return nil, &Error{Problems: []*vc.Problem{words.Problem(proof.CodeAlreadyToken, "", "")}}
	}
	if bad, strict := draft(doc); !i.config.AllowFindings && len(bad)+len(strict) > 0 {
		return nil, &Error{Problems: append(bad, strict...)}
	}
	secured, err := i.sign(ctx, doc, holder)
	if err != nil {
		return nil, explained(err)
	}
	return i.inspected(ctx, secured)
}

// textOf is the JSON of what was given.
func textOf(ctx context.Context, credential any) ([]byte, error) {
	switch c := credential.(type) {
	case []byte:
		return c, nil
	case json.RawMessage:
		return c, nil
	case interface{ JSON() ([]byte, error) }:
		return guard.Call(ctx, func() ([]byte, error) { return guard.Legible(c.JSON()) })
	}
	return nil, fmt.Errorf("a credential is a model or JSON, not %T", credential)
}

// sign makes the proof or the token.
func (i *Issuer) sign(ctx context.Context, doc *vc.Document, holder crypto.PublicKey) ([]byte, error) {
	c := &i.config
	text := withContexts(doc, i.form)
	if !i.form.token() {
		created, err := guard.Call(ctx, func() (time.Time, error) { return c.Now(), nil })
		if err != nil {
			return nil, fmt.Errorf("Config.Now: %w", err)
		}
		o := i.options()
		o.Created = created
		return dataintegrity.Sign(ctx, text, o)
	}
	if i.form == VCSDJWT {
		return sdjwt.Sign(ctx, text, sdjwt.SignOptions{Signer: c.Signer, KeyID: c.VerificationMethod, Algorithm: c.Algorithm,
			Disclosable: c.Disclosable, Decoys: c.Decoys, Holder: holder})
	}
	o := vcjwt.SignOptions{Signer: c.Signer, KeyID: c.VerificationMethod, Algorithm: c.Algorithm}
	if i.form == VCJOSE {
		o.Form = vcjwt.FormVCJOSE
	}
	return vcjwt.Sign(ctx, text, o)
}

// options are those of an embedded proof, but for when it is made.
func (i *Issuer) options() dataintegrity.SignOptions {
	c := &i.config
	return dataintegrity.SignOptions{
		Contexts: i.contexts, InlineContexts: c.InlineContexts != nil,
		Signer: c.Signer, VerificationMethod: c.VerificationMethod, Suite: string(i.form),
		MandatoryPointers: c.MandatoryPointers, SkipRequiredPointers: c.SkipRequiredPointers,
	}
}

// inspected hands out what the verifier accepts.
func (i *Issuer) inspected(ctx context.Context, secured []byte) (*Issued, error) {
	shown, notes, err := i.shown(ctx, secured)
	if err != nil {
		return nil, explained(err)
	}
	report, err := i.verifier.Inspect(ctx, shown)
	if err != nil {
		return nil, explained(err)
	}
	against, told := judge(report, i.config.Fetcher != nil)
	told = append(told, notes...)
	accepted := report.Authentic() && len(against) == 0
	if !accepted && !(i.config.AllowFindings && signedByIssuer(report)) {
		return nil, &Error{Problems: against, Report: report}
	}
	return &Issued{secured: secured, report: report, findings: against, warnings: told}, nil
}

// explained is an error as it leaves the package.
func explained(err error) error {
	if e := refused(err); e != nil {
		return e
	}
	return fmt.Errorf("issue: %w", err)
}
