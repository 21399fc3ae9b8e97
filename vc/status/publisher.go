package status

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math/bits"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/laurel-edu/laurel/internal/guard"
	"github.com/laurel-edu/laurel/vc"
)

// PublisherConfig says whose status lists a [Publisher] keeps, and where. URL, Issuer,
// Sign and Store are required, so the zero value is an error.
type PublisherConfig struct {
	// URL is where the lists are served, such as https://school.example/status: the first
	// list for revocations is then https://school.example/status/revocation/1.
	URL vc.IRI
	// Issuer signs the lists: the issuer of the credentials they are for.
	Issuer vc.IRI
	// Sign signs a list, a BitstringStatusListCredential: package vc/issue does, by
	// [vc/issue.Issuer.Sign].
	Sign func(ctx context.Context, list []byte) ([]byte, error)
	// Store keeps the lists.
	Store Store

	// Purposes are what the entries are for, each with lists of its own:
	// [PurposeRevocation] alone by default.
	Purposes []string
	// Messages are the words for each value of an entry of [PurposeMessage], two to the
	// power of its bits.
	Messages []string
	// Entries is the length of each list, [MinEntries] by default and at least.
	Entries int
	// TTL is how long verifiers may keep a list, and the longest time until all of them
	// see a revocation: five minutes by default.
	TTL time.Duration
	// Lifetime is how long a signed list is valid, at least twice the TTL, a day by
	// default. Lists are signed anew when half of it is over, so the rest of it is how
	// long the signer may be out of order before verifiers call credentials undetermined.
	Lifetime time.Duration
	// OnError is told why a list could not be loaded or signed while an older one, still
	// valid, is served in its place. It must not block.
	OnError func(error)

	Now    func() time.Time // the clock, time.Now by default
	Random io.Reader        // draws the indexes, crypto/rand by default; anything weaker gives away their order
}

// Publisher keeps the status lists of an issuer: it gives every new credential entries of
// its own, takes revocations, and signs and serves the lists ([Publisher.ServeHTTP]). It is safe
// for concurrent use, and several processes may have one each over one [Store]. Make it
// with [NewPublisher].
//
// An index is drawn at random, so that it tells neither when its credential was issued nor
// how many there are (Bitstring Status List 1.0, 2.1). A list is closed when free indexes
// become hard to draw, at about three quarters, and the next one is begun.
type Publisher struct {
	c      PublisherConfig
	base   string // the path of the URL
	series map[string]*series
	random sync.Mutex
}

// series are the lists of a purpose, numbered from 1.
type series struct {
	purpose  string
	messages []string
	empty    *List        // as long as each of them
	open     atomic.Int64 // the number of the list that entries are given out of

	mu     sync.Mutex
	served map[int]*servedList
}

