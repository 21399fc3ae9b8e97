package oauthsrv

import (
	"context"
	"errors"
	"time"
)

// Store keeps what an authorization server must not forget. Every key begins with the
// tenant, and nothing of one tenant is found at another.
//
// Each method is one step: after an error, or a crash, all of it was done or nothing, and
// where several callers change the same thing it is as if they had come one after the
// other. What a method has acknowledged is found by every process from then on. Instants
// come in UTC and whole microseconds, and are kept so; a zero instant stays zero.
//
// The server decides what is valid and until when; a store compares no instants but those
// of Sweep. Secrets reach it as hashes alone. Implementations are safe for concurrent use
// and honour ctx.
type Store interface {
	// AddClient keeps a client that registered. The ID is new.
	AddClient(ctx context.Context, c Client) error
	// Client returns a client, or [ErrNotFound].
	Client(ctx context.Context, tenant, id string) (Client, error)

	// AddRequest keeps a request that a person is being asked about. Code is new.
	AddRequest(ctx context.Context, r Request) error
	// Request returns the request of a code, or ErrNotFound.
	Request(ctx context.Context, tenant string, code Hash) (Request, error)
	// Approve moves a request from StageAsked to StageApproved and gives it another
	// end. It returns false, and changes nothing, where there is no such request at
	// StageAsked: of several that approve one request, one gets true.
	Approve(ctx context.Context, tenant string, code Hash, expires time.Time) (bool, error)
	// Redeem moves a request from StageApproved to StageRedeemed, adds the grant with its
	// tokens, and sets Used of the client where that is zero. It returns false, and changes
	// nothing, where there is no such request at StageApproved: of several that redeem one
	// code, one gets true.
	Redeem(ctx context.Context, r Redemption) (bool, error)

	// Token returns a token together with its grant, or ErrNotFound where either is
	// not there.
	Token(ctx context.Context, tenant string, token Hash) (Token, Grant, error)
	// Rotate raises the generation of a grant by one, sets its Rotated, Used and Expires,
	// sets Used of the token that was presented, and adds the new tokens. It returns false, and
	// changes nothing, where the grant is not there or not at the generation that
	// Rotation names: of several that rotate one generation, one gets true.
	Rotate(ctx context.Context, r Rotation) (bool, error)
	// AddTokens adds tokens to a grant. Where the grant has ended meanwhile, they are
	// never found.
	AddTokens(ctx context.Context, tokens ...Token) error
	// EndToken removes one token, where it is there.
	EndToken(ctx context.Context, tenant string, token Hash) error
	// Touch sets Used of a grant, where it is there.
	Touch(ctx context.Context, tenant, grant string, used time.Time) error

	// EndGrant removes a grant, where it is there. From then on none of its tokens is
	// found, not even one that is added later.
	EndGrant(ctx context.Context, tenant, grant string) error
	// EndGrants removes all grants of a person to a client, as EndGrant does.
	EndGrants(ctx context.Context, tenant, subject, client string) error
	// Grants returns the grants of a person, the newest first, of one instant by ID, and
	// no more than most. None is no error.
	Grants(ctx context.Context, tenant, subject string, most int) ([]Grant, error)
	// Erase removes all that is kept of a person: grants, tokens and requests.
	Erase(ctx context.Context, tenant, subject string) error

	// Sweep removes, of all tenants, what ended before an instant (requests, tokens,
	// grants, and clients whose secret did) and the clients that were created before
	// another one and never used. It may be called by several processes at a time.
	Sweep(ctx context.Context, ended, unused time.Time) error
}

// ErrNotFound is the error of a Store that does not have what it is asked for.
var ErrNotFound = errors.New("oauthsrv: not found")

// Client is a registered client (RFC 7591, 3.2.1).
type Client struct {
	Tenant  string
	ID      string
	Secret  Hash
	Created time.Time
	Expires time.Time // of the secret; the zero time for never
	Used    time.Time // when a code of it was first redeemed; the zero time for not yet
	Metadata
}

// Metadata is what a client says of itself, and what it may ask for (RFC 7591, 2). A
// store keeps it as a whole, such as by encoding/json. Nobody has checked that the names
// in it are true.
type Metadata struct {
	Name            string   `json:"client_name"`
	URL             string   `json:"client_uri"`
	Logo            string   `json:"logo_uri"`
	Terms           string   `json:"tos_uri"`
	Policy          string   `json:"policy_uri"`
	SoftwareID      string   `json:"software_id"`
	SoftwareVersion string   `json:"software_version"`
	Contacts        []string `json:"contacts,omitempty"`
	RedirectURIs    []string `json:"redirect_uris"`
	AuthMethod      string   `json:"token_endpoint_auth_method"`
	GrantTypes      []string `json:"grant_types"`
	ResponseTypes   []string `json:"response_types"`
	Scope           string   `json:"scope"` // names, with blanks between them
}

// Stage is how far a Request has come. The zero Stage is none.
type Stage uint8

// The stages of a Request.
const (
	StageAsked    Stage = iota + 1 // the person was shown the consent page
	StageApproved                  // the client was sent the code
	StageRedeemed                  // the client has its tokens
)

// Request is what a client asks of a person, and from StageApproved on the authorization
// code that says so (RFC 6749, 4.1).
type Request struct {
	Tenant      string
	Code        Hash // of the code; the code itself is not kept
	Stage       Stage
	Client      string
	Subject     string // whom the page was shown to
	RedirectURI string
	State       string
	Scopes      []string
	Challenge   string // S256 (RFC 7636, 4.2)
	Grant       string // the ID that the grant has once the code is redeemed
	Expires     time.Time
}

// Redemption is a code that becomes a grant. Grant.ID is that of the request.
type Redemption struct {
	Code   Hash
	Grant  Grant
	Tokens []Token
}

// Grant is what a person allowed a client. It lives as long as it stands in the Store, or
// until it Expires.
type Grant struct {
	Tenant  string
	ID      string
	Subject string
	Client  string
	Scopes  []string
	Created time.Time
	Used    time.Time // about when a token of it was last used
	Expires time.Time // when the last of its tokens ends
	// Generation counts how often the refresh token was replaced, and Rotated is when
	// it last was, the zero time for never.
	Generation int
	Rotated    time.Time
}

// Kind tells the tokens of a grant apart. The zero Kind is none.
type Kind uint8

// The kinds of Token.
const (
	KindAccess Kind = iota + 1
	KindRefresh
)

// Token is a token of a grant.
type Token struct {
	Tenant  string
	Hash    Hash
	Kind    Kind
	Grant   string
	Scopes  []string
	Expires time.Time
	// Generation is that of the grant when a refresh token was made, and Used is when it
	// was first exchanged, the zero time for not yet.
	Generation int
	Used       time.Time
}

// Rotation replaces a refresh token by new tokens.
type Rotation struct {
	Tenant     string
	Grant      string
	Generation int  // that the grant must have
	Presented  Hash // the refresh token
	Tokens     []Token
	At         time.Time // becomes Used of the token, and Rotated and Used of the grant
	Expires    time.Time // of the grant from now on
}
