package intake_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/casefw/match"
	"github.com/laurel-edu/laurel/clr/intake"
	"github.com/laurel-edu/laurel/conformance/obtest"
)

func target(name string) object {
	return object{"type": []any{"Alignment"}, "targetName": name, "targetUrl": "https://frameworks.example/" + name,
		"targetCode": "C." + name, "targetType": "CFItem"}
}

func level(id, name, points string) object {
	return object{"id": "urn:uuid:" + id, "type": []any{"RubricCriterionLevel"}, "name": name, "level": name, "points": points,
		"alignment": []any{target("level-" + name)}}
}

// The ids of a scale of letters.
const (
	levelA = "0b0f8b3a-9d3c-4a39-8d0a-2a9d5f2c0a01"
	levelB = "0b0f8b3a-9d3c-4a39-8d0a-2a9d5f2c0a02"
	levelF = "0b0f8b3a-9d3c-4a39-8d0a-2a9d5f2c0a03"
	scale  = "urn:uuid:0b0f8b3a-9d3c-4a39-8d0a-2a9d5f2c0a00"
)

func letters() object {
	return object{"id": scale, "type": []any{"ResultDescription"}, "name": "Final Grade", "resultType": "LetterGrade",
		"alignment":            []any{target("description")},
		"rubricCriterionLevel": []any{level(levelF, "F", "0"), level(levelB, "B", "3.0"), level(levelA, "A", "4.0")}}
}

// graded gives a badge a result on a scale.
func graded(result, description object) func(object) {
	return func(o object) {
		result["type"], result["resultDescription"] = []any{"Result"}, description["id"]
		s := member(o, "credentialSubject")
		s["result"] = []any{result}
		member(s, "achievement")["resultDescription"] = []any{description}
	}
}

// A claim has its results joined to what describes them, and alignments by where they stand:
// of a rubric's levels only those of the level that was achieved.
func TestClaim(t *testing.T) {
	d := newDesk(t)
	edit := all(credits(json.Number("3.50"), ""), graded(object{"value": "B", "status": "Completed", "achievedLevel": "urn:uuid:" + levelB,
		"alignment": []any{target("result")}}, letters()),
		with(object{"term": "Fall 2024", "activityStartDate": "2024-09-01T00:00:00Z"}, "credentialSubject"),
		with(object{"achievementType": "Course", "creditsAvailable": 4, "alignment": []any{target("achievement")}}, "credentialSubject",
			"achievement"))
	badge := d.badge(d.academy, edit)
	r := d.read(d.signed(d.wallet, d.record(d.wallet, nil, d.signed(d.academy, badge))))
	claims := r.Claims()
	require.Len(t, claims, 1)
	c := claims[0]
	require.Equal(t, at0, c.Entry)
	require.Equal(t, badge["id"], c.Credential)
	require.Equal(t, d.academy.ID, c.Issuer)
	require.Equal(t, intake.StandingOwnProof, c.Standing)
	require.Equal(t, intake.ValidityCurrent, c.Validity)
	require.Empty(t, c.Against)
	require.Equal(t, "Course", c.Type)
	require.Equal(t, "4", string(c.Available))
	require.Equal(t, "Fall 2024", c.Term.String())
	require.Equal(t, 2024, c.Start.Year())
	require.False(t, c.From.IsZero())
	require.Len(t, c.Results, 1)
	require.Equal(t, intake.Result{Description: "Final Grade", Type: "LetterGrade", Value: "B", Status: "Completed", Points: "3.0",
		MaxPoints: "4.0",
		Level:     intake.Level{ID: "urn:uuid:" + levelB, Name: "B", Level: "B", Points: "3.0", Position: 2, Of: 3}}, c.Results[0])
	var places []match.Place
	var names []string
	for _, a := range c.Alignments {
		places, names = append(places, a.Of), append(names, a.TargetName)
	}
	require.Equal(t, []match.Place{match.OfAchievement, match.OfDescription, match.OfResult, match.OfLevel}, places)
	require.Equal(t, []string{"achievement", "description", "result", "level-B"}, names)
	require.Equal(t, "3.5", r.Credits()[intake.StandingOwnProof].String())
}

