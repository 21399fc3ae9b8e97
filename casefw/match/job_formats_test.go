package match_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/casefw/match"
	"github.com/laurel-edu/laurel/clr/intake"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/verify"
)

func parsed(t testing.TB, text string) *match.JobReading {
	t.Helper()
	reading, err := match.ParseJob([]byte(text), match.JobOptions{})
	require.NoError(t, err, text)
	return reading
}

// findings are codes with their pointers.
func findings(all []*vc.Problem) (said []string) {
	for _, p := range all {
		said = append(said, string(p.Code)+" "+p.Pointer)
	}
	return said
}

// asks is what a requirement asks for, without the names that it and its parts go by.
func asks(q match.Requirement) match.Requirement {
	q.ID, q.Target.TargetName, q.Target.TargetDescription = "", "", ""
	return q
}

// One job, written in three forms, asks for the same.
func TestJobInThreeForms(t *testing.T) {
	three, one := 3.0, 1.0
	two := 2.0
	planking := casefw.Alignment{TargetURL: "urn:uuid:0a000001-0000-4000-8000-000000000001",
		TargetCode: "0a000001-0000-4000-8000-000000000001", TargetType: "CFItem"}
	caulking := casefw.Alignment{TargetURL: "https://skills.example/frameworks/boats", TargetCode: "B.2", TargetFramework: "Boats"}
	bending := casefw.Alignment{TargetURL: "https://skills.example/api/skills/0a000003-0000-4000-8000-000000000003"}
	carpenter := casefw.Alignment{TargetType: "ext:onet", TargetCode: "47-2031.00", TargetFramework: "O*NET-SOC 2019"}
	want := []match.Requirement{
		{Target: planking, Weight: &three, Mandatory: true}, {Target: caulking, Weight: &two},
		{Target: bending, Weight: &one, MinLevel: 3}, {Target: carpenter, Weight: &one}, {Weight: &one},
	}
	for file, is := range map[string]struct {
		format match.JobFormat
		found  []string
	}{
		"job": {match.FormatJob, []string{"job-term-unkeyed /requirements/4"}},
		"job-jdx": {match.FormatJDX, []string{"job-term-unkeyed /skills/3", "job-part-unmatched /requiredExperiences",
			"job-part-unmatched /citizenshipRequirements"}},
		"job-position": {match.FormatPosition, []string{"job-term-unkeyed /positionProfiles/0/positionQualifications/0/positionCompetencies/4",
			"job-part-unmatched /positionProfiles/0/positionQualifications/0/licences"}},
	} {
		text, err := os.ReadFile("testdata/" + file + ".json")
		require.NoError(t, err)
		reading := parsed(t, string(text))
		require.Equal(t, is.format, reading.Format, file)
		require.Equal(t, is.found, findings(reading.Found), file)
		require.Equal(t, "boat-7 Boatbuilder", reading.Job.ID+" "+reading.Job.Title)
		require.Len(t, reading.Job.Requirements, len(want), file)
		for i, q := range reading.Job.Requirements {
			w := want[i]
			if file == "job-position" {
				w.Mandatory = false // which nothing in that form says
				if i == 1 {
					w.Target.TargetURL = "" // it names the framework, and has no address of it
				}
			}
			require.Equal(t, w, asks(q), "%s %d", file, i)
		}
		require.NotContains(t, fmt.Sprint(reading.Found), "Somewhere", "no value of what must not count is read")
	}
}

