package verify

import (
	"slices"
	"strings"

	"github.com/laurel-edu/laurel/internal/dataurl"
	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/notdone"
	"github.com/laurel-edu/laurel/internal/token"
	"github.com/laurel-edu/laurel/internal/unsupported"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/rules"
)

// envelope is an EnvelopedVerifiableCredential (VCDM 2.0, 4.13.2): an object with no
// meaning of its own around a token.
type envelope struct {
	doc   *vc.Document
	media string      // of the token, as it says
	why   *vc.Problem // it was not opened, nil where it was
}

// isEnvelope reports whether an object says that it is one.
func isEnvelope(v jsonx.Value) bool {
	return door.ClassOf(v) == string(rules.EnvelopedVerifiableCredential)
}

// isEnvelope reports whether the document is an envelope of what is asked for.
func (s *state) isEnvelope(root jsonx.Value) bool {
	if s.presents() {
		return door.ClassOf(root) == string(rules.EnvelopedVerifiablePresentation)
	}
	return isEnvelope(root)
}

// unwrap goes on with what a document holds, where that is an envelope. A token is
// none: whoever signs an envelope vouches for nothing that is read in it.
func (s *state) unwrap() {
	root := door.Root(s.doc)
	if !s.isEnvelope(root) {
		return
	}
	s.envelope = &envelope{doc: s.doc}
	if s.doc.Token() != nil {
		s.envelope.why = envelopeProblem(root, "the token holds an envelope and no credential", "")
		return
	}
	var inner *vc.Document
	if inner, s.envelope.why = s.opened(root); inner != nil {
		s.doc = inner
	}
}

// opened reads the token in an envelope.
func (s *state) opened(v jsonx.Value) (*vc.Document, *vc.Problem) {
	for m := v.First(); m.Exists(); m = m.Next() {
		if slices.Contains(token.Members(), m.Name()) || m.Name() == "holder" || rules.RoleOf(m.Name()) != "" {
			return nil, envelopeProblem(m, "the envelope says something itself, so readers may take that or what it holds", m.Name())
		}
	}
	if class := door.ClassOf(v); s.presents() && jsonx.Content(v.Get("type").Single()) != class {
		return nil, envelopeProblem(v.Get("type"), "the envelope has types besides "+class, v.Get("type").Shown())
	}
	id := v.Get("id")
	media, data, err := dataurl.Parse(id.Text())
	if err != nil {
		return nil, envelopeProblem(id, "the envelope's id is no data: URL: "+err.Error(), "")
	}
	s.envelope.media = media
	name := strings.TrimPrefix(media, "application/")
	if e, known := unsupported.Find(unsupported.Media, name); known && strings.HasPrefix(name, "vp+") == s.presents() {
		return nil, notdone.Problem(e, id.Pointer(), media)
	}
	types, parse := tokenTypes, s.parse
	if s.presents() {
		types, parse = presentationTypes, s.config.Limits.Parse.ParsePresentation
	}
	form, known := types[media]
	if !known {
		return nil, envelopeProblem(id, "the envelope holds something of another media type than secured credentials have", vc.Quote(media))
	}
	doc, err := parse(data)
	if err != nil {
		p := *problemsOf(err, rules.CodeEnvelope)[0]
		p.Pointer, p.Message = id.Pointer(), "what the envelope holds cannot be read: "+p.Message
		return nil, &p
	}
	if doc.Form() != form {
		return nil, envelopeProblem(id, "the envelope says that it holds one form of token and holds something else", doc.Form().String())
	}
	return doc, nil
}

// tokenTypes are the media types of tokens, today's and those of the drafts (VC-JOSE-COSE
// 1.0, 6.1; RFC 7519, 10.3.1).
var tokenTypes = map[string]vc.Form{
	"application/vc+jwt": vc.FormJWT, "application/jwt": vc.FormJWT,
	"application/vc+ld+json+jwt": vc.FormJWT, "application/vc+ld+jwt": vc.FormJWT,
	"application/vc+sd-jwt": vc.FormSDJWT, "application/vc+ld+json+sd-jwt": vc.FormSDJWT, "application/vc+ld+sd-jwt": vc.FormSDJWT,
}

// presentationTypes are those of tokens that are presentations (VC-JOSE-COSE 1.0, 6.1.1).
var presentationTypes = map[string]vc.Form{
	"application/vp+jwt": vc.FormJWT, "application/jwt": vc.FormJWT,
	"application/vp+ld+json+jwt": vc.FormJWT, "application/vp+ld+jwt": vc.FormJWT,
	"application/vp+sd-jwt": vc.FormSDJWT, "application/vp+ld+json+sd-jwt": vc.FormSDJWT, "application/vp+ld+sd-jwt": vc.FormSDJWT,
}

func envelopeProblem(at jsonx.Value, message, found string) *vc.Problem {
	p := words.Problem(rules.CodeEnvelope, at.Pointer(), found)
	p.Message = message
	return p
}

// unopened is the report of an envelope with nothing in it that could be looked at.
func (s *state) unopened() {
	c := Check{Name: CheckParse, Outcome: OutcomeFailed, Problems: []*vc.Problem{s.envelope.why}}
	if isUnsupported(s.envelope.why) {
		c.Outcome = OutcomeUndetermined
	}
	s.add(c)
	s.add(Check{Name: CheckProof, Outcome: OutcomeNotRun, Detail: "not checked: the envelope was not opened"})
	s.add(Check{Name: CheckBinding, Outcome: OutcomeNotRun})
}

// told says of an opened envelope that there was one, and what is wrong with it.
func (e *envelope) told(c *Check) {
	class := rules.ClassOf(e.doc)
	c.Detail = "the document stood in an " + string(class) + ", as " + e.media
	found := class.Check(e.doc, rules.Options{})
	c.Warnings = append(c.Warnings, vc.Warnings(found)...)
	if errors := vc.Errors(found); errors != nil {
		c.Outcome, c.Problems = OutcomeFailed, append(c.Problems, errors...)
	}
}
