package disclose

// Fault says why an SD-JWT was refused. Package vc has the names that reports know them by.
type Fault uint8

// The faults of [Error].
const (
	FaultParts        Fault = iota + 1 // not a JWS and disclosures, each ended by a tilde
	FaultTooMany                       // more disclosures than are read
	FaultHash                          // _sd_alg is none of SHA-256, SHA-384, SHA-512
	FaultDisclosure                    // no array of a salt, a name and a value, or of a salt and a value
	FaultName                          // it discloses a member whose name is the mechanism's own
	FaultUnused                        // no digest in the payload is that of the disclosure
	FaultRepeated                      // a digest or a disclosure stands twice
	FaultDigest                        // _sd is no array of strings, or ... is no element alone
	FaultOverwrite                     // it discloses a member that is there already
	FaultProtected                     // who hides it would change what the rest means
	FaultTooDeep                       // disclosures within one another, deeper than a document may be
	FaultAlgElsewhere                  // _sd_alg below the top
)

// Error says why, and where: a pointer into the processed payload, "" for the whole.
type Error struct {
	Fault   Fault
	Pointer string
	Detail  string // what was found, with nothing of what is disclosed
	Err     error  // that of the JSON of a disclosure
}

// Error implements error.
func (e *Error) Error() string { return "disclose: " + e.Detail }

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }
