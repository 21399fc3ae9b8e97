package main

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/laurel-edu/laurel/clr/intake"
)

// phrases say a standing in a few words.
var phrases = map[string]string{
	"own-proof": "signed by its issuer", "record-same-issuer": "vouched for by the record",
	"record-other-issuer": "its issuer signed nothing", "nobody": "nobody vouches for it",
	"forged": "FORGED", "not-checked": "could not be checked",
}

// colors of standings, by how far one can rely on them.
var colors = map[string]string{"own-proof": "32", "record-same-issuer": "32", "forged": "31", "nobody": "31", "record-other-issuer": "33",
	"not-checked": "33"}

// writeTable writes the reading for a person at a terminal.
func (v *view) writeTable(w io.Writer, color bool) error {
	t := &table{color: color}
	t.line("%s: %s, %s", shown(v.File), v.Kind, t.paint(envelopeColor(v.Envelope.Verdict), v.Envelope.Verdict))
	for _, f := range [...][2]string{{"id", v.Envelope.ID}, {"issuer", v.Envelope.Issuer}, {"holder", v.Envelope.Holder}} {
		if f[1] != "" {
			t.line("  %-8s%s", f[0], shown(f[1]))
		}
	}
	for _, p := range v.reading.Envelope.Report.Problems() {
		t.line("  %s (%s): %s", shown(p.Message), p.Code, shown(p.Fix))
	}
	for _, u := range v.reading.Unread {
		t.line("  %s is not read: %s", shown(u.Member), firstMessage(u))
	}
	t.claims(v)
	t.others(v)
	t.transcript(v.reading.Transcript())
	_, err := io.WriteString(w, t.String())
	return err
}

func firstMessage(u intake.Unread) string {
	for _, p := range u.Report.Problems() {
		return shown(p.Message)
	}
	return ""
}

func envelopeColor(verdict string) string {
	switch verdict {
	case "verified":
		return "32"
	case "not-verified", "unreadable":
		return "31"
	}
	return "33"
}

// table collects lines.
type table struct {
	strings.Builder
	color bool
}

func (t *table) line(format string, args ...any) {
	fmt.Fprintln(t, strings.TrimRight(fmt.Sprintf(format, args...), " "))
}

func (t *table) paint(color, s string) string {
	if !t.color {
		return s
	}
	return "\x1b[" + color + "m" + s + "\x1b[0m"
}

// The widths of the columns, so that a line fits into 100 characters.
const (
	nameWidth     = 32
	typeWidth     = 14
	standingWidth = 28
	creditsWidth  = 7
)

// claims are a line each, and below it who the issuer is and what stands against it.
func (t *table) claims(v *view) {
	if len(v.Claims) == 0 {
		return
	}
	t.line("")
	t.line("%s  %s  %s  %s  %s", pad("CLAIM", nameWidth), pad("TYPE", typeWidth), pad("WHO VOUCHES", standingWidth),
		pad("CREDITS", creditsWidth), "VALIDITY")
	claims := v.reading.Claims()
	for i, c := range v.Claims {
		t.line("%s  %s  %s  %s  %s", pad(c.Name, nameWidth), pad(c.Type, typeWidth),
			t.paint(colors[c.Standing], pad(phrases[c.Standing], standingWidth)), pad(c.Credits, creditsWidth), c.Validity)
		t.line("    by %s", shown(claims[i].Issuer))
		if c.Against != "" {
			t.line("    does not count: %s", c.Against)
		}
		for _, r := range c.Results {
			t.line("    %s: %s", shown(r.Description), shown(strings.Join(present(r.Value, r.Level, r.Status), ", ")))
		}
	}
}

// others are the entries that claim nothing themselves, and what is to be known of any.
func (t *table) others(v *view) {
	for _, e := range v.Entries {
		if e.Kind == intake.KindBadge && len(e.Flags) == 0 && len(e.Codes) == 0 {
			continue
		}
		t.line("")
		t.line("%s %s%s: %s, %s", e.Kind, shown(e.Member), shown(e.Pointer), t.paint(colors[e.Standing], phrases[e.Standing]), e.Validity)
		t.line("    by %s", shown(e.Issuer))
		if len(e.Flags) > 0 {
			t.line("    %s", strings.Join(texts(e.Flags), ", "))
		}
		if len(e.Codes) > 0 {
			t.line("    %s", strings.Join(texts(e.Codes), ", "))
		}
	}
}

func (t *table) transcript(all *intake.Transcript) {
	if all.Earned.IsZero() && len(all.Stated) == 0 {
		return
	}
	t.line("")
	for _, term := range all.Terms {
		if !term.Earned.IsZero() {
			t.line("%s  credits %s, proven %s", pad(orDash(term.Name), nameWidth), term.Earned, orZero(term.Proven.String()))
		}
	}
	t.line("%s  credits %s, proven %s", pad("in all", nameWidth), all.Earned, orZero(all.Proven.String()))
	for _, g := range all.Stated {
		t.line("grade point average as stated: %s, by %s", shown(g.Value), shown(g.Claim.Issuer))
	}
	if all.GPA.Why == "" {
		t.line("grade point average as computed: %s of %s", all.GPA.Value.Rat().FloatString(3), all.GPA.Max)
	}
}

func texts[T ~string](all []T) (out []string) {
	for _, s := range all {
		out = append(out, string(s))
	}
	return out
}

func present(all ...string) []string {
	return slices.DeleteFunc(all, func(s string) bool { return s == "" })
}

func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

func orZero(s string) string {
	if s == "" {
		return "0"
	}
	return s
}

// pad makes a text as wide as a column, cut where it is wider.
func pad(s string, width int) string {
	s = shown(s)
	if n := utf8.RuneCountInString(s); n <= width {
		return s + strings.Repeat(" ", width-n)
	}
	return string([]rune(s)[:width-1]) + "…"
}

// printable replaces what could write to the terminal by itself, and the marks that turn the
// direction of text.
func printable(r rune) rune {
	if unicode.IsPrint(r) {
		return r
	}
	return unicode.ReplacementChar
}

// isTerminal reports whether colours help: on a terminal that takes them, unless the user
// said otherwise (no-color.org).
func isTerminal(w io.Writer) bool {
	file, ok := w.(*os.File)
	if !ok || os.Getenv("NO_COLOR") != "" || os.Getenv("TERM") == "dumb" {
		return false
	}
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
