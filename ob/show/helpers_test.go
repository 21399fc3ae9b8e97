package show_test

import (
	"bytes"
	"html"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/internal/test/school"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/ob"
	"github.com/laurel-edu/laurel/ob/show"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/issue"
	"github.com/laurel-edu/laurel/vc/verify"
)

// drawing is a picture that stands in a badge.
const drawing = "data:image/svg+xml;base64," +
	"PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHZpZXdCb3g9IjAgMCA5IDkiPjxjaXJjbGUgY3g9IjQuNSIgY3k9IjQuNSIgcj0iNCIgZmlsbD0iIzFmNWY0ZCIvPjwvc3ZnPg=="

// keel is what a badge can have, most of it.
func keel(i *obtest.Issuer) ob.Award {
	a := ob.NewAchievement("Keel laying", "Lays a keel that is straight to a *millimetre*.",
		"## What to do\n\nLay **one keel** under supervision, and [one](https://school.example/keels) alone.\n\n- plane it\n- rivet it\n\n| tool | use |\n|---|---|\n| adze | rough |")
	a.ID = "https://school.example/achievements/keel"
	a.Name = vc.NewText(vc.LanguageValue{Value: "Keel laying", Language: "en"}, vc.LanguageValue{Value: "Kiel legen", Language: "de"})
	a.AchievementType, a.HumanCode, a.FieldOfStudy, a.CreditsAvailable = ob.AchievementTypeMicroCredential, "BOAT 101", vc.Plain("Boatbuilding"), "3"
	a.Tag = vc.Many(vc.Plain("wood"), vc.Plain("sea"))
	a.Image = vc.Embed(ob.Image{ID: drawing, Type: vc.One("Image"), Caption: vc.Plain("A keel from below")})
	a.Alignment = vc.Many(ob.Alignment{Type: vc.One("Alignment"), TargetName: vc.Plain("Shapes timber"), TargetCode: "W.3", TargetURL: "https://skills.example/w3",
		TargetFramework: vc.Plain("Woodwork"), TargetDescription: vc.Plain("Planes and bends timber to a line.")})
	a.ResultDescription = vc.Many(
		ob.ResultDescription{ID: "urn:uuid:0b8f1de0-5a36-4a55-8f7e-3a0f5e4a9d01", Type: vc.One("ResultDescription"), Name: vc.Plain("Final grade"),
			ResultType: "LetterGrade", AllowedValue: vc.Many("F", "C", "B", "A"), RequiredValue: "C"},
		ob.ResultDescription{ID: "urn:uuid:0b8f1de0-5a36-4a55-8f7e-3a0f5e4a9d02", Type: vc.One("ResultDescription"), Name: vc.Plain("Handling of the adze"),
			ResultType: "RubricCriterionLevel", RequiredLevel: "urn:uuid:0b8f1de0-5a36-4a55-8f7e-3a0f5e4a9d03",
			RubricCriterionLevel: vc.Many(
				ob.RubricCriterionLevel{ID: "urn:uuid:0b8f1de0-5a36-4a55-8f7e-3a0f5e4a9d03", Type: vc.One("RubricCriterionLevel"), Name: vc.Plain("Safe"), Level: "1", Points: "2"},
				ob.RubricCriterionLevel{ID: "urn:uuid:0b8f1de0-5a36-4a55-8f7e-3a0f5e4a9d04", Type: vc.One("RubricCriterionLevel"), Name: vc.Plain("Masterly"), Level: "2", Points: "5",
					Description: vc.Plain("Leaves no trace of the tool."), Alignment: vc.Many(ob.AlignCASE("https://skills.example/w9", "9c2f2f6e-0a6f-4c3c-9f39-0b4b6ad4a001", "Hones edges", "Woodwork"))})})
	return ob.Award{
		Issuer: ob.Profile{ID: vc.IRI(i.ID), Type: vc.One("Profile"), Name: vc.Plain("Harbour School of Boatbuilding"), URL: "https://school.example",
			Email: "office@school.example", Description: vc.Plain("By the sea since **1871**."),
			Address: &ob.Address{Type: vc.One("Address"), StreetAddress: "Quay 4", AddressLocality: "Harbour", AddressCountryCode: "NO"}},
		Recipient: ob.Recipient{ID: "did:example:ada", Identifiers: []ob.IdentityObject{
			ob.PlainIdentity(ob.IdentifierName, "Ada Lot"), ob.PlainIdentity(ob.IdentifierEmailAddress, "ada@learner.example")}},
		Achievement: a, ID: "urn:uuid:6a9b52f0-5a0e-4c4b-9a54-6f0c8c3f7d11",
		ValidFrom: date("2025-06-01"), AwardedDate: date("2025-05-30"), ValidUntil: date("2030-06-01"),
		Narrative: vc.Plain("Laid the keel of the *Heron*."), CreditsEarned: "3", Term: vc.Plain("Spring 2025"), Role: vc.Plain("Shipwright"), LicenseNumber: "L-77",
		ActivityStart: date("2025-01-07"), ActivityEnd: date("2025-05-28"),
		Source: &ob.Profile{ID: "https://yard.example", Type: vc.One("Profile"), Name: vc.Plain("Old Yard")},
		Results: []ob.Result{
			{Type: vc.One("Result"), ResultDescription: "urn:uuid:0b8f1de0-5a36-4a55-8f7e-3a0f5e4a9d01", Value: "A", Status: ob.StatusCompleted},
			{Type: vc.One("Result"), ResultDescription: "urn:uuid:0b8f1de0-5a36-4a55-8f7e-3a0f5e4a9d02", AchievedLevel: "urn:uuid:0b8f1de0-5a36-4a55-8f7e-3a0f5e4a9d04"}},
		Evidence: []ob.Evidence{{ID: "https://school.example/heron", Type: vc.One("Evidence"), Name: vc.Plain("The Heron"), Narrative: vc.Plain("Afloat since *May*."),
			Genre: vc.Plain("Boat"), Audience: vc.Plain("Sailors")}},
		Now: testkit.Clock,
	}
}

