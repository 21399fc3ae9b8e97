package intake

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/casefw/match"
	"github.com/laurel-edu/laurel/casefw/plan"
	"github.com/laurel-edu/laurel/ob"
	"github.com/laurel-edu/laurel/vc"
)

// Claims returns what the badges of the reading claim, one Claim for each, in the order of
// the entries. Those that count for nothing are there too, and say why in Against.
//
// They are read anew at each call: keep them.
func (r *Reading) Claims() []Claim {
	var all []Claim
	for _, e := range r.entries {
		if c, ok := e.Claim(); ok {
			all = append(all, c)
		}
	}
	return all
}

// Claim returns what the entry claims, false for what is no badge.
func (e *Entry) Claim() (Claim, bool) {
	badge, err := e.Badge()
	if err != nil {
		return Claim{}, false
	}
	s, a := &badge.CredentialSubject, &badge.CredentialSubject.Achievement
	c := Claim{Member: e.Member, Entry: e.Pointer, Credential: e.ID, Issuer: e.Issuer,
		Standing: e.Standing, Validity: e.Validity, Subject: e.Subject, Against: e.against(),
		Achievement: string(a.ID), Name: a.Name, Type: string(a.AchievementType),
		Credits: s.CreditsEarned, Available: a.CreditsAvailable, Term: s.Term,
		Start: instant(s.ActivityStartDate), End: instant(s.ActivityEndDate), Awarded: instant(badge.AwardedDate),
		From: first(instant(badge.ValidFrom), instant(badge.IssuanceDate)), Until: first(instant(badge.ValidUntil),
			instant(badge.ExpirationDate)),
		Unattributed: e.found.Unattributed()}
	j := joiner{achievement: a, claim: &c}
	j.all(s.Result.Items)
	return c, true
}

// Badge returns the badge as a typed model. The error is that of an entry of another Kind.
func (e *Entry) Badge() (*ob.AchievementCredential, error) {
	var badge ob.AchievementCredential
	return &badge, e.decode(KindBadge, &badge)
}

// joiner joins the results of a badge to what its achievement says of results.
type joiner struct {
	achievement *ob.Achievement
	claim       *Claim
}

// The places in a badge of what a claim is made of, for what another may have said.
const (
	atSubject     = "/credentialSubject"
	atCredits     = atSubject + "/creditsEarned"
	atTerm        = atSubject + "/term"
	atResult      = atSubject + "/result"
	atAchievement = atSubject + "/achievement"
	atAvailable   = atAchievement + "/creditsAvailable"
	atAlignment   = atAchievement + "/alignment"
)

func (j *joiner) all(results []ob.Result) {
	c := j.claim
	if j.anothers(atCredits, -1) {
		c.Credits = ""
	}
	if j.anothers(atAvailable, -1) {
		c.Available = ""
	}
	if j.anothers(atTerm, -1) {
		c.Term = vc.Text{}
	}
	for i := range j.achievement.Alignment.Items {
		if !j.anothers(atAlignment, i) {
			j.align(match.OfAchievement, -1, j.achievement.Alignment.Items[i])
		}
	}
	for i := range results {
		if !j.anothers(atResult, i) {
			j.result(&results[i])
		}
	}
}

// anothers reports whether another credential may have said a member, or its item.
func (j *joiner) anothers(member string, item int) bool {
	return slices.ContainsFunc(j.claim.Unattributed, func(p string) bool {
		rest, ok := strings.CutPrefix(p, member)
		if !ok {
			return false
		}
		return rest == "" || item < 0 || rest == "/"+strconv.Itoa(item) || strings.HasPrefix(rest, "/"+strconv.Itoa(item)+"/")
	})
}

func (j *joiner) result(r *ob.Result) {
	out, number := Result{Value: r.Value, Status: string(r.Status)}, len(j.claim.Results)
	var level *ob.RubricCriterionLevel
	if d := j.description(r.ResultDescription); d != nil {
		out.Description, out.Type, out.Min, out.Max = d.Name.String(), string(d.ResultType), d.ValueMin, d.ValueMax
		for i := range d.Alignment.Items {
			j.align(match.OfDescription, number, d.Alignment.Items[i])
		}
		level, out.Level = levelOf(d, r.AchievedLevel)
		out.Points, out.MaxPoints = pointsOf(d, level, r.Value)
	}
	for i := range r.Alignment.Items {
		j.align(match.OfResult, number, r.Alignment.Items[i])
	}
	if level != nil {
		for i := range level.Alignment.Items {
			j.align(match.OfLevel, number, level.Alignment.Items[i])
		}
	}
	j.claim.Results = append(j.claim.Results, out)
}

func (j *joiner) description(id vc.IRI) *ob.ResultDescription {
	for i := range j.achievement.ResultDescription.Items {
		if d := &j.achievement.ResultDescription.Items[i]; id != "" && d.ID == id {
			return d
		}
	}
	return nil
}

// levelOf is the level of a description that was achieved. One that is not described is known
// by its id alone.
func levelOf(d *ob.ResultDescription, id vc.IRI) (*ob.RubricCriterionLevel, Level) {
	for i := range d.RubricCriterionLevel.Items {
		if l := &d.RubricCriterionLevel.Items[i]; id != "" && l.ID == id {
			return l, Level{ID: string(l.ID), Name: l.Name.String(), Level: l.Level, Points: l.Points,
				Position: i + 1, Of: len(d.RubricCriterionLevel.Items)}
		}
	}
	return nil, Level{ID: string(id)}
}

// pointsOf is what a value is worth by the levels of its description, and the best of them.
func pointsOf(d *ob.ResultDescription, achieved *ob.RubricCriterionLevel, value string) (points, most string) {
	var best plan.Number
	for i := range d.RubricCriterionLevel.Items {
		l := &d.RubricCriterionLevel.Items[i]
		n, ok := plan.ParseNumber(l.Points)
		if !ok {
			return "", "" // a scale that is not stated whole is none
		}
		if best.IsZero() || !best.AtLeast(n) {
			best, most = n, l.Points
		}
		if l == achieved || achieved == nil && value != "" && (l.Name.String() == value || l.Level == value) {
			points = l.Points
		}
	}
	return points, most
}

func (j *joiner) align(of match.Place, result int, a ob.Alignment) {
	j.claim.Alignments = append(j.claim.Alignments, Alignment{Of: of, Result: result, Alignment: casefw.Alignment{
		TargetURL: string(a.TargetURL), TargetName: a.TargetName.String(), TargetCode: a.TargetCode,
		TargetFramework: a.TargetFramework.String(), TargetType: string(a.TargetType),
		TargetDescription: a.TargetDescription.String()}})
}

// instant is the instant of a dateTime, the zero one of what is none.
func instant(d vc.DateTime) time.Time {
	t, err := d.Time()
	if err != nil {
		return time.Time{}
	}
	return t
}

func first(a, b time.Time) time.Time {
	if a.IsZero() {
		return b
	}
	return a
}
