package rest

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/laurel-edu/laurel/internal/quote"
)

// Order is the wish of a client for an order. The zero Order is the provider's.
type Order struct {
	Field string // as in a filter; "" for the provider's order
	Desc  bool
}

// ParseOrder reads sort and orderBy. Whether the field exists is not looked at: the
// bindings let a provider answer an unknown one in its own order. The error is an
// [*Error].
func ParseOrder(q url.Values) (o Order, err error) {
	if o.Field, err = single(q, "sort"); err != nil {
		return o, err
	}
	direction, err := single(q, "orderBy")
	if err != nil {
		return o, err
	}
	switch direction {
	case "", "asc":
	case "desc":
		o.Desc = true
	default:
		return o, &Error{Code: CodeOrder, Field: "orderBy", Detail: "orderBy is " + quote.Text(direction) + ", neither asc nor desc"}
	}
	return o, nil
}

// single returns the value of a parameter that may come once.
func single(q url.Values, name string) (string, error) {
	switch values := q[name]; len(values) {
	case 0:
		return "", nil
	case 1:
		return values[0], nil
	}
	return "", &Error{Code: CodeRepeated, Field: name, Detail: "the parameter " + name + " stands there more than once"}
}

// Resolve finds the field of the order; ok is false where there is none and the
// provider's order holds.
func (o Order) Resolve(fields Fields) (f Field, path []string, ok bool) {
	if o.Field == "" {
		return f, nil, false
	}
	names := strings.Split(o.Field, ".")
	f, ok = fields[names[0]]
	return f, names[1:], ok
}

// Sort returns the places of n records in order: stable, without regard to case,
// instants as such, records without the field last in either direction. An array
// is ordered by its first element. Nothing is sorted where the field is unknown.
func (o Order) Sort(n int, at func(int) Object, fields Fields) []int32 {
	places := make([]int32, n)
	for i := range places {
		places[i] = int32(i)
	}
	field, path, ok := o.Resolve(fields)
	if !ok {
		return places
	}
	keys := make([]key, n)
	var texts []string
	for i := range keys {
		texts, _ = at(i).AppendTexts(texts[:0], field.Index, path)
		keys[i] = keyOf(texts, field, len(path) == 0)
	}
	slices.SortStableFunc(places, func(a, b int32) int { return keys[a].compare(&keys[b], o.Desc) })
	return places
}

// key is what a record is ordered by.
type key struct {
	rank uint8 // instants, then texts, then absent ones
	at   time.Time
	text string
}

func keyOf(texts []string, f Field, direct bool) key {
	if len(texts) == 0 {
		return key{rank: 2}
	}
	if f.Time != nil && direct {
		if at, ok := f.Time(texts[0]); ok {
			return key{at: at}
		}
	}
	return key{rank: 1, text: Fold(texts[0])}
}

func (k *key) compare(other *key, desc bool) int {
	if k.rank != other.rank {
		return int(k.rank) - int(other.rank)
	}
	c := k.at.Compare(other.at)
	if c == 0 {
		c = strings.Compare(k.text, other.text)
	}
	if desc {
		return -c
	}
	return c
}