// The published job, written as a job description and as a position opening, has the
// published scores.
func TestPublishedJobInOtherForms(t *testing.T) {
	own := testkit.ReadShared(t, "case/matching/job-junior-data-analyst.json")
	var job struct {
		ID, Title    string
		Requirements []struct {
			Item             string
			Weight, MinLevel float64
			Mandatory        bool
		}
	}
	require.NoError(t, json.Unmarshal(own, &job))
	var terms, competencies []string
	for _, r := range job.Requirements {
		scale, level := "", ""
		if r.MinLevel > 0 {
			scale = fmt.Sprintf(`, "scaleCategory": {"termCode": "%g", "inDefinedTermSet": {"name": "Levels of proficiency"}}`, r.MinLevel)
			level = fmt.Sprintf(`, "requiredProficiencyLevel": {"scoresNumeric": [{"value": %g}]}`, r.MinLevel)
		}
		terms = append(terms, fmt.Sprintf(`{"name": "x", "termCode": %q, "annotation": {"required": %t, "preferred": %t%s}}`,
			r.Item, r.Mandatory, r.Weight == 2, scale))
		competencies = append(competencies, fmt.Sprintf(`{"competencyIds": [{"value": %q}], "weight": {"value": %g}%s}`, r.Item, r.Weight, level))
	}
	texts := map[string]string{"own": string(own),
		"jdx": `{"JDXjobDescription": {"positionID": "job-1", "skills": [` + strings.Join(terms, ",") + `]}}`,
		"position": `{"positionProfiles": [{"positionId": {"value": "job-1"}, "positionQualifications": [{"positionCompetencies": [` +
			strings.Join(competencies, ",") + `]}]}]}`}

	var all []*casefw.Framework
	for _, name := range []string{"packages/synthetic/a01-full-v1p1", "matching/framework-industry", "matching/framework-legacy", "matching/crosswalk-associations-only"} {
		f, _, err := casefw.LoadBytes(testkit.ReadShared(t, "case/"+name+".json"), casefw.Options{})
		require.NoError(t, err)
		all = append(all, f)
	}
	var want struct {
		Now              time.Time
		Requirements     []struct{ Score float64 }
		Total, Tolerance float64
		Qualified        bool
	}
	require.NoError(t, json.Unmarshal(testkit.ReadShared(t, "case/matching/job-junior-data-analyst-expected.json"), &want))
	reading, err := intake.Read(t.Context(), testkit.ReadShared(t, "case/matching/clr-ana-unsigned.json"),
		intake.Config{Verify: verify.Config{Now: func() time.Time { return want.Now }}})
	require.NoError(t, err)
	p := match.DefaultPolicy()
	p.Accept = func(c match.Claim) (bool, match.Reason) {
		return c.Until.IsZero() || !want.Now.After(c.Until), "unverified"
	}
	first := parsed(t, texts["own"]).Job
	for form, text := range texts {
		read := parsed(t, text)
		require.Empty(t, read.Found, form)
		require.Equal(t, "job-1", read.Job.ID)
		for i := range first.Requirements {
			a, b := asks(first.Requirements[i]), asks(read.Job.Requirements[i])
			require.Equal(t, weightIn(a), weightIn(b), form)
			a.Weight, b.Weight = nil, nil
			if form == "position" {
				b.Mandatory = a.Mandatory
			}
			require.Equal(t, a, b, form)
		}
		m, err := match.NewGraph(casefw.NewCatalog(all...)).Prepare(read.Job, p)
		require.NoError(t, err)
		got := m.Match(reading.Claims())
		require.InDelta(t, want.Total, *got.Total, want.Tolerance, form)
		require.Equal(t, want.Qualified, got.Qualified, form)
		for i, r := range want.Requirements {
			require.InDelta(t, r.Score, *got.Requirements[i].Score, want.Tolerance, "%s %d", form, i)
		}
	}
}

func weightIn(q match.Requirement) float64 {
	if q.Weight == nil {
		return 1
	}
	return *q.Weight
}

const guid1, guid2 = `"0a000001-0000-4000-8000-000000000001"`, `"0a000002-0000-4000-8000-000000000002"`

