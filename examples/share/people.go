package main

import (
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"strings"
	"time"

	"github.com/laurel-edu/laurel/did/didkey"
	"github.com/laurel-edu/laurel/ob"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/issue"
)

// party is somebody with a key.
type party struct {
	name, id, method string
	signer           proof.Signer
}

// people are all who take part.
type people struct {
	university, employer, ada *party
	now                       func() time.Time
}

// newPeople makes everybody's keys. What lets a part be shown by statements is signed by keys
// on P-256.
func newPeople(now func() time.Time) (*people, error) {
	p := &people{now: now}
	for _, one := range []struct {
		name string
		into **party
		p256 bool
	}{{"Riverbend University", &p.university, true}, {"Northlight Hospice", &p.employer, false}, {"Ada", &p.ada, false}} {
		made, err := newParty(one.name, one.p256)
		if err != nil {
			return nil, err
		}
		*one.into = made
	}
	return p, nil
}

func newParty(name string, p256 bool) (*party, error) {
	var key crypto.Signer
	var err error
	if p256 {
		key, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	} else {
		_, key, err = ed25519.GenerateKey(rand.Reader)
	}
	if err != nil {
		return nil, err
	}
	signer, err := proof.FromCrypto(key)
	if err != nil {
		return nil, err
	}
	id, method, err := didkey.From(signer.Public())
	return &party{name, id, method, signer}, err
}

// named puts the names of people in place of their identifiers.
func (p *people) named(text string) string {
	for _, one := range []*party{p.university, p.employer, p.ada} {
		text = strings.ReplaceAll(text, one.method, one.name+"'s key")
		text = strings.ReplaceAll(text, one.id, one.name)
	}
	return text
}

// course is one of Ada's courses.
type course struct{ id, name, credits, grade, narrative string }

var courses = []course{
	{"anatomy", "Anatomy", "8", "B", "Gave the talk on the shoulder."},
	{"pharmacology", "Pharmacology", "6", "D", "Sat the exam twice after an illness."},
	{"ethics", "Ethics of Care", "4", "A", "Wrote on consent."},
}

// issueAll makes what Ada holds: the courses, each so that she can show a part, and a badge of
// her employer's, who signs wholes.
func (p *people) issueAll(ctx context.Context, by issue.Form) (wallet [][]byte, err error) {
	for _, c := range courses {
		credential, err := p.university.issue(ctx, p.forCourse(c), p.now, by)
		if err != nil {
			return nil, err
		}
		wallet = append(wallet, credential)
	}
	badge, err := p.employer.issue(ctx, p.forPlacement(), p.now, "")
	return append(wallet, badge), err
}

// forCourse is a course with its credits and its grade.
func (p *people) forCourse(c course) *ob.AchievementCredential {
	const school = "https://riverbend.example/courses/"
	a := ob.NewAchievement(c.name, "A course of the nursing programme.", "Pass the examination.")
	a.ID, a.CreditsAvailable = vc.IRI(school+c.id), vc.Number(c.credits)
	grade := ob.ResultDescription{ID: vc.IRI(school + c.id + "#grade"), Name: vc.Plain("Grade"), ResultType: ob.ResultTypeLetterGrade,
		AllowedValue: vc.Many("F", "D", "C", "B", "A")}
	a.ResultDescription.Add(grade)
	return ob.NewAchievementCredential(ob.Award{
		ID:     vc.IRI("https://riverbend.example/credentials/ada/" + c.id),
		Issuer: ob.Profile{ID: vc.IRI(p.university.id), Name: vc.Plain(p.university.name)}, Recipient: ob.Recipient{ID: vc.IRI(p.ada.id)},
		Achievement: a, CreditsEarned: vc.Number(c.credits), Term: vc.Plain("Winter 2024"), Narrative: vc.Plain(c.narrative),
		Results:  []ob.Result{{ResultDescription: grade.ID, Value: c.grade}},
		Evidence: []ob.Evidence{{Name: vc.Plain("Examination paper"), Narrative: vc.Plain("Graded " + c.grade + ".")}},
		Now:      p.now,
	})
}

// forPlacement is what an employer says of her work.
func (p *people) forPlacement() *ob.AchievementCredential {
	a := ob.NewAchievement("Palliative Care Placement", "Six months on the ward.", "Complete the placement.")
	a.ID = "https://northlight.example/placement"
	return ob.NewAchievementCredential(ob.Award{
		ID: "https://northlight.example/badges/17", Issuer: ob.Profile{ID: vc.IRI(p.employer.id), Name: vc.Plain(p.employer.name)},
		Recipient: ob.Recipient{ID: vc.IRI(p.ada.id)}, Achievement: a, Role: vc.Plain("student nurse"),
		Narrative: vc.Plain("Calm on nights."), Now: p.now,
	})
}

// disclosable is what the university lets be hidden where it issues SD-JWTs. By statements all
// can be that no verifier needs.
var disclosable = []string{"/evidence", "/credentialSubject/narrative", "/credentialSubject/term", "/credentialSubject/creditsEarned",
	"/credentialSubject/result", "/credentialSubject/result/0/value", "/credentialSubject/achievement/resultDescription"}

func (p *party) issue(ctx context.Context, credential any, now func() time.Time, form issue.Form) ([]byte, error) {
	c := issue.Config{Signer: p.signer, VerificationMethod: p.method, Form: form, Now: now}
	if form == issue.VCSDJWT {
		c.Disclosable, c.Decoys = disclosable, 2
	}
	issued, err := issue.Issue(ctx, credential, c)
	if err != nil {
		return nil, err
	}
	return issued.Bytes(), nil
}
