package conformance

import (
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"
)

type junitSuites struct {
	XMLName  xml.Name     `xml:"testsuites"`
	Name     string       `xml:"name,attr"`
	Tests    int          `xml:"tests,attr"`
	Failures int          `xml:"failures,attr"`
	Skipped  int          `xml:"skipped,attr"`
	Suites   []junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	Name       string          `xml:"name,attr"`
	Tests      int             `xml:"tests,attr"`
	Failures   int             `xml:"failures,attr"`
	Skipped    int             `xml:"skipped,attr"`
	Timestamp  string          `xml:"timestamp,attr"`
	Properties []junitProperty `xml:"properties>property"`
	Cases      []junitCase     `xml:"testcase"`
}

type junitProperty struct {
	Name  string `xml:"name,attr"`
	Value string `xml:"value,attr"`
}

type junitCase struct {
	Name    string     `xml:"name,attr"`
	Class   string     `xml:"classname,attr"`
	Failure *junitText `xml:"failure,omitempty"`
	Skipped *junitText `xml:"skipped,omitempty"`
	Out     string     `xml:"system-out,omitempty"`
}

type junitText struct {
	Message string `xml:"message,attr"`
	Text    string `xml:",chardata"`
}

// WriteJUnit writes the report as other tools of testing read it: a suite for each role, a
// case for each check. A warning is output of a case, and what people judge is skipped.
func (r *Report) WriteJUnit(w io.Writer) error {
	all := junitSuites{Name: "conformance"}
	for _, role := range r.Roles {
		one := junitSuite{Name: string(role.Role), Timestamp: r.At.Format("2006-01-02T15:04:05"),
			Properties: []junitProperty{{"notice", r.Notice}, {"seed", r.Seed}, {"guide", string(r.Guide)}, {"verdict",
				string(role.Verdict)}}}
		for k := range r.Results {
			result := &r.Results[k]
			if !slices.Contains(result.Roles, role.Role) {
				continue
			}
			c := result.junit(role.Role)
			one.Tests++
			if c.Failure != nil {
				one.Failures++
			}
			if c.Skipped != nil {
				one.Skipped++
			}
			one.Cases = append(one.Cases, c)
		}
		all.Tests, all.Failures, all.Skipped = all.Tests+one.Tests, all.Failures+one.Failures, all.Skipped+one.Skipped
		all.Suites = append(all.Suites, one)
	}
	text, err := xml.MarshalIndent(all, "", "  ")
	if err == nil {
		_, err = fmt.Fprintf(w, "%s%s\n", xml.Header, text)
	}
	if err != nil {
		return fmt.Errorf("conformance: writing JUnit: %w", err)
	}
	return nil
}

// junit is a result as a case.
func (r *Result) junit(role Role) junitCase {
	c := junitCase{Name: r.ID, Class: string(role)}
	switch {
	case r.Outcome == OutcomeFail && r.Known == "":
		c.Failure = &junitText{plain(r.first()), plain(r.Text())}
	case r.Outcome == OutcomeSkip, r.Outcome == OutcomeManual, r.Outcome == OutcomeNotRun:
		c.Skipped = &junitText{Message: plain(r.Outcome.String() + ": " + r.Cause)}
	case r.Outcome == OutcomeWarn, r.Outcome == OutcomeFail:
		c.Out = plain(r.Text())
	}
	return c
}

// first is the first finding in words.
func (r *Result) first() string {
	for _, f := range r.Findings {
		if !f.Warning {
			return f.Message
		}
	}
	return r.Cause
}

// Text is the result in words, for a terminal: what was asked, what was found, and what to do.
func (r *Result) Text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s: %s\n", r.ID, r.Outcome, r.Title)
	if r.Cause != "" {
		fmt.Fprintf(&b, "  %s\n", r.Cause)
	}
	if r.Known != "" {
		fmt.Fprintf(&b, "  known: %s\n", r.Known)
	}
	for _, f := range r.Findings {
		b.WriteString("  " + f.text() + "\n")
		if f.Exchange > 0 && f.Exchange <= len(r.Exchanges) {
			e := &r.Exchanges[f.Exchange-1]
			fmt.Fprintf(&b, "    %s %s: %d\n    %s\n", e.Method, e.URL, e.Status, e.Curl)
		}
	}
	if r.Fix != "" && (r.Outcome == OutcomeFail || r.Outcome == OutcomeWarn) {
		fmt.Fprintf(&b, "  To do: %s (%s)\n", r.Fix, r.Clause)
	}
	return b.String()
}

func (f *Finding) text() string {
	s := f.Message
	if f.Pointer != "" {
		s += " at " + f.Pointer
	}
	if f.Found != "" {
		s += "; found " + f.Found
	}
	if f.Expected != "" {
		s += "; expected " + f.Expected
	}
	return s
}

// plain is a text that XML can hold.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\t' || r == '\n' || r >= ' ' && r != utf8.RuneError && r != 0xfffe && r != 0xffff {
			return r
		}
		return '\uFFFD'
	}, s)
}
