package hub

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"time"

	"github.com/laurel-edu/laurel/vc"
)

// All yields the credentials of an owner and a kind in their order, page by page. It ends
// with the first error.
func All(ctx context.Context, s Store, o Owner, k Kind) iter.Seq2[Stored, error] {
	return func(yield func(Stored, error) bool) {
		for q := (Query{Kind: k}); ; {
			page, err := s.List(ctx, o, q)
			if err != nil {
				yield(Stored{}, err)
				return
			}
			for _, e := range page.Entries {
				if !yield(e, nil) {
					return
				}
			}
			if page.Next <= q.After {
				return
			}
			q.After = page.Next
		}
	}
}

// EraseTenant forgets everything of all owners of a tenant, one after the other. After an
// error it can be called again.
func EraseTenant(ctx context.Context, s Store, tenant string) error {
	for after := ""; ; {
		users, err := s.Owners(ctx, tenant, after, MaxLimit)
		if err != nil || len(users) == 0 {
			return err
		}
		for _, user := range users {
			if err := s.Erase(ctx, Owner{tenant, user}); err != nil {
				return err
			}
			after = user
		}
	}
}

// line is one of an export: each has one member.
type line struct {
	Owner      *ownerLine      `json:"owner,omitzero"` // the first
	Profile    *profileLine    `json:"profile,omitzero"`
	Credential *credentialLine `json:"credential,omitzero"`
	End        *endLine        `json:"end,omitzero"` // the last: without it something is missing
}

type ownerLine struct {
	Tenant string `json:"tenant"`
	User   string `json:"user"`
}

type profileLine struct {
	Changed time.Time `json:"changed"`
	Text    string    `json:"text"`
}

type credentialLine struct {
	Kind      string    `json:"kind"`
	Issuer    string    `json:"issuer"`
	ID        string    `json:"id"`
	ValidFrom time.Time `json:"validFrom"`
	Form      string    `json:"form"`
	Changed   time.Time `json:"changed"`
	Text      string    `json:"text"`
}

type endLine struct {
	Credentials int `json:"credentials"`
}

// DefaultMaxLine bounds a line of an export, in bytes: escaped, a text is at most twice as
// long as it is, and so are the ids.
const DefaultMaxLine = 2*(MaxRaw+2*MaxID) + 1<<10

// Export writes everything that is kept of an owner, for the person or for [Import]: lines
// of JSON, with each text as it was received. The last line counts the credentials.
func Export(ctx context.Context, s Store, o Owner, w io.Writer) error {
	if err := writeLine(w, line{Owner: &ownerLine{o.Tenant, o.User}}); err != nil {
		return err
	}
	p, err := s.Profile(ctx, o)
	switch {
	case err == nil:
		if err := writeLine(w, line{Profile: &profileLine{p.Changed, string(p.Raw)}}); err != nil {
			return err
		}
	case !errors.Is(err, ErrNotFound):
		return err
	}
	n := 0
	for _, kind := range Kinds() {
		for e, err := range All(ctx, s, o, kind) {
			if err != nil {
				return err
			}
			if err := writeLine(w, line{Credential: newCredentialLine(&e)}); err != nil {
				return err
			}
			n++
		}
	}
	return writeLine(w, line{End: &endLine{n}})
}

func newCredentialLine(e *Stored) *credentialLine {
	return &credentialLine{Kind: e.Kind.String(), Issuer: e.Issuer, ID: e.ID, ValidFrom: e.ValidFrom,
		Form: e.Form.String(), Changed: e.Changed, Text: string(e.Raw)}
}

func writeLine(w io.Writer, l line) error {
	b, err := vc.Marshal(l)
	if err != nil {
		return err
	}
	_, err = w.Write(append(b, '\n'))
	return err
}

// ImportOptions steers [Import].
type ImportOptions struct {
	// Check is asked for each credential before it is kept, and its error ends the import.
	// Where the lines come from anybody but an operator of ours it must verify: nothing
	// else does, and a line says of its text what it likes. nil asks nobody.
	Check func(ctx context.Context, c Credential) error
	// MaxLine bounds a line, in bytes: DefaultMaxLine where it is 0.
	MaxLine int
}