// What is wrong with a job is told with its code and its place, and nothing is read.
func TestJobsThatCannotBeRead(t *testing.T) {
	long := `"` + strings.Repeat("x", 5000) + `"`
	for text, want := range map[string]string{
		``:                    "json-truncated ",
		`{"requirements": [}`: "json-syntax ",
		`{"requirements": [], "Requirements": []}`: "job-member-unknown /Requirements",
		`{"requirements": [], "requirements": []}`: "json-duplicate-name ",
		`[]`:                       "job-format-unknown ",
		`"a job"`:                  "job-format-unknown ",
		"\xef\xbb\xbf{}":           "json-byte-order-mark ",
		`{"title": "Boatbuilder"}`: "job-format-unknown ",
		`{"@type": "JobPosting", "skills": "sailing"}`: "job-format-unknown ",
		`{"type": "http://schema.hropenstandards.org/4.4/recruiting/json/ler-rs/LER-RSType.json", "job": {"JDXjobDescription": {"skills": []}}}`: "job-in-resume ",
		`{"requirements": {}}`:                                                                                "job-member-malformed /requirements",
		`{"requirements": [1]}`:                                                                               "job-member-malformed /requirements/0",
		`{"requirements": [null]}`:                                                                            "job-member-malformed /requirements/0",
		`{"requirements": [{}]}`:                                                                              "job-member-missing /requirements/0/item",
		`{"requirements": [{"item": null}]}`:                                                                  "job-member-malformed /requirements/0/item",
		`{"requirements": [{"item": "B.2"}]}`:                                                                 "job-member-malformed /requirements/0/item",
		`{"requirements": [{"item": ` + long + `}]}`:                                                          "job-limit /requirements/0/item",
		`{"requirements": [{"item": ` + guid1 + `, "mandatry": true}]}`:                                       "job-member-unknown /requirements/0/mandatry",
		`{"requirements": [{"item": ` + guid1 + `, "mandatory": "true"}]}`:                                    "job-member-malformed /requirements/0/mandatory",
		`{"requirements": [{"item": ` + guid1 + `, "weight": -1}]}`:                                           "job-member-malformed /requirements/0/weight",
		`{"requirements": [{"item": ` + guid1 + `, "weight": null}]}`:                                         "job-member-malformed /requirements/0/weight",
		`{"requirements": [{"item": ` + guid1 + `, "minLevel": 1e300}]}`:                                      "job-member-malformed /requirements/0/minLevel",
		`{"requirements": [{"item": ` + guid1 + `, "target": {}}]}`:                                           "job-member-malformed /requirements/0/target",
		`{"requirements": [{"target": {}}]}`:                                                                  "job-member-missing /requirements/0/target/targetUrl",
		`{"requirements": [{"target": {"targetURL": "x"}}]}`:                                                  "job-member-unknown /requirements/0/target/targetURL",
		`{"requirements": [{"item": ` + guid1 + `, "any": "x"}]}`:                                             "job-member-malformed /requirements/0/any",
		`{"requirements": [{"item": ` + guid1 + `, "any": ["x"]}]}`:                                           "job-member-malformed /requirements/0/any/0",
		`{"requirements": [{"item": ` + guid1 + `, "any": [` + strings.Repeat(guid1+",", 64) + guid1 + `]}]}`: "job-limit /requirements/0/any",
		`{"requirements": [{"id": "a", "item": ` + guid1 + `}, {"id": "a", "item": ` + guid2 + `}]}`:          "job-member-malformed /requirements/1/id",
		`{"requirements": [` + strings.Repeat(`{"item": `+guid1+`},`, 1000) + `{"item": ` + guid1 + `}]}`:     "job-limit /requirements/1000",

		`{"skills": []}`:                                   "job-member-missing ",
		`{"skills": [{}]}`:                                 "job-member-missing /skills/0",
		`{"skills": "sailing"}`:                            "job-member-malformed /skills",
		`{"skills": ["sailing"]}`:                          "job-member-malformed /skills/0",
		`{"skills": [{"name": 1}]}`:                        "job-member-malformed /skills/0/name",
		`{"skills": [{"inDefinedTermSet": "O*NET"}]}`:      "job-member-malformed /skills/0/inDefinedTermSet",
		`{"skills": [{"annotation": true}]}`:               "job-member-malformed /skills/0/annotation",
		`{"skills": [{"annotation": {"required": "no"}}]}`: "job-member-malformed /skills/0/annotation/required",

		`{"requirements": [{"target": 1}]}`: "job-member-malformed /requirements/0/target",
		`{"positionQualifications": [{"positionCompetencies": [{"competencyIds": [` + strings.Repeat(`{"value": "x"},`, 65) +
			`{"value": "x"}]}]}]}`: "job-limit /positionQualifications/0/positionCompetencies/0/competencyIds/65",
		`{"positionProfiles": []}`:                                                          "job-member-missing ",
		`{"positionProfiles": [{}, {}]}`:                                                    "job-several /positionProfiles",
		`{"positionProfiles": [{"positionTitle": []}]}`:                                     "job-member-malformed /positionProfiles/0/positionTitle",
		`{"positionQualifications": [{"positionCompetencies": [{"competencyIds": [{}]}]}]}`: "job-member-missing /positionQualifications/0/positionCompetencies/0/competencyIds/0/value",
		`{"positionQualifications": [{"positionCompetencies": [{"competencyIds": [{"value": "x"}], "weight": 3}]}]}`:                                   "job-member-malformed /positionQualifications/0/positionCompetencies/0/weight",
		`{"positionQualifications": [{"positionCompetencies": [{"competencyIds": [{"value": "x"}], "weight": {"value": "3"}}]}]}`:                      "job-member-malformed /positionQualifications/0/positionCompetencies/0/weight/value",
		`{"positionQualifications": [{"positionCompetencies": [{"requiredProficiencyLevel": {"scoresNumeric": [{"value": 6, "maximumScore": 5}]}}]}]}`: "job-member-malformed /positionQualifications/0/positionCompetencies/0/requiredProficiencyLevel/scoresNumeric/0/value",

		`[{"skillName": "Sailing"}]`:                                                 "job-member-missing /0/id",
		`{"skillName": "Sailing", "uuid": "x"}`:                                      "job-member-malformed /uuid",
		`{"type": "RichSkillCollection"}`:                                            "job-member-missing /id",
		"Canonical URL,Skill Statement\nx,y\n":                                       "job-format-unknown ",
		"sailing":                                                                    "job-format-unknown ",
		"Canonical URL,RSD Name\n":                                                   "job-member-missing ",
		"Canonical URL,RSD Name\n,Sailing\n":                                         "job-member-missing /0/Canonical URL",
		"Canonical URL,RSD Name\nSailing,x\n":                                        "job-member-malformed /0/Canonical URL",
		"Canonical URL,RSD Name\nhttps://s.example/1,\"x\n":                          "job-member-malformed /0",
		"Canonical URL,RSD Name\nhttps://s.example/1,\xe0\n":                         "job-member-malformed ",
		"Canonical URL,RSD Name\nhttps://s.example/1," + long + "\n":                 "job-limit /0",
		"Canonical URL,RSD Name\n" + strings.Repeat("https://s.example/1,x\n", 1001): "job-limit /1000",
	} {
		reading, err := match.ParseJob([]byte(text), match.JobOptions{})
		require.Nil(t, reading, text)
		bad, ok := errors.AsType[*match.JobError](err)
		require.True(t, ok, "%s: %v", text, err)
		require.Equal(t, want, findings(bad.Problems)[0], "%.300s", text)
		require.ErrorIs(t, err, error(bad.Problems[0]))
		require.NotEmpty(t, bad.Error())
	}
	_, err := match.ParseJob([]byte(`{"requirements": []}`), match.JobOptions{MaxBytes: 10})
	require.ErrorContains(t, err, "json-too-large")
	_, err = match.ParseJob([]byte(`{"skills": [`+strings.Repeat("1,", 5000)+`1]}`), match.JobOptions{})
	require.Len(t, err.(*match.JobError).Problems, 1001, "the last says that there are more")
	_, err = match.ParseJob([]byte("Canonical URL,RSD Name\nhttps://s.example/1,x\n"), match.JobOptions{MaxBytes: 10})
	require.ErrorContains(t, err, "job-limit")
	require.Len(t, err.(*match.JobError).Problems, 1)
}

