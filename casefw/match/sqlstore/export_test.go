package sqlstore

import "github.com/laurel-edu/laurel/casefw/match"

// Statement is the statement for a word of a column, with its parameters.
func Statement(pool, column, word string) (string, []any) {
	q := match.Query{Limit: 10}
	switch column {
	case "item":
		q.Items = []string{word}
	case "issuer":
		q.Issuers = []string{word}
	case "kind":
		q.Types = []string{word}
	}
	return searchOf(pool, &q).statement(unique(q.Items))
}
