package main

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/vc"
)

// report writes the figures of a framework, what the reader repaired, and what the
// framework as a whole lacks: a line for each kind of finding, with one example.
func report(w io.Writer, f *casefw.Framework, repairs *casefw.Report) {
	fmt.Fprintf(w, "%s\n  CASE %s, %d items, %d associations, %d rubrics\n",
		oneLine(f.Title()), version(f), f.Len(), f.LenAssociations(), len(f.Rubrics()))
	findings(w, "repaired or kept as sent", repairs)
	findings(w, "worth a look", f.Lint(1))
}

func version(f *casefw.Framework) string {
	if f.Version() == 0 {
		return "of undecided version"
	}
	return f.Version().String()
}

func findings(w io.Writer, title string, r *casefw.Report) {
	if r.Total() == 0 {
		return
	}
	fmt.Fprintf(w, "  %s: %d\n", title, r.Total())
	examples := map[vc.Code]*vc.Problem{}
	for _, p := range r.Findings {
		if examples[p.Code] == nil {
			examples[p.Code] = p
		}
	}
	codes := slices.SortedFunc(maps.Keys(r.Counts), func(a, b vc.Code) int {
		return cmp.Or(cmp.Compare(r.Counts[b], r.Counts[a]), cmp.Compare(a, b))
	})
	for _, code := range codes {
		fmt.Fprintf(w, "  %7d × %s", r.Counts[code], code)
		if e := examples[code]; e != nil {
			fmt.Fprintf(w, ": %s", oneLine(e.Message))
			if e.Pointer != "" {
				fmt.Fprintf(w, " (first at %s)", oneLine(e.Pointer))
			}
		}
		fmt.Fprintln(w)
	}
}
