package casefw

import (
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/laurel-edu/laurel/vc"
)

// The codes of [Downgrade].
const (
	CodeMemberLost       vc.Code = "member-lost-in-downgrade"
	CodeTypeGeneralized  vc.Code = "association-type-generalized"
	CodeTargetTypeLost   vc.Code = "target-type-lost-in-downgrade"
	CodeLineBreaksFolded vc.Code = "line-breaks-folded"
)

// Downgrade turns a record of CASE 1.1 into one of 1.0, in place, and reports
// every loss: members that 1.0 does not have are left out, association types that
// it does not have become isRelatedTo (implementation guide), line breaks in texts
// that it wants without are folded into spaces. A record that uses nothing of 1.1
// comes out as it was, with an empty report.
func Downgrade[R Resource](rec *R) *Report {
	d := downgrader{newReport(-1)}
	d.record(classOf(rec), rec, "")
	return d.report
}

// Upgrade turns a document of CASE 1.0 into one of 1.1: it says so in caseVersion.
// Nothing else changes; uris stay, for they name what they named.
func Upgrade(d *CFDocument) { d.CaseVersion = "1.1" }

type downgrader struct{ report *Report }

func (d downgrader) lost(code vc.Code, severity vc.Severity, pointer, found string) {
	if p := d.report.weighed(code, severity); p != nil {
		p.Pointer, p.Found = pointer, found
	}
}

func (d downgrader) record(c *class, rec any, pointer string) {
	var e encoder
	for i := range c.members {
		m := &c.members[i]
		at := pointer + "/" + m.name
		switch {
		case m.since == V1p1 && e.present(m, rec):
			d.clear(m, rec, at)
		case m.kind == kObject:
			for k := range m.len(rec) {
				below := at
				if m.many {
					below = pointerTo(at+"/", k)
				}
				d.record(m.of, m.at(rec, k), below)
			}
		case m.kind == kAssoc:
			d.generalize(m.field(rec).(*AssociationType), at)
		case m.wasNorm:
			d.fold(m.field(rec).(*string), at)
		}
	}
	for name := range c.base(rec).Sent {
		if place := c.resolve(name); place >= 0 && c.newer&(1<<place) != 0 {
			delete(c.base(rec).Sent, name)
		}
	}
}

func (d downgrader) clear(m *member, rec any, pointer string) {
	value := encoder{}.value(nil, m, rec)
	code, severity := CodeMemberLost, vc.SeverityWarning
	switch m.kind {
	case kTarget:
		code = CodeTargetTypeLost
	case kCase:
		severity = vc.SeverityAdvice // says nothing but the version
	}
	found := string(value)
	if text, err := jsontext.AppendUnquote(nil, value); err == nil {
		found = string(text)
	}
	d.lost(code, severity, pointer, vc.Quote(found))
	m.clear(rec)
}

func (d downgrader) generalize(t *AssociationType, pointer string) {
	if t.in1p0() {
		return
	}
	d.lost(CodeTypeGeneralized, vc.SeverityWarning, pointer, vc.Quote(string(*t)))
	*t = IsRelatedTo
}

func (d downgrader) fold(s *string, pointer string) {
	folded, changed := withoutLineBreaks(*s)
	if changed {
		d.lost(CodeLineBreaksFolded, vc.SeverityWarning, pointer, "")
		*s = folded
	}
}

// withoutLineBreaks writes spaces for what a NormalizedString must not have.
func withoutLineBreaks(s string) (folded string, changed bool) {
	if !strings.ContainsAny(s, "\n\r\t") {
		return s, false
	}
	return strings.NewReplacer("\n", " ", "\r", " ", "\t", " ").Replace(s), true
}
