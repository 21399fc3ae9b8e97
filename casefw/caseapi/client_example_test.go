package caseapi_test

import (
	"context"
	"errors"
	"fmt"
	"net/http/httptest"
	"time"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/casefw/caseapi"
)

// exampleProvider is a provider of one small framework.
func exampleProvider() *httptest.Server {
	f, _, err := casefw.LoadBytes([]byte(`{
		"CFDocument":{"identifier":"6f0a2c1e-8b1d-4c53-9a44-0d6f2b7e1a01","title":"Bicycle Mechanic","creator":"College",
			"uri":"https://frameworks.example.org/uri/6f0a2c1e-8b1d-4c53-9a44-0d6f2b7e1a01",
			"lastChangeDateTime":"2026-03-02T09:00:00Z","caseVersion":"1.1"},
		"CFItems":[{"identifier":"6f0a2c1e-8b1d-4c53-9a44-0d6f2b7e1b01","fullStatement":"Safety",
			"uri":"https://frameworks.example.org/uri/6f0a2c1e-8b1d-4c53-9a44-0d6f2b7e1b01",
			"lastChangeDateTime":"2026-03-02T09:00:00Z"}]}`), casefw.Options{})
	if err != nil {
		panic(err)
	}
	store, err := caseapi.NewMemory(f)
	if err != nil {
		panic(err)
	}
	h, err := caseapi.NewHandler(caseapi.Config{Store: store})
	if err != nil {
		panic(err)
	}
	return httptest.NewServer(h)
}

// A product asks which frameworks changed since it last looked, and reads them.
func ExampleClient() {
	server := exampleProvider()
	defer server.Close()
	cl, err := caseapi.NewClient(caseapi.ClientConfig{BaseURL: server.URL, InsecureAllowLoopback: true})
	if err != nil {
		fmt.Println(err)
		return
	}
	ctx := context.Background()
	since := time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC)
	list := caseapi.List{Filter: caseapi.Where("lastChangeDateTime").GreaterOrEqual(caseapi.DateTime(since)), Sort: "title"}
	for d, err := range cl.Documents(list).All(ctx) {
		if err != nil {
			fmt.Println(err)
			return
		}
		p, err := cl.PackageOf(ctx, d, caseapi.Known{})
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(p.Framework.Title(), p.Framework.Len(), p.Warnings)
	}
	_, err = cl.Item(ctx, "6f0a2c1e-8b1d-4c53-9a44-0d6f2b7e1bff")
	fmt.Println(errors.Is(err, caseapi.ErrNotFound))
	// Output:
	// Bicycle Mechanic 1 []
	// true
}

func ExampleSync() {
	server := exampleProvider()
	defer server.Close()
	cl, err := caseapi.NewClient(caseapi.ClientConfig{BaseURL: server.URL, InsecureAllowLoopback: true})
	if err != nil {
		fmt.Println(err)
		return
	}
	holdings := &caseapi.MemoryHoldings{}
	for range 2 {
		report, err := caseapi.Sync(context.Background(), cl, holdings, caseapi.SyncOptions{})
		if err != nil {
			fmt.Println(err)
			return
		}
		for _, r := range report.Results {
			fmt.Println(r.Title, r.Action)
		}
	}
	// Output:
	// Bicycle Mechanic added
	// Bicycle Mechanic unchanged
}
