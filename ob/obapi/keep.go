package obapi

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"runtime"
	"time"

	"github.com/laurel-edu/laurel/hub"
	"github.com/laurel-edu/laurel/internal/credrest"
	"github.com/laurel-edu/laurel/internal/datetime"
	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/guard"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/fetch"
	"github.com/laurel-edu/laurel/vc/verify"
)

// KeeperConfig says what a Keeper keeps and where. Store must be set; the zero value of
// everything else is the careful choice: credentials are verified strictly and without a
// network.
type KeeperConfig struct {
	// Store is where credentials go. It is guarded ([hub.Guard]).
	Store hub.Store
	// Verify says how they are verified. Kinds must not be set: badges and records are kept.
	// The longest token is by default as long as the longest record of the services.
	Verify verify.Config
	// Admit is asked about each credential that is authentic, nil for no questions: whether
	// its subject is the owner, say. A *[vc.Problem] is told to whoever brought the
	// credential; any other error is a fault.
	Admit func(context.Context, hub.Owner, *vc.Document) error
	// MaxAhead is how far in the future a validFrom may lie, 366 days by default: until
	// then nothing could replace the credential.
	MaxAhead time.Duration
	// MaxVerifying is how many credentials are verified at a time, by default twice the
	// number of processors, since that takes many times the memory of the text. Others wait.
	MaxVerifying int
	// OnFetch is told of each document that Verify.Fetcher is asked for, for figures of the
	// operator's own. It may be called from several goroutines.
	OnFetch func(Fetch)
	// Now is the clock, time.Now by default, and that of Verify where it has none.
	Now func() time.Time
}

// Keeper is the door by which credentials come into a store, whoever brings them: a client
// of the service, a person with a file, a synchronisation. It keeps what is authentic
// ([verify.Report.Authentic]): the proof is good, the key is the issuer's, and it reads as
// it was signed. Dates and status do not matter, since people keep badges that have
// expired. A Keeper is safe for concurrent use.
type Keeper struct {
	store    hub.Store
	parse    vc.ParseConfig
	verifier *verify.Verifier
	admit    func(context.Context, hub.Owner, *vc.Document) error
	ahead    time.Duration
	turns    turns
	now      func() time.Time
}

const defaultMaxAhead = 366 * 24 * time.Hour

