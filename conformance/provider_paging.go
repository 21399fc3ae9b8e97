package conformance

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/laurel-edu/laurel/internal/rest"
	"github.com/laurel-edu/laurel/vc"
)

var pagingRows = []row{{
	id: "PR-3.1", level: LevelMust, clause: "getCredentials, limit and offset",
	title:   "The list is the same in pages of one, of two and as a whole: nothing twice, nothing left out.",
	fix:     "Order by something that does not change, honour limit and offset, and lead on with Link rel=next.",
	aliases: []string{"Service Provider (Read) 3"}, needs: needsLogin, run: checkWalk,
}, {
	id: "PR-3.2", level: LevelMust, clause: "Paging, X-Total-Count",
	title: "X-Total-Count is the number of all credentials, the same on each page, or it is not sent.",
	fix:   "Count what the list holds, both arrays together, or leave the header out.",
	needs: needsLogin, run: checkTotal,
}, {
	id: "PR-3.3", level: LevelMust, clause: "Paging, Link",
	title: "A page that is not the whole has Link with first and last, next where more follows, and prev behind the first page.",
	fix:   "Send Link with first, last, next and prev as the standard asks, as absolute URLs of the same host.",
	needs: needsLogin, run: checkLinks,
}, {
	id: "PR-3.4", level: LevelMust, clause: "getCredentials, 400",
	title: "limit=0, limit=-1 and limit=x are refused with 400 and a status body.",
	fix:   "Read limit as a whole number from 1, and answer 400 with invalid_query_parameter otherwise.",
	needs: needsLogin, run: checkBadLimit,
}, {
	id: "PR-3.5", level: LevelMust, clause: "getCredentials, since",
	title: "With since in the future the list is empty.",
	fix:   "Leave out what was issued before since.",
	needs: needsLogin, run: checkSinceFuture,
}, {
	id: "PR-3.6", level: LevelMust, clause: "getCredentials, since",
	title: "With since between two credentials only the newer comes.",
	fix:   "Compare since with validFrom, or with the time of the change, and leave out what is older.",
	needs: needsLogin, run: checkSinceBetween,
}, {
	id: "PR-3.7", level: LevelMust, clause: "getCredentials, offset",
	title: "With an offset behind the end the page is empty, and no error.",
	fix:   "Answer 200 with empty arrays.",
	needs: needsLogin, run: checkOffsetBeyond,
}}

// paged is a token and the whole list, of which there must be several to see pages.
func (p *probe) paged(v *service) (token string, all []listed, err error) {
	if token, err = p.reader(v); err != nil {
		return "", nil, err
	}
	if all, err = p.everything(v, token); err != nil {
		return "", nil, err
	}
	if len(all) == 0 {
		p.fail(Finding{Message: "the list is empty: there is nothing to page through"})
	}
	return token, all, nil
}

func checkWalk(p *probe, v *service) error {
	token, err := p.reader(v)
	if err != nil {
		return err
	}
	whole, err := p.walk(v.base+"/credentials", token)
	if err != nil {
		p.fail(Finding{Message: "the list cannot be read: " + err.Error()})
		return nil
	}
	if len(whole) < 2 {
		p.fail(Finding{Message: "the list has less than two credentials: there are no pages to look at", Found: fmt.Sprint(len(whole))})
		return nil
	}
	for _, limit := range []int{1, 2} {
		what := fmt.Sprintf("in pages of %d", limit)
		pages, err := p.walk(fmt.Sprintf("%s/credentials?limit=%d", v.base, limit), token)
		if !p.holds(err == nil, Finding{Message: fmt.Sprintf("%s the list cannot be read: %v", what, err)}) {
			continue
		}
		surplus := map[string]int{} // how often each comes more in pages than in the whole
		for k := range pages {
			surplus[string(pages[k].text)]++
		}
		for k := range whole {
			surplus[string(whole[k].text)]--
		}
		for k := range whole {
			n := surplus[string(whole[k].text)]
			p.holds(n >= 0, Finding{Message: what + " a credential is left out", Found: whole[k].id})
			p.holds(n <= 0, Finding{Message: what + " a credential comes twice", Found: whole[k].id})
		}
	}
	return nil
}

func checkTotal(p *probe, v *service) error {
	token, all, err := p.paged(v)
	if err != nil || len(all) == 0 {
		return err
	}
	for _, query := range []string{"", "?limit=1", fmt.Sprintf("?limit=1&offset=%d", len(all)-1)} {
		one := p.page(v.base+"/credentials"+query, token)
		if one == nil {
			continue
		}
		text := one.header.Get("X-Total-Count")
		n, err := strconv.Atoi(text)
		p.holds(text == "" || err == nil && n == len(all), Finding{Message: "X-Total-Count is not the number of credentials", Found: text,
			Expected: fmt.Sprint(len(all)), Exchange: one.exchange})
	}
	return nil
}

