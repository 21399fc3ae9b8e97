package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/laurel-edu/laurel/casefw"
)

// caseFile is a file of either form.
type caseFile struct {
	Scenarios []scenario       `json:"scenarios"`
	Cases     []normalisedCase `json:"cases"`
}

// runCases runs the cases of a file and reports whether all are as expected.
func runCases(o options, w io.Writer) (good bool, err error) {
	text, err := os.ReadFile(o.cases)
	if err != nil {
		return false, err
	}
	var f caseFile
	if err := json.Unmarshal(text, &f); err != nil {
		return false, fmt.Errorf("%s: %w", o.cases, err)
	}
	if len(f.Scenarios)+len(f.Cases) == 0 {
		return false, fmt.Errorf("%s has no scenarios and no cases", o.cases)
	}
	t := &tally{w: w, json: o.json}
	if len(f.Scenarios) > 0 {
		c, err := frameworksOf(o, f.Scenarios)
		if err != nil {
			return false, err
		}
		for _, s := range f.Scenarios {
			t.one(s.ID, s.run(o, c))
		}
	}
	if len(f.Cases) > 0 {
		b, err := readBook(filepath.Dir(o.cases))
		if err != nil {
			return false, err
		}
		for _, c := range f.Cases {
			t.one(c.ID, c.run(b))
		}
	}
	return t.end()
}

// frameworksOf are those that are given, or else those that the plans name.
func frameworksOf(o options, all []scenario) (*casefw.Catalog, error) {
	if len(o.frameworks) > 0 {
		return catalog(o.frameworks)
	}
	wanted := map[string]bool{}
	for _, s := range all {
		var plans []struct {
			Framework string `json:"framework"`
		}
		if json.Unmarshal(s.Plans, &plans) == nil {
			for _, p := range plans {
				wanted[p.Framework] = true
			}
		}
	}
	return catalog(beside(o.cases, wanted))
}

// tally counts, and writes a line for each case.
type tally struct {
	w       io.Writer
	json    bool
	of, met int
	err     error
}

// line is a case as JSON.
type line struct {
	ID    string `json:"id"`
	OK    bool   `json:"ok"`
	Found string `json:"found,omitempty"` // what is otherwise
}

func (t *tally) one(id string, err error) {
	l := line{ID: id, OK: err == nil}
	if t.of++; err == nil {
		t.met++
	} else {
		l.Found = err.Error()
	}
	switch {
	case t.json:
		t.write(l)
	case l.OK:
		t.print(fmt.Sprintf("ok   %s", id))
	default:
		t.print(fmt.Sprintf("FAIL %s: %s", id, l.Found))
	}
}

func (t *tally) end() (good bool, err error) {
	if t.json {
		t.write(map[string]int{"asExpected": t.met, "of": t.of})
		return t.met == t.of, t.err
	}
	t.print(fmt.Sprintf("%d of %d as expected", t.met, t.of))
	return t.met == t.of, t.err
}

func (t *tally) write(v any) {
	text, err := json.Marshal(v)
	if err != nil {
		t.err = err
		return
	}
	t.print(string(text))
}

func (t *tally) print(text string) {
	if _, err := fmt.Fprintln(t.w, text); err != nil {
		t.err = err
	}
}
