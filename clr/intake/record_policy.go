package intake

import (
	"time"

	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/fetch"
	"github.com/laurel-edu/laurel/vc/verify"
)

// Policy is the part of a Config that a reading depends on, under the names of its fields.
// What the Config plugs in is there as whether it was, and what it answered as the sources
// and answers of the [Record].
type Policy struct {
	Skew                  string            `json:"skew"`
	Kinds                 []string          `json:"kinds,omitzero"`
	Accept                []string          `json:"accept,omitzero"`
	Lenient               bool              `json:"lenient,omitzero"`
	Contexts              map[string]string `json:"contexts,omitzero"`
	FetchContexts         bool              `json:"fetchContexts,omitzero"`
	SameOriginJWK         bool              `json:"sameOriginJWK,omitzero"`
	InsecureAllowLoopback bool              `json:"insecureAllowLoopback,omitzero"`
	Audience              []string          `json:"audience,omitzero"`
	Nonce                 string            `json:"nonce,omitzero"`
	NonceMaxAge           string            `json:"nonceMaxAge,omitzero"`
	ProofPolicy           uint8             `json:"proofPolicy,omitzero"`
	Suites                []string          `json:"suites,omitzero"`
	StatusIssuers         []string          `json:"statusIssuers,omitzero"`
	SkipListID            bool              `json:"skipListID,omitzero"`
	NestedPolicy          uint8             `json:"nestedPolicy,omitzero"`
	ApplyKinds            bool              `json:"applyKinds,omitzero"`
	Interchangeable       bool              `json:"interchangeable,omitzero"`
	FetchURL              bool              `json:"fetchURL,omitzero"`
	Timeout               string            `json:"timeout"`
	Limits                map[string]int    `json:"limits,omitzero"` // those that were set

	Fetcher        string `json:"fetcher,omitzero"` // offline, packs or network; "" for none
	Resolver       bool   `json:"resolver,omitzero"`
	Authorize      bool   `json:"authorize,omitzero"`
	InlineContexts bool   `json:"inlineContexts,omitzero"`
	Issuer         bool   `json:"issuer,omitzero"`
}

// numbers are the limits of a Config by the names that a Policy has for them.
func numbers(c *Config) map[string]*int {
	v, l := &c.Verify, &c.Limits
	return map[string]*int{
		"parse.maxBytes": &v.Limits.Parse.MaxBytes, "parse.maxRecordBytes": &v.Limits.Parse.MaxRecordBytes,
		"parse.maxTokenBytes": &v.Limits.Parse.MaxTokenBytes, "parse.maxDisclosures": &v.Limits.Parse.MaxDisclosures,
		"parse.maxDepth": &v.Limits.Parse.MaxDepth,
		"maxWork":        &v.Limits.MaxWork, "maxQuads": &v.Limits.MaxQuads, "maxNodes": &v.Limits.MaxNodes,
		"maxFetches": &v.Limits.MaxFetches, "maxNested": &v.Limits.MaxNested, "maxNestedDepth": &v.Limits.MaxNestedDepth,
		"parallel":          &v.Limits.Parallel,
		"status.minEntries": &v.Status.MinEntries, "status.maxListBytes": &v.Status.MaxListBytes,
		"schemas.maxBytes": &v.Schemas.MaxBytes, "schemas.maxNodes": &v.Schemas.MaxNodes, "schemas.maxSteps": &v.Schemas.MaxSteps,
		"archive.members": &l.Members, "archive.memberBytes": &l.MemberBytes, "archive.bytes": &l.Bytes,
		"archive.ratio": &l.Ratio, "archive.depth": &l.Depth, "fetches": &l.Fetches,
	}
}

