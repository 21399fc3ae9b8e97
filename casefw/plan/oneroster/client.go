package oneroster

import (
	"cmp"
	"context"
	"errors"
	"net/url"
	"strings"
	"time"

	"github.com/laurel-edu/laurel/casefw/caseapi"
	"github.com/laurel-edu/laurel/casefw/plan"
	"github.com/laurel-edu/laurel/internal/gradebook"
)

// The scopes of OneRoster 1.2 that reading takes. Ask for what the server grants: its
// description names both for one operation and means either.
const (
	ScopeCoreReadonly       = "https://purl.imsglobal.org/spec/or/v1p2/scope/gradebook-core.readonly"
	ScopeReadonly           = "https://purl.imsglobal.org/spec/or/v1p2/scope/gradebook.readonly"
	ScopeAssessmentReadonly = "https://purl.imsglobal.org/spec/or/v1p2/scope/assessment.readonly"
)

// Config says how to reach a gradebook and how to read it. BaseURL, Source and Learners are
// needed; the zero value of everything else is the careful choice.
type Config struct {
	// BaseURL is where the service stands: "https://sis.example.edu", with a prefix before
	// /ims/oneroster where there is one, or whole. It must be https.
	BaseURL string
	// Source names the gradebook in events. It must stay the same for as long as states
	// are kept.
	Source string
	// Learners says who is who.
	Learners plan.Learners
	// Authorize gives the bearer token; [caseapi.NewClientCredentials] makes one of the
	// OAuth 2.0 client credentials grant. Nil sends none.
	Authorize caseapi.Authorizer
	// Class limits what is read to a class, by its sourcedId.
	Class string
	// Assessments reads assessmentLineItems and assessmentResults besides.
	Assessments bool
	// Skip leaves out line items by their sourcedId: those that the product itself writes,
	// or its awards would be evidence for awards. Nil leaves out none.
	Skip func(lineItem string) bool
	// Zone is that of the school, in which the date of a score ends; UTC by default.
	Zone *time.Location

	// Overlap is how far before the newest record a pull begins, 10 minutes by default:
	// records of one transaction become visible in any order.
	Overlap time.Duration
	// Reconcile is how often everything is read, a day by default, never where negative.
	// It finds what was dropped without a mark.
	Reconcile time.Duration
	// Tries is how often a parked record is tried before it is called dead, 30 by default.
	Tries int
	// PageSize is how many records are asked for at once, 1000 by default.
	PageSize int
	// MaxPages bounds the requests of one list, 10,000 by default.
	MaxPages int
	// MaxRecords bounds the results that are known, 200,000 by default: of each the cursor
	// has some 100 bytes.
	MaxRecords int
	// MaxBody is the longest answer, 16 MiB by default.
	MaxBody int64
	// Retries is how often a request is sent again after a failure that may pass, 429
	// among them: 3 by default, never where negative. MaxWait is the longest pause, a
	// minute by default, and MaxWaiting all pauses of a pull, 10 minutes by default. A
	// gradebook that asks for longer is not asked again; the error says how long.
	Retries    int
	MaxWait    time.Duration // see Retries
	MaxWaiting time.Duration // see Retries

	Do     caseapi.Doer                               // by default a client that connects to public addresses only
	Now    func() time.Time                           // time.Now by default
	Sleep  func(context.Context, time.Duration) error // waits by default
	Jitter func() float64                             // from 0 to 1; random by default

	// InsecureAllowLoopback admits plain http to this machine. It is for tests.
	InsecureAllowLoopback bool
}

// Client reads the gradebook of a service. It is safe for concurrent use, and keeps
// nothing but its configuration: what it knows is in the cursors.
type Client struct {
	c    Config
	http *gradebook.Client
}

const (
	root           = "/ims/oneroster/gradebook/v1p2"
	defaultOverlap = 10 * time.Minute
)

// New checks a configuration and makes a client of it. Nothing is sent.
func New(c Config) (*Client, error) {
	switch {
	case c.Source == "" || c.Learners == nil:
		return nil, errors.New("oneroster: Config needs a Source, and Learners: whom a gradebook names is nobody elsewhere")
	case min(c.Tries, c.PageSize, c.MaxPages, c.MaxRecords) < 0 || c.Overlap < 0:
		return nil, errors.New("oneroster: a limit of the Config is negative")
	}
	c.Overlap, c.Reconcile = cmp.Or(c.Overlap, defaultOverlap), cmp.Or(c.Reconcile, 24*time.Hour)
	c.Tries, c.PageSize = cmp.Or(c.Tries, 30), cmp.Or(c.PageSize, 1000)
	c.MaxPages, c.MaxRecords = cmp.Or(c.MaxPages, 10_000), cmp.Or(c.MaxRecords, 200_000)
	base := strings.TrimRight(c.BaseURL, "/")
	if !strings.HasSuffix(base, root) {
		base += root
	}
	http, err := gradebook.New(base, gradebook.Config{Authorize: c.Authorize, Do: c.Do, MaxBody: c.MaxBody, Retries: c.Retries,
		MaxWait: c.MaxWait, MaxWaiting: c.MaxWaiting, Now: c.Now, Sleep: c.Sleep, Jitter: c.Jitter,
		InsecureAllowLoopback: c.InsecureAllowLoopback})
	if err != nil {
		return nil, err
	}
	return &Client{c, http}, nil
}

// kind is one of the two pairs of collections.
type kind struct {
	results, items, item string
	prefix               string // of ids in cursors and events, since those of two collections may be alike
}

var kinds = [...]kind{
	{"results", "lineItems", "lineItem", ""},
	{"assessmentResults", "assessmentLineItems", "assessmentLineItem", "assessment:"},
}

// path is where a collection stands: that of the class, where there is one.
func (c *Client) path(collection string) string {
	if c.c.Class == "" || strings.HasPrefix(collection, "assessment") {
		return collection
	}
	return "classes/" + url.PathEscape(c.c.Class) + "/" + collection
}

// Pull implements [plan.Source].
func (c *Client) Pull(ctx context.Context, cursor []byte) (plan.Batch, error) {
	m, err := remembered(cursor)
	if err != nil {
		return plan.Batch{}, err
	}
	p := c.begin(ctx, m)
	p.full = m.Full.IsZero() || c.c.Reconcile > 0 && p.now.Sub(m.Full) >= c.c.Reconcile
	for i, k := range kinds {
		if i > 0 && !c.c.Assessments {
			break
		}
		if err := p.kind(k); err != nil {
			return plan.Batch{}, err
		}
	}
	return p.end()
}

func (c *Client) begin(ctx context.Context, m *memory) *pull {
	return &pull{Client: c, ctx: ctx, call: c.http.Begin(), m: m, now: c.http.Now().UTC(), lines: map[string]line{}, complete: true,
		trusted: map[string]bool{}, tried: map[string]bool{}}
}

func (p *pull) end() (plan.Batch, error) {
	if len(p.m.Known)+len(p.m.Waiting) > p.c.MaxRecords {
		return plan.Batch{}, &plan.SourceError{URL: p.http.Base().Redacted(), Detail: "it has more results than Config.MaxRecords"}
	}
	if p.batch.Full = p.full && p.complete; p.batch.Full {
		p.m.Full = p.now
	}
	p.batch.Parked = p.m.parked(p.c.Tries)
	var err error
	p.batch.Cursor, err = p.m.text()
	return p.batch, err
}
