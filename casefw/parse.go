package casefw

import (
	"bytes"
	"errors"

	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/vc"
)

const byteOrderMark = "\xef\xbb\xbf"

// Parse reads one resource tolerantly: what providers send is taken, repaired
// where it can be and reported, and no member is lost. The report is never nil.
// The error is a [*vc.Problem] and stands in the report as well; it is returned
// only where nothing can be read.
//
// Parse holds text and result in memory; for a framework of more than a few
// thousand items use [Load].
func Parse[R Resource](text []byte, o Options) (*R, *Report, error) {
	rec := new(R)
	report, err := parseInto(text, classOf(rec), rec, o)
	if err != nil {
		return nil, report, err
	}
	return rec, report, nil
}

func parseInto(text []byte, c *class, rec any, o Options) (*Report, error) {
	report := newReport(o.MaxFindings)
	doc, err := parseText(text, Warning, o, report)
	if err != nil {
		return report, err
	}
	root := unwrap(doc.Root(), c, report)
	newer := &newer{}
	k := checker{report: report, version: V1p1, lenient: true, advise: o.Advise, partial: o.Selection, newer: newer}
	if c.set != "" && root.Get(c.set).Kind() == jsonx.Missing {
		return report, parseBareSet(&k, root, c, rec)
	}
	if root.Kind() != jsonx.Object || !resembles(root, c) {
		return report, wrongResource(report, root, c)
	}
	if p, ok := rec.(*CFPackage); ok {
		if err := checkPackageShape(root, report); err != nil {
			return report, err
		}
		k.object(root, c, false)
		bind(root, c, rec)
		report.packageFindings(p.CFDocument, len(p.CFItems), newer, o.Version)
		return report, nil
	}
	k.object(root, c, false)
	bind(root, c, rec)
	return report, nil
}

// Validate holds one resource against the standard's schema of a version: its
// report is Valid exactly where the official schema accepts the document, but
// that identifiers and extension tokens must match as a whole, where the official
// patterns are not anchored and take a match anywhere; and that for the
// stand-alone classes of 1.0, which the official Swagger file makes
// unsatisfiable, the evident intent is taken.
//
// A byte order mark is a fault of the text. Repeated member names are reported as
// a warning: no schema can see them. The zero version is taken for 1.1.
func Validate[R Resource](text []byte, version Version, o Options) *Report {
	report := newReport(o.MaxFindings)
	c := classOf(new(R))
	doc, err := parseText(text, Invalid, o, report)
	if err != nil {
		return report
	}
	k := checker{report: report, version: known(version), advise: o.Advise, partial: o.Selection}
	k.object(doc.Root(), c, false)
	return report
}

func known(v Version) Version {
	if v == 0 {
		return V1p1
	}
	return v
}

// parseText reads the JSON; mark is how grave a byte order mark is.
func parseText(text []byte, mark Level, o Options, report *Report) (*jsonx.Doc, error) {
	text, marked := bytes.CutPrefix(text, []byte(byteOrderMark))
	if marked {
		report.markFound(mark)
	}
	limits := o.limits(o.text())
	limits.Depth += 3 // the package, its definitions and a list around a record
	_, doc, err := parseTolerant(text, limits, "", report)
	if err != nil {
		return nil, report.fatal(jsonProblem(err))
	}
	return doc, nil
}

func (r *Report) markFound(level Level) {
	r.add(Finding{Level: level, Repair: "passed over", Problem: vc.Problem{Code: CodeByteOrderMark,
		Message: "the text begins with a byte order mark", Spec: "RFC 8259, 8.1"}})
}

// fatal notes the problem that ended the reading and returns it.
func (r *Report) fatal(p *vc.Problem) error {
	r.add(Finding{Level: Fatal, Problem: *p})
	return p
}

// jsonProblem says in CASE's codes why a text was refused.
func jsonProblem(err error) *vc.Problem {
	p := &vc.Problem{Code: CodeNotJSON, Message: "the text is not JSON", Spec: "RFC 8259", Err: err}
	var refused *jsonx.Error
	if !errors.As(err, &refused) {
		return p
	}
	p.Pointer, p.Found = refused.Pointer, refused.Detail
	switch refused.Code {
	case jsonx.CodeInvalidUTF8:
		p.Code, p.Message, p.Fix = CodeInvalidUTF8, "the text is not UTF-8", "ask the provider for UTF-8"
	case jsonx.CodeTrailingData:
		p.Code, p.Message = CodeTrailingData, "something follows the JSON value"
	case jsonx.CodeTooDeep:
		p.Code, p.Message, p.Fix = CodeNestingTooDeep, "the text is nested too deep", "raise Options.MaxDepth if the source is trusted"
	case jsonx.CodeTooLarge:
		p.Code, p.Message, p.Fix = CodeTooLarge, "the text is too long", "raise Options.MaxBytes, or Options.MaxRecord for one record"
	case jsonx.CodeTruncated:
		p.Message, p.Fix = "the text ends inside a value", "fetch it again: it was cut off"
	}
	return p
}

