package vc_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/did"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/fetch"
)

func TestProblemOf(t *testing.T) {
	own := &vc.Problem{Code: "own", Message: "it is"}
	absent := &fetch.Error{Code: fetch.CodeNotFound, URL: "https://school.example/", Detail: "the server has no document"}
	for name, c := range map[string]struct {
		err      error
		code     vc.Code
		typeURL  string
		pointer  string
		sentence string
	}{
		"a problem":         {own, "own", "", "", "own: it is"},
		"a problem beneath": {errors.Join(absent, fmt.Errorf("asked: %w", own)), "own", "", "", "own: it is"},
		"a document's": {
			&did.Error{Code: did.CodeInvalidMethod, Pointer: "/assertionMethod/0", Detail: `the method lacks "type"`},
			vc.Code(did.CodeInvalidMethod), vc.TypeInvalidMethod, "/assertionMethod/0",
			`verification-method-malformed at /assertionMethod/0: the method lacks "type"; the issuer must mend the verification method in its document`,
		},
		"a document's, of the network's": {
			fmt.Errorf("asked: %w", did.NewError(did.CodeUnresolved, "the document could not be had", absent)),
			vc.Code(did.CodeUnresolved), "https://www.w3.org/ns/did#INTERNAL_ERROR", "",
			`key-unavailable: the document could not be had: fetch: http-not-found for "https://school.example/": the server has no document; ` +
				`try again later and online, or use a trust pack that holds the document`,
		},
		"the network's": {
			absent, vc.Code(fetch.CodeNotFound), vc.TypeLaurel, "",
			`http-not-found: the server has no document ("https://school.example/"); whoever publishes the document must put it at this address`,
		},
		"a key's": {
			&proof.Error{Code: proof.CodeWeakKey, Err: errors.New("1024 bits")}, proof.CodeWeakKey, vc.TypeInvalidMethod, "",
			`key-weak: the key must not be used: 1024 bits; publish a key of at least the minimum size, in its exact form`,
		},
		"given up": {fmt.Errorf("asked: %w", context.Canceled), vc.CodeCancelled, vc.TypeLaurel, "",
			"cancelled: the work was given up before its end: asked: context canceled; ask again"},
		"too late": {context.DeadlineExceeded, vc.CodeDeadline, vc.TypeLaurel, "",
			"deadline: the time was over before the end of the work; give it more time, or try again later"},
	} {
		p := vc.ProblemOf(c.err)
		require.Equal(t, c.code, p.Code, name)
		require.Equal(t, c.typeURL, p.Type, name)
		require.Equal(t, c.pointer, p.Pointer, name)
		require.Equal(t, c.sentence, p.Error(), name)
		require.True(t, c.err == p || errors.Is(p, c.err) || errors.Is(c.err, p), "%s: the cause is lost", name)
	}
	require.Same(t, own, vc.ProblemOf(own))
	require.Nil(t, vc.ProblemOf(nil))
	require.Nil(t, vc.ProblemOf(errors.New("wrong use")))
}