// NewKeeper makes a Keeper. The error says what of the KeeperConfig cannot be.
func NewKeeper(c KeeperConfig) (*Keeper, error) {
	switch {
	case c.Store == nil:
		return nil, errors.New("obapi: KeeperConfig.Store is not set")
	case c.Verify.Kinds != nil:
		return nil, errors.New("obapi: KeeperConfig.Verify.Kinds is set, and the service decides which credentials it takes")
	case c.MaxAhead < 0 || c.MaxVerifying < 0:
		return nil, errors.New("obapi: a bound of the KeeperConfig is negative")
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	v := c.Verify
	v.Kinds = append(append(v.Kinds, credrest.Badges.Types...), credrest.Records.Types...)
	v.Limits.Parse.MaxTokenBytes = cmp.Or(v.Limits.Parse.MaxTokenBytes, int(credrest.Records.MaxBody))
	if v.Now == nil {
		v.Now = c.Now
	}
	if c.OnFetch != nil && v.Fetcher != nil {
		v.Fetcher = toldFetcher{fetch.Guard(v.Fetcher), c.OnFetch, c.Now}
	}
	verifier, err := verify.New(v)
	if err != nil {
		return nil, err
	}
	return &Keeper{store: hub.Guard(c.Store), parse: v.Limits.Parse, verifier: verifier, admit: c.Admit,
		ahead: cmp.Or(c.MaxAhead, defaultMaxAhead), turns: make(turns, cmp.Or(c.MaxVerifying, 2*runtime.GOMAXPROCS(0))), now: c.Now}, nil
}

// Keep verifies a credential, JSON or a compact JWS, and keeps it for an owner, by the
// rules of [hub.Store]: an outcome of [hub.OutcomeOlder] is no error, and the entry is then
// the one that stays. The error is a *[vc.Problem] where the credential is not kept for what
// it is; where that has a *fetch.Error that is Temporary, what it is verified by could not
// be had for now. Other errors are of the store, of Admit and of the context.
func (k *Keeper) Keep(ctx context.Context, o hub.Owner, text []byte) (hub.Stored, hub.Outcome, error) {
	c, err := k.credential(ctx, o, text, nil)
	if err != nil {
		return hub.Stored{}, 0, err
	}
	return k.store.Upsert(ctx, o, c)
}

// Check verifies a credential that says of itself what it is, as [hub.ImportOptions] wants
// it: the error is a *[vc.Problem] where it is not authentic, or another than it says.
func (k *Keeper) Check(ctx context.Context, o hub.Owner, c hub.Credential) error {
	read, err := k.credential(ctx, o, c.Raw, nil)
	switch {
	case err != nil:
		return err
	case read.Key() != c.Key() || read.Form != c.Form || !hub.Instant(read.ValidFrom).Equal(hub.Instant(c.ValidFrom)):
		return words.Problem(CodeOther, "", "")
	}
	return nil
}

// credential verifies a text and returns it as a store takes it. early may refuse it before
// that, by what it says of itself: to verify costs much more than to read.
func (k *Keeper) credential(ctx context.Context, o hub.Owner, text []byte, early func(hub.Credential) error) (c hub.Credential, err error) {
	text = trimmed(text)
	doc, err := k.parse.Parse(text)
	if err != nil {
		return c, err
	}
	c = described(doc, text)
	switch {
	case c.Kind == 0 || c.Form == vc.FormSDJWT:
		return c, words.Problem(verify.CodeKindNotAccepted, "/type", "")
	case c.ValidFrom.After(k.now().Add(k.ahead)):
		return c, words.Problem(CodeAhead, "/validFrom", vc.Quote(c.ValidFrom.Format(time.RFC3339)))
	case early != nil:
		err = early(c)
	}
	if err == nil {
		err = k.judge(ctx, o, text)
	}
	if err == nil && c.Check() != nil {
		return c, words.Problem(CodeUnkept, "", "")
	}
	return c, err
}

// space and byteOrderMark may stand around a text and are not kept.
const (
	space         = " \t\r\n"
	byteOrderMark = "\xef\xbb\xbf"
)

func trimmed(text []byte) []byte {
	return bytes.Trim(bytes.TrimPrefix(text, []byte(byteOrderMark)), space)
}

// described is what a document says of itself. None of it is believed yet.
func described(doc *vc.Document, text []byte) hub.Credential {
	c := hub.Credential{Issuer: doc.IssuerID(), ID: doc.ID(), Form: doc.Form(), Raw: text}
	for _, s := range []*credrest.Service{credrest.Records, credrest.Badges} {
		if s.Takes(doc.Types()) {
			c.Kind = s.Kind
		}
	}
	from := door.Root(doc).Get("validFrom")
	if !from.Exists() {
		from = door.Root(doc).Get("issuanceDate") // VCDM 1.1
	}
	c.ValidFrom, _ = datetime.Parse(from.Text()) // the rules say what is wrong with it
	return c
}

// judge verifies a credential, and asks whether its owner may have it.
func (k *Keeper) judge(ctx context.Context, o hub.Owner, text []byte) error {
	if err := k.turns.enter(ctx); err != nil {
		return err
	}
	defer k.turns.leave()
	good, err := k.verifier.Authenticate(ctx, text)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		return because(err)
	}
	if k.admit == nil {
		return nil
	}
	_, err = guard.Call(ctx, func() (struct{}, error) {
		return guard.Legible(struct{}{}, k.admit(ctx, o, good.Document()))
	})
	return err
}

// decisive are the checks that [verify.Report.Authentic] asks for, in the order in which
// their failures are told.
var decisive = []verify.CheckName{verify.CheckParse, verify.CheckContexts, verify.CheckProof, verify.CheckBinding, verify.CheckRules,
	verify.CheckReading, verify.CheckNested}

// because is the first problem for which a credential is not authentic: what is wrong with
// its dates and its status stands in the report too.
func because(err error) error {
	refused, ok := errors.AsType[*verify.Error](err)
	if !ok {
		return err
	}
	for _, name := range decisive {
		for i := range refused.Report.Checks {
			if c := &refused.Report.Checks[i]; c.Name == name && !c.Advisory && c.Outcome != verify.OutcomePassed && len(c.Problems) > 0 {
				return c.Problems[0]
			}
		}
	}
	return err
}

// turns let as many in at a time as they have room for.
type turns chan struct{}

// enter waits for a turn, or returns the error of ctx.
func (t turns) enter(ctx context.Context) error {
	select {
	case t <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (t turns) leave() { <-t }