// unwrap steps into {"CFItem": {…}} where a CFItem was asked for.
func unwrap(root jsonx.Value, c *class, report *Report) jsonx.Value {
	inner := root.Get(c.name)
	if inner.Kind() != jsonx.Object || c.find(c.name) != nil || root.Len() != 1 {
		return root
	}
	report.wrapped(c)
	return inner
}

func (r *Report) wrapped(c *class) {
	r.add(Finding{Level: Warning, Repair: "its content is read", Problem: vc.Problem{Code: CodeWrappedResource,
		Pointer: "/" + c.name, Message: "the resource is wrapped in an object with its class name", Spec: "CASE 1.1 REST/JSON binding"}})
}

// parseBareSet reads an array, or one object, where a set belongs.
func parseBareSet(k *checker, root jsonx.Value, c *class, rec any) error {
	m := c.find(c.set)
	code, message := CodeArrayInsteadOfSet, "a bare array stands where a "+c.name+" belongs"
	switch {
	case root.Kind() == jsonx.Array:
	case root.Kind() == jsonx.Object && root.Get("identifier").Exists() && c != associationSetClass:
		code, message = CodeSingleInsteadOfSet, "a single object stands where a "+c.name+" belongs"
	default:
		return wrongResource(k.report, root, c)
	}
	k.find(root, code, Invalid, c, message, "", "", "its content is read")
	for _, e := range root.Items() {
		if e.Kind() == jsonx.Object {
			k.object(e, m.of, false)
		}
	}
	assignObjects(root, m, rec)
	return nil
}

// resembles reports whether an object has any member of the class: an error page
// or another resource has none.
func resembles(v jsonx.Value, c *class) bool {
	for child := v.First(); child.Exists(); child = child.Next() {
		if c.resolve(child.Name()) >= 0 {
			return true
		}
	}
	return false
}

func wrongResource(report *Report, root jsonx.Value, c *class) error {
	return report.fatal(&vc.Problem{Code: CodeWrongResource, Message: "the JSON is not a " + c.name,
		Found: root.Kind().String(), Expected: c.name, Spec: spec(c)})
}

// checkPackageShape refuses what no package can be read from.
func checkPackageShape(root jsonx.Value, report *Report) error {
	for child := root.First(); child.Exists(); child = child.Next() {
		place := packageClass.resolve(child.Name())
		if place >= 0 && packageClass.members[place].many && child.Kind() != jsonx.Array && child.Kind() != jsonx.Null {
			return report.fatal(itemsNotArray(child.Name(), child.Kind().String()))
		}
	}
	return nil
}

func itemsNotArray(name, found string) *vc.Problem {
	return &vc.Problem{Code: CodeItemsNotArray, Pointer: "/" + jsonx.EscapePointer(name), Message: name + " is not an array",
		Found: found, Expected: "an array", Spec: spec(packageClass)}
}

// packageFindings reports what shows only when the whole package has been seen.
func (r *Report) packageFindings(d *CFDocument, items int, newer *newer, asked Version) {
	if items == 0 {
		r.add(Finding{Level: Warning, Problem: vc.Problem{Code: CodePackageWithoutItems, Pointer: "/CFItems",
			Message: "the package has no items; the prose asks for one at least", Spec: spec(packageClass)}})
	}
	if d == nil || d.CaseVersion != "" {
		return
	}
	declared := asked
	if declared == 0 {
		declared = VersionOfURL(string(d.URI))
	}
	switch {
	case declared == V1p0:
		r.newerThanVersion(newer)
	case declared == V1p1 || newer.count > 0:
		r.add(Finding{Level: Warning, Problem: vc.Problem{Code: CodeCaseVersionMissing, Pointer: "/CFDocument",
			Message: "a CASE 1.1 framework says so in caseVersion", Expected: `"1.1"`, Spec: "CASE 1.1 implementation guide, caseVersion"}})
	}
}

func (r *Report) newerThanVersion(newer *newer) {
	for _, pointer := range newer.pointers {
		r.add(Finding{Level: Warning, Problem: vc.Problem{
			Code: CodeTokenNewerThanVersion, Pointer: pointer,
			Message: "CASE 1.0 does not have this, and the document's uri says 1.0",
			Fix:     "say caseVersion 1.1", Spec: "CASE 1.1 information model",
		}})
	}
	if rest := newer.count - len(newer.pointers); rest > 0 {
		r.Counts[CodeTokenNewerThanVersion] += rest
	}
}
