package disclose

// Code names why an SD-JWT was refused.
type Code string

// The codes of [Error].
const (
	CodeParts        Code = "sd-jwt-malformed"          // not a JWS and disclosures, each ended by a tilde
	CodeTooMany      Code = "sd-disclosures-too-many"   // more disclosures than are read
	CodeHash         Code = "sd-alg-not-allowed"        // _sd_alg is none of SHA-256, SHA-384, SHA-512
	CodeDisclosure   Code = "sd-disclosure-malformed"   // no array of a salt, a name and a value, or of a salt and a value
	CodeName         Code = "sd-disclosure-name"        // it discloses a member whose name is the mechanism's own
	CodeUnused       Code = "sd-disclosure-unused"      // no digest in the payload is that of the disclosure
	CodeRepeated     Code = "sd-digest-repeated"        // a digest or a disclosure stands twice
	CodeDigest       Code = "sd-digest-malformed"       // _sd is no array of strings, or ... is no element alone
	CodeOverwrite    Code = "sd-member-overwritten"     // it discloses a member that is there already
	CodeProtected    Code = "sd-member-not-disclosable" // who hides it would change what the rest means
	CodeTooDeep      Code = "sd-disclosures-too-deep"   // disclosures within one another, deeper than a document may be
	CodeAlgElsewhere Code = "sd-alg-misplaced"          // _sd_alg below the top
)

// Error says why, and where: a pointer into the processed payload, "" for the whole.
type Error struct {
	Code    Code
	Pointer string
	Detail  string // what was found, with nothing of what is disclosed
	Err     error  // that of the JSON of a disclosure
}

// Error implements error.
func (e *Error) Error() string { return "disclose: " + string(e.Code) + ": " + e.Detail }

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }
