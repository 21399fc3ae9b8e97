package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/laurel-edu/laurel/vc/verify"
)

// finding is the report on one credential and where it came from.
type finding struct {
	file   string
	from   string // what of the file, for an image
	report *verify.Report
}

// output writes findings and remembers the verdicts.
type output struct {
	w      io.Writer
	json   bool
	color  bool
	counts map[verify.Verdict]int
	total  int
}

func newOutput(w io.Writer, json bool) *output {
	return &output{w: w, json: json, color: isTerminal(w), counts: map[verify.Verdict]int{}}
}

// isTerminal reports whether colours help: on a terminal that takes them, unless
// the user said otherwise (no-color.org).
func isTerminal(w io.Writer) bool {
	file, ok := w.(*os.File)
	if !ok || os.Getenv("NO_COLOR") != "" || os.Getenv("TERM") == "dumb" {
		return false
	}
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

func (o *output) write(f finding) error {
	o.counts[f.report.Verdict]++
	o.total++
	if o.json {
		return o.line(f)
	}
	title := f.file
	if f.from != "" {
		title += " (" + f.from + ")"
	}
	if o.total > 1 {
		fmt.Fprintln(o.w)
	}
	return f.report.WriteText(o.w, verify.TextOptions{Color: o.color, Title: title})
}

// line writes the report as one object on one line, after the file's name.
func (o *output) line(f finding) error {
	name, err := json.Marshal(f.file)
	if err != nil {
		return err
	}
	b := append([]byte(`{"file":`), name...)
	b = append(b, ',')
	b = append(b, f.report.AppendJSON(nil)[1:]...)
	_, err = o.w.Write(append(b, '\n'))
	return err
}

// verdicts in the order of the summary.
var verdicts = [...]verify.Verdict{verify.VerdictVerified, verify.VerdictNotVerified, verify.VerdictUndetermined, verify.VerdictUnreadable}

// summary counts the verdicts, for people with more than one file.
func (o *output) summary() {
	if o.json || o.total < 2 {
		return
	}
	var parts []string
	for _, v := range verdicts {
		if n := o.counts[v]; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, v))
		}
	}
	fmt.Fprintf(o.w, "\n%d credentials: %s\n", o.total, strings.Join(parts, ", "))
}

// exit is the exit status of all findings together.
func (o *output) exit() int {
	switch {
	case o.counts[verify.VerdictNotVerified]+o.counts[verify.VerdictUnreadable] > 0:
		return exitNot
	case o.counts[verify.VerdictUndetermined] > 0:
		return exitUndetermined
	}
	return exitVerified
}
