package intake_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/clr/intake"
)

// course is a badge of a term.
func course(n any, term, start string, more ...func(object)) func(object) {
	return all(append([]func(object){credits(n, ""), func(o object) {
		s := member(o, "credentialSubject")
		if term != "" {
			s["term"] = term
		}
		if start != "" {
			s["activityStartDate"] = start
		}
	}}, more...)...)
}

// Terms stand in the order of when they began, with what was earned and what of it counts.
func TestTranscript(t *testing.T) {
	d := newDesk(t)
	r := d.read(d.signed(d.registrar, d.record(d.registrar, nil,
		d.signed(d.registrar, d.badge(d.registrar, course(json.Number("3.0"), "Spring 2025", "2025-02-01T00:00:00Z"))),
		d.signed(d.registrar, d.badge(d.registrar, course(json.Number("1.5"), "Fall 2024", "2024-09-01T00:00:00Z"))),
		d.badge(d.registrar, course(2, "Fall 2024", "2024-09-02T00:00:00Z")),
		d.badge(d.academy, course(4, "Fall 2024", "")), // the academy signed nothing
		forge(d.signed(d.academy, d.badge(d.academy, course(8, "Spring 2025", "")))),
	), jcs))
	all := r.Transcript()
	require.Len(t, all.Terms, 2)
	for i, want := range []struct {
		name, earned, proven string
		claims               int
	}{{"Fall 2024", "7.5", "3.5", 3}, {"Spring 2025", "3", "3", 2}} {
		require.Equal(t, want.name, all.Terms[i].Name)
		require.Equal(t, want.earned, all.Terms[i].Earned.String())
		require.Equal(t, want.proven, all.Terms[i].Proven.String())
		require.Len(t, all.Terms[i].Claims, want.claims)
	}
	require.Equal(t, 2024, all.Terms[0].Start.Year())
	require.Equal(t, "10.5", all.Earned.String())
	require.Equal(t, "6.5", all.Proven.String())
}

// A grade point average is computed where result descriptions state what grades are worth.
func TestGPA(t *testing.T) {
	d := newDesk(t)
	grade := func(value string, change ...func(object)) func(object) {
		description := letters()
		for _, edit := range change {
			edit(description)
		}
		return graded(object{"value": value, "status": "Completed"}, description)
	}
	failed := all(grade("F"), credits(0, ""), with(object{"creditsAvailable": 3}, "credentialSubject", "achievement"))
	for name, c := range map[string]struct {
		courses []func(object)
		value   string
		why     intake.NoGPA
	}{
		"weighed by credits": {[]func(object){course(3, "", "", grade("A")), course(1, "", "", grade("B"))}, "3.75", ""},
		"a failed course":    {[]func(object){course(3, "", "", grade("A")), failed}, "2", ""},
		"thirds":             {[]func(object){course(1, "", "", grade("A")), course(2, "", "", grade("B"))}, "10/3", ""},
		"no scale": {[]func(object){course(3, "", "", grade("A", func(o object) { delete(o, "rubricCriterionLevel") }))},
			"", intake.NoScale},
		"half a scale": {[]func(object){course(3, "", "",
			grade("A", func(o object) { delete(o["rubricCriterionLevel"].([]any)[1].(object), "points") }))}, "", intake.NoScale},
		"a grade off the scale": {[]func(object){course(3, "", "", grade("A*"))}, "", intake.NoScale},
		"two scales": {[]func(object){course(3, "", "", grade("A")), course(3, "", "", grade("A", func(o object) {
			o["rubricCriterionLevel"].([]any)[2].(object)["points"] = "5"
		}))}, "", intake.NoCommonScale},
		"failed, of unknown weight": {[]func(object){course(3, "", "", grade("A")), all(grade("F"), credits(0, ""))}, "", intake.NoCredits},
		"no grades":                 {[]func(object){course(3, "", "")}, "", intake.NoGrades},
		"graded twice": {[]func(object){all(grade("A"), credits(3, a)), all(grade("B"), credits(3, a))}, "",
			intake.NoOneGrade},
	} {
		t.Run(name, func(t *testing.T) {
			var list []any
			for _, edit := range c.courses {
				list = append(list, d.signed(d.academy, d.badge(d.academy, edit)))
			}
			gpa := d.read(d.record(d.wallet, nil, list...)).Transcript().GPA
			require.Equal(t, c.why, gpa.Why)
			require.Equal(t, c.value, gpa.Value.String())
			if c.why == "" {
				require.Equal(t, "4", gpa.Max.String())
			}
		})
	}
}

// One that a result states is told as it is stated, whoever vouches for it.
func TestStatedGPA(t *testing.T) {
	d := newDesk(t)
	description := object{"id": scale, "type": []any{"ResultDescription"}, "name": "Cumulative GPA", "resultType": "GradePointAverage",
		"valueMin": "0.0", "valueMax": "4.0"}
	r := d.read(d.signed(d.registrar, d.badge(d.registrar, graded(object{"value": "3.81"}, description))))
	all := r.Transcript()
	require.Len(t, all.Stated, 1)
	require.Equal(t, "3.81", all.Stated[0].Value)
	require.Equal(t, "4.0", all.Stated[0].Max)
	require.Equal(t, intake.StandingOwnProof, all.Stated[0].Claim.Standing)
	require.Equal(t, intake.NoGrades, all.GPA.Why)
}