// An annotation says how much a term matters, and what is learnt on the job is not
// mandatory.
func TestAnnotations(t *testing.T) {
	for annotation, want := range map[string]string{
		``:                                    "1 false 0 []",
		`"required": true`:                    "3 true 0 []",
		`"required": true, "preferred": true`: "3 true 0 []",
		`"preferred": true`:                   "2 false 0 []",
		`"required": true, "requiredAtHiring": true`:               "3 true 0 []",
		`"required": true, "requiredAtHiring": false`:              "1.5 false 0 []",
		`"preferred": true, "acquiredInternally": true`:            "1 false 0 []",
		`"scaleCategory": {"termCode": "2", "name": "Level"}`:      "1 false 2 []",
		`"scaleCategory": {"termCode": "4", "name": "Importance"}`: "1 false 0 [job-level-unread /tasks/0/annotation/scaleCategory]",
		`"scaleCategory": {"termCode": "expert", "name": "Level"}`: "1 false 0 [job-level-unread /tasks/0/annotation/scaleCategory]",
		`"requird": true`:             "1 false 0 [job-member-unknown /tasks/0/annotation/requird]",
		`"requiredAssessments": [{}]`: "1 false 0 [job-part-unmatched /tasks/0/annotation/requiredAssessments]",
	} {
		read := parsed(t, `{"tasks": [{"termCode": `+guid1+`, "annotation": {`+annotation+`}}]}`)
		q := read.Job.Requirements[0]
		require.Equal(t, want, fmt.Sprint(*q.Weight, q.Mandatory, q.MinLevel, findings(read.Found)), annotation)
	}
	read, err := match.ParseJob([]byte(`{"tasks": [{"termCode": `+guid1+`, "annotation": {"required": true, "acquiredInternally": true}}]}`),
		match.JobOptions{Required: 8, Later: 0.25})
	require.NoError(t, err)
	require.Equal(t, 2.0, *read.Job.Requirements[0].Weight)
}

