package schema

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v5"

	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/quote"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/rules"
)

// mostTold is how many problems of one schema are told: more are mostly the same fault
// over and over.
const mostTold = 100

// mismatches are the values that do not fit, by their pointers.
func mismatches(err *jsonschema.ValidationError) []*vc.Problem {
	var all []*vc.Problem
	some, _ := leaves(err)
	for _, leaf := range some {
		all = append(all, mismatch(leaf))
	}
	slices.SortFunc(all, func(a, b *vc.Problem) int {
		return cmp.Or(cmp.Compare(a.Pointer, b.Pointer), cmp.Compare(a.Found, b.Found), cmp.Compare(a.Expected, b.Expected))
	})
	all = slices.CompactFunc(all, func(a, b *vc.Problem) bool {
		return a.Pointer == b.Pointer && a.Found == b.Found && a.Expected == b.Expected
	})
	if len(all) > mostTold {
		more := words.Problem(CodeMismatch, "", "")
		more.Code, more.Message = rules.CodeMore, "more does not fit the schema than is told"
		more.Found = strconv.Itoa(len(all)-mostTold) + " more"
		all = append(all[:mostTold:mostTold], more)
	}
	return all
}

// leaves are the errors that say something of their own. Of alternatives that all fail
// the one counts that fails least within the value: one that fails at its kind was not
// meant. kind reports that there is one leaf, which is about the kind of its value.
func leaves(err *jsonschema.ValidationError) (all []*jsonschema.ValidationError, kind bool) {
	if err.Message == "anyOf failed" || err.Message == "oneOf failed" {
		for _, c := range err.Causes {
			some, other := leaves(c)
			meant := !other || some[0].InstanceLocation != err.InstanceLocation
			if meant && (all == nil || len(some) < len(all)) {
				all = some
			}
		}
		if all == nil {
			return []*jsonschema.ValidationError{err}, true
		}
		return all, false
	}
	for _, c := range err.Causes {
		some, other := leaves(c)
		all, kind = append(all, some...), other && len(err.Causes) == 1
	}
	if all != nil {
		return all, kind
	}
	keyword := keywordOf(err)
	return []*jsonschema.ValidationError{err}, keyword == "type" || keyword == "const" || keyword == "enum"
}

// keywordOf is the keyword that an error is of, "" for one that only holds others.
func keywordOf(err *jsonschema.ValidationError) string {
	segments := strings.Split(err.KeywordLocation, "/")
	last := segments[len(segments)-1]
	if _, e := strconv.Atoi(last); e == nil && len(segments) > 1 {
		last = segments[len(segments)-2]
	}
	return last
}

// told are the keywords whose words are of the schema, of kinds of values and of
// numbers of things, and never of values: the library's message is handed on.
var told = strings.Fields(`type const enum required minProperties maxProperties minItems maxItems uniqueItems
	additionalItems minContains maxContains minLength maxLength pattern dependentRequired dependencies`)

// mismatch is an error of the library as a problem.
func mismatch(err *jsonschema.ValidationError) *vc.Problem {
	p := words.Problem(CodeMismatch, quote.Abridge(pointerOf(err.InstanceLocation), jsonx.MaxPointer), "")
	p.Found = keywordOf(err)
	switch {
	case err.Message == "not allowed": // the schema false, which has no keyword
		p.Found = err.Message
	case slices.Contains(told, p.Found):
		p.Found += ": " + quote.Abridge(err.Message, jsonx.MaxPointer)
	}
	p.Expected = "what the schema says at " + vc.Quote(err.AbsoluteKeywordLocation)
	return p
}

// pointerOf is the JSON Pointer of a place, which the library gives as a fragment.
func pointerOf(place string) string {
	segments := strings.Split(place, "/")
	for i, s := range segments {
		if plain, err := url.PathUnescape(s); err == nil {
			segments[i] = plain
		}
	}
	return strings.Join(segments, "/")
}
