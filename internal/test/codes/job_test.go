package codes_test

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/casefw/caseapi"
	"github.com/laurel-edu/laurel/casefw/match"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/fetch"
)

// jobOf is a row about a job.
func jobOf(code vc.Code, input, text string) row {
	return row{code, "a job " + input, func(*desk) []*vc.Problem {
		reading, err := match.ParseJob([]byte(text), match.JobOptions{})
		if bad, ok := errors.AsType[*match.JobError](err); ok {
			return bad.Problems
		}
		return reading.Found
	}}
}

const (
	jobItem  = `"0a000001-0000-4000-8000-000000000001"`
	position = `{"positionQualifications": [{"positionCompetencies": [{"competencyIds": [{"value": ` + jobItem + `}], `
)

var jobRows = []row{
	jobOf(match.CodeJobFormat, "that is an article", `{"headline": "We are hiring"}`),
	jobOf(match.CodeJobResume, "out of a person's record", `{"job": {"JDXjobDescription": {"skills": []}}}`),
	jobOf(match.CodeJobMissing, "with a requirement that names nothing", `{"requirements": [{"mandatory": true}]}`),
	jobOf(match.CodeJobMalformed, "with a code in place of an identifier", `{"requirements": [{"item": "B.2"}]}`),
	jobOf(match.CodeJobUnknown, "with a misspelt member", `{"requirements": [{"item": `+jobItem+`, "mandatry": true}]}`),
	jobOf(match.CodeJobLimit, "of a thousand and one requirements",
		`{"requirements": [`+strings.Repeat(`{"item": `+jobItem+`}, `, 1000)+`{"item": `+jobItem+`}]}`),
	jobOf(match.CodeJobSeveral, "opening with two profiles", `{"positionProfiles": [{}, {}]}`),
	jobOf(match.CodeJobUnkeyed, "description with a skill that only has a name", `{"skills": [{"name": "Sails well"}]}`),
	jobOf(match.CodeJobUnmatched, "description that asks for experience",
		`{"skills": [{"termCode": `+jobItem+`}], "requiredExperiences": [{"descriptions": ["two winters"]}]}`),
	jobOf(match.CodeJobRepeated, "description with one skill in two lists",
		`{"skills": [{"termCode": `+jobItem+`}], "competencies": [{"termCode": `+jobItem+`}]}`),
	jobOf(match.CodeJobLevel, "opening with a level in words", position+`"requiredProficiencyLevel": {"scoresText": [{"value": "good"}]}}]}]}`),
	jobOf(match.CodeJobWeights, "opening with percentages and points",
		position+`"weight": {"value": 40, "maximumScore": 100}}, {"competencyIds": [{"value": "urn:x:2"}], "weight": {"value": 4, "maximumScore": 5}}]}]}`),
	jobOf(match.CodeJobArchived, "list with a skill that was archived",
		`[{"skillName": "Sailing", "id": "https://skills.example/1", "archiveDate": "2024-01-01"}]`),
}

// followed is a row about a framework that links to what a host answers at /item and below
// /ims/case, and to a uri of its own.
func followed(code vc.Code, input, uri string, answers map[string]string, change func(*caseapi.FollowOptions)) row {
	return row{code, "a link of a framework " + input, func(d *desk) []*vc.Problem {
		srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			text, ok := answers[r.URL.Path]
			if !ok {
				http.NotFound(w, r)
				return
			}
			w.Header().Set("Content-Type", "application/json")
			fmt.Fprint(w, strings.ReplaceAll(text, "HOST", "http://"+r.Host))
		}))
		d.t.Cleanup(srv.Close)
		client, err := fetch.NewClient(fetch.Config{InsecureAllowLoopback: true})
		require.NoError(d.t, err)
		f, _, err := casefw.LoadBytes([]byte(strings.ReplaceAll(ourFramework, "LINK", strings.ReplaceAll(uri, "HOST", srv.URL))), casefw.Options{})
		require.NoError(d.t, err)
		o := caseapi.FollowOptions{Fetcher: client}
		if change != nil {
			change(&o)
		}
		got, err := caseapi.Follow(d.t.Context(), casefw.NewCatalog(f), o)
		require.NoError(d.t, err)
		return got.Found
	}}
}

const (
	linkedTo     = "0a000002-0000-4000-8000-000000000002"
	ourItem      = `{"identifier": "0a000001-0000-4000-8000-000000000001", "fullStatement": "Sails"}`
	ourFramework = `{"CFDocument": {"identifier": "0d000001-0000-4000-8000-000000000001"}, "CFItems": [` + ourItem + `], "CFAssociations": [
		{"associationType": "exactMatchOf", "originNodeURI": {"identifier": "0a000001-0000-4000-8000-000000000001"},
			"destinationNodeURI": {"identifier": "` + linkedTo + `", "uri": "LINK"}},
		{"associationType": "exactMatchOf", "originNodeURI": {"identifier": "0a000001-0000-4000-8000-000000000001"},
			"destinationNodeURI": {"identifier": "0a000003-0000-4000-8000-000000000003", "uri": "LINK/3"}}]}`
	theirPackage = `{"CFDocument": {"identifier": "0d000002-0000-4000-8000-000000000002"}, "CFItems": [{"identifier": "`
)

var linkRows = []row{
	followed(caseapi.CodeLinkAddress, "to a urn", "urn:example:sailing", nil, nil),
	followed(caseapi.CodeLinkNotCASE, "to a list of ships", "HOST/item", map[string]string{"/item": `["Ship"]`}, nil),
	followed(caseapi.CodeLinkAdrift, "to an item that is of no document", "HOST/item",
		map[string]string{"/item": `{"CFItem": {"identifier": "` + linkedTo + `", "fullStatement": "Sails"}}`}, nil),
	followed(caseapi.CodeLinkMissing, "to a framework without the item", "HOST/item", map[string]string{"/item": theirPackage + `x"}]}`}, nil),
	followed(caseapi.CodeLinkConflict, "to a framework with our item in other words", "HOST/item", map[string]string{
		"/item": theirPackage + linkedTo + `"}, ` + strings.Replace(ourItem, "Sails", "Sinks", 1) + `]}`}, nil),
	followed(caseapi.CodeLinkHost, "to a host that is empty", "HOST/item", nil, func(o *caseapi.FollowOptions) { o.MaxMisses = 1 }),
	followed(caseapi.CodeLinkBudget, "beyond what may be asked", "HOST/item", nil, func(o *caseapi.FollowOptions) { o.MaxRequests = 1 }),
}
