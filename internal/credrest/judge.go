package credrest

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/laurel-edu/laurel/hub"
	"github.com/laurel-edu/laurel/internal/datetime"
	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/rest"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/fetch"
	"github.com/laurel-edu/laurel/vc/verify"
)

// Judge decides what is kept: credentials of one service that are authentic, whatever
// their dates and their status, since a backpack holds what has expired too. It is safe for
// concurrent use.
type Judge struct {
	service  *Service
	parse    vc.ParseConfig
	verifier *verify.Verifier
	ahead    time.Duration
	now      func() time.Time
}

// JudgeConfig says how a Judge verifies. All of it is set.
type JudgeConfig struct {
	Verify   verify.Config
	MaxBody  int64
	MaxAhead time.Duration
	Now      func() time.Time
}

// NewJudge makes a Judge.
func NewJudge(s *Service, c JudgeConfig) (*Judge, error) {
	v := c.Verify
	v.Kinds = s.Types
	if v.Now == nil {
		v.Now = c.Now
	}
	for _, bound := range []*int{&v.Limits.Parse.MaxBytes, &v.Limits.Parse.MaxRecordBytes, &v.Limits.Parse.MaxTokenBytes} {
		if *bound == 0 {
			*bound = int(c.MaxBody)
		}
	}
	verifier, err := verify.New(v)
	if err != nil {
		return nil, err
	}
	return &Judge{service: s, parse: v.Limits.Parse, verifier: verifier, ahead: c.MaxAhead, now: c.Now}, nil
}

// space is what may stand around a credential and is not kept.
const space = " \t\r\n"

// Credential judges a text. What it returns may be kept; an error that is a [*Refusal] says
// why it may not.
func (j *Judge) Credential(ctx context.Context, text []byte) (c hub.Credential, doc *vc.Document, err error) {
	text = bytes.Trim(bytes.TrimPrefix(text, []byte("\xef\xbb\xbf")), space)
	if doc, err = j.parse.Parse(text); err != nil {
		return c, nil, unfit(err)
	}
	if c, err = j.describe(doc); err != nil {
		return c, nil, err
	}
	report, err := j.verifier.Inspect(ctx, text)
	if ctx.Err() != nil {
		return c, nil, ctx.Err()
	}
	if err != nil || !report.Authentic() {
		return c, nil, j.unauthentic(report, err)
	}
	c.Raw = text
	return c, doc, nil
}

// describe reads from a document what the store goes by. It is not believed before the
// proof was checked, which costs more.
func (j *Judge) describe(doc *vc.Document) (c hub.Credential, err error) {
	if !j.service.takes(doc.Types()) || doc.Form() != vc.FormJSON && doc.Form() != vc.FormJWT {
		return c, invalid("the body is no credential of " + j.service.Name + " " + j.service.Version + ", as JSON or as a compact JWS")
	}
	if doc.ID() == "" || doc.IssuerID() == "" {
		return c, invalid("the credential has no id or no issuer, and cannot be told from others")
	}
	c = hub.Credential{Kind: j.service.Kind, Issuer: doc.IssuerID(), ID: doc.ID(), Form: doc.Form()}
	root := door.Root(doc)
	from := root.Get("validFrom")
	if !from.Exists() {
		from = root.Get("issuanceDate") // VCDM 1.1
	}
	if c.ValidFrom, err = datetime.Parse(from.Text()); err != nil {
		return c, invalid("validFrom is missing, or no date with a time")
	}
	if c.ValidFrom.After(j.now().Add(j.ahead)) {
		return c, invalid("validFrom is further ahead than is taken: nothing could replace the credential until then")
	}
	c.Raw = doc.Bytes()
	if err := c.Check(); err != nil {
		return c, invalid("the ids or the validFrom of the credential cannot be kept")
	}
	return c, nil
}

// decisive are the checks that [verify.Report.Authentic] asks for, in the order in which
// their failures are told.
var decisive = []verify.CheckName{verify.CheckParse, verify.CheckContexts, verify.CheckProof, verify.CheckBinding, verify.CheckRules,
	verify.CheckReading, verify.CheckNested}

// unauthentic says why a credential is not kept. One whose key could not be had for now may
// be sent again.
func (j *Judge) unauthentic(report *verify.Report, err error) error {
	if report == nil {
		return err
	}
	for _, name := range decisive {
		for i := range report.Checks {
			if c := &report.Checks[i]; c.Name == name && !c.Advisory && len(c.Problems) > 0 && c.Outcome != verify.OutcomePassed {
				return told(c.Problems[0], c.Outcome)
			}
		}
	}
	return invalid("the credential could not be seen to be authentic")
}

// told is the refusal of one problem.
func told(p *vc.Problem, o verify.Outcome) error {
	lookup, ok := errors.AsType[*fetch.Error](error(p))
	if ok && o == verify.OutcomeUndetermined && lookup.Temporary() {
		return busy("what the credential is verified by cannot be had at the moment: "+p.Error(), time.Minute, p)
	}
	return unfit(p)
}

func invalid(text string) *Refusal { return refusal(http.StatusBadRequest, rest.InvalidData, text) }

// unfit is the refusal of a body that is not what it should be.
func unfit(err error) *Refusal {
	e := invalid(err.Error())
	e.Err = err
	return e
}
