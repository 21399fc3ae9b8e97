package casefw

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"

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
	doc, err := parseText(text, vc.SeverityWarning, o, report)
	if err != nil {
		return report, err
	}
	if err := countObjects(doc, len(text), o, report); err != nil {
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
	p, whole := rec.(*CFPackage)
	if whole {
		if err := checkPackageShape(root, report); err != nil {
			return report, err
		}
	}
	k.object(root, c, false)
	bind(root, c, rec)
	if whole {
		report.packageFindings(p.CFDocument, len(p.CFItems), newer, o.Version)
	}
	return report, nil
}

// countObjects refuses a text of more objects than are made structs of.
func countObjects(doc *jsonx.Doc, bytes int, o Options, report *Report) error {
	most := o.objects(bytes)
	if doc.Nodes() <= most {
		return nil
	}
	if n := objectsIn(doc); n > most {
		return report.fatal(tooManyObjects(strconv.Itoa(n), most))
	}
	return nil
}

func objectsIn(doc *jsonx.Doc) (n int) {
	for id := range doc.Nodes() {
		if doc.Value(id+1).Kind() == jsonx.Object {
			n++
		}
	}
	return n
}

func tooManyObjects(found string, most int) *vc.Problem {
	p := words.Problem(CodeTooLarge, "", found+" objects")
	p.Expected, p.Fix = "at most "+strconv.Itoa(most), "raise Options.MaxObjects if the source is trusted"
	return p
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
	doc, err := parseText(text, vc.SeverityError, o, report)
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
func parseText(text []byte, mark vc.Severity, o Options, report *Report) (*jsonx.Doc, error) {
	text, marked := bytes.CutPrefix(text, []byte(byteOrderMark))
	if marked {
		report.weighed(CodeByteOrderMark, mark)
	}
	limits := o.limits(o.text())
	limits.Depth += 3 // the package, its definitions and a list around a record
	_, doc, err := parseTolerant(text, limits, "", report)
	if err != nil {
		return nil, report.fatal(jsonProblem(err))
	}
	return doc, nil
}

// jsonProblem says in CASE's codes why a text was refused.
func jsonProblem(err error) *vc.Problem {
	var refused *jsonx.Error
	if !errors.As(err, &refused) {
		p := words.Problem(CodeNotJSON, "", "")
		p.Err = err
		return p
	}
	code := CodeNotJSON
	switch refused.Code {
	case jsonx.CodeInvalidUTF8:
		code = CodeInvalidUTF8
	case jsonx.CodeTrailingData:
		code = CodeTrailingData
	case jsonx.CodeTooDeep:
		code = CodeNestingTooDeep
	case jsonx.CodeTooLarge, jsonx.CodeTooManyValues:
		code = CodeTooLarge
	}
	p := words.Problem(code, refused.Pointer, fmt.Sprintf("at byte %d: %s", refused.Offset, refused.Detail))
	if refused.Code == jsonx.CodeTruncated {
		p.Message, p.Fix = endsInside, "fetch it again: it was cut off"
	}
	return p
}

const endsInside = "the text ends inside a value"

// CutOff reports whether an error of [Parse] or [Load] is that the text ends before its
// end, so that asking for it again may help.
func CutOff(err error) bool {
	p, ok := errors.AsType[*vc.Problem](err)
	return ok && p.Code == CodeNotJSON && strings.HasPrefix(p.Message, endsInside)
}

// unwrap steps into {"CFItem": {…}} where a CFItem was asked for.
func unwrap(root jsonx.Value, c *class, report *Report) jsonx.Value {
	inner := root.Get(c.name)
	if inner.Kind() != jsonx.Object || c.find(c.name) != nil || root.Len() != 1 {
		return root
	}
	report.findAt(CodeWrappedResource, "/"+c.name)
	return inner
}

// parseBareSet reads an array, or one object, where a set belongs.
func parseBareSet(k *checker, root jsonx.Value, c *class, rec any) error {
	m := c.find(c.set)
	code := CodeArrayInsteadOfSet
	switch {
	case root.Kind() == jsonx.Array:
	case root.Kind() == jsonx.Object && root.Get("identifier").Exists() && c != associationSetClass:
		code = CodeSingleInsteadOfSet
	default:
		return wrongResource(k.report, root, c)
	}
	k.tell(root, code, c, "", c.name, "")
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
	return report.fatal(notOf(c, root.Kind().String()))
}

// notOf says that what was found is no resource of a class.
func notOf(c *class, found string) *vc.Problem {
	p := words.Problem(CodeWrongResource, "", found)
	p.Expected, p.Spec = c.name, c.clause
	return p
}

// checkPackageShape refuses what no package can be read from.
func checkPackageShape(root jsonx.Value, report *Report) error {
	for child := root.First(); child.Exists(); child = child.Next() {
		place := packageClass.resolve(child.Name())
		if place >= 0 && packageClass.members[place].many && child.Kind() != jsonx.Array && child.Kind() != jsonx.Null {
			return report.fatal(itemsNotArray(child.Pointer(), child.Kind().String()))
		}
	}
	return nil
}

func itemsNotArray(pointer, found string) *vc.Problem {
	p := words.Problem(CodeItemsNotArray, pointer, found)
	p.Expected, p.Spec = "an array", packageClass.clause
	return p
}

// packageFindings reports what shows only when the whole package has been seen.
func (r *Report) packageFindings(d *CFDocument, items int, newer *newer, asked Version) {
	if items == 0 {
		r.findAt(CodePackageWithoutItems, "/CFItems")
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
		r.findAt(CodeCaseVersionMissing, "/CFDocument")
	}
}

func (r *Report) newerThanVersion(newer *newer) {
	for _, pointer := range newer.pointers {
		if p := r.weighed(CodeTokenNewerThanVersion, vc.SeverityWarning); p != nil {
			p.Pointer, p.Found, p.Fix = pointer, "a document whose uri says CASE 1.0", sayVersion
		}
	}
	if rest := newer.count - len(newer.pointers); rest > 0 {
		r.Counts[CodeTokenNewerThanVersion] += rest
		r.weighs[vc.SeverityWarning] += rest
	}
}
