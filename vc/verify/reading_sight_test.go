package verify_test

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/test/rewrite"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/verify"
)

// sight is what a verifier and the readers behind it say of a document.
type sight struct {
	verdict       verify.Verdict
	notes         map[string]int // of all checks, in embedded credentials as well
	facts         []string       // what the report says beside notes
	forged        bool           // something embedded has a bad proof
	read, decoded string         // what the JSON and the typed model say
}

// look verifies a document and reads it if it may be believed.
func (r *reader) look(t testing.TB, text []byte) sight {
	t.Helper()
	v, err := r.verifier.Verify(context.Background(), text)
	var refused *verify.Error
	switch {
	case errors.As(err, &refused):
		return sight{verdict: refused.Report.Verdict, notes: notes(refused.Report, map[string]int{})}
	case err != nil:
		return sight{verdict: verify.VerdictUnreadable}
	}
	s := sight{verdict: verify.VerdictVerified, notes: notes(v.Report(), map[string]int{}), facts: facts(v.Report(), "")}
	s.forged = forged(v.Report())
	slices.Sort(s.facts)
	s.facts = slices.Compact(s.facts) // equal proofs give equal checks
	read := rewrite.Read
	if r.extended {
		read = rewrite.ReadExtended
	}
	s.read, err = read(v.Credential())
	require.NoError(t, err, "%s", text)
	s.decoded, err = rewrite.Decoded(v.Decode, v.Document().HasType("ClrCredential"))
	if err != nil {
		s.decoded = "does not decode: " + err.Error()
	}
	return s
}

// forged reports whether a report tells of a bad proof of something embedded.
func forged(r *verify.Report) bool {
	return slices.ContainsFunc(r.Nested, func(n verify.Nested) bool { return n.Proof == verify.ProofBad || forged(n.Report) })
}

// notes counts what a report finds fault with, by code and place; which item of an
// array it is does not count.
func notes(r *verify.Report, count map[string]int) map[string]int {
	for _, c := range r.Checks {
		for _, p := range slices.Concat(c.Problems, c.Warnings) {
			count[note(p.Code, p.Pointer)]++
		}
	}
	for _, p := range r.Unsigned {
		count[note(p.Code, p.Pointer)]++
	}
	for _, n := range r.Nested {
		notes(n.Report, count)
	}
	return count
}

func note(code vc.Code, pointer string) string {
	return string(code) + " " + steps.ReplaceAllString(pointer, "/*")
}

// steps are numbers in a pointer.
var steps = regexp.MustCompile(`/\d+`)

// facts are what a report hands out of a document, but for its types, which the
// reading of the JSON has.
func facts(r *verify.Report, at string) []string {
	all := []string{fmt.Sprint(at, " ", r.Verdict, " ", r.ID, " ", r.IssuerID)}
	for _, c := range r.Checks {
		all = append(all, fmt.Sprint(at, " ", c.Name, " ", c.Outcome, " ", words(c.Detail)))
	}
	for _, n := range r.Nested {
		all = append(all, facts(n.Report, fmt.Sprint(at, ">", n.Role, " ", n.Proof))...)
	}
	return all
}

// words are the words of a detail, which may list things in the order of a set.
func words(detail string) []string {
	all := strings.FieldsFunc(detail, func(r rune) bool { return r == ' ' || r == ',' })
	slices.Sort(all)
	return all
}

// difference says what one reading has otherwise than another, "" where nothing.
func difference(was, is sight) string {
	switch {
	case is.read != was.read:
		return "the JSON reads\n" + apart(was.read, is.read)
	case is.decoded != was.decoded:
		return "the model reads\n" + apart(was.decoded, is.decoded)
	case !slices.Equal(was.facts, is.facts):
		return "the report says\n" + apart(strings.Join(was.facts, "\n"), strings.Join(is.facts, "\n"))
	}
	return ""
}

// apart shows two texts from where they begin to differ.
func apart(was, is string) string {
	n := 0
	for n < min(len(was), len(is)) && was[n] == is[n] {
		n++
	}
	n = max(n-60, 0)
	cut := func(s string) string { return s[n:min(n+300, len(s))] }
	return "- " + cut(was) + "\n+ " + cut(is)
}
