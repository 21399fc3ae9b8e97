// Package match holds what a learner claims against what a job asks for, over the links of
// competency frameworks.
//
//	graph := match.NewGraph(casefw.NewCatalog(school, industry, crosswalk))
//	asked, err := match.ParseJob(text, match.JobOptions{}) // ours, JDX, HR Open, RSD
//	matcher, err := graph.Prepare(asked.Job, match.DefaultPolicy()) // once for a job
//	outcome := matcher.Match(reading.Claims())                // for each applicant
//
// A [Claim] is one achievement that a credential asserts. Claims come from package
// clr/intake, which verified what they stand in: nothing here verifies anything, and a
// Claim carries who can be held to it, and whether it counts.
//
// An [Outcome] says of each requirement how far it is met, by which claim, whose word that
// is, and over which links of which framework; what counted for nothing, and why; and what
// nobody could tell. Evidence for the parts of a thing counts by how much of the whole they
// are, several pieces of evidence for one thing count once, and no number depends on
// anything but the policy, the frameworks and the claims: names, ages and addresses of
// people are not read.
package match
