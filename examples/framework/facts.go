package main

import (
	"bytes"
	"encoding/json"
	"io"
	"slices"
	"strings"
	"unicode"

	"github.com/laurel-edu/laurel/casefw"
)

// fact is a member that has no place of its own on the page.
type fact struct {
	Name, Value string
	URL         string // of the value, or what the value is the title of
	Address     string // the URL as it is written, beside a title
	Facts       []fact // of an object
}

// facts are the members of an object of CASE but for some, so that nothing that somebody
// wrote is lost, extensions and members that nobody knew included.
func facts(object json.Marshaler, but ...string) []fact {
	written, err := object.MarshalJSON()
	if err != nil {
		return []fact{{Name: "Not readable", Value: err.Error()}}
	}
	d := json.NewDecoder(bytes.NewReader(written))
	d.UseNumber()
	all, err := valueOf(d)
	if err != nil {
		return []fact{{Name: "Not readable", Value: err.Error()}}
	}
	return slices.DeleteFunc(all.Facts, func(f fact) bool { return slices.Contains(but, f.Name) })
}

// extra are the members of a package that belong to no part of it.
func extra(p *casefw.CFPackage) []fact {
	return facts(p, "CFDocument", "CFItems", "CFAssociations", "CFDefinitions", "CFRubrics")
}

// valueOf reads a value, in the order in which it is written.
func valueOf(d *json.Decoder) (f fact, err error) {
	token, err := d.Token()
	if err != nil {
		return f, err
	}
	switch t := token.(type) {
	case json.Delim:
		for d.More() {
			name := ""
			if t == '{' {
				token, err := d.Token()
				if err != nil {
					return f, err
				}
				name, _ = token.(string)
			}
			inner, err := valueOf(d)
			if err != nil {
				return f, err
			}
			inner.Name = name
			f.Facts = append(f.Facts, inner)
		}
		if _, err := d.Token(); err != nil && err != io.EOF {
			return f, err
		}
		return linked(f), nil
	case nil:
		f.Value = "nothing"
	case bool:
		f.Value = map[bool]string{true: "yes"}[t]
		if !t {
			f.Value = "no"
		}
	case json.Number:
		f.Value = t.String()
	case string:
		f.Value, f.URL = t, webLink(t)
	}
	return f, nil
}

// linked shows an object of a title and an address as a link, and lists of single values
// without their places.
func linked(f fact) fact {
	by := map[string]string{}
	for _, m := range f.Facts {
		if m.Name == "" || len(m.Facts) > 0 {
			return f
		}
		by[m.Name] = m.Value
	}
	if len(by) != len(f.Facts) || by["title"] == "" || by["uri"] == "" || len(by) != 3 || by["identifier"] == "" {
		return f
	}
	return fact{Value: by["title"], URL: webLink(by["uri"]), Address: addressOf(by["identifier"], by["uri"])}
}

// names are those of members that read better than they are spelt.
var names = map[string]string{
	"uri": "Address", "lastChangeDateTime": "Changed", "officialSourceURL": "Source", "adoptionStatus": "Status",
	"caseVersion":     "CASE version",
	"statusStartDate": "In force from", "statusEndDate": "In force until", "licenseURI": "Licence", "CFItemTypeURI": "Type",
	"conceptKeywordsURI": "Concept", "subjectURI": "Subject", "frameworkType": "Kind of framework", "extensions": "Besides",
	"hierarchyCode": "Place", "typeCode": "Code", "licenseText": "Text of the licence",
}

// named is the name of a member as a person reads it: "listEnumeration" is "List enumeration".
func named(member string) string {
	if name, known := names[member]; known {
		return name
	}
	var b strings.Builder
	for i, r := range member {
		if i > 0 && unicode.IsUpper(r) && !unicode.IsUpper(rune(member[i-1])) {
			b.WriteByte(' ')
			r = unicode.ToLower(r)
		} else if i == 0 {
			r = unicode.ToUpper(r)
		}
		b.WriteRune(r)
	}
	return b.String()
}
