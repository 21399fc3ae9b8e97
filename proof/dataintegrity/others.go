package dataintegrity

import (
	"context"

	"github.com/laurel-edu/laurel/internal/contexts"
	"github.com/laurel-edu/laurel/internal/jsonld"
	"github.com/laurel-edu/laurel/internal/rdf"
	"github.com/laurel-edu/laurel/vc"
)

// others yields, after a signature failed, the other ways in which deployed
// signers may have signed: the escaping of their time, the order of their language,
// and contexts as they were. Each form stands for the same statements, so a
// signature over any of them says the same.
func (c *check) others(ctx context.Context) func(func(*attempt) bool) {
	return func(yield func(*attempt) bool) {
		if c.chained {
			return
		}
		legacy, utf16 := c.proof.suite.deployed, differsInUTF16(c.root.Raw())
		switch {
		case legacy && !yield(c.asDeployed(ctx, true, false)),
			utf16 && !yield(c.asDeployed(ctx, false, true)),
			legacy && utf16 && !yield(c.asDeployed(ctx, true, true)):
			return
		}
		urls, _ := c.subject.doc.Contexts()
		for _, url := range urls {
			for _, state := range contexts.Archived(url) {
				if !yield(c.asOf(ctx, url, state)) {
					return
				}
			}
		}
	}
}

// differsInUTF16 reports whether a text can sort otherwise by UTF-16 code units than
// by code points: it has a character beyond U+FFFF and one from U+E000 to U+FFFF,
// as they stand or as JSON escapes. It may say yes where there are none.
func differsInUTF16(text []byte) bool {
	var beyond, below bool
	for i, b := range text {
		switch {
		case b >= 0xF0:
			beyond = true
		case b == 0xEE || b == 0xEF:
			below = true
		case b == 'u' && i > 0 && text[i-1] == '\\' && i+1 < len(text):
			digit := text[i+1] | 0x20
			beyond, below = beyond || digit == 'd', below || digit == 'e' || digit == 'f'
		}
	}
	return beyond && below
}

func (c *check) asDeployed(ctx context.Context, legacy, utf16 bool) *attempt {
	v := c.subject.verifier
	o := v.rdfOptions(c.subject.doc, c.hash)
	o.Legacy, o.UTF16 = legacy, utf16
	a := c.lenient(ctx, v.engine, o)
	a.warning = &vc.Problem{Code: CodeDeployedEscaping, Pointer: c.proof.Pointer(), Message: "the signature is over the escaping of URDNA2015 as it was deployed; other verifiers may refuse it",
		Fix: "issue with eddsa-rdfc-2022", Spec: "RDF Dataset Canonicalization 1.0, 5"}
	if utf16 {
		a.warning = &vc.Problem{Code: CodeDeployedOrder, Pointer: c.proof.Pointer(), Message: "the signature is over statements in the order of UTF-16, as signers in JavaScript and Java sort them; other verifiers may refuse it",
			Fix: "sign with an implementation that sorts by code points", Spec: "RDF Dataset Canonicalization 1.0, 5"}
	}
	return a
}

func (c *check) asOf(ctx context.Context, url string, state contexts.State) *attempt {
	v := c.subject.verifier
	a := c.lenient(ctx, v.engineOf(url, state), v.rdfOptions(c.subject.doc, c.hash))
	a.warning = &vc.Problem{Code: CodeArchivedContext, Pointer: "/@context", Message: "the signature is over the content that a context had on " + state.Date + ", which has changed since",
		Found: url, Fix: "issue again under the present contexts", Spec: "OB 3.0, errata policy"}
	return a
}

// lenient canonicalises both halves by an engine and under options that need not be
// today's. What they drop is noted, not refused.
func (c *check) lenient(ctx context.Context, engine *jsonld.Engine, o rdf.Options) *attempt {
	return &attempt{
		document: canonicalHash(ctx, engine, documentInput(c.root, jsonld.Lenient), o),
		config:   canonicalHash(ctx, engine, configInput(c.proof.value, c.root, jsonld.Lenient), o),
	}
}
