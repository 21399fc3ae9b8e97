package intake

import (
	"context"
	"errors"

	"github.com/laurel-edu/laurel/vc/verify"
)

// Config says how a Reader reads. The zero value is strict and offline, and takes
// credentials of every type.
type Config struct {
	// Verify is how each credential is verified. Kinds nil is [verify.AnyKind] here, since a
	// record may hold any credential.
	Verify verify.Config
	// FetchURL takes an upload that is a URL for what stands there, which is then asked of
	// Verify.Fetcher. False, the default, names it as what it is: whoever hands in an address
	// chooses what is asked for.
	FetchURL bool
	// Issuer says what is known of an issuer, such as [Registries.Issuer]. It is asked for the
	// issuers that entries can be held to, once each, may be called from several goroutines,
	// and changes nothing but [Entry.Listed]. Nil knows nobody.
	Issuer func(ctx context.Context, id string) (Listed, bool)
	// Limits bounds what is unpacked.
	Limits Limits
}

// Limits bounds archives. Zero has the default.
type Limits struct {
	// Members is the most files of an archive, 1,000 by default.
	Members int
	// MemberBytes is the longest file of an archive and Bytes all of them together, when
	// inflated: 64 MiB and 128 MiB by default.
	MemberBytes, Bytes int
	// Ratio is how many times longer than in the archive a file may become, 200 by default:
	// JSON becomes 5 to 40 times as long.
	Ratio int
	// Depth is how deep archives may stand in archives, 1 by default; negative for not at
	// all.
	Depth int
	// Fetches bounds the requests of a reading as a whole, 64 by default, negative for none:
	// each file of an archive has Verify.Limits.MaxFetches for itself.
	Fetches int
}

// Options are for one reading. The zero value expects nothing.
type Options struct {
	// Expect is what a presentation must answer. AllowUnsigned makes no difference here: a
	// presentation without a proof is read, and its envelope is unsigned.
	Expect verify.Expect
	// Holder is who is known to have handed it in, an id or an e-mail address: subjects are
	// compared with it too. "" is not known.
	Holder string
}

const (
	defaultMembers     = 1000
	defaultMemberBytes = 64 << 20
	defaultBytes       = 128 << 20
	defaultRatio       = 200
	defaultDepth       = 1
	defaultFetches     = 64
)

func (c Config) withDefaults() (Config, error) {
	if c.FetchURL && c.Verify.Fetcher == nil {
		return c, errors.New("intake: Config has FetchURL without Verify.Fetcher")
	}
	if c.Verify.Kinds == nil {
		c.Verify.Kinds = []string{verify.AnyKind}
	}
	l := &c.Limits
	for _, n := range [...]struct {
		at        *int
		otherwise int
	}{{&l.Members, defaultMembers}, {&l.MemberBytes, defaultMemberBytes}, {&l.Bytes, defaultBytes}, {&l.Ratio, defaultRatio},
		{&l.Depth, defaultDepth}, {&l.Fetches, defaultFetches}} {
		if *n.at == 0 {
			*n.at = n.otherwise
		}
		*n.at = max(*n.at, 0)
	}
	return c, nil
}
