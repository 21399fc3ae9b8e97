package main

import (
	"context"
	"path/filepath"
	"strings"

	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/issue"
	"github.com/laurel-edu/laurel/vc/status"
)

// lists are the issuer's status lists, in which each badge has an entry. A nil one publishes
// nothing.
type lists struct {
	publisher *status.Publisher
	url, out  string
	issued    map[string]vc.CredentialStatus // by the key of the award
}

// openLists opens those of the state. What is taken is kept beside it.
func openLists(ctx context.Context, o options, s *signer, store *fileStore) (*lists, error) {
	if o.status == "" {
		return nil, nil
	}
	kept, err := status.OpenFileStore(o.state + ".status")
	if err != nil {
		return nil, err
	}
	signing := s.config
	signing.Kinds = []string{"BitstringStatusListCredential"}
	issuer, err := issue.New(ctx, signing)
	if err != nil {
		return nil, err
	}
	p, err := status.NewPublisher(status.PublisherConfig{URL: vc.IRI(o.status), Issuer: s.issuer.ID, Sign: issuer.Sign, Store: kept,
		Now: o.clock})
	return &lists{p, o.status, o.out, store.Issued}, err
}

// entry is that of an award, the same each time: a badge of it that is out names it.
func (l *lists) entry(ctx context.Context, key string) (*vc.CredentialStatus, error) {
	if l == nil {
		return nil, nil
	}
	entry, known := l.issued[key]
	if !known {
		drawn, err := l.publisher.Entries(ctx)
		if err != nil {
			return nil, err
		}
		entry = drawn[0]
		l.issued[key] = entry
	}
	return &entry, nil
}

// revoke takes an award back and returns the list that says so, "" where its badge has no
// entry in one.
func (l *lists) revoke(ctx context.Context, key string) (vc.IRI, error) {
	if l == nil {
		return "", nil
	}
	entry, known := l.issued[key]
	if !known {
		return "", nil
	}
	return entry.StatusListCredential, l.publisher.Revoke(ctx, []vc.CredentialStatus{entry})
}

// publish writes each list, signed anew, where it is to be served from.
func (l *lists) publish(ctx context.Context) error {
	if l == nil {
		return nil
	}
	written := map[vc.IRI]bool{}
	for _, entry := range l.issued {
		at := entry.StatusListCredential
		if written[at] {
			continue
		}
		written[at] = true
		list, err := l.publisher.List(ctx, at)
		if err != nil {
			return err
		}
		below := strings.TrimPrefix(string(at), l.url)
		if err := write(filepath.Join(l.out, "status", filepath.FromSlash(below)), list.Bytes); err != nil {
			return err
		}
	}
	return nil
}