// Imported counts what an [Import] did.
type Imported struct {
	Created, Replaced, Unchanged, Older int
	Profile                             bool // it was kept
}

// Import keeps what [Export] wrote, for an owner who need not be the one that it was
// exported of. Credentials are upserted in their order; a profile is kept where there is
// none. It can be repeated: what is there already is unchanged. The error is that of a line
// that cannot be read, of an end that is missing, or of the store; what came before it is
// kept.
func Import(ctx context.Context, s Store, o Owner, r io.Reader, opt ImportOptions) (Imported, error) {
	in := importing{s: s, o: o, check: opt.Check}
	most := opt.MaxLine
	if most <= 0 {
		most = DefaultMaxLine
	}
	lines := bufio.NewReaderSize(r, 64<<10)
	for n := 1; ; n++ {
		text, err := readLine(lines, most)
		if err == nil {
			err = in.line(ctx, text)
		}
		switch {
		case errors.Is(err, io.EOF):
			return in.done, nil
		case err != nil:
			return in.done, fmt.Errorf("hub: line %d of the export: %w", n, err)
		}
	}
}

// readLine reads a line, without its end, into memory of its own.
func readLine(r *bufio.Reader, most int) ([]byte, error) {
	var text []byte
	for {
		part, err := r.ReadSlice('\n')
		text = append(text, part...)
		switch {
		case len(text) > most:
			return nil, fmt.Errorf("it has more than %d bytes", most)
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case errors.Is(err, io.EOF):
			return nil, io.ErrUnexpectedEOF // the last line ends too
		case err != nil:
			return nil, err
		}
		return text[:len(text)-1], nil
	}
}

type importing struct {
	s     Store
	o     Owner
	check func(context.Context, Credential) error
	begun bool
	seen  int // credentials
	done  Imported
}

// line does what a line says; the last one's error is io.EOF.
func (in *importing) line(ctx context.Context, text []byte) error {
	var l line
	if err := vc.Unmarshal(text, &l); err != nil {
		return err
	}
	switch {
	case l.Owner != nil && !in.begun:
		in.begun = true
		return nil
	case !in.begun:
		return errors.New("it is not the first line of an export")
	case l.Profile != nil:
		_, err := in.s.PutProfile(ctx, in.o, []byte(l.Profile.Text), &Tag{})
		in.done.Profile = in.done.Profile || err == nil
		if errors.Is(err, ErrChanged) {
			return nil
		}
		return err
	case l.Credential != nil:
		return in.credential(ctx, l.Credential)
	case l.End == nil:
		return errors.New("it is no line of an export")
	case l.End.Credentials != in.seen:
		return fmt.Errorf("%d credentials were exported, and %d came", l.End.Credentials, in.seen)
	}
	return io.EOF
}

func (in *importing) credential(ctx context.Context, l *credentialLine) error {
	in.seen++
	c := Credential{Kind: kindOf(l.Kind), Issuer: l.Issuer, ID: l.ID, ValidFrom: l.ValidFrom, Raw: []byte(l.Text)}
	var known bool
	if c.Form, known = formOf(l.Form); !known {
		return errors.New("it has no form")
	}
	if in.check != nil {
		if err := in.check(ctx, c); err != nil {
			return err
		}
	}
	_, outcome, err := in.s.Upsert(ctx, in.o, c)
	if err != nil {
		return err
	}
	switch outcome {
	case OutcomeCreated:
		in.done.Created++
	case OutcomeReplaced:
		in.done.Replaced++
	case OutcomeUnchanged:
		in.done.Unchanged++
	case OutcomeOlder:
		in.done.Older++
	}
	return nil
}

func kindOf(name string) Kind {
	for _, k := range Kinds() {
		if k.String() == name {
			return k
		}
	}
	return 0
}

func formOf(name string) (vc.Form, bool) {
	for _, f := range []vc.Form{vc.FormJSON, vc.FormJWT, vc.FormSDJWT} {
		if f.String() == name {
			return f, true
		}
	}
	return 0, false
}
