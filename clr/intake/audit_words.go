package intake

import "github.com/laurel-edu/laurel/vc"

// Codes of records of readings, and of reading anew from them.
const (
	CodeRecordVersion   vc.Code = "record-version"          // no record of a reading, or of a later version
	CodeRecordMalformed vc.Code = "record-malformed"        // a part of it is nothing that was written so
	CodeSourceAltered   vc.Code = "record-source-altered"   // the bytes of a source are not those of its digest
	CodeUploadDiffers   vc.Code = "record-upload-differs"   // the record is of another upload
	CodeHolderNotGiven  vc.Code = "record-holder-not-given" // a holder was known then and is not given, or the other way round
	CodeNotRecorded     vc.Code = "record-source-missing"   // a reading anew asks for what the first one did not
	CodeReplayEnvelope  vc.Code = "replay-envelope-differs" // of another state
	CodeReplayEntries   vc.Code = "replay-entry-differs"    // an entry that is there only once
	CodeReplayVerdict   vc.Code = "replay-verdict-differs"  // of an entry
	CodeReplayStanding  vc.Code = "replay-standing-differs" // somebody else can be held to an entry
	CodeReplayValidity  vc.Code = "replay-validity-differs" // an entry began to hold, or ended
	CodeReplayFlags     vc.Code = "replay-flags-differ"     // of an entry, or whether it is about the learner
	CodeReplayCodes     vc.Code = "replay-codes-differ"     // of an entry or of the envelope
	CodeReplayReport    vc.Code = "replay-report-differs"   // in its words alone
)

const (
	specAudit   = "records of readings, of this library"
	readAgain   = "look at both reports: time, another version of the library or a changed record can be the cause"
	keepRecords = "keep records where only the operator writes, and their digests elsewhere"
)

var auditWords = vc.Words{
	CodeRecordVersion: {Type: vc.TypeParsing, Message: "this is no record of a reading that this version reads",
		Expected: `an object with "record": 1`, Fix: "give a record, or use the version of the library that wrote it", Spec: specAudit},
	CodeRecordMalformed: {Type: vc.TypeMalformedValue, Message: "a part of the record is nothing that was written so",
		Fix: keepRecords, Spec: specAudit},
	CodeSourceAltered: {Type: vc.TypeLaurel, Message: "a source in the record is not the one that was recorded",
		Fix: keepRecords, Spec: specAudit},
	CodeUploadDiffers: {Type: vc.TypeLaurel, Message: "the record is of another upload than this",
		Fix: "give the upload as it came, byte for byte", Spec: specAudit},
	CodeHolderNotGiven: {Type: vc.TypeLaurel,
		Message: "the record does not hold who was known to be the holder, and that decides what is found",
		Fix:     "give the holder where one was given then, and none where none was", Spec: specAudit},
	CodeNotRecorded: {Type: vc.TypeLaurel, Message: "the record has no answer to a request that is made now",
		Fix: "read the upload anew with a network, and record that", Spec: specAudit},
	CodeReplayEnvelope: {Type: vc.TypeLaurel, Severity: vc.SeverityWarning, Message: "the envelope is in another state",
		Fix: readAgain, Spec: specAudit},
	CodeReplayEntries: {Type: vc.TypeLaurel, Severity: vc.SeverityWarning, Message: "an entry is in one of the readings alone",
		Fix: readAgain, Spec: specAudit},
	CodeReplayVerdict: {Type: vc.TypeLaurel, Severity: vc.SeverityWarning, Message: "an entry has another verdict",
		Fix: readAgain, Spec: specAudit},
	CodeReplayStanding: {Type: vc.TypeLaurel, Severity: vc.SeverityWarning, Message: "somebody else can be held to an entry",
		Fix: readAgain, Spec: specAudit},
	CodeReplayValidity: {Type: vc.TypeLaurel, Severity: vc.SeverityWarning, Message: "whether an entry holds is not the same",
		Fix: readAgain, Spec: specAudit},
	CodeReplayFlags: {Type: vc.TypeLaurel, Severity: vc.SeverityWarning, Message: "what is to be known of an entry is something else",
		Fix: readAgain, Spec: specAudit},
	CodeReplayCodes: {Type: vc.TypeLaurel, Severity: vc.SeverityWarning, Message: "other things are said to be wrong",
		Fix: readAgain, Spec: specAudit},
	CodeReplayReport: {Type: vc.TypeLaurel, Severity: vc.SeverityWarning, Message: "the report says the same in other words",
		Fix: readAgain, Spec: specAudit},
}
