package hub

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/laurel-edu/laurel/vc"
)

// DefaultMaxLine bounds a line of an export, in bytes: escaped, a text is at most twice as
// long as it is, and so are the ids.
const DefaultMaxLine = 2*(MaxRaw+2*MaxID) + 1<<10

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
// none; links are passed over, since their addresses belong to another place. It can be
// repeated: what is there already is unchanged. The error is that of a line that cannot be
// read, of an end that is missing, or of the store; what came before it is kept.
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
		case err == errEnd:
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

// errEnd is what the last line of an export says. No store returns it.
var errEnd = errors.New("the end")

// line does what a line says; the last one's error is errEnd.
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
	case l.Link != nil:
		return nil
	case l.End == nil:
		return errors.New("it is no line of an export")
	case l.End.Credentials != in.seen:
		return fmt.Errorf("%d credentials were exported, and %d came", l.End.Credentials, in.seen)
	}
	return errEnd
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
