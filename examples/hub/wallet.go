package main

import (
	"cmp"
	"context"
	"encoding/base64"
	"fmt"
	"html/template"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/laurel-edu/laurel/hub"
	"github.com/laurel-edu/laurel/ob/show"
)

// serveWallet serves the pages of what somebody has, to nobody else.
func (s *site) serveWallet(w http.ResponseWriter, r *http.Request, p page, path string) {
	if p.Person.Subject == "" {
		http.Redirect(w, r, loginURL(p.Tenant.ID, "/"+p.Tenant.ID+"/wallet"+path), http.StatusSeeOther)
		return
	}
	o := hub.Owner{Tenant: p.Tenant.ID, User: p.Person.Subject}
	switch path {
	case "", "/":
		if r.Method == http.MethodPost {
			s.upload(w, r, p, o)
		} else if onlyRead(w, r) {
			s.showWallet(w, r, p, o, nil)
		}
	case "/export":
		if onlyRead(w, r) {
			s.export(w, r, o)
		}
	default:
		s.serveThing(w, r, p, o, path[1:])
	}
}

// walletPage lists what somebody has.
type walletPage struct {
	page
	Query string
	Came  []came
	Lists []list
}

// list are the badges or the records, as many as a page has.
type list struct {
	Name, Heading string
	Total         int // 0 where nobody counted
	Rows          []row
	More          string // URL of the next page, "" where nothing follows
}

// row is a credential in a list.
type row struct {
	Key          string
	Name, Issuer show.Text
	Letter       string // in place of a picture
	Picture      template.URL
	Day          string
	Ended        bool
	Shared       bool
}

// kinds are the lists of a wallet.
var kinds = []struct {
	kind          hub.Kind
	name, heading string
}{{hub.KindRecord, "records", "Records"}, {hub.KindBadge, "badges", "Badges"}}

// showWallet shows the wallet, and what became of files that just came.
func (s *site) showWallet(w http.ResponseWriter, r *http.Request, p page, o hub.Owner, came []came) {
	all := walletPage{page: p, Came: came, Query: strings.TrimSpace(clip(r.URL.Query().Get("q"), 200))}
	links, err := s.store.Links(r.Context(), o)
	shared := map[hub.Key]bool{}
	for _, l := range links {
		shared[l.Key] = true
	}
	for _, k := range kinds {
		if only := r.URL.Query().Get("kind"); err != nil || only != "" && only != k.name {
			continue
		}
		before, _ := strconv.Atoi(r.URL.Query().Get("before"))
		l := lister{site: s, owner: o, kind: k.kind, shared: shared, words: all.Query, show: show.Options{Languages: languages(r)}}
		var one list
		if one, err = l.list(r.Context(), before); len(one.Rows) == 0 && one.More == "" {
			continue
		}
		one.Name, one.Heading = k.name, k.heading
		if one.More != "" {
			one.More = "/" + p.Tenant.ID + "/wallet?" + url.Values{"kind": {k.name}, "before": {one.More}, "q": {all.Query}}.Encode()
		}
		all.Lists = append(all.Lists, one)
	}
	if err != nil {
		s.failed(w, r, p, err)
		return
	}
	s.show(w, r, http.StatusOK, "wallet", &all)
}

// failed tells somebody that the store did.
func (s *site) failed(w http.ResponseWriter, r *http.Request, p page, err error) {
	if r.Context().Err() == nil {
		s.log.Error("a page failed", slog.Any("error", err))
	}
	s.notice(w, r, p, http.StatusInternalServerError, "Something went wrong", "The server failed. Try again later.")
}

// The bounds of a list: its rows, how many credentials are read at a time, and how many and
// how many bytes of them one search looks at before it asks whether to go on.
const (
	rowsOfPage    = 50
	readAtATime   = 10
	mostSearched  = 2_000
	bytesSearched = 64 << 20
)

// lister makes the list of a kind, what came last first.
type lister struct {
	*site
	owner  hub.Owner
	kind   hub.Kind
	shared map[hub.Key]bool
	words  string
	show   show.Options

	looked, size int // at how many and how much
}

// list gathers the rows of what came before so many, of all where it is 0. Its More is that
// number for the next page. Those that come meanwhile stand behind all others and move none.
func (l *lister) list(ctx context.Context, before int) (found list, err error) {
	first, err := l.store.List(ctx, l.owner, hub.Query{Kind: l.kind, Limit: 1})
	if err != nil {
		return found, err
	}
	if l.words == "" {
		found.Total = first.Total
	}
	to := first.Total
	if before > 0 {
		to = min(to, before)
	}
	for to > 0 {
		from := max(0, to-readAtATime)
		some, err := l.rows(ctx, from, to-from)
		if err != nil {
			return found, err
		}
		for _, one := range slices.Backward(some) {
			to--
			if one.fits {
				found.Rows = append(found.Rows, one.row)
			}
			if len(found.Rows) == rowsOfPage && to > 0 {
				found.More = strconv.Itoa(to)
				return found, nil
			}
		}
		if to = from; to > 0 && (l.looked >= mostSearched || l.size >= bytesSearched) {
			found.More = strconv.Itoa(to)
			return found, nil
		}
	}
	return found, nil
}

