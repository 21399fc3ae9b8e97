package verify

import (
	"fmt"
	"io"
	"strings"
	"time"
	"unicode"

	"github.com/laurel-edu/laurel/vc"
)

// TextOptions is how a report is written for a person. The zero value is plain.
type TextOptions struct {
	// Color uses ANSI colours, for a terminal.
	Color bool
	// Title is what the document is called in the first line, such as a file name.
	Title string
}

// WriteText writes the report for a person: the verdict, what each check found,
// and for each problem what to do. Text from the document is shown with control
// characters replaced, so that it cannot write to the terminal by itself.
func (r *Report) WriteText(w io.Writer, o TextOptions) error {
	t := &textWriter{w: w, color: o.Color}
	t.line(t.paint(colorOf(r.Verdict), strings.ToUpper(r.Verdict.String())) + "  " + clean(o.Title))
	t.report(r, "  ")
	return t.err
}

const (
	green  = "32"
	red    = "31"
	yellow = "33"
	grey   = "90"
)

func colorOf(v Verdict) string {
	switch v {
	case VerdictVerified:
		return green
	case VerdictUndetermined:
		return yellow
	}
	return red
}

// marks show an outcome at the head of a line, and in what colour.
var marks = map[Outcome][2]string{
	OutcomePassed: {"ok", green}, OutcomeFailed: {"NO", red}, OutcomeUndetermined: {"??", yellow},
	OutcomeNotRun: {"--", grey}, OutcomeNotApplicable: {"..", grey},
}

type textWriter struct {
	w     io.Writer
	color bool
	err   error
}

func (t *textWriter) line(s string) {
	if t.err == nil {
		_, t.err = fmt.Fprintln(t.w, s)
	}
}

func (t *textWriter) paint(color, s string) string {
	if !t.color {
		return s
	}
	return "\x1b[" + color + "m" + s + "\x1b[0m"
}

func (t *textWriter) report(r *Report, indent string) {
	for _, f := range [][2]string{{"id", r.ID}, {"type", strings.Join(r.Types, ", ")}, {"issuer", r.IssuerID}, {"holder", r.HolderID}} {
		if f[1] != "" {
			t.line(indent + fmt.Sprintf("%-9s", f[0]) + clean(f[1]))
		}
	}
	t.line(indent + fmt.Sprintf("%-9s", "as of") + r.At.UTC().Format(time.RFC3339))
	for i := range r.Checks {
		t.check(&r.Checks[i], indent)
	}
	for _, p := range r.Unsigned {
		t.line(indent + t.paint(yellow, "not signed") + " " + clean(p.Pointer) + ": do not rely on it")
	}
	for i := range r.Nested {
		n := &r.Nested[i]
		t.line(indent + t.paint(colorOf(n.Report.Verdict), n.Report.Verdict.String()) + "  " + n.Role + " at " + clean(n.Pointer))
		t.report(n.Report, indent+"    ")
	}
}

func (t *textWriter) check(c *Check, indent string) {
	if c.Outcome == OutcomeNotApplicable && len(c.Warnings) == 0 {
		return
	}
	m := marks[c.Outcome]
	text := c.Detail
	if c.Advisory && c.Outcome != OutcomePassed && text == "" {
		text = "(for information)"
	}
	t.line(strings.TrimRight(indent+t.paint(m[1], m[0])+" "+fmt.Sprintf("%-9s", c.Name)+clean(text), " "))
	for _, p := range c.Problems {
		t.problem(p, indent+"   ", "")
	}
	for _, p := range c.Warnings {
		t.problem(p, indent+"   ", "note: ")
	}
}

func (t *textWriter) problem(p *vc.Problem, indent, prefix string) {
	t.line(indent + prefix + clean(p.Message))
	where := p.Pointer
	if where == "" {
		where = "the whole document"
	}
	detail := [][2]string{{"where", where}, {"found", p.Found}, {"expected", p.Expected}, {"to do", p.Fix},
		{"code", string(p.Code)}, {"see", p.Spec}}
	if prefix != "" {
		detail = detail[:5]
	}
	for _, d := range detail {
		if d[1] != "" {
			t.line(indent + "  " + t.paint(grey, fmt.Sprintf("%-9s", d[0])) + clean(d[1]))
		}
	}
}

// clean replaces what is not printable: control characters, escape sequences,
// and the marks that turn the direction of text.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return unicode.ReplacementChar
	}, s)
}
