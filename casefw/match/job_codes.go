package match

import "github.com/laurel-edu/laurel/vc"

// The codes of what is wrong with a job that is read.
const (
	CodeJobFormat    vc.Code = "job-format-unknown"       // none of the formats that are read
	CodeJobResume    vc.Code = "job-in-resume"            // what an applicant aims at, and no job
	CodeJobMissing   vc.Code = "job-member-missing"       // a member that is needed
	CodeJobMalformed vc.Code = "job-member-malformed"     // a value that its member cannot have
	CodeJobUnknown   vc.Code = "job-member-unknown"       // where a misspelt member would ask for less
	CodeJobLimit     vc.Code = "job-limit"                // more than a limit of this package
	CodeJobSeveral   vc.Code = "job-several"              // several jobs in one text
	CodeJobUnkeyed   vc.Code = "job-term-unkeyed"         // named, and not identified
	CodeJobUnmatched vc.Code = "job-part-unmatched"       // asked for, and nothing that is matched
	CodeJobRepeated  vc.Code = "job-requirement-repeated" // one thing in two lists
	CodeJobLevel     vc.Code = "job-level-unread"         // a level that is no number
	CodeJobWeights   vc.Code = "job-weights-mixed"        // weights on several scales
	CodeJobArchived  vc.Code = "job-skill-archived"       // a descriptor that was withdrawn
)

var jobWords = vc.Words{
	CodeJobFormat: {
		Type: vc.TypeLaurel, Message: "the text is no job in a form that is read",
		Expected: "a job with requirements, a job description of the JDX, a position opening of HR Open, or rich skill descriptors",
		Fix:      "hand in one of these",
	},
	CodeJobResume: {
		Type: vc.TypeLaurel, Message: "the text is a person's record, and says what that person aims at",
		Fix: "hand in the job as its employer describes it",
	},
	CodeJobMissing:   {Type: vc.TypeLaurel, Message: "a member that is needed is not there", Fix: "write it"},
	CodeJobMalformed: {Type: vc.TypeLaurel, Message: "the value is none that the member can have", Fix: "write what is expected"},
	CodeJobUnknown:   {Type: vc.TypeLaurel, Message: "there is no member of this name here", Fix: "mend its spelling, or leave it out"},
	CodeJobLimit:     {Type: vc.TypeLaurel, Message: "there is more than a limit of this library takes", Fix: "name what matters"},
	CodeJobSeveral:   {Type: vc.TypeLaurel, Message: "the text has several jobs", Fix: "hand in each by itself"},
	CodeJobUnkeyed: {
		Type: vc.TypeLaurel, Severity: vc.SeverityWarning, Message: "the term has a name alone, and nothing is matched by name",
		Expected: "a termCode with its inDefinedTermSet, or an identifier",
		Fix:      "add the identifier; until then nobody can say how far it is met",
	},
	CodeJobUnmatched: {
		Type: vc.TypeLaurel, Severity: vc.SeverityWarning, Message: "the job asks for this as well, and claims are not matched with it",
		Fix: "let a person look at it",
	},
	CodeJobRepeated: {
		Type: vc.TypeLaurel, Severity: vc.SeverityWarning, Message: "the job asks for the same twice",
		Fix: "it counts once, by the stronger of the two",
	},
	CodeJobLevel: {
		Type: vc.TypeLaurel, Severity: vc.SeverityWarning, Message: "the level is not a number on a scale of levels",
		Expected: "a number above zero", Fix: "any level counts; write the level as a number",
	},
	CodeJobWeights: {
		Type: vc.TypeLaurel, Severity: vc.SeverityWarning, Message: "weights of the job are on different scales",
		Fix: "read as they stand; write all of them on one scale",
	},
	CodeJobArchived: {
		Type: vc.TypeLaurel, Severity: vc.SeverityWarning, Message: "the skill was withdrawn by whoever described it",
		Fix: "name the skill that is current",
	},
}
