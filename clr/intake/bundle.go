package intake

import (
	"archive/zip"
	"context"
	"slices"
	"sync"

	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/verify"
)

// Unread is a file of an archive that holds nothing which is read here, or could not be read.
type Unread struct {
	Member string
	Report *verify.Report // says why
}

// bundle reads every document of an archive, several at a time.
func (b *batch) bundle(ctx context.Context, u unpacked) (*Reading, error) {
	r := &Reading{Kind: KindBundle, Envelope: Envelope{State: EnvelopeUnsigned}}
	var all []result
	var problems []*vc.Problem
	if u.parts != nil {
		all = b.several(ctx, u.parts)
	} else {
		all, problems = b.unzip(ctx, u.bytes)
	}
	var err error
	for _, one := range all {
		r.entries, r.records = append(r.entries, one.entries...), append(r.records, one.records...)
		if one.entries == nil && one.root.Report != nil {
			r.Unread = append(r.Unread, Unread{one.member, one.root.Report})
		}
		if one.err != nil && err == nil {
			err = one.err
		}
	}
	if len(r.entries) == 0 && len(problems) == 0 {
		problems = append(problems, words.Problem(CodeArchiveEmpty, "", ""))
	}
	repeats(r.entries)
	r.Envelope.bundled(problems, r.Unread)
	if r.Envelope.Report.Verdict == verify.VerdictUnreadable {
		r.Envelope.State = EnvelopeUnreadable
	}
	return r, err
}

// bundled says of an archive what was off.
func (e *Envelope) bundled(problems []*vc.Problem, unread []Unread) {
	e.Report = &verify.Report{Verdict: verify.VerdictNotVerified}
	e.Report.Checks = []verify.Check{{Name: verify.CheckParse, Outcome: verify.OutcomePassed}}
	if len(problems) > 0 {
		e.Report.Checks[0].Outcome, e.Report.Checks[0].Problems = verify.OutcomeFailed, problems
	}
	e.Codes = codesOf(e.Report)
	for _, u := range unread {
		for _, code := range codesOf(u.Report) {
			if !slices.Contains(e.Codes, code) {
				e.Codes = append(e.Codes, code)
			}
		}
	}
}

// unzip reads an archive. Files are inflated one after the other, and each is forgotten once it
// was read but for what the reading keeps of it.
func (b *batch) unzip(ctx context.Context, upload []byte) ([]result, []*vc.Problem) {
	left := b.config.Limits.Bytes
	z := zipped{batch: b, ctx: ctx, left: &left, slots: make(chan struct{}, b.parallel())}
	z.archive("", upload, 0)
	z.wait.Wait()
	return z.results, z.problems
}

// zipped is an archive under way.
type zipped struct {
	*batch
	ctx      context.Context
	left     *int
	slots    chan struct{} // one for each document that is verified
	wait     sync.WaitGroup
	mu       sync.Mutex // of results
	results  []result   // by the order of files
	problems []*vc.Problem
}

func (z *zipped) archive(name string, b []byte, depth int) {
	a := &archive{limits: z.config.Limits, left: z.left, names: map[string]bool{}}
	files, problem := a.files(b)
	if problem != nil {
		z.problems = append(z.problems, problem)
	}
	for _, f := range files {
		z.file(a, f, name, depth)
	}
}

// file reads one file of an archive, which may be an archive.
func (z *zipped) file(a *archive, f *zip.File, within string, depth int) {
	member := f.Name
	if within != "" {
		member = within + "!/" + member
	}
	if err := z.ctx.Err(); err != nil {
		z.unread(member, vc.ProblemOf(err), err)
		return
	}
	content, problem := a.open(f)
	if problem != nil {
		z.unread(member, problem, nil)
		return
	}
	switch u := z.unpack(content); {
	case u.bundle && u.parts == nil && depth >= z.config.Limits.Depth:
		z.unread(member, words.Problem(CodeArchiveTooDeep, "", vc.Quote(member)), nil)
	case u.bundle && u.parts == nil:
		z.archive(member, content, depth+1)
	case u.bundle:
		for _, p := range u.parts {
			p.member = member + "!/" + p.member
			z.verify(p)
		}
	case u.problem != nil:
		z.unread(member, u.problem, nil)
	default:
		u.member = member
		z.verify(u.part)
	}
}

// verify verifies a document beside others.
func (z *zipped) verify(p part) {
	p.inBundle = true
	z.slots <- struct{}{}
	z.mu.Lock()
	at := len(z.results)
	z.results = append(z.results, result{})
	z.mu.Unlock()
	z.wait.Go(func() {
		defer func() { <-z.slots }()
		out := z.document(z.ctx, p)
		z.mu.Lock()
		defer z.mu.Unlock()
		z.results[at] = out
	})
}

func (z *zipped) unread(member string, p *vc.Problem, err error) {
	z.mu.Lock()
	defer z.mu.Unlock()
	z.results = append(z.results, result{member: member,
		root: verify.Embedded{Nested: verify.Nested{Report: z.unreadable(p).Envelope.Report}}, err: err})
}

// several reads the documents of one image.
func (b *batch) several(ctx context.Context, parts []part) (all []result) {
	for _, p := range parts {
		p.inBundle = true
		all = append(all, b.document(ctx, p))
	}
	return all
}
