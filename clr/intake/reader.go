package intake

import (
	"context"
	"errors"
	"iter"

	"github.com/laurel-edu/laurel/did"
	"github.com/laurel-edu/laurel/vc/fetch"
	"github.com/laurel-edu/laurel/vc/verify"
)

// Reader reads uploads by one Config. It is safe for concurrent use; keep one rather than
// making one for each upload. Make it with [New].
type Reader struct {
	given    Config // as it came
	config   Config
	verifier *verify.Verifier
	fetcher  fetch.Fetcher // what is asked for an upload that is a URL
}

// New returns a Reader. The error is a contradiction in the Config.
func New(c Config) (*Reader, error) {
	given := c
	c, err := c.withDefaults()
	if err != nil {
		return nil, err
	}
	r := &Reader{given: given, config: c}
	r.fetcher = fetch.Around(c.Verify.Fetcher, func(f fetch.Fetcher) fetch.Fetcher { return limited{f} })
	if c.Verify.Fetcher != nil {
		c.Verify.Fetcher = r.fetcher
	}
	if c.Verify.Resolver != nil {
		c.Verify.Resolver = limitedResolver{did.Guard(c.Verify.Resolver)}
	}
	r.verifier, err = verify.New(c.Verify)
	return r, err
}

// Read reads one upload, see [Reader.Read].
func Read(ctx context.Context, upload []byte, c Config) (*Reading, error) {
	r, err := New(c)
	if err != nil {
		return nil, err
	}
	return r.Read(ctx, upload, Options{})
}

// Read reads one upload to its end. The Reading is there whatever came; the error is that of
// ctx, or of Config.Verify.Limits.Timeout, beside a Reading of what was found out until then,
// or an Expect that contradicts itself.
func (r *Reader) Read(ctx context.Context, upload []byte, o Options) (*Reading, error) {
	return r.read(ctx, upload, o, func(*Entry) {})
}

// Stream is a reading under way. It is for one goroutine.
type Stream struct {
	reader  *Reader
	ctx     context.Context
	upload  []byte
	options Options
	begun   bool
	reading *Reading
	err     error
}

// Stream reads one upload and hands out its entries as they are decided, for who does not
// want to wait for the slowest issuer. Nothing is done before [Stream.Entries] is used.
func (r *Reader) Stream(ctx context.Context, upload []byte, o Options) *Stream {
	return &Stream{reader: r, ctx: ctx, upload: upload, options: o}
}

// Entries yields the entries as they are decided, in no order, once. Each is as it stands in
// the Reading, but that only there is said which are duplicates of others. Whoever stops
// early ends the reading.
func (s *Stream) Entries() iter.Seq[*Entry] {
	return func(yield func(*Entry) bool) {
		if s.begun {
			return
		}
		s.begun = true
		ctx, cancel := context.WithCancel(s.ctx)
		defer cancel()
		decided, left := make(chan *Entry), make(chan struct{})
		go func() {
			defer close(decided)
			s.reading, s.err = s.reader.read(ctx, s.upload, s.options, func(e *Entry) {
				early := *e
				select {
				case decided <- &early:
				case <-left: // nobody listens any more
				}
			})
		}()
		for e := range decided {
			if !yield(e) {
				cancel()
				close(left)
				break
			}
		}
		for range decided { // until the reading has ended
			continue
		}
	}
}

// Reading returns what the whole was found to be, once Entries has ended, and reads to the
// end where Entries was not used. The error is as of [Reader.Read].
func (s *Stream) Reading() (*Reading, error) {
	for range s.Entries() {
		continue
	}
	return s.reading, s.err
}

// read reads an upload, and tells of each entry once its standing is known: from one
// goroutine at a time.
func (r *Reader) read(ctx context.Context, upload []byte, o Options, tell func(*Entry)) (*Reading, error) {
	if r == nil || r.verifier == nil {
		return nil, errors.New("intake: the Reader was not made by New")
	}
	b := &batch{Reader: r, options: o, tell: tell}
	reading, err := b.read(r.budget(ctx), upload)
	r.introduce(ctx, reading)
	return reading, err
}
