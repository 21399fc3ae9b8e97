package intake_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/casefw/match"
	"github.com/laurel-edu/laurel/clr/intake"
	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/ob"
)

// The skills of a small framework, each asked for by a job.
const skills = "5b6a1c1e-0000-4000-8000-00000000000"

// shipwright is a job that asks for one skill for each claim of a record.
func shipwright(t *testing.T, n int) *match.Matcher {
	t.Helper()
	var items []string
	job := match.Job{ID: "shipwright"}
	for i := range n {
		id := skills + string(rune('0'+i))
		items = append(items, `{"identifier": "`+id+`", "uri": "https://skills.example/i/`+id+`", "fullStatement": "Can",
			"lastChangeDateTime": "2025-01-01T00:00:00Z"}`)
		job.Requirements = append(job.Requirements, match.Requirement{ID: id, Target: casefw.Alignment{TargetURL: "urn:uuid:" + id}})
	}
	f, _, err := casefw.LoadBytes([]byte(`{"CFDocument": {"identifier": "5b6a1c1e-0000-4000-8000-0000000000d0", "uri": "https://skills.example/d", "title": "Boats",
		"creator": "the guild", "lastChangeDateTime": "2025-01-01T00:00:00Z", "CFPackageURI": {"title": "Boats", "identifier": "5b6a1c1e-0000-4000-8000-0000000000d0",
		"uri": "https://skills.example/p"}}, "CFItems": [`+strings.Join(items, ",")+`], "CFAssociations": []}`), casefw.Options{})
	require.NoError(t, err)
	m, err := match.NewGraph(casefw.NewCatalog(f)).Prepare(job, match.DefaultPolicy())
	require.NoError(t, err)
	return m
}

// skilled aligns an achievement to a skill.
func skilled(n int) func(object) {
	return func(o object) {
		member(o, "credentialSubject", "achievement")["alignment"] = []any{object{"type": []any{"Alignment"}, "targetName": "Can",
			"targetUrl": "urn:uuid:" + skills + string(rune('0'+n))}}
	}
}

// From an upload to a job: what can be held to its issuer, about the learner, and holds today
// counts. What is forged, expired, another person's, unsigned, of an issuer who signed nothing,
// a copy, or nobody's to tell counts for nothing, and is listed with the reason.
func TestUploadIsMatched(t *testing.T) {
	d := newDesk(t)
	lost := d.issuer("lost", obtest.DIDWeb)
	sign := func(n int, edits ...func(object)) object {
		return d.signed(d.academy, d.badge(d.academy, all(append(edits, skilled(n))...)))
	}
	good, plain := sign(0), d.badge(d.registrar, skilled(1))
	unreachable := d.signed(lost, d.badge(lost, skilled(7)))
	record := d.signed(d.registrar, d.record(d.registrar, nil,
		good, plain, forge(sign(2)), sign(3, set(object{"validUntil": "2024-01-01T00:00:00Z"})), sign(4, identified(bob)),
		d.badge(d.academy, skilled(5)), good, unreachable), jcs)
	d.world.Web.Break("https://lost.example", obtest.Down)
	m := shipwright(t, 8)
	o := m.Match(d.read(record).Claims())
	for i, score := range []float64{1, 1, 0, 0, 0, 0, 0, 0} {
		require.Equal(t, score, *o.Requirements[i].Score, "skill %d", i)
	}
	require.Equal(t, d.academy.ID, o.Requirements[0].Used[0].Issuer)
	require.Equal(t, d.registrar.ID, o.Requirements[1].Used[0].Issuer, "by the signature of the record")
	var reasons []match.Reason
	for _, one := range o.Ignored {
		require.NotEmpty(t, one.Credential)
		reasons = append(reasons, one.Reason)
	}
	require.Equal(t, []match.Reason{match.AgainstStanding, match.AgainstValidity, match.AgainstOther, match.AgainstStanding,
		match.AgainstRepeated, match.AgainstStanding}, reasons)
	for i, want := range map[int]match.Flag{2: "standing", 3: "validity", 4: "another-learner", 5: "standing", 7: "standing"} {
		require.Equal(t, []match.Flag{want}, o.Requirements[i].Flags, "the requirement says what would have been evidence: skill %d", i)
	}

	// Two that a signature over statements does not tell apart.
	two := d.signed(d.registrar, d.record(d.registrar, nil, d.badge(d.registrar, skilled(0)), d.badge(d.registrar, skilled(1))))
	o = m.Match(d.read(two).Claims())
	require.Zero(t, *o.Total)
	require.Equal(t, match.AgainstShared, o.Ignored[0].Reason)
	require.Equal(t, match.AgainstShared, o.Ignored[1].Reason)

	// The same badges in an envelope that nobody signed: what stands by its own proof counts.
	o = m.Match(d.read(d.record(d.registrar, nil, good, plain)).Claims())
	require.Equal(t, 1.0, *o.Requirements[0].Score)
	require.Equal(t, 0.0, *o.Requirements[1].Score)
}

// Who an applicant is changes nothing: names, birth dates, addresses, gender, pictures and
// whatever else is written of a person, in every place that has room for it, are neither read
// nor kept.
func TestNothingPersonalIsRead(t *testing.T) {
	d := newDesk(t)
	kept := func(subject func(object), other object) string {
		d.number = 0
		badge := d.signed(d.academy, d.badge(d.academy, all(skilled(0), subject)), jcs)
		record := d.signed(d.registrar, d.record(d.registrar, all(subject, set(other)), badge), jcs)
		r := d.read(record)
		require.NotEqual(t, intake.EnvelopeUnreadable, r.Envelope.State)
		claims := r.Claims()
		require.Len(t, claims, 1)
		require.Empty(t, claims[0].Against)
		m := shipwright(t, 1)
		text, err := m.Record(claims, d.world.Now()).JSON()
		require.NoError(t, err)
		entries := m.Graph().Entries(claims, nil)
		require.Len(t, entries, 1)
		return string(text) + string(d.text(entries))
	}
	planted := []string{"Adaeze Okonkwo", "1961-05-04", "female", "Lagos", "urn:photo:7", "ada@example.org", "+4930123", "Igbo", "single parent", "wheelchair"}
	person := func(o object) {
		s := member(o, "credentialSubject")
		s["identifier"] = []any{ob.PlainIdentity(ob.IdentifierEmailAddress, planted[5]), ob.PlainIdentity(ob.IdentifierName, planted[0])}
		s["name"], s["dateOfBirth"], s["gender"], s["birthplace"], s["image"] = planted[0], planted[1], planted[2], planted[3], planted[4]
		s["telephone"], s["ethnicity"], s["maritalStatus"], s["disability"] = planted[6], planted[7], planted[8], planted[9]
	}
	with := kept(person, object{"name": "The record of " + planted[0], "applicant": object{"name": planted[0], "gender": planted[2]}})
	without := kept(func(object) {}, object{})
	require.Equal(t, without, with, "not a byte")
	for _, p := range planted {
		require.NotContains(t, with, p)
	}
	// The control: what an achievement is called is read.
	require.NotEqual(t, without, kept(func(o object) {
		if a, ok := member(o, "credentialSubject")["achievement"].(object); ok {
			a["name"] = planted[0]
		}
	}, object{}))
}