// read is a row that was read, and whether it has the words that are searched for.
type read struct {
	row
	fits bool
}

// rows reads so many credentials, whose texts are not kept.
func (l *lister) rows(ctx context.Context, from, n int) (all []read, err error) {
	for q := (hub.Query{Kind: l.kind, Offset: from, Limit: n}); len(all) < n; {
		page, err := l.store.List(ctx, l.owner, q)
		if err != nil {
			return nil, err
		}
		for i := range page.Entries {
			e := &page.Entries[i]
			l.looked, l.size = l.looked+1, l.size+len(e.Raw)
			one, fits := l.row(e)
			all = append(all, read{one, fits})
		}
		if page.Next == 0 {
			break
		}
		q.After, q.Offset, q.Limit = page.Next, 0, n-len(all) // it ended early, where texts are long
	}
	return all, nil
}

// row is the row of a credential, and whether it has the words that are searched for.
func (l *lister) row(e *hub.Stored) (row, bool) {
	b, err := show.NewBriefUnverified(e.Raw, l.show)
	if err != nil { // which was read when it came
		b = &show.Brief{ID: e.ID, Name: show.Text{Value: e.ID}, Issuer: show.Text{Value: e.Issuer}}
	}
	one := rowOf(e.Key(), b, l.now())
	one.Shared = l.shared[e.Key()]
	return one, b.Has(l.words)
}

// longestPicture bounds the pictures that stand in a list, in bytes of their URL.
const longestPicture = 64 << 10

func rowOf(k hub.Key, b *show.Brief, now time.Time) row {
	one := row{Key: keyText(k), Name: b.Name, Issuer: b.Issuer, Ended: !b.Until.IsZero() && !now.Before(b.Until)}
	one.Name.Value = cmp.Or(strings.TrimSpace(one.Name.Value), "Without a name")
	first, _ := utf8.DecodeRuneInString(one.Name.Value)
	one.Letter = strings.ToUpper(string(first))
	if b.Image.Inline() && len(b.Image.URL) <= longestPicture {
		one.Picture = template.URL(b.Image.URL) // which package show has checked
	}
	if !b.Issued.IsZero() {
		one.Day = day(b.Issued)
	}
	return one
}

func day(t time.Time) string { return t.Format("2 January 2006") }

// keyText writes a key for a path, and parseKey reads it.
func keyText(k hub.Key) string {
	return k.Kind.String() + "-" + base64.RawURLEncoding.EncodeToString(k.Identity[:])
}

func parseKey(text string) (k hub.Key, ok bool) {
	kind, identity, _ := strings.Cut(text, "-")
	for _, known := range hub.Kinds() {
		if known.String() == kind {
			k.Kind = known
		}
	}
	b, err := base64.RawURLEncoding.Strict().DecodeString(identity)
	if err != nil || len(b) != len(k.Identity) || k.Kind == 0 {
		return hub.Key{}, false
	}
	k.Identity = hub.Identity(b)
	return k, true
}

// languages are those that a browser asks for, in its order, a few of them.
func languages(r *http.Request) (all []string) {
	for part := range strings.SplitSeq(clip(r.Header.Get("Accept-Language"), 200), ",") {
		if tag, _, _ := strings.Cut(part, ";"); strings.TrimSpace(tag) != "" && len(all) < 8 {
			all = append(all, strings.TrimSpace(tag))
		}
	}
	return all
}

// clip cuts a text to a length in bytes, between its characters.
func clip(text string, most int) string {
	if len(text) > most {
		text = text[:most]
	}
	return strings.ToValidUTF8(text, "")
}

// export hands a person everything that is kept of them.
func (s *site) export(w http.ResponseWriter, r *http.Request, o hub.Owner) {
	name := fmt.Sprintf("%s-%s.jsonl", o.Tenant, s.now().UTC().Format(time.DateOnly))
	download(w, "application/jsonl; charset=utf-8", name)
	if r.Method == http.MethodHead {
		return
	}
	if err := hub.Export(r.Context(), s.store, o, w); err != nil {
		// Its last line counts what came before it, so that it is seen to be cut off.
		if r.Context().Err() == nil {
			s.log.Error("an export failed", slog.Any("error", err))
		}
		panic(http.ErrAbortHandler)
	}
}

// download says that what follows is a file.
func download(w http.ResponseWriter, media, name string) {
	guardHeaders(w, "default-src 'none'; frame-ancestors 'none'; sandbox")
	w.Header().Set("Content-Type", media)
	w.Header().Set("Content-Disposition", `attachment; filename="`+name+`"`)
}
