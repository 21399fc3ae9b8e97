package storetest

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/laurel-edu/laurel/oauthsrv"
)

func client(b *bench) error {
	want := b.client()
	plain := oauthsrv.Client{Tenant: b.tenant, ID: "plain", Created: at(0)}
	plain.RedirectURIs = []string{"https://plain.example/"}
	err := first(failed("AddClient", b.store.AddClient(b.ctx, want)), failed("AddClient", b.store.AddClient(b.ctx, plain)))
	if err != nil {
		return err
	}
	for _, want := range []oauthsrv.Client{want, plain} {
		got, err := b.store.Client(b.ctx, b.tenant, want.ID)
		if err := same("Client", got, want, err); err != nil {
			return err
		}
	}
	return nil
}

func request(b *bench) error {
	if err := b.store.AddRequest(b.ctx, b.request()); err != nil {
		return failed("AddRequest", err)
	}
	return b.asked(b.request())
}

func token(b *bench) error {
	return first(b.granted(), b.tokenIs(b.access("access"), b.grant()), b.tokenIs(b.refresh("refresh", 0), b.grant()))
}

// tenants does at one tenant what was done at another, with the same names.
func tenants(b *bench) error {
	if err := b.granted(); err != nil {
		return err
	}
	other := &bench{b.ctx, b.store, b.tenant + "2"}
	strange := func(r oauthsrv.Rotation) oauthsrv.Rotation { r.Tenant = other.tenant; return r }(b.rotation(1, "refresh"))
	_, err1 := b.store.Client(b.ctx, other.tenant, clientID)
	_, err2 := b.store.Request(b.ctx, other.tenant, b.hash("code"))
	_, _, err3 := b.store.Token(b.ctx, other.tenant, b.hash("access"))
	grants, err4 := b.store.Grants(b.ctx, other.tenant, subject, 10)
	err := first(notFound("Client", err1), notFound("Request", err2), notFound("Token", err3),
		same("Grants of another tenant", grants, nil, err4), other.rotate(strange, false),
		failed("EndToken", b.store.EndToken(b.ctx, other.tenant, b.hash("access"))),
		failed("EndGrant", b.store.EndGrant(b.ctx, other.tenant, grantID)),
		failed("EndGrants", b.store.EndGrants(b.ctx, other.tenant, subject, clientID)),
		failed("Touch", b.store.Touch(b.ctx, other.tenant, grantID, at(50))),
		failed("Erase", b.store.Erase(b.ctx, other.tenant, subject)))
	if err != nil {
		return err
	}
	return first(b.tokenIs(b.access("access"), b.grant()), other.granted(), b.tokenIs(b.access("access"), b.grant()))
}

func missing(b *bench) error {
	_, err1 := b.store.Client(b.ctx, b.tenant, clientID)
	_, err2 := b.store.Request(b.ctx, b.tenant, b.hash("code"))
	grants, err3 := b.store.Grants(b.ctx, b.tenant, subject, 10)
	return first(notFound("Client", err1), notFound("Request", err2), b.lost("access"), same("Grants", grants, nil, err3),
		b.approve(false), b.redeem(false), b.rotate(b.rotation(1, "refresh"), false),
		failed("EndToken", b.store.EndToken(b.ctx, b.tenant, b.hash("access"))),
		failed("EndGrant", b.store.EndGrant(b.ctx, b.tenant, grantID)),
		failed("EndGrants", b.store.EndGrants(b.ctx, b.tenant, subject, clientID)),
		failed("Touch", b.store.Touch(b.ctx, b.tenant, grantID, at(1))), failed("Erase", b.store.Erase(b.ctx, b.tenant, subject)))
}

func approved(b *bench) error {
	want := b.request()
	want.Stage, want.Expires = oauthsrv.StageApproved, at(15)
	return first(failed("AddRequest", b.store.AddRequest(b.ctx, b.request())), b.approve(true), b.asked(want), b.approve(false),
		b.asked(want))
}

func redeemed(b *bench) error {
	want := b.request()
	want.Stage, want.Expires = oauthsrv.StageRedeemed, at(15)
	return first(b.granted(), b.asked(want), b.redeem(false), b.approve(false), b.asked(want), b.found("access", "refresh"))
}

func unapproved(b *bench) error {
	return first(failed("AddRequest", b.store.AddRequest(b.ctx, b.request())), b.redeem(false), b.asked(b.request()),
		b.lost("access", "refresh"))
}