func date(day string) time.Time {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		panic(err) // ours
	}
	return t
}

// issued signs what an award says.
func issued(t testing.TB, i *obtest.Issuer, a ob.Award) []byte {
	t.Helper()
	got, err := issue.Issue(t.Context(), ob.NewAchievementCredential(a), i.Config())
	require.NoError(t, err)
	return got.Bytes()
}

// authentic is a credential as a host has it.
func authentic(t testing.TB, credential []byte, c verify.Config) *verify.Authentic {
	t.Helper()
	c.Now = testkit.Clock
	v, err := verify.New(c)
	require.NoError(t, err)
	a, err := v.Authenticate(t.Context(), credential)
	require.NoError(t, err)
	return a
}

func view(t testing.TB, credential []byte, o show.Options) *show.View {
	t.Helper()
	v, err := show.NewView(authentic(t, credential, verify.Config{}), o)
	require.NoError(t, err)
	return v
}

func page(t testing.TB, v *show.View) string {
	t.Helper()
	var out bytes.Buffer
	require.NoError(t, show.Page(&out, v))
	return out.String()
}

var (
	hidden = regexp.MustCompile(`(?s)<(style|script)>.*?</(style|script)>`)
	tags   = regexp.MustCompile(`<[^>]*>`)
)

// words is the text of a page, white space folded.
func words(page string) string {
	text := html.UnescapeString(tags.ReplaceAllString(hidden.ReplaceAllString(page, " "), " "))
	return strings.Join(strings.Fields(text), " ")
}

func ed(t testing.TB) *obtest.Issuer { return school.Ed(t, 1) }

// draft is the badge of an award before it is signed.
func draft(t testing.TB, a ob.Award) []byte {
	t.Helper()
	text, err := ob.NewAchievementCredential(a).JSON()
	require.NoError(t, err)
	return text
}

// source is a credential by a report of ours.
type source struct {
	report *verify.Report
	text   []byte
}

func (s source) Report() *verify.Report { return s.report }
func (s source) Decode(into any) error  { return vc.Unmarshal(s.text, into) }
func (s source) Credential() []byte     { return s.text }

// endorsement is a text as the model has it, its proof too.
func endorsement(t testing.TB, text []byte) (e ob.EndorsementCredential) {
	t.Helper()
	require.NoError(t, vc.Unmarshal(text, &e))
	return e
}
