package caseapi

import (
	"time"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/internal/rest"
)

// documentFields are the members of a document that a version has, as filters, orders
// and selections name them: their places among the properties of the class.
func documentFields(v Version) rest.Fields {
	fields := rest.Fields{}
	for place, p := range casefw.Properties("CFDocument") {
		if p.Since <= v {
			fields[p.Name] = rest.Field{Index: place, Time: timeOf(p.Type)}
		}
	}
	return fields
}

// timeOf returns what reads the instants of a type, nil for a type that has none.
func timeOf(name string) func(string) (time.Time, bool) {
	read := map[string]func(string) (time.Time, bool, bool){"DateTime": casefw.ParseDateTime, "Date": casefw.ParseDate}[name]
	if read == nil {
		return nil
	}
	return func(text string) (time.Time, bool) {
		at, _, ok := read(text)
		return at, ok
	}
}

// document shows a document to filters and orders. It keeps what it read of extensions.
type document struct {
	*casefw.Texts[casefw.CFDocument]
}

func documentOf(d *casefw.CFDocument) document { return document{casefw.TextsOf(d)} }

// AppendTexts implements rest.Object.
func (d document) AppendTexts(dst []string, index int, path []string) (texts []string, list bool) {
	return d.Append(dst, index, path)
}