func used(b *bench) error {
	if err := b.granted(); err != nil {
		return err
	}
	want := b.client()
	want.Used = b.grant().Created
	got, err := b.store.Client(b.ctx, b.tenant, clientID)
	if err := same("Client", got, want, err); err != nil {
		return err
	}
	again := b.request()
	again.Code, again.Stage, again.Grant = b.hash("code 2"), oauthsrv.StageApproved, "grant-2"
	later := oauthsrv.Redemption{Code: again.Code, Grant: b.grant()}
	later.Grant.ID, later.Grant.Created = "grant-2", at(40)
	if err := b.store.AddRequest(b.ctx, again); err != nil {
		return failed("AddRequest", err)
	}
	won, err := b.store.Redeem(b.ctx, later)
	if err := verdict("Redeem", won, true, err); err != nil {
		return err
	}
	got, err = b.store.Client(b.ctx, b.tenant, clientID)
	return same("Client after another code", got, want, err)
}

func rotated(b *bench) error {
	next := []oauthsrv.Token{b.access("access 2"), b.refresh("refresh 2", 1)}
	old, grant := b.refresh("refresh", 0), b.grant()
	old.Used = at(21)
	grant.Generation, grant.Rotated, grant.Used, grant.Expires = 1, at(21), at(21), at(95)
	return first(b.granted(), b.rotate(b.rotation(1, "refresh", next...), true),
		b.tokenIs(old, grant), b.tokenIs(next[0], grant), b.tokenIs(next[1], grant), b.found("access"),
		b.rotate(b.rotation(1, "refresh", b.refresh("refresh 3", 1)), false), b.lost("refresh 3"), b.tokenIs(old, grant),
		b.rotate(b.rotation(2, "refresh 2", b.refresh("refresh 3", 2)), true), b.found("refresh 3"))
}

func rotateEnded(b *bench) error {
	return first(b.granted(), failed("EndGrant", b.store.EndGrant(b.ctx, b.tenant, grantID)),
		b.rotate(b.rotation(1, "refresh", b.access("access 2")), false), b.lost("access 2", "access", "refresh"))
}

func added(b *bench) error {
	return first(b.granted(), failed("AddTokens", b.store.AddTokens(b.ctx, b.access("access 2"), b.refresh("refresh 2", 0))),
		failed("AddTokens of none", b.store.AddTokens(b.ctx)),
		b.tokenIs(b.access("access 2"), b.grant()), b.tokenIs(b.refresh("refresh 2", 0), b.grant()))
}

func tokenEnds(b *bench) error {
	return first(b.granted(), failed("EndToken", b.store.EndToken(b.ctx, b.tenant, b.hash("access"))), b.lost("access"), b.found("refresh"))
}

func grantEnds(b *bench) error {
	return first(b.granted(), failed("EndGrant", b.store.EndGrant(b.ctx, b.tenant, grantID)), b.lost("access", "refresh"),
		failed("AddTokens", b.store.AddTokens(b.ctx, b.access("access 2"))), b.lost("access 2"),
		failed("EndGrant", b.store.EndGrant(b.ctx, b.tenant, grantID)))
}

// also adds a grant of a person to a client, and a token of it that has the grant's ID.
func (b *bench) also(person, client, id string, created time.Time) error {
	r, g, t := b.request(), b.grant(), b.access(id)
	r.Code, r.Stage, r.Subject, r.Client, r.Grant = b.hash("code of "+id), oauthsrv.StageApproved, person, client, id
	g.Subject, g.Client, g.ID, g.Created, t.Grant = person, client, id, created, id
	if err := b.store.AddRequest(b.ctx, r); err != nil {
		return failed("AddRequest", err)
	}
	won, err := b.store.Redeem(b.ctx, oauthsrv.Redemption{Code: r.Code, Grant: g, Tokens: []oauthsrv.Token{t}})
	return verdict("Redeem", won, true, err)
}

func grantsEnd(b *bench) error {
	return first(b.also(subject, clientID, "one", at(1)), b.also(subject, clientID, "two", at(2)),
		b.also(subject, "client-2", "three", at(3)), b.also("another", clientID, "four", at(4)),
		failed("EndGrants", b.store.EndGrants(b.ctx, b.tenant, subject, clientID)), b.lost("one", "two"), b.found("three", "four"),
		b.list(10, "three"))
}

