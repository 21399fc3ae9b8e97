package suites_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/piprate/json-gold/ld"

	"github.com/laurel-edu/laurel/internal/rdf"
	"github.com/laurel-edu/laurel/internal/test/nquads"
	"github.com/laurel-edu/laurel/internal/test/testkit"
)

// canonTest is an entry of the manifest of rdf-canon.
type canonTest struct{ ID, Type, Action, Result, HashAlgorithm string }

// canonSuites are the W3C test suite of RDFC-1.0.
func canonSuites(t testing.TB) []suite {
	dir := folder(testkit.Shared(t, "vc/rdf-canon"))
	var manifest struct{ Entries []canonTest }
	dir.list(t, "manifest.jsonld", &manifest)
	eval, maps, negative := suite{name: "rdf-canon eval"}, suite{name: "rdf-canon map"}, suite{name: "rdf-canon negative"}
	for _, test := range manifest.Entries {
		p := probe{name: strings.TrimPrefix(test.ID, "#")}
		switch test.Type {
		case "rdfc:RDFC10EvalTest":
			p.ours = func() error { return test.eval(dir) }
			p.peer = func() error { return test.peerEval(dir) }
			eval.probes = append(eval.probes, p)
		case "rdfc:RDFC10MapTest":
			p.ours = func() error { return test.issued(dir) }
			maps.probes = append(maps.probes, p)
		case "rdfc:RDFC10NegativeEvalTest":
			p.ours = func() error { return stops(test.canonicalize(dir)) }
			p.peer = func() error { return refused(test.peerEval(dir)) }
			negative.probes = append(negative.probes, p)
		default:
			t.Fatalf("unknown kind of test %q", test.Type)
		}
	}
	return []suite{eval, maps, negative}
}

func (test canonTest) options() rdf.Options {
	if test.HashAlgorithm == "SHA384" {
		return rdf.Options{Hash: rdf.SHA384}
	}
	return rdf.Options{}
}

func (test canonTest) canonicalize(dir folder) error {
	d, _, err := nquads.Parse(dir.read(test.Action))
	if err != nil {
		return err
	}
	_, err = form(d, test.options())
	return err
}

// stops is nil where the work limit ended a canonicalisation.
func stops(err error) error {
	var e *rdf.Error
	if errors.As(err, &e) && e.Code == rdf.CodeWorkLimit {
		return nil
	}
	return fmt.Errorf("not stopped by the work limit: %w", err)
}

func (test canonTest) eval(dir folder) error {
	d, _, err := nquads.Parse(dir.read(test.Action))
	if err != nil {
		return err
	}
	got, err := form(d, test.options())
	return same(string(dir.read(test.Result)), got, err)
}

func (test canonTest) peerEval(dir folder) error {
	d, err := ld.ParseNQuads(string(dir.read(test.Action)))
	if err != nil {
		return err
	}
	got, err := goldForm(d)
	if test.Result == "" {
		return err
	}
	return same(string(dir.read(test.Result)), got, err)
}

// issued compares the map of blank node identifiers.
func (test canonTest) issued(dir folder) error {
	d, labels, err := nquads.Parse(dir.read(test.Action))
	if err != nil {
		return err
	}
	c, err := rdf.Canonicalize(context.Background(), d, test.options())
	if err != nil {
		return err
	}
	defer c.Release()
	want, got := map[string]string{}, map[string]string{}
	if err := json.Unmarshal(dir.read(test.Result), &want); err != nil {
		return err
	}
	for label, n := range labels {
		got[label] = c.Label(n)
	}
	if !maps.Equal(want, got) {
		return fmt.Errorf("issued %v, wanted %v", got, want)
	}
	return nil
}

// poisonSuite are graphs that are made to be expensive. The small ones have a
// form; the others may have one too, if it comes in time, but large cliques are
// to be refused.
func poisonSuite(t testing.TB) suite {
	dir := folder(testkit.Shared(t, "vc/rdfc-poison"))
	var entries []struct{ File, Expect string }
	dir.list(t, "expected.json", &entries)
	s := suite{name: "rdfc-poison"}
	for _, e := range entries {
		mustEnd, mustStop := false, false
		switch e.File {
		case "clique-04.nq", "clique-05.nq", "ring-0002.nq", "ring-0010.nq", "ring-0050.nq", "path-0010.nq":
			mustEnd = true
		case "clique-08.nq", "clique-10.nq", "clique-12.nq":
			mustStop = true
		}
		test := canonTest{Action: e.File}
		judge := func(err error) error {
			switch {
			case mustEnd, err == nil && !mustStop:
				return err
			}
			return refused(err)
		}
		s.probes = append(s.probes, probe{e.File,
			func() error {
				err := test.canonicalize(dir)
				if err != nil && stops(err) != nil {
					return err
				}
				return judge(err)
			},
			func() error { return judge(test.peerEval(dir)) }})
	}
	return s
}