// NewPublisher returns a publisher. The error is a PublisherConfig that cannot be used;
// nothing is loaded or signed yet.
func NewPublisher(c PublisherConfig) (*Publisher, error) {
	c.Purposes, c.Messages = slices.Clone(c.Purposes), slices.Clone(c.Messages)
	c.URL = vc.IRI(strings.TrimSuffix(string(c.URL), "/"))
	if len(c.Purposes) == 0 {
		c.Purposes = []string{PurposeRevocation}
	}
	c.Entries = max(c.Entries, 0)
	if c.Entries == 0 {
		c.Entries = MinEntries
	}
	if c.TTL == 0 {
		c.TTL = 5 * time.Minute
	}
	if c.Lifetime == 0 {
		c.Lifetime = max(24*time.Hour, 2*c.TTL)
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Random == nil {
		c.Random = rand.Reader
	}
	if err := c.check(); err != nil {
		return nil, err
	}
	path, err := pathOf(c.URL)
	if err != nil {
		return nil, err
	}
	p := &Publisher{c: c, base: path, series: map[string]*series{}}
	for _, purpose := range c.Purposes {
		if err := p.begin(purpose); err != nil {
			return nil, err
		}
	}
	return p, nil
}

func (c *PublisherConfig) check() error {
	switch {
	case c.Sign == nil:
		return errors.New("status: PublisherConfig.Sign is required")
	case c.Store == nil:
		return errors.New("status: PublisherConfig.Store is required")
	case c.TTL < 0 || c.Lifetime < 2*c.TTL:
		return fmt.Errorf("status: PublisherConfig.Lifetime %s is less than twice the TTL of %s", c.Lifetime, c.TTL)
	case len(c.Messages) > 0 && !slices.Contains(c.Purposes, PurposeMessage):
		return errors.New("status: PublisherConfig.Messages are for the purpose message, which is not among the Purposes")
	}
	return nil
}

// begin makes the series of a purpose.
func (p *Publisher) begin(purpose string) error {
	if p.series[purpose] != nil {
		return fmt.Errorf("status: the purpose %s stands twice in PublisherConfig.Purposes", vc.Quote(purpose))
	}
	if !isTerm(purpose) || strings.ContainsAny(purpose, "/:#?") { // it becomes part of a URL
		return fmt.Errorf("status: a purpose of %s is no word", vc.Quote(purpose))
	}
	s := &series{purpose: purpose, served: map[int]*servedList{}}
	size := 1
	if purpose == PurposeMessage {
		s.messages = p.c.Messages
		size = max(1, bits.Len(uint(max(len(s.messages), 1)-1)))
	}
	var err error
	if s.empty, err = NewList(p.c.Entries, size); err != nil {
		return err
	}
	// Whatever stands in the way of an entry or of a list is said now.
	if _, err = s.empty.Entry(p.publication(s, 1), purpose, 0); err != nil {
		return err
	}
	s.open.Store(1)
	p.series[purpose] = s
	return nil
}

// publication is what list n of a series says of itself, but for its dates.
func (p *Publisher) publication(s *series, n int) Publication {
	return Publication{ID: vc.IRI(string(p.c.URL) + "/" + s.name(n)), Issuer: p.c.Issuer,
		Purposes: []string{s.purpose}, Messages: s.messages, TTL: p.c.TTL}
}

// name is what the [Store] knows list n by.
func (s *series) name(n int) string { return s.purpose + "/" + strconv.Itoa(n) }

// Entries returns the credentialStatus of a new credential: an entry for each of the purposes,
// all of PublisherConfig.Purposes where none is named, at indexes that were given to no
// other. They are kept before they are returned; those of a credential that is not issued
// after all are lost, which is no harm. The error is that of the Store, of the source of
// randomness, or of ctx.
func (p *Publisher) Entries(ctx context.Context, purposes ...string) ([]vc.CredentialStatus, error) {
	if len(purposes) == 0 {
		purposes = p.c.Purposes
	}
	var entries []vc.CredentialStatus
	for _, purpose := range purposes {
		s, err := p.of(purpose)
		if err != nil {
			return nil, err
		}
		n, index, err := p.take(ctx, s)
		if err != nil {
			return nil, err
		}
		entry, err := s.empty.Entry(p.publication(s, n), purpose, index)
		if err != nil {
			return nil, err
		}
		entries = append(entries, entry)
	}
	return entries, nil
}

func (p *Publisher) of(purpose string) (*series, error) {
	if s := p.series[purpose]; s != nil {
		return s, nil
	}
	return nil, fmt.Errorf("status: nothing is published for the purpose %s", vc.Quote(purpose))
}

// maxDraws is how many draws in a row find no free index before a list is closed: in one
// that is half full hardly ever, in one that is three quarters full one time in ten
// thousand, which its last quarter has many of.
const maxDraws = 32

// maxLists bounds the lists of a purpose, and with that what a Store can keep
// somebody waiting by saying that each index is taken.
const maxLists = 1 << 16

// take draws an index that nobody has.
func (p *Publisher) take(ctx context.Context, s *series) (n, index int, err error) {
	for {
		n := s.open.Load()
		if n > maxLists {
			return 0, 0, fmt.Errorf("status: %d lists for the purpose %s are full", maxLists, s.purpose)
		}
		for range maxDraws {
			index, err := p.draw(s.empty.Len())
			if err != nil {
				return 0, 0, fmt.Errorf("status: drawing an index: %w", err)
			}
			free, err := guard.Call(ctx, func() (bool, error) { return p.c.Store.Take(ctx, s.name(int(n)), index) })
			if err != nil {
				return 0, 0, fmt.Errorf("status: taking an index: %w", err)
			}
			if free {
				return int(n), index, nil
			}
		}
		s.open.CompareAndSwap(n, n+1)
	}
}

// draw draws a number below n without favouring small ones. A draw fails less often than
// every other time, so a source that fails this often is broken.
func (p *Publisher) draw(n int) (int, error) {
	p.random.Lock()
	defer p.random.Unlock()
	var b [8]byte
	mask := uint64(1)<<bits.Len64(uint64(n-1)) - 1
	for range 256 {
		if _, err := io.ReadFull(p.c.Random, b[:]); err != nil {
			return 0, err
		}
		if v := binary.BigEndian.Uint64(b[:]) & mask; v < uint64(n) {
			return int(v), nil
		}
	}
	return 0, errors.New("the source of randomness repeats itself")
}

// Revoke withdraws the credential of a credentialStatus for good. See [Publisher.Set].
func (p *Publisher) Revoke(ctx context.Context, credentialStatus []vc.CredentialStatus) error {
	return p.Set(ctx, credentialStatus, PurposeRevocation, 1)
}

// Set gives the entry for a purpose among those of a credential's credentialStatus a value:
// 1 suspends, 0 lifts a suspension. When it returns nil the value is kept and in every
// list that is signed from then on; verifiers see it when the lists they hold are older
// than the TTL. The error is one of an entry that is not of these lists, of a value
// that its list does not hold ([ErrIndex]), of a revocation that is to be lifted, or that of
// the Store.
func (p *Publisher) Set(ctx context.Context, credentialStatus []vc.CredentialStatus, purpose string, value uint64) error {
	s, err := p.of(purpose)
	if err != nil {
		return err
	}
	if purpose == PurposeRevocation && value == 0 {
		return errors.New("status: a revocation is for good and cannot be lifted; suspend what may come back")
	}
	if size := s.empty.size; size < 64 && value>>size != 0 {
		return fmt.Errorf("%w: %d needs more than %d bits", ErrIndex, value, size)
	}
	n, index, err := p.find(s, credentialStatus)
	if err != nil {
		return err
	}
	_, err = guard.Call(ctx, func() (struct{}, error) { return struct{}{}, p.c.Store.Set(ctx, s.name(n), index, value) })
	if err != nil {
		return fmt.Errorf("status: setting an entry: %w", err)
	}
	s.changed(n)
	return nil
}

// find finds the one entry of a series among those of a credential.
func (p *Publisher) find(s *series, entries []vc.CredentialStatus) (n, index int, err error) {
	at := slices.IndexFunc(entries, func(e vc.CredentialStatus) bool { return p.ours(s, &e) })
	switch {
	case at < 0:
		return 0, 0, fmt.Errorf("status: the credential has no entry of purpose %s in a list of %s", s.purpose, p.c.URL)
	case slices.ContainsFunc(entries[at+1:], func(e vc.CredentialStatus) bool { return p.ours(s, &e) }):
		return 0, 0, fmt.Errorf("status: the credential has two entries of purpose %s", s.purpose)
	}
	n, ok := s.number(strings.TrimPrefix(string(entries[at].StatusListCredential), string(p.c.URL)+"/"))
	index, wrong := strconv.Atoi(entries[at].StatusListIndex)
	if !ok || wrong != nil || index < 0 || index >= s.empty.Len() || strconv.Itoa(index) != entries[at].StatusListIndex {
		return 0, 0, fmt.Errorf("%w: index %s of %s", ErrIndex,
			vc.Quote(entries[at].StatusListIndex), vc.Quote(string(entries[at].StatusListCredential)))
	}
	return n, index, nil
}

func (p *Publisher) ours(s *series, e *vc.CredentialStatus) bool {
	return e.StatusPurpose == s.purpose && strings.HasPrefix(string(e.StatusListCredential), string(p.c.URL)+"/")
}

// number is that of the list of a name, as [series.name] writes it.
func (s *series) number(name string) (n int, ok bool) {
	text, ok := strings.CutPrefix(name, s.purpose+"/")
	n, err := strconv.Atoi(text)
	return n, ok && err == nil && n >= 1 && n <= maxLists && strconv.Itoa(n) == text
}