// list wants Grants to return these.
func (b *bench) list(most int, want ...string) error {
	grants, err := b.store.Grants(b.ctx, b.tenant, subject, most)
	var got []string
	for _, g := range grants {
		got = append(got, g.ID)
	}
	return same(fmt.Sprintf("Grants, at most %d,", most), got, want, err)
}

func listed(b *bench) error {
	err := first(b.also(subject, clientID, "b", at(2)), b.also(subject, clientID, "a", at(2)), b.also(subject, "client-2", "c", at(3)),
		b.also(subject, clientID, "d", at(1)), b.also("another", clientID, "e", at(5)))
	if err != nil {
		return err
	}
	err = first(b.list(10, "c", "a", "b", "d"), b.list(2, "c", "a"), b.list(0))
	if err != nil {
		return err
	}
	want := b.grant()
	want.ID, want.Created = "a", at(2)
	grants, err := b.store.Grants(b.ctx, b.tenant, subject, 10)
	if err != nil {
		return failed("Grants", err)
	}
	return same("Grants", grants[1], want, nil)
}

func touched(b *bench) error {
	grant := b.grant()
	grant.Used = at(50)
	return first(b.granted(), failed("Touch", b.store.Touch(b.ctx, b.tenant, grantID, at(50))), b.tokenIs(b.access("access"), grant))
}

func erased(b *bench) error {
	err := first(b.granted(), b.also("another", clientID, "other", at(1)), failed("Erase", b.store.Erase(b.ctx, b.tenant, subject)))
	if err != nil {
		return err
	}
	_, asked := b.store.Request(b.ctx, b.tenant, b.hash("code"))
	_, known := b.store.Client(b.ctx, b.tenant, clientID)
	return first(notFound("Request", asked), b.lost("access", "refresh"), b.list(10), b.found("other"), failed("Client", known),
		b.redeem(false), b.lost("access"))
}

// swept works in the years around 2000, before everything else.
func swept(b *bench) error {
	year := func(y int) time.Time { return time.Date(y, time.January, 1, 0, 0, 0, 0, time.UTC) }
	var all []error
	for _, c := range []oauthsrv.Client{
		{ID: "unused", Created: year(1999)}, {ID: "young", Created: year(2001)}, {ID: "ended", Created: year(2001), Expires: year(2001)},
		{ID: "used", Created: year(1999), Used: year(1999)}, {ID: "limited", Created: year(2001), Expires: year(2003)},
	} {
		c.Tenant = b.tenant
		all = append(all, failed("AddClient", b.store.AddClient(b.ctx, c)))
	}
	for name, ends := range map[string]time.Time{"old": year(2001), "new": year(2003)} {
		r, g, t := b.request(), b.grant(), b.access(name)
		r.Code, r.Grant, r.Stage, r.Expires = b.hash("code "+name), name, oauthsrv.StageApproved, ends
		g.ID, g.Created, g.Expires, t.Grant, t.Expires = name, year(2000), year(2003), name, ends
		all = append(all, failed("AddRequest", b.store.AddRequest(b.ctx, r)))
		_, err := b.store.Redeem(b.ctx, oauthsrv.Redemption{Code: r.Code, Grant: g, Tokens: []oauthsrv.Token{t}})
		all = append(all, failed("Redeem", err))
	}
	all = append(all, b.found("old", "new"), failed("Sweep", b.store.Sweep(b.ctx, year(2002), year(2000))))
	all = append(all, b.lost("old"), b.found("new"), b.asks("code old", false), b.asks("code new", true))
	for id, stays := range map[string]bool{"unused": false, "young": true, "ended": false, "used": true, "limited": true} {
		_, err := b.store.Client(b.ctx, b.tenant, id)
		all = append(all, there("Client of "+id, stays, err))
	}
	return first(all...)
}

// asks wants a request to be there, or not.
func (b *bench) asks(code string, stays bool) error {
	_, err := b.store.Request(b.ctx, b.tenant, b.hash(code))
	return there("Request of "+code, stays, err)
}

func there(call string, stays bool, err error) error {
	if stays {
		return failed(call, err)
	}
	return notFound(call, err)
}

func cancelled(b *bench) error {
	ctx, cancel := context.WithCancel(b.ctx)
	cancel()
	if err := b.store.AddClient(ctx, b.client()); !errors.Is(err, context.Canceled) {
		return fmt.Errorf("AddClient under a context that ended returns the error %v, not that of the context", err)
	}
	_, err := b.store.Client(b.ctx, b.tenant, clientID)
	return notFound("Client of a call that was cancelled", err)
}
