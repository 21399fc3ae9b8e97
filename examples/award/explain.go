package main

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/casefw/plan"
)

// explain writes a decision with its whole condition, and where what came of it stands.
func explain(w io.Writer, c *casefw.Catalog, d *plan.Decision, where string) error {
	text := fmt.Sprintf("%-7s %s (version %d) for %s", d.Verdict, d.Plan, d.Version, d.Learner)
	if d.Reason != "" {
		text += ": " + strings.ReplaceAll(string(d.Reason), "-", " ")
	}
	if !d.AchievedAt.IsZero() {
		text += ", achieved " + d.AchievedAt.Format(time.DateOnly)
	}
	if where != "" {
		text += " → " + where
	}
	b := &strings.Builder{}
	b.WriteString(text + "\n")
	node(b, c, d.Explanation, 1)
	_, err := io.WriteString(w, b.String())
	return err
}

func node(b *strings.Builder, c *casefw.Catalog, n *plan.Node, deep int) {
	if n == nil {
		return
	}
	indent := strings.Repeat("  ", deep)
	switch {
	case n.Subject == "":
		fmt.Fprintf(b, "%s%s: %d of %d\n", indent, n.Kind, n.Have, n.Need)
	default:
		fmt.Fprintf(b, "%s%s: %s %s", indent, n.Outcome, n.Kind, n.Wanted)
		if statement := statementOf(c, n.Subject); statement != "" {
			fmt.Fprintf(b, " of %q", statement)
		} else {
			fmt.Fprintf(b, " of %s", n.Subject)
		}
		if n.Reason != "" {
			fmt.Fprintf(b, " (%s)", strings.ReplaceAll(string(n.Reason), "-", " "))
		}
		b.WriteByte('\n')
	}
	for _, u := range n.Used {
		used(b, u, indent+"  ")
	}
	for _, one := range n.Of {
		node(b, c, one, deep+1)
	}
}

func used(b *strings.Builder, u plan.Used, indent string) {
	fmt.Fprintf(b, "%s%s", indent, u.Value)
	if u.Result != "" {
		fmt.Fprintf(b, " by result %s", u.Result)
	} else {
		fmt.Fprintf(b, " by event %s", u.Told)
	}
	if u.LineItem != "" {
		fmt.Fprintf(b, " of line item %s", u.LineItem)
	}
	fmt.Fprintf(b, ", %s", u.At.Format(time.DateOnly))
	switch {
	case u.Reason != "":
		fmt.Fprintf(b, ": does not count, %s", strings.ReplaceAll(string(u.Reason), "-", " "))
	case u.Counted:
		b.WriteString(": counted")
	}
	b.WriteByte('\n')
}

func statementOf(c *casefw.Catalog, subject string) string {
	id, err := casefw.ParseGUID(subject)
	if err != nil {
		return ""
	}
	item, ok := c.Find(id)
	if !ok {
		return ""
	}
	return item.Statement()
}
