package storetest

import (
	"strings"
	"time"

	"github.com/laurel-edu/laurel/oauthsrv"
)

// at is an instant in the time of the cases, with microseconds.
func at(minutes int) time.Time {
	return time.Date(2026, time.March, 1, 12, minutes, 30, 123456000, time.UTC)
}

const (
	subject  = "Ünal@school.example" // whatever a product calls people
	clientID = "client-1"
	grantID  = "grant-1"
)

var scopes = []string{"https://purl.imsglobal.org/spec/ob/v3p0/scope/credential.readonly", "offline_access"}

// hash is the hash of a secret of the case's own.
func (b *bench) hash(secret string) oauthsrv.Hash { return oauthsrv.HashOf(b.tenant + secret) }

func (b *bench) client() oauthsrv.Client {
	return oauthsrv.Client{
		Tenant: b.tenant, ID: clientID, Secret: b.hash("secret"), Created: at(0), Expires: at(100),
		Metadata: oauthsrv.Metadata{
			Name: "Wallet “ü” <b>", URL: "https://app.example/", Logo: "https://app.example/logo.png",
			Terms: "https://app.example/terms?a=1&b=2", Policy: "https://app.example/privacy", SoftwareID: "id", SoftwareVersion: "1.0",
			Contacts: []string{"a@app.example"}, RedirectURIs: []string{"https://app.example/back", "https://app.example/back2"},
			AuthMethod: "client_secret_basic", GrantTypes: []string{"authorization_code", "refresh_token"},
			ResponseTypes: []string{"code"}, Scope: strings.Join(scopes, " "),
		},
	}
}

func (b *bench) request() oauthsrv.Request {
	return oauthsrv.Request{
		Tenant: b.tenant, Code: b.hash("code"), Stage: oauthsrv.StageAsked, Client: clientID, Subject: subject,
		RedirectURI: "https://app.example/back", State: "a state & more ü", Scopes: scopes,
		Challenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", Grant: grantID, Expires: at(10),
	}
}

func (b *bench) grant() oauthsrv.Grant {
	return oauthsrv.Grant{
		Tenant: b.tenant, ID: grantID, Subject: subject, Client: clientID, Scopes: scopes, Created: at(1), Used: at(1), Expires: at(90),
	}
}

func (b *bench) access(name string) oauthsrv.Token {
	return oauthsrv.Token{
		Tenant: b.tenant, Hash: b.hash(name), Kind: oauthsrv.KindAccess, Grant: grantID, Scopes: scopes[:1], Expires: at(60),
	}
}

func (b *bench) refresh(name string, generation int) oauthsrv.Token {
	return oauthsrv.Token{
		Tenant: b.tenant, Hash: b.hash(name), Kind: oauthsrv.KindRefresh, Grant: grantID, Scopes: scopes, Expires: at(90),
		Generation: generation,
	}
}

func (b *bench) redemption() oauthsrv.Redemption {
	return oauthsrv.Redemption{
		Code: b.hash("code"), Grant: b.grant(), Tokens: []oauthsrv.Token{b.access("access"), b.refresh("refresh", 0)},
	}
}

// rotation is the n-th of the grant, from 1.
func (b *bench) rotation(n int, presented string, tokens ...oauthsrv.Token) oauthsrv.Rotation {
	return oauthsrv.Rotation{
		Tenant: b.tenant, Grant: grantID, Generation: n - 1, Presented: b.hash(presented), Tokens: tokens, At: at(20 + n), Expires: at(95),
	}
}

// granted brings the case to where the client has its tokens.
func (b *bench) granted() error {
	err := first(
		failed("AddClient", b.store.AddClient(b.ctx, b.client())),
		failed("AddRequest", b.store.AddRequest(b.ctx, b.request())),
	)
	if err != nil {
		return err
	}
	return first(b.approve(true), b.redeem(true))
}