// One competency in two lists counts once, by the stronger; under two identifiers of
// several vocabularies either does.
func TestOneThingTwice(t *testing.T) {
	read := parsed(t, `{"skills": [{"termCode": `+guid1+`}], "knowledge": [{"termCode": `+guid1+`, "annotation": {"required": true,
		"scaleCategory": {"termCode": "2", "name": "Level"}}}]}`)
	require.Equal(t, []string{"job-requirement-repeated /knowledge/0"}, findings(read.Found))
	require.Len(t, read.Job.Requirements, 1)
	require.True(t, read.Job.Requirements[0].Mandatory)
	require.Equal(t, "3 2", fmt.Sprint(*read.Job.Requirements[0].Weight, read.Job.Requirements[0].MinLevel))

	read = parsed(t, `{"identifiers": [{"value": "id-7"}], "skills": [{"termCode": `+guid1+`}]}`)
	require.Equal(t, "id-7", read.Job.ID)
	read = parsed(t, `{"positionQualifications": [{"positionCompetencies": [{"competencyIds": [{"value": "B.2", "schemeId": "https://f.example/d"}]}]}]}`)
	require.Equal(t, casefw.Alignment{TargetURL: "https://f.example/d", TargetCode: "B.2"}, read.Job.Requirements[0].Target)

	read = parsed(t, `{"positionQualifications": [{"positionCompetencies": [{
		"competencyIds": [{"value": `+guid1+`}, {"value": "2512", "schemeId": "ISCO-08"}], "weight": {"value": 40, "maximumScore": 100}, "requiredProficiencyLevel": {"scoresNumeric": [{"value": 2, "maximumScore": 5}]},
		"desiredProficiencyLevel": {"scoresNumeric": [{"value": 4, "maximumScore": 5}]}, "relatedCompetencies": [{"competencyName": "x"}]},
		{"competencyIds": [{"value": `+guid2+`}], "weight": {"value": 1, "maximumScore": 5}, "requiredProficiencyLevel": {"scoresText": [{"value": "good"}]}}]}]}`)
	require.Len(t, read.Job.Requirements, 3)
	required, desired := read.Job.Requirements[0], read.Job.Requirements[1]
	require.Equal(t, []casefw.Alignment{{TargetType: "ext:isco", TargetCode: "2512", TargetFramework: "ISCO-08"}}, required.Any)
	require.Equal(t, "40 2 5", fmt.Sprint(*required.Weight, required.MinLevel, required.LevelOf))
	require.Equal(t, "20 4 5", fmt.Sprint(*desired.Weight, desired.MinLevel, desired.LevelOf))
	require.Equal(t, required.ID+"/desiredProficiencyLevel", desired.ID)
	at := "/positionQualifications/0/positionCompetencies/"
	require.Equal(t, []string{"job-part-unmatched " + at + "0/relatedCompetencies", "job-level-unread " + at + "1/requiredProficiencyLevel",
		"job-weights-mixed /positionQualifications"}, findings(read.Found))
}

