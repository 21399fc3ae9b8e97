package verify

import (
	"fmt"
	"unicode"
	"unicode/utf8"

	"github.com/laurel-edu/laurel/internal/jcs"
	"github.com/laurel-edu/laurel/vc"
)

// AppendJSON writes the report as one JSON object without line breaks, for
// machines: verdict, codes, and a list of checks in which each problem has an
// entry of its own. Reports of embedded credentials follow in nested.
func (r *Report) AppendJSON(dst []byte) []byte {
	w := objectWriter{b: append(dst, '{')}
	r.members(&w)
	return append(w.b, '}')
}

func (r *Report) members(w *objectWriter) {
	w.text("verdict", r.Verdict.String())
	codes := r.Codes()
	w.list("codes", len(codes), func(i int) { w.b = jcs.AppendString(w.b, string(codes[i])) })
	w.text("id", r.ID)
	w.text("issuer", r.IssuerID)
	w.name("checks")
	w.b = append(w.b, '[')
	first := true
	for i := range r.Checks {
		c := &r.Checks[i]
		if len(c.Problems) == 0 {
			c.entry(w, &first, c.Outcome.String(), nil)
		}
		for _, p := range c.Problems {
			c.entry(w, &first, c.Outcome.String(), p)
		}
		for _, p := range c.Warnings {
			c.entry(w, &first, "warning", p)
		}
	}
	for _, p := range r.Unsigned {
		(&Check{Name: CheckProof}).entry(w, &first, "unsigned", p)
	}
	for _, p := range r.Withheld {
		(&Check{Name: CheckRules}).entry(w, &first, "withheld", p)
	}
	w.b = append(w.b, ']')
	if len(r.Nested) > 0 {
		w.list("nested", len(r.Nested), func(i int) {
			n := &r.Nested[i]
			w.b = append(w.b, '{')
			inner := objectWriter{b: w.b}
			inner.text("pointer", n.Pointer)
			inner.text("role", n.Role)
			inner.literal("signed", n.Proof != ProofNone)
			inner.text("proof", n.Proof.String())
			n.Report.members(&inner)
			w.b = append(inner.b, '}')
		})
	}
}

// entry is one check with one of its problems, or with none.
func (c *Check) entry(w *objectWriter, first *bool, outcome string, p *vc.Problem) {
	if !*first {
		w.b = append(w.b, ',')
	}
	*first = false
	e := objectWriter{b: append(w.b, '{')}
	e.text("name", string(c.Name))
	e.text("outcome", outcome)
	if p == nil {
		e.text("pointer", c.Pointer)
		e.text("message", c.Detail)
	} else {
		e.text("code", string(p.Code))
		e.text("type", p.Type)
		e.name("pointer")
		e.b = appendText(e.b, p.Pointer)
		e.text("message", p.Message)
		e.text("found", p.Found)
		e.text("expected", p.Expected)
		e.text("fix", p.Fix)
		e.text("spec", p.Spec)
	}
	if c.Advisory {
		e.literal("advisory", true)
	}
	w.b = append(e.b, '}')
}

// objectWriter writes the members of an object; empty texts are left out.
type objectWriter struct{ b []byte }

func (w *objectWriter) name(name string) {
	if last := w.b[len(w.b)-1]; last != '{' && last != '[' {
		w.b = append(w.b, ',')
	}
	w.b = append(jcs.AppendString(w.b, name), ':')
}

func (w *objectWriter) text(name, value string) {
	if value != "" {
		w.name(name)
		w.b = appendText(w.b, value)
	}
}

func (w *objectWriter) literal(name string, value bool) {
	w.name(name)
	if value {
		w.b = append(w.b, "true"...)
	} else {
		w.b = append(w.b, "false"...)
	}
}

func (w *objectWriter) list(name string, n int, item func(i int)) {
	w.name(name)
	w.b = append(w.b, '[')
	for i := range n {
		if i > 0 {
			w.b = append(w.b, ',')
		}
		item(i)
	}
	w.b = append(w.b, ']')
}

// appendText writes a JSON string in which nothing can steer a terminal that
// shows it: besides what JSON demands, controls beyond ASCII and the marks that
// turn the direction of text are escaped.
func appendText(dst []byte, s string) []byte {
	start := len(dst)
	dst = jcs.AppendString(dst, s)
	for i := start; i < len(dst); i++ {
		if dst[i] >= 0x7f {
			return escapeFrom(dst, i)
		}
	}
	return dst
}

func escapeFrom(dst []byte, from int) []byte {
	rest := string(dst[from:])
	dst = dst[:from]
	for _, r := range rest {
		switch {
		case unicode.IsPrint(r):
			dst = utf8.AppendRune(dst, r)
		case r > 0xffff:
			dst = fmt.Appendf(dst, `\u%04x\u%04x`, 0xd7c0+r>>10, 0xdc00|r&0x3ff)
		default:
			dst = fmt.Appendf(dst, `\u%04x`, r)
		}
	}
	return dst
}
