package match_test

import (
	"fmt"

	"github.com/laurel-edu/laurel/casefw/match"
)

// A job description of the JDX becomes requirements, and what else it asks for is told.
func ExampleParseJob() {
	reading, err := match.ParseJob([]byte(`{
		"title": "Boatbuilder",
		"skills": [
			{"name": "Planking", "termCode": "0a000001-0000-4000-8000-000000000001", "annotation": {"required": true}},
			{"name": "Carpentry", "termCode": "47-2031.00", "inDefinedTermSet": {"name": "O*NET-SOC 2019"}}
		],
		"requiredEducation": [{"descriptions": ["an apprenticeship"]}]
	}`), match.JobOptions{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, r := range reading.Job.Requirements {
		fmt.Println(r.ID, r.Target.TargetName, r.Target.TargetType, r.Target.TargetCode, *r.Weight, r.Mandatory)
	}
	for _, p := range reading.Found {
		fmt.Println(p.Code, p.Pointer)
	}
	// Output:
	// skills/0 Planking CFItem 0a000001-0000-4000-8000-000000000001 3 true
	// skills/1 Carpentry ext:onet 47-2031.00 1 false
	// job-part-unmatched /requiredEducation
}