// A result that refers to nothing, or to a level that is not described, is kept as far as it
// goes.
func TestClaimOfStrays(t *testing.T) {
	d := newDesk(t)
	stray := letters()
	result := object{"value": "B", "achievedLevel": "urn:uuid:9d0a3c52-1f2e-4a39-8d0a-2a9d5f2c0aff"}
	r := d.read(d.signed(d.academy, d.badge(d.academy, graded(result, stray))))
	c := r.Claims()[0]
	require.Equal(t, intake.Level{ID: result["achievedLevel"].(string)}, c.Results[0].Level)
	for _, a := range c.Alignments {
		require.NotEqual(t, match.OfLevel, a.Of)
	}
	result = object{"value": "17"}
	edit := func(o object) {
		graded(result, stray)(o)
		result["resultDescription"] = "urn:uuid:9d0a3c52-1f2e-4a39-8d0a-2a9d5f2c0afe"
	}
	c = d.read(d.badge(d.academy, edit)).Claims()[0]
	require.Equal(t, []intake.Result{{Value: "17"}}, c.Results)
}

// Credits are summed exactly, each achievement once for each standing, and only what counts.
func TestCredits(t *testing.T) {
	d := newDesk(t)
	const x, y = "https://school.example/x", "https://school.example/y"
	signed := func(n any, achievement string) object {
		return d.signed(d.academy, d.badge(d.academy, credits(n, achievement)))
	}
	plain := func(n any, achievement string) object { return d.badge(d.registrar, credits(n, achievement)) }
	for name, c := range map[string]struct {
		record    object
		own, same string
	}{
		"decimals": {d.signed(d.registrar,
			d.record(d.registrar, nil, signed(json.Number("0.1"), x), signed(json.Number("0.2"), y)), jcs), "0.3", ""},
		"one achievement by two credentials": {d.signed(d.registrar, d.record(d.registrar, nil, signed(3, x), signed(3, x)), jcs), "3", ""},
		"one achievement by two standings": {d.signed(d.registrar, d.record(d.registrar, nil, signed(3, x), plain(3, x), plain(1, y)),
			jcs), "3", "4"},
		"nobody's and forged": {d.record(d.registrar, nil, plain(3, x), forge(signed(2, y))), "", ""},
		"exponents": {d.signed(d.registrar, d.record(d.registrar, nil, signed(json.Number("1e1"), x)), jcs),
			"10", ""},
		"less than nothing": {d.signed(d.registrar, d.record(d.registrar, nil, signed(-3, x), signed(2, y)), jcs), "2",
			""},
	} {
		t.Run(name, func(t *testing.T) {
			sums := d.read(c.record).Credits()
			require.Equal(t, c.own, sums[intake.StandingOwnProof].String())
			require.Equal(t, c.same, sums[intake.StandingRecordSameIssuer].String())
			for _, s := range []intake.Standing{intake.StandingNobody, intake.StandingForged, intake.StandingRecordOtherIssuer,
				intake.StandingNotChecked} {
				require.NotContains(t, sums, s)
			}
		})
	}
}

// What an entry says is had in the model of its kind, and of no other.
func TestModels(t *testing.T) {
	d := newDesk(t)
	badge := d.signed(d.academy, d.badge(d.academy, nil))
	r := d.read(d.presentation(ana, d.record(d.wallet, nil, badge)))
	all := entries(r)
	require.Len(t, all, 2)
	record, err := all[0].Record()
	require.NoError(t, err)
	require.Len(t, record.CredentialSubject.VerifiableCredential.Items, 1)
	_, err = all[0].Badge()
	require.ErrorContains(t, err, "record and no badge")
	model, err := all[1].Badge()
	require.NoError(t, err)
	require.Equal(t, badge["id"], string(model.ID))
	require.JSONEq(t, string(d.text(badge)), string(all[1].Secured()))
	require.JSONEq(t, string(d.text(badge)), string(all[1].Credential()))
}

// A token is handed on as the token that it is.
func TestSecuredToken(t *testing.T) {
	d := newDesk(t)
	token := d.token(d.academy, d.badge(d.academy, nil))
	r := d.read(token)
	require.Equal(t, intake.KindBadge, r.Kind)
	require.Equal(t, token, string(entries(r)[0].Secured()))
	require.NotEqual(t, obtest.DIDKey, obtest.Method(entries(r)[0].Credential()))
}