func checkLinks(p *probe, v *service) error {
	token, all, err := p.paged(v)
	if err != nil || len(all) == 0 {
		return err
	}
	if len(all) < 2 {
		p.fail(Finding{Message: "the list has less than two credentials: there is no page that is not the whole"})
		return nil
	}
	p.links(p.page(v.base+"/credentials?limit=1", token), v, "the first page", "first", "last", "next")
	p.links(p.page(v.base+"/credentials?limit=1&offset=1", token), v, "the second page", "first", "last", "prev")
	return nil
}

// links looks whether a page has links.
func (p *probe) links(one *page, v *service, what string, rels ...string) {
	if one == nil {
		return
	}
	links := rest.ParseLink(one.header.Values("Link")...)
	for _, rel := range rels {
		found := ""
		for _, l := range links {
			if l.Is(rel) {
				found = l.URL
			}
		}
		if p.holds(found != "", Finding{Message: what + " has no link " + rel, Found: one.header.Get("Link"), Exchange: one.exchange}) {
			u, err := url.Parse(found)
			p.holds(err == nil && (u.Host == "" || originOf(found) == originOf(v.base)),
				Finding{Message: "the link " + rel + " leads to another host",
					Found: found, Exchange: one.exchange})
		}
	}
}

func checkBadLimit(p *probe, v *service) error {
	token, err := p.token(v, scopeRead)
	if err != nil {
		return err
	}
	for _, limit := range []string{"0", "-1", "x"} {
		p.refused(p.get(v.base+"/credentials?limit="+limit, token), http.StatusBadRequest, "limit="+limit)
	}
	return nil
}

// since is the list since an instant.
func (p *probe) since(v *service, token string, at time.Time) ([]listed, error) {
	return p.walk(v.base+"/credentials?since="+url.QueryEscape(vc.NewDateTime(at).String()), token)
}

func checkSinceFuture(p *probe, v *service) error {
	token, all, err := p.paged(v)
	if err != nil || len(all) == 0 {
		return err
	}
	after, err := p.since(v, token, p.s.now.AddDate(20, 0, 0).UTC().Truncate(time.Second))
	if !p.holds(err == nil, Finding{Message: fmt.Sprintf("with since the list cannot be read: %v", err)}) {
		return nil
	}
	p.holds(len(after) == 0, Finding{Message: "with since in the future credentials come", Found: fmt.Sprint(len(after)), Expected: "0"})
	return nil
}

// checkSinceBetween takes two instants of what there is. By which time a product goes is not
// dictated, so what must come is what was issued later; where the older comes too the
// product goes by changes, if it does so for all.
func checkSinceBetween(p *probe, v *service) error {
	token, all, err := p.paged(v)
	if err != nil || len(all) == 0 {
		return err
	}
	times := map[string]time.Time{}
	var oldest, newest time.Time
	for k := range all {
		at, ok := validFrom(all[k].text)
		if !ok {
			continue
		}
		times[string(all[k].text)] = at
		if oldest.IsZero() || at.Before(oldest) {
			oldest = at
		}
		if at.After(newest) {
			newest = at
		}
	}
	if !oldest.Before(newest) {
		return skipped{"the credentials were all issued at one time, so that since cannot tell them apart"}
	}
	after, err := p.since(v, token, oldest)
	if !p.holds(err == nil, Finding{Message: fmt.Sprintf("with since the list cannot be read: %v", err)}) {
		return nil
	}
	came, stale := map[string]bool{}, 0
	for k := range after {
		came[string(after[k].text)] = true
		if at := times[string(after[k].text)]; !at.After(oldest) {
			stale++
		}
	}
	for k := range all {
		if at := times[string(all[k].text)]; at.After(oldest) {
			p.holds(came[string(all[k].text)], Finding{Message: "a credential that was issued after since does not come", Found: all[k].id})
		}
	}
	if stale > 0 && len(after) == len(all) {
		p.warn(Finding{Message: "since leaves nothing out: it may go by the time at which credentials came in, or be ignored"})
		return nil
	}
	p.holds(stale == 0, Finding{Message: "a credential that was issued before since comes", Found: fmt.Sprint(stale)})
	return nil
}

// validFrom is when a credential begins to hold, by its own word.
func validFrom(text []byte) (time.Time, bool) {
	doc, err := vc.Parse(text)
	if err != nil {
		return time.Time{}, false
	}
	for _, name := range []string{"validFrom", "issuanceDate"} {
		if d, err := vc.ParseDateTime(memberOf(doc, name)); err == nil {
			if at, err := d.Time(); err == nil {
				return at, true
			}
		}
	}
	return time.Time{}, false
}

func checkOffsetBeyond(p *probe, v *service) error {
	token, all, err := p.paged(v)
	if err != nil || len(all) == 0 {
		return err
	}
	if one := p.page(fmt.Sprintf("%s/credentials?limit=5&offset=%d", v.base, len(all)+100), token); one != nil {
		p.holds(len(one.items) == 0, Finding{Message: "behind the end there are credentials", Found: fmt.Sprint(len(one.items)),
			Exchange: one.exchange})
	}
	return nil
}
