package plan

import "github.com/laurel-edu/laurel/vc"

// The codes of what is wrong with plans, events, records of gradebooks and states.
const (
	CodeMemberMissing   vc.Code = "plan-member-missing"   // a member that is needed
	CodeMemberMalformed vc.Code = "plan-member-malformed" // a value that its member cannot have
	CodeMemberUnknown   vc.Code = "plan-member-unknown"   // in a plan, where a misspelt policy would be the default
	CodeMemberRepaired  vc.Code = "plan-member-repaired"  // a record of a gradebook in a dialect
	CodeLimit           vc.Code = "plan-limit"            // more than a limit of this package

	CodeConditionEmpty     vc.Code = "plan-condition-empty"     // a group of nothing
	CodeConditionAmbiguous vc.Code = "plan-condition-ambiguous" // two operators in one condition
	CodeOperatorUnknown    vc.Code = "plan-operator-unknown"    // no operator of this package
	CodeAtLeastRange       vc.Code = "plan-at-least-range"      // none, or more than there are
	CodePercentRange       vc.Code = "plan-percent-range"       // below 0 or above 100
	CodeTooDeep            vc.Code = "plan-too-deep"            // conditions in conditions
	CodeNoPositive         vc.Code = "plan-no-positive"         // met by whoever did nothing
	CodeRequirementTwice   vc.Code = "plan-requirement-twice"   // one result would count twice
	CodeFrameworkUnknown   vc.Code = "plan-framework-unknown"   // not in the catalog
	CodeItemUnknown        vc.Code = "plan-item-unknown"        // not in the framework
	CodeItemRetired        vc.Code = "plan-item-retired"        // the item's end is past
	CodeItemGrouping       vc.Code = "plan-item-grouping"       // an item that others stand below
	CodeLevelUnknown       vc.Code = "plan-level-unknown"       // not a level of the criterion
	CodePrerequisiteCycle  vc.Code = "plan-prerequisite-cycle"  // plans that wait for one another
	CodeDuplicate          vc.Code = "plan-duplicate"           // two plans of one id and version
	CodeWindowReversed     vc.Code = "plan-window-reversed"     // the end before the beginning
	CodeNotesRule          vc.Code = "plan-notes-rule"          // a rule in the notes of an item that cannot be read
)

const (
	ours    = vc.TypeLaurel // W3C, which defines the types, has none for plans
	warning = vc.SeverityWarning
	never   = "nobody could ever meet it, or everybody does"
)

var words = vc.Words{
	CodeMemberMissing:   {Type: ours, Message: "a member that is needed is not there", Fix: "write it"},
	CodeMemberMalformed: {Type: ours, Message: "the value is none that the member can have", Fix: "write what is expected"},
	CodeMemberUnknown:   {Type: ours, Message: "plans have no member of this name", Fix: "mend its spelling, or leave it out"},
	CodeMemberRepaired: {
		Type: ours, Severity: warning, Message: "the value is not written as the standard has it", Fix: "read as what it means",
	},
	CodeLimit: {Type: ours, Message: "there is more than a limit of this library takes", Fix: "split it, or look for a generator's fault"},

	CodeConditionEmpty: {Type: ours, Message: "the group has no conditions", Fix: "name what is required; " + never},
	CodeConditionAmbiguous: {
		Type: ours, Message: "the condition has more than one operator", Fix: "put each into a condition of its own, within allOf or anyOf",
	},
	CodeOperatorUnknown: {
		Type: ours, Message: "the condition has no operator that is known",
		Expected: "allOf, anyOf, atLeast with of, not, item, rubricCriterion or achievement", Fix: "use one of these",
	},
	CodeAtLeastRange: {
		Type: ours, Message: "the number is not one of the conditions that there are", Expected: "from 1 to their number",
		Fix: "mend it; " + never,
	},
	CodePercentRange: {
		Type: ours, Message: "the percentage is not between 0 and 100", Expected: "75 for three quarters", Fix: "mend it",
	},
	CodeTooDeep: {Type: ours, Message: "conditions are nested deeper than the limit", Fix: "write the plan flatter"},
	CodeNoPositive: {
		Type: ours, Message: "a learner without any result meets the condition", Fix: "require at least one result or achievement",
	},
	CodeRequirementTwice: {
		Type: ours, Message: "the group names the same requirement twice, which one result would meet",
		Fix: "name it once, and use minOccurrences for several results",
	},
	CodeFrameworkUnknown: {Type: ours, Message: "the framework of the plan is not at hand", Fix: "put it into the catalog of the Config"},
	CodeItemUnknown:      {Type: ours, Message: "the framework has no such item", Fix: "name the identifier of one of its items"},
	CodeItemRetired: {
		Type: ours, Severity: warning, Message: "the item is no longer in force", Fix: "name the item that replaced it",
	},
	CodeItemGrouping: {
		Type: ours, Severity: warning, Message: "the item has others below it, and results are seldom given to it",
		Fix: `say via "descendants", or name the items below`,
	},
	CodeLevelUnknown: {Type: ours, Message: "the criterion or its level is not in the framework", Fix: "name a level of this criterion"},
	CodePrerequisiteCycle: {
		Type: ours, Message: "the achievement requires itself, directly or by way of others", Fix: "take one of the requirements out",
	},
	CodeDuplicate:      {Type: ours, Message: "another plan has the same id and version", Fix: "give a changed plan the next version"},
	CodeWindowReversed: {Type: ours, Message: "the end is before the beginning", Fix: "exchange them"},
	CodeNotesRule: {
		Type: ours, Severity: warning, Message: "the rule in the notes of the item cannot be read",
		Expected: `{"requires": 2, "of": [identifiers]} between the markers`, Fix: "left out of the draft",
	},
}
