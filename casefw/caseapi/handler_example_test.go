package caseapi_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/casefw/caseapi"
)

// A provider in a few lines: load frameworks, put them into a store, serve it.
func ExampleNewHandler() {
	framework, _, err := casefw.LoadBytes([]byte(`{"CFDocument":{"identifier":"6e9b6e0a-1f5c-4d60-9d4d-0e6f2a6d1f01",
		"uri":"https://case.example.edu/ims/case/v1p1/CFDocuments/6e9b6e0a-1f5c-4d60-9d4d-0e6f2a6d1f01",
		"creator":"Example Board","title":"Gardening","lastChangeDateTime":"2024-05-01T08:00:00Z"}}`), casefw.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	store, err := caseapi.NewMemory(framework)
	if err != nil {
		fmt.Println(err)
		return
	}
	handler, err := caseapi.NewHandler(caseapi.Config{Store: store, BaseURL: "https://case.example.edu"})
	if err != nil {
		fmt.Println(err)
		return
	}
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/ims/case/v1p1/CFDocuments?filter=title~%27garden%27&fields=title", nil))
	fmt.Println(w.Code, w.Header().Get("X-Total-Count"), w.Body)
	// Output: 200 1 {"CFDocuments":[{"title":"Gardening"}]}
}

// What of a framework no certified provider may publish is asked before it is served.
func ExampleConfig_checked() {
	framework, _, err := casefw.LoadBytes([]byte(`{"CFDocument":{"identifier":"6e9b6e0a-1f5c-4d60-9d4d-0e6f2a6d1f01",
		"uri":"https://case.example.edu/ims/case/v1p1/CFDocuments/6e9b6e0a-1f5c-4d60-9d4d-0e6f2a6d1f01",
		"title":"Gardening","lastChangeDateTime":"2024-05-01T08:00:00Z"}}`), casefw.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	report, err := framework.CheckAnswers(context.Background(), caseapi.V1p1, casefw.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, p := range report.Findings {
		fmt.Println(p.Code, p.Pointer)
	}
	fmt.Println(report.Valid())
	// Output:
	// required-property-missing /CFDocuments/6e9b6e0a-1f5c-4d60-9d4d-0e6f2a6d1f01
	// package-without-items /CFPackages/6e9b6e0a-1f5c-4d60-9d4d-0e6f2a6d1f01/CFItems
	// false
}