// Rich skill descriptors are a requirement each, from JSON and from a table.
func TestSkillLists(t *testing.T) {
	one := `{"type": "RichSkillDescriptor", "id": "https://s.example/api/skills/0a000001-0000-4000-8000-000000000001", "uuid": ` + guid1 + `,
		"skillName": "Sailing", "skillStatement": "Sail a boat.", "alignments": [{"id": "https://other.example/1"}], "archiveDate": null`
	for text, is := range map[string]struct {
		format match.JobFormat
		found  []string
	}{
		one + `}`:                                                    {match.FormatRSD, nil},
		`[` + one + `, "status": "published"}]`:                      {match.FormatRSD, nil},
		`{"name": "Crew", "skills": [` + one + `}]}`:                 {match.FormatRSD, nil},
		`[` + one + `, "status": "Archived"}]`:                       {match.FormatRSD, []string{"job-skill-archived /0/status"}},
		`[` + strings.Replace(one, "null", `"2024-01-01"`, 1) + `}]`: {match.FormatRSD, []string{"job-skill-archived /0/archiveDate"}},
		"\xef\xbb\xbfCanonical URL, rsd name ,Authors,Skill Statement\r\nhttps://s.example/api/skills/0a000001-0000-4000-8000-000000000001,Sailing,\"A;B\",Sail a boat.\r\n": {
			match.FormatRSDTable, nil},
	} {
		read := parsed(t, text)
		require.Equal(t, is.format, read.Format, text)
		require.Equal(t, is.found, findings(read.Found), text)
		require.Len(t, read.Job.Requirements, 1, text)
		a := read.Job.Requirements[0].Target
		require.Equal(t, "https://s.example/api/skills/0a000001-0000-4000-8000-000000000001 Sailing Sail a boat.", a.TargetURL+" "+a.TargetName+" "+a.TargetDescription)
	}
	for file, skills := range map[string]int{"wgu-rsd-skill": 1, "wgu-rsd-collection": 24} {
		read := parsed(t, string(testkit.ReadShared(t, "case/matching/rsd/"+file+".json")))
		require.Equal(t, match.FormatRSD, read.Format)
		require.Len(t, read.Job.Requirements, skills)
	}
}

// A term of O*NET in a job description meets what a credential was aligned to, over a
// framework that matches the occupation by its address alone.
func TestJobMeetsByRegistry(t *testing.T) {
	text := `{"CFDocument": {"identifier": "` + guid(0xd, 1) + `", "title": "f"}, "CFItems": [{"identifier": "` + id(1) + `", "fullStatement": "s"}],
		"CFAssociations": [{"associationType": "exactMatchOf", "originNodeURI": {"identifier": "` + id(1) + `"},
			"destinationNodeURI": {"title": "Carpenters", "identifier": "47-2031.00", "uri": "https://www.onetonline.org/link/summary/47-2031.00"}}]}`
	f, _, err := casefw.LoadBytes([]byte(text), casefw.Options{})
	require.NoError(t, err)
	g := match.NewGraph(casefw.NewCatalog(f))
	for set, score := range map[string]float64{`{"name": "O*NET"}`: 1, `{"url": "https://www.onetcenter.org/taxonomy.html"}`: 1, `{"name": "Trades"}`: -1} {
		read := parsed(t, `{"skills": [{"termCode": "47-2031.00", "inDefinedTermSet": `+set+`}]}`)
		m, err := g.Prepare(read.Job, match.DefaultPolicy())
		require.NoError(t, err)
		got := m.MatchHeld(hold(t, g, 1)).Requirements[0]
		if score < 0 {
			require.Nil(t, got.Score)
			require.True(t, slices.Contains(got.Flags, match.FlagUnknownItem))
		} else {
			require.NotNil(t, got.Score, set)
			require.Equal(t, score, *got.Score)
		}
	}
}

