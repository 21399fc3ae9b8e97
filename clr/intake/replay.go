package intake

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/laurel-edu/laurel/vc"
)

// Replayed is an upload that was read anew from a [Record] alone.
type Replayed struct {
	// Then is the reading as of the instant of the record, Now as of today.
	Then, Now *Reading
	// Differs is in what Then is not what was recorded: by a change of the library, of the
	// record, or of a reading that ended before its time. It is empty where the record holds.
	Differs []*vc.Problem
	// Since is in what Now is not what Then is: what ended, or began, by the passing of time.
	// What others changed since is not looked at.
	Since []*vc.Problem
}

// ReplayOptions say what a record does not hold.
type ReplayOptions struct {
	// Now is the clock of today, time.Now by default.
	Now func() time.Time
	// Holder is Options.Holder of the reading, where there was one.
	Holder string
}

// Replay reads an upload anew from the sources of its record and asks nobody: as of then, and
// as of now. An upload that is not the one of the record, or a record whose sources are not
// those of their digests, is a [*vc.Problem]; so is a Holder that is missing or too many.
func Replay(ctx context.Context, record *Record, upload []byte, o ReplayOptions) (*Replayed, error) {
	if err := record.replayable(upload, o); err != nil {
		return nil, err
	}
	now, err := momentOf(o.Now)
	if err != nil {
		return nil, err
	}
	r := new(Replayed)
	if r.Then, err = record.read(ctx, upload, record.At, o); err != nil {
		return nil, err
	}
	if r.Now, err = record.read(ctx, upload, now, o); err != nil {
		return nil, err
	}
	then := foundOf(r.Then)
	r.Differs, r.Since = differences(&record.Found, &then), differences(&then, new(foundOf(r.Now)))
	return r, nil
}

func (r *Record) replayable(upload []byte, o ReplayOptions) error {
	switch {
	case r.Version != recordVersion:
		return auditWords.Problem(CodeRecordVersion, "/record", "")
	case digestOf(upload) != r.Upload:
		return auditWords.Problem(CodeUploadDiffers, "/upload", digestOf(upload).SHA256)
	case r.Asked.Holder != (o.Holder != ""):
		return auditWords.Problem(CodeHolderNotGiven, "/asked/holder", "")
	}
	for i := range r.Sources {
		if p := r.Sources[i].check(i); p != nil {
			return p
		}
	}
	return nil
}

// read reads the upload as of an instant.
func (r *Record) read(ctx context.Context, upload []byte, at time.Time, o ReplayOptions) (*Reading, error) {
	c, err := r.Policy.config()
	if err != nil {
		return nil, err
	}
	if err := r.plug(&c); err != nil {
		return nil, err
	}
	c.Verify.Now = func() time.Time { return at }
	reader, err := New(c)
	if err != nil {
		p := auditWords.Problem(CodeRecordMalformed, "/policy", "")
		p.Err = err
		return nil, p
	}
	options := Options{Holder: o.Holder}
	options.Expect.Challenge, options.Expect.Domain = r.Asked.Challenge, r.Asked.Domain
	options.Expect.HolderIsSubject = r.Asked.HolderIsSubject
	return reader.Read(ctx, upload, options)
}

// differences are in what one finding is not another, in the order of the document.
func differences(was, is *Found) (all []*vc.Problem) {
	tell := func(code vc.Code, pointer, before, after string) {
		if before != after {
			p := auditWords.Problem(code, pointer, after)
			p.Expected = before
			all = append(all, p)
		}
	}
	tell(CodeReplayEnvelope, "", was.State, is.State)
	tell(CodeReplayCodes, "", joined(was.Codes), joined(is.Codes))
	now := map[string]*FoundEntry{}
	for i := range is.Entries {
		now[is.Entries[i].place()] = &is.Entries[i]
	}
	for i := range was.Entries {
		a := &was.Entries[i]
		b := now[a.place()]
		if delete(now, a.place()); b == nil {
			tell(CodeReplayEntries, a.place(), string(a.Kind), "")
			continue
		}
		tell(CodeReplayVerdict, a.place(), a.Verdict, b.Verdict)
		tell(CodeReplayStanding, a.place(), a.Standing, b.Standing)
		tell(CodeReplayValidity, a.place(), a.Validity, b.Validity)
		tell(CodeReplayFlags, a.place(), joined(a.marks()), joined(b.marks()))
		tell(CodeReplayCodes, a.place(), joined(a.Codes), joined(b.Codes))
	}
	for i := range is.Entries {
		if e := &is.Entries[i]; now[e.place()] != nil {
			tell(CodeReplayEntries, e.place(), "", string(e.Kind))
		}
	}
	if len(all) == 0 && !slices.EqualFunc(was.Reports, is.Reports, sameReport) {
		tell(CodeReplayReport, "", "the report", "another report")
	}
	return all
}

// place names an entry: the file, and where in that it stands.
func (e *FoundEntry) place() string { return e.Member + e.Pointer }

// marks are its flags, behind whether it is about the learner.
func (e *FoundEntry) marks() []Flag { return append([]Flag{Flag(e.Subject)}, e.Flags...) }

func sameReport(a, b Reported) bool {
	return a.Member == b.Member && string(a.Report) == string(b.Report)
}

func joined[T ~string](list []T) string {
	var b strings.Builder
	for i, item := range list {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(string(item))
	}
	return b.String()
}
