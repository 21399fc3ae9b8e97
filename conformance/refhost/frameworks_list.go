package refhost

import (
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/internal/rest"
)

// list answers getAllCFDocuments.
func (h *Frameworks) list(w http.ResponseWriter, r *http.Request, v casefw.Version) {
	var found []object
	for _, pack := range h.packs[v] {
		found = append(found, h.document(pack))
	}
	q := r.URL.Query()
	if text := q.Get("filter"); text != "" {
		name, value, _ := strings.Cut(text, "=")
		if _, known := found[0][name]; !known {
			h.refuse(w, v, http.StatusBadRequest, rest.InvalidFilterField)
			return
		}
		value = strings.ReplaceAll(strings.Trim(value, "'"), "''", "'")
		found = slices.DeleteFunc(found, func(o object) bool {
			return strings.EqualFold(fmt.Sprint(o[name]), value) == (h.fault == "filter-inverted")
		})
	}
	if name := q.Get("sort"); name != "" {
		slices.SortStableFunc(found, func(a, b object) int { return cmp.Compare(fmt.Sprint(a[name]), fmt.Sprint(b[name])) })
		if q.Get("orderBy") == "desc" != (h.fault == "sort-reversed") {
			slices.Reverse(found)
		}
	}
	page, ok := h.page(w, q, found, v)
	if !ok {
		return
	}
	if q.Has("fields") {
		names := strings.Split(q.Get("fields"), ",")
		if names[0] == "" {
			h.refuse(w, v, http.StatusBadRequest, rest.InvalidSelectionField)
			return
		}
		if h.fault == "fields-more" {
			names = append(names, "creator")
		}
		for k, o := range page {
			page[k] = object{}
			for _, name := range names {
				page[k][name] = o[name]
			}
		}
	}
	h.send(w, object{"CFDocuments": page})
}

// page is the part of a list that was asked for, with the headers that lead on.
func (h *Frameworks) page(w http.ResponseWriter, q url.Values, found []object, v casefw.Version) ([]object, bool) {
	limit, offset := 100, 0
	for name, n := range map[string]*int{"limit": &limit, "offset": &offset} {
		if q.Has(name) {
			asked, err := strconv.Atoi(q.Get(name))
			if *n = asked; err != nil || asked < 0 || name == "limit" && asked < 1 {
				h.refuse(w, v, http.StatusBadRequest, rest.InvalidQuery)
				return nil, false
			}
		}
	}
	if h.fault == "page-one" {
		limit = 1
	}
	total := len(found)
	if h.fault == "count-wrong" {
		total++
	}
	w.Header().Set("X-Total-Count", strconv.Itoa(total))
	from, to := min(offset, len(found)), min(offset+limit, len(found))
	if to < len(found) && h.fault != "no-link" {
		next := url.Values{}
		for name, values := range q {
			next[name] = values
		}
		next.Set("limit", strconv.Itoa(limit))
		next.Set("offset", strconv.Itoa(to))
		w.Header().Set("Link", "<"+h.base+"/ims/case/"+v.Segment()+"/CFDocuments?"+next.Encode()+`>; rel="next"`)
	}
	return found[from:to], true
}
