package sqlstore

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/laurel-edu/laurel/casefw/match"
	"github.com/laurel-edu/laurel/vc"
)

// atOnce is how many items a statement asks for at most.
const atOnce = match.MaxWords

// What every search asks, with the parameters from 1 to 8; those of lists follow.
const (
	from   = `SELECT holder, place, entry FROM match_entry WHERE pool = $1`
	passes = ` AND (holder, place) >= ($2, $3) AND (standing & $4) <> 0 AND against <= $5 AND holds_from <= $6 AND holds_until > $7`
	order  = ` ORDER BY holder, place LIMIT $8`
)

// search is a query as the data base takes it.
type search struct {
	args           []any
	issuers, kinds [][]byte
}

func searchOf(pool string, q *match.Query) *search {
	standings := int64(math.MaxInt64)
	if len(q.Standings) > 0 {
		standings = 0
		for _, s := range q.Standings {
			standings |= bit(s)
		}
	}
	against := 1
	if q.Counting {
		against = 0
	}
	from, until := int64(math.MaxInt64), int64(math.MinInt64)
	if !q.At.IsZero() {
		from, until = q.At.UnixMicro(), q.At.UnixMicro()
	}
	return &search{[]any{[]byte(pool), []byte(q.After.Holder), int64(q.After.Next), standings, against, from, until, int64(q.Limit + 1)},
		unique(q.Issuers), unique(q.Types)}
}

// unique are the digests of texts, each once.
func unique(texts []string) (all [][]byte) {
	seen := map[string]bool{}
	for _, s := range texts {
		if !seen[s] {
			seen[s] = true
			all = append(all, digest(s))
		}
	}
	return all
}

// filled is a list as long as one of few lengths, so that there are few statements and each
// is prepared once. What fills it up is the digest of nothing.
func filled(words [][]byte) [][]byte {
	n := atOnce
	for _, enough := range []int{8, 1} {
		if len(words) <= enough {
			n = enough
		}
	}
	return append(slices.Clone(words), make([][]byte, n-len(words))...)
}

// statement is the search by some items, by any where there are none, with its parameters.
// Each item is walked in its index, as far as a page goes, and so is each issuer or type where
// no items are asked for: whatever a planner thinks of the pool, nobody else is looked at.
func (s *search) statement(items [][]byte) (statement string, args []any) {
	args = slices.Clone(s.args)
	column, words, rest := "item", items, passes
	lists := []list{{"issuer", s.issuers}, {"kind", s.kinds}}
	for len(words) == 0 && len(lists) > 0 {
		column, words, lists = lists[0].column, lists[0].words, lists[1:]
	}
	for _, l := range lists {
		if len(l.words) > 0 {
			all := filled(l.words)
			rest += ` AND ` + l.column + ` IN (` + places(len(args)+1, len(all)) + `)`
			args = with(args, all)
		}
	}
	if len(words) == 0 {
		return from + rest + order, args
	}
	words = filled(words)
	branches := make([]string, len(words))
	for i := range words {
		branches[i] = fmt.Sprintf(`SELECT * FROM (%s AND %s = $%d%s%s) AS b%d`, from, column, len(args)+1+i, rest, order, i)
	}
	return `SELECT * FROM (` + strings.Join(branches, ` UNION ALL `) + `) AS b` + order, with(args, words)
}

// list are the words of a column.
type list struct {
	column string
	words  [][]byte
}

func with(args []any, words [][]byte) []any {
	for _, w := range words {
		if w == nil {
			w = []byte{}
		}
		args = append(args, w)
	}
	return args
}

// some returns what a search finds by some items.
func (x *Index) some(ctx context.Context, s *search, items [][]byte) (found []match.Found, err error) {
	statement, args := s.statement(items)
	result, err := x.db.Rows(ctx, statement, args...)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, result.Close()) }()
	for result.Next() {
		var holder, text []byte
		var place int64
		if err := result.Scan(&holder, &place, &text); err != nil {
			return nil, err
		}
		f := match.Found{Holder: string(holder), Place: int(place)}
		if err := vc.Unmarshal(text, &f.Entry); err != nil {
			return nil, err
		}
		found = append(found, f)
	}
	return found, result.Err()
}

// first are the first so many of two lists in order.
func first(a, b []match.Found, most int) []match.Found {
	all := append(a, b...)
	slices.SortFunc(all, func(a, b match.Found) int {
		return cmp.Or(strings.Compare(a.Holder, b.Holder), cmp.Compare(a.Place, b.Place))
	})
	return all[:min(len(all), most)]
}