// Two occupations that both have the start page of their registry for an address are two.
func TestOneAddressForMany(t *testing.T) {
	link := func(item int, code string) string {
		return `{"associationType": "exactMatchOf", "originNodeURI": {"identifier": "` + id(item) + `"},
			"destinationNodeURI": {"targetType": "ext:trade", "identifier": "` + code + `", "uri": "https://registry.example/"}}`
	}
	f, _, err := casefw.LoadBytes([]byte(`{"CFDocument": {"identifier": "`+guid(0xd, 1)+`", "title": "f"},
		"CFItems": [{"identifier": "`+id(1)+`"}, {"identifier": "`+id(2)+`"}], "CFAssociations": [`+link(1, "11")+`,`+link(2, "12")+`]}`), casefw.Options{})
	require.NoError(t, err)
	g := match.NewGraph(casefw.NewCatalog(f))
	got := outcome(t, g, match.DefaultPolicy(), requirements(1, 2), hold(t, g, 1))
	require.Equal(t, 1.0, *got.Requirements[0].Score)
	require.Zero(t, *got.Requirements[1].Score)
}

// ownForm writes a job in this library's form, by another way than it is read.
func ownForm(job match.Job) []byte {
	all := []any{}
	target := func(a casefw.Alignment) map[string]any {
		m := map[string]any{}
		for name, text := range map[string]string{"targetUrl": a.TargetURL, "targetName": a.TargetName, "targetCode": a.TargetCode,
			"targetFramework": a.TargetFramework, "targetType": a.TargetType, "targetDescription": a.TargetDescription} {
			if text != "" {
				m[name] = text
			}
		}
		return m
	}
	for _, q := range job.Requirements {
		m := map[string]any{"id": q.ID, "target": target(q.Target), "mandatory": q.Mandatory, "minLevel": q.MinLevel, "levelOf": q.LevelOf}
		if q.Weight != nil {
			m["weight"] = *q.Weight
		}
		if q.Any != nil {
			any := []any{}
			for _, a := range q.Any {
				any = append(any, target(a))
			}
			m["any"] = any
		}
		all = append(all, m)
	}
	text, err := json.Marshal(map[string]any{"id": job.ID, "title": job.Title, "requirements": all})
	if err != nil {
		panic(err)
	}
	return text
}

// Whatever is read as a job can be matched, has no error among its findings, and reads the
// same once it is written in this library's form.
func FuzzParseJob(f *testing.F) {
	for _, name := range []string{"job", "job-jdx", "job-position"} {
		text, err := os.ReadFile("testdata/" + name + ".json")
		require.NoError(f, err)
		f.Add(text)
	}
	f.Add([]byte(`[{"skillName": "Sailing", "id": "https://s.example/1", "uuid": ` + guid1 + `, "status": "archived"}]`))
	f.Add([]byte("Canonical URL,RSD Name\nhttps://s.example/1,Sailing\n"))
	f.Add([]byte(`{"requirements": [{"item": ` + guid1 + `, "any": [` + guid2 + `, {"targetUrl": "urn:x:y"}], "weight": 0, "levelOf": 5}]}`))
	g := (&world{frameworks: []framework{{items: []int{1, 2}}}}).graph(f)
	f.Fuzz(func(t *testing.T, text []byte) {
		read, err := match.ParseJob(text, match.JobOptions{})
		if err != nil {
			require.Nil(t, read)
			require.NotEmpty(t, err.(*match.JobError).Problems)
			return
		}
		require.Empty(t, vc.Errors(read.Found))
		m, err := g.Prepare(read.Job, match.DefaultPolicy())
		require.NoError(t, err)
		m.MatchHeld(nil)
		again, err := match.ParseJob(ownForm(read.Job), match.JobOptions{})
		require.NoError(t, err)
		require.Equal(t, read.Job, again.Job)
	})
}
