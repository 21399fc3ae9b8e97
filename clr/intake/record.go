package intake

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"runtime/debug"
	"time"

	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/vc"
)

// Record is what is kept of a reading, so that it can be explained and repeated years later:
// of what upload, when, by which policy and version, which keys and documents of others it
// rests on, with their bytes, and what was found. [Reader.Record] makes one, [Record.JSON]
// writes it, [ParseRecord] reads it back, and [Replay] reads the upload anew from it.
//
// It holds the digest of the upload and not the upload, no secret, and of the holder no more
// than what the report quotes of the upload. Holds says so in the document itself. Who may
// change a Record can change what it says: keep it, or its digest, where only the operator
// writes.
type Record struct {
	Version int       `json:"record"` // of this format, 1
	Holds   []string  `json:"holds"`
	Library string    `json:"library"` // the version of this module, "(devel)" where none is known
	At      time.Time `json:"at"`      // the instant of the reading
	Upload  Digest    `json:"upload"`
	Policy  Policy    `json:"policy"`
	Asked   Asked     `json:"asked"`
	Keys    []Key     `json:"keys"`
	Sources []Source  `json:"sources"`
	Answers []Answer  `json:"answers"`
	Found   Found     `json:"found"`
}

// Digest fixes bytes that are kept elsewhere.
type Digest struct {
	SHA256 string `json:"sha256"` // hexadecimal, in lower case
	Bytes  int    `json:"bytes"`
}

func digestOf(b []byte) Digest {
	sum := sha256.Sum256(b)
	return Digest{hex.EncodeToString(sum[:]), len(b)}
}

// Asked is what was expected of the upload.
type Asked struct {
	Challenge       string   `json:"challenge,omitzero"`
	Domain          []string `json:"domain,omitzero"`
	HolderIsSubject bool     `json:"holderIsSubject,omitzero"`
	// Holder is set where Options.Holder was, which is not kept: whoever replays gives it anew.
	Holder bool `json:"holder,omitzero"`
}

// Key is a key that a proof checked out with.
type Key struct {
	Member  string `json:"member,omitzero"`
	Pointer string `json:"pointer"` // of the proof
	Issuer  string `json:"issuer"`
	By      string `json:"by"` // the suite or algorithm, and the URL of the key
}

const (
	recordVersion  = 1
	maxRecord      = 256 << 20 // bytes: a record of ten thousand badges, its report and some status lists
	maxRecordDepth = 80        // that of a report, with the reports in it
)

var holds = []string{
	"the SHA-256 digest of the upload, not the upload",
	"the policy, and the challenge and domain that were expected; not who was known to be the holder",
	"every document of others that was read, public keys and status lists among them",
	"what the registries of the operator said of issuers",
	"the report, which quotes identifiers and values of the upload",
	"no private key, password or token of the operator",
}

// Record reads one upload and returns the reading together with its Record. Nothing that an
// earlier reading left in a cache of status lists or schemas is used, so that all that this
// one rests on is in the Record; the Fetcher's own cache may answer. Errors are those of
// [Reader.Read].
func (r *Reader) Record(ctx context.Context, upload []byte, o Options) (*Reading, *Record, error) {
	k := &recorder{}
	c, at, err := k.listen(r.given)
	if err != nil {
		return nil, nil, err
	}
	reader, err := New(c)
	if err != nil {
		return nil, nil, err
	}
	reading, err := reader.Read(ctx, upload, o)
	if reading == nil {
		return nil, nil, err
	}
	record := &Record{
		Version: recordVersion, Holds: holds, Library: libraryVersion(), At: at, Upload: digestOf(upload),
		Policy: policyOf(r.given), Asked: askedOf(o), Found: foundOf(reading), Keys: keysOf(reading),
	}
	record.Sources, record.Answers = k.heard()
	return reading, record, err
}

func askedOf(o Options) Asked {
	return Asked{Challenge: o.Expect.Challenge, Domain: o.Expect.Domain, HolderIsSubject: o.Expect.HolderIsSubject, Holder: o.Holder != ""}
}

// libraryVersion is the version of this module in the program that runs.
func libraryVersion() string {
	const path = "github.com/laurel-edu/laurel"
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "(unknown)"
	}
	for _, m := range info.Deps {
		if m.Path == path {
			return m.Version
		}
	}
	return info.Main.Version
}

// JSON writes the record as one document. One that is longer than [ParseRecord] reads is the
// error of ParseRecord.
func (r *Record) JSON() ([]byte, error) {
	text, err := vc.Marshal(r)
	if err == nil && len(text) > maxRecord {
		_, err = ParseRecord(text)
	}
	return text, err
}

// ParseRecord reads a record that [Record.JSON] wrote. Errors are [*vc.Problem]s: of JSON, of
// [CodeRecordVersion], and of [CodeSourceAltered] where the bytes of a source are not those
// of its digest.
func ParseRecord(src []byte) (*Record, error) {
	doc, err := jsonx.Parse(src, jsonx.Limits{Bytes: maxRecord, Depth: maxRecordDepth}, nil)
	if err != nil {
		return nil, vc.ProblemOf(err)
	}
	if v := doc.Root().Get("record"); string(v.Raw()) != "1" {
		return nil, auditWords.Problem(CodeRecordVersion, "/record", v.Shown())
	}
	r := new(Record)
	if err := vc.Unmarshal(src, r); err != nil {
		return nil, vc.ProblemOf(err)
	}
	for i := range r.Sources {
		if p := r.Sources[i].check(i); p != nil {
			return nil, p
		}
	}
	return r, nil
}