func policyOf(c Config) Policy {
	v := &c.Verify
	p := Policy{
		Skew: v.Skew.String(), Kinds: v.Kinds, Lenient: v.Lenient, FetchContexts: v.FetchContexts,
		SameOriginJWK:         v.SameOriginJWK,
		InsecureAllowLoopback: v.InsecureAllowLoopback, Audience: v.Audience, Nonce: v.KeyBinding.Nonce,
		NonceMaxAge: v.KeyBinding.MaxAge.String(), Timeout: v.Limits.Timeout.String(),
		ProofPolicy: uint8(v.Proofs.Policy), Suites: v.Proofs.Suites,
		StatusIssuers: v.Status.TrustedIssuers, SkipListID: v.Status.SkipListID, NestedPolicy: uint8(v.Nested.Policy),
		ApplyKinds: v.Nested.ApplyKinds, Interchangeable: v.Nested.Interchangeable, FetchURL: c.FetchURL,
		Fetcher: reachOf(v.Fetcher), Resolver: v.Resolver != nil, Authorize: v.Authorize != nil,
		InlineContexts: v.InlineContexts != nil, Issuer: c.Issuer != nil,
	}
	for _, name := range v.Accept {
		p.Accept = append(p.Accept, string(name))
	}
	for url, text := range v.Contexts {
		if p.Contexts == nil {
			p.Contexts = map[string]string{}
		}
		p.Contexts[url] = string(text)
	}
	for name, n := range numbers(&c) {
		if *n != 0 {
			if p.Limits == nil {
				p.Limits = map[string]int{}
			}
			p.Limits[name] = *n
		}
	}
	return p
}

// How far a Fetcher reaches.
const (
	reachNone  = "offline"
	reachPacks = "packs" // what they lack cannot be had, and costs nothing
	reachWeb   = "network"
)

func reachOf(f fetch.Fetcher) string {
	switch f.(type) {
	case nil:
		return ""
	case fetch.Offline:
		return reachNone
	}
	reach := reachPacks
	fetch.Around(f, func(next fetch.Fetcher) fetch.Fetcher {
		reach = reachWeb
		return next
	})
	return reach
}

// config returns the Config that the policy was made of, without what it plugs in.
func (p *Policy) config() (c Config, err error) {
	v := &c.Verify
	for _, d := range [...]struct {
		at         *time.Duration
		name, text string
	}{{&v.Skew, "skew", p.Skew}, {&v.KeyBinding.MaxAge, "nonceMaxAge", p.NonceMaxAge}, {&v.Limits.Timeout, "timeout", p.Timeout}} {
		if *d.at, err = time.ParseDuration(d.text); err != nil {
			return c, auditWords.Problem(CodeRecordMalformed, "/policy/"+d.name, vc.Quote(d.text))
		}
	}
	v.Kinds, v.Lenient, v.FetchContexts, v.SameOriginJWK = p.Kinds, p.Lenient, p.FetchContexts, p.SameOriginJWK
	v.InsecureAllowLoopback, v.Audience, v.KeyBinding.Nonce = p.InsecureAllowLoopback, p.Audience, p.Nonce
	v.Proofs = verify.ProofsConfig{Policy: verify.ProofPolicy(p.ProofPolicy), Suites: p.Suites}
	v.Status.TrustedIssuers, v.Status.SkipListID = p.StatusIssuers, p.SkipListID
	v.Nested.Policy, v.Nested.ApplyKinds = verify.NestedPolicy(p.NestedPolicy), p.ApplyKinds
	v.Nested.Interchangeable = p.Interchangeable
	c.FetchURL = p.FetchURL
	for _, name := range p.Accept {
		v.Accept = append(v.Accept, verify.CheckName(name))
	}
	for url, text := range p.Contexts {
		if v.Contexts == nil {
			v.Contexts = map[string][]byte{}
		}
		v.Contexts[url] = []byte(text)
	}
	fields := numbers(&c)
	for name, n := range p.Limits {
		if fields[name] == nil {
			return c, auditWords.Problem(CodeRecordMalformed, "/policy/limits", vc.Quote(name))
		}
		*fields[name] = n
	}
	return c, nil
}
