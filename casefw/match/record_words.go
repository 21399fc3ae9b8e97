package match

import "github.com/laurel-edu/laurel/vc"

// Codes of records of matches, and of matching anew from them.
const (
	CodeRecordVersion   vc.Code = "match-record-version"           // no record of a match, or of a later version
	CodeRecordMalformed vc.Code = "match-record-malformed"         // its parts do not fit together
	CodeReplayFramework vc.Code = "match-replay-framework-differs" // another version of a framework, or one that is there only once
	CodeReplayScore     vc.Code = "match-replay-score-differs"     // of a requirement
	CodeReplayReasons   vc.Code = "match-replay-reasons-differ"    // the same score by other evidence, or with other flags
	CodeReplayTotal     vc.Code = "match-replay-total-differs"     // of the job
	CodeReplayQualified vc.Code = "match-replay-qualified-differs" // what is mandatory is met, or is not
	CodeReplayIgnored   vc.Code = "match-replay-ignored-differs"   // other claims count for nothing, or for other reasons
)

const (
	specRecord = "records of matches, of this library"
	warning    = vc.SeverityWarning // a difference is no fault
	asThen     = "match with the frameworks as they were, to see whether anything else made the difference"
)

var recordWords = vc.Words{
	CodeRecordVersion: {Type: vc.TypeParsing, Message: "this is no record of a match that this version reads",
		Expected: `an object with "match": 1`, Fix: "give a record, or use the version of the library that wrote it", Spec: specRecord},
	CodeRecordMalformed: {Type: vc.TypeMalformedValue, Message: "the parts of the record do not fit together",
		Fix: "keep records where only the operator writes, and their digests elsewhere", Spec: specRecord},
	CodeReplayFramework: {Type: vc.TypeLaurel, Severity: warning, Message: "a framework is not the one of the record",
		Fix: "give the version that the record names", Spec: specRecord},
	CodeReplayScore: {Type: vc.TypeLaurel, Severity: warning, Message: "a requirement has another score",
		Fix: asThen, Spec: specRecord},
	CodeReplayReasons: {Type: vc.TypeLaurel, Severity: warning, Message: "a requirement has the same score for other reasons",
		Fix: asThen, Spec: specRecord},
	CodeReplayTotal: {Type: vc.TypeLaurel, Severity: warning, Message: "the total is another one",
		Fix: asThen, Spec: specRecord},
	CodeReplayQualified: {Type: vc.TypeLaurel, Severity: warning, Message: "whether all that is mandatory is met is not the same",
		Fix: asThen, Spec: specRecord},
	CodeReplayIgnored: {Type: vc.TypeLaurel, Severity: warning, Message: "other claims count for nothing, or for other reasons",
		Fix: asThen, Spec: specRecord},
}
