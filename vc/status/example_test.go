package status_test

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/fetch"
	"github.com/laurel-edu/laurel/vc/status"
)

// A list by itself, for issuers that draw indexes and keep lists in their own way.
func ExampleList() {
	list, err := status.NewList(status.MinEntries, 1)
	if err != nil {
		fmt.Println(err)
		return
	}
	published := status.Publication{
		ID:         "https://school.example/status/3",
		Issuer:     "https://school.example/issuer",
		Purposes:   []string{status.PurposeRevocation},
		ValidFrom:  time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC),
		ValidUntil: time.Date(2026, 1, 8, 0, 0, 0, 0, time.UTC),
		TTL:        time.Hour,
	}

	entry, err := list.Entry(published, status.PurposeRevocation, 94567)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(entry.Type.First(), entry.StatusListCredential)

	// When it is revoked, its bit is set and the list is signed and served anew.
	if err := list.Set(94567, 1); err != nil {
		fmt.Println(err)
		return
	}
	unsigned, err := list.Credential(published)
	fmt.Println(len(unsigned) > 0, err)
	// Output:
	// BitstringStatusListEntry https://school.example/status/3
	// true <nil>
}

// An issuer gives a new badge its entry, and revokes it later. The Publisher is the
// http.Handler of the lists as well.
func ExamplePublisher() {
	ctx := context.Background()
	publisher, err := status.NewPublisher(status.PublisherConfig{
		URL:    "https://school.example/status",
		Issuer: "https://school.example/issuer",
		Store:  &status.MemoryStore{}, // status.OpenFileStore, or a database of your own
		// For the example only: issue.Issuer.Sign signs.
		Sign: func(_ context.Context, list []byte) ([]byte, error) { return list, nil },
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	entries, err := publisher.Entries(ctx) // the credentialStatus of the badge
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(entries[0].StatusPurpose, entries[0].StatusListCredential)
	fmt.Println(publisher.Revoke(ctx, entries))
	list, err := publisher.List(ctx, entries[0].StatusListCredential)
	fmt.Println(len(list.Bytes) > 0, err)
	// Output:
	// revocation https://school.example/status/revocation/1
	// <nil>
	// true <nil>
}

// Package vc/verify does this with a real VerifyList, after the proof of the
// credential. Whoever calls Check alone branches on the sentinels and takes
// every other error as "not known".
func ExampleCheck() {
	list, err := status.NewList(status.MinEntries, 1)
	if err != nil {
		fmt.Println(err)
		return
	}
	if err := list.Set(94567, 1); err != nil {
		fmt.Println(err)
		return
	}
	published := status.Publication{ID: "https://school.example/status/3", Issuer: "https://school.example/issuer", Purposes: []string{status.PurposeRevocation}}
	body, err := list.Credential(published)
	if err != nil {
		fmt.Println(err)
		return
	}
	pack, err := fetch.ParsePack(fmt.Appendf(nil, `{%q: %s}`, published.ID, body))
	if err != nil {
		fmt.Println(err)
		return
	}
	options := status.Options{
		Fetcher: pack,
		// For the example only: a real one verifies the proof.
		VerifyList: func(_ context.Context, list []byte) (status.VerifiedList, error) {
			doc, err := vc.Parse(list)
			return status.VerifiedList{Document: doc}, err
		},
	}
	for _, index := range []string{"94567", "94568", "999999"} {
		credential, err := vc.Parse([]byte(`{"issuer": "https://school.example/issuer", "credentialStatus": {
			"type": "BitstringStatusListEntry", "statusPurpose": "revocation",
			"statusListIndex": "` + index + `", "statusListCredential": "https://school.example/status/3"}}`))
		if err != nil {
			fmt.Println(err)
			return
		}
		switch err := status.Check(context.Background(), credential, options).Err(); {
		case errors.Is(err, status.ErrRevoked):
			fmt.Println(index, "is revoked")
		case err != nil:
			fmt.Println(index, "is not known:", err)
		default:
			fmt.Println(index, "is not revoked")
		}
	}
	// Output:
	// 94567 is revoked
	// 94568 is not revoked
	// 999999 is not known: status-index-out-of-range at /credentialStatus/statusListIndex: the index is beyond the end of the list (found "999999", expected less than 131072); publish the list at its full length, or issue the credential anew
}
