package casefw_test

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/stretchr/testify/require"
)

const seedPackage = `{"CFDocument":{
 "identifier":"5e84a138-416e-11e7-9c16-f09b61c8dfdf","uri":"https://x.org/CFDocuments/5e84a138-416e-11e7-9c16-f09b61c8dfdf",
 "creator":"c","title":"t","lastChangeDateTime":"2024-01-01T00:00:00Z"},
"CFItems":[{
 "identifier":"5e84a138-416e-11e7-9c16-f09b61c8dfd0","uri":"https://x.org/CFItems/5e84a138-416e-11e7-9c16-f09b61c8dfd0",
 "fullStatement":"a \"b\" \u00e9","humanCodingScheme":"A","CFItemType":"S","educationLevel":["01"],
 "lastChangeDateTime":"2024-01-01T00:00:00+00:00"},{
 "identifier":"5e84a138-416e-11e7-9c16-f09b61c8dfd1","uri":"https://x.org/CFItems/5e84a138-416e-11e7-9c16-f09b61c8dfd1",
 "fullStatement":"c","extensions":{"a":1.10},"notes":null,"lastChangeDateTime":"2024-01-01"}],
"CFAssociations":[{
 "identifier":"5e84a138-416e-11e7-9c16-f09b61c8dfd2","uri":"https://x.org/CFAssociations/5e84a138-416e-11e7-9c16-f09b61c8dfd2",
 "associationType":"isChildOf","sequenceNumber":1,
 "originNodeURI":{"title":"",
  "identifier":"5e84a138-416e-11e7-9c16-f09b61c8dfd1","uri":"https://x.org/CFItems/5e84a138-416e-11e7-9c16-f09b61c8dfd1"},
 "destinationNodeURI":{"title":"A",
  "identifier":"5e84a138-416e-11e7-9c16-f09b61c8dfd0","uri":"https://x.org/CFItems/5e84a138-416e-11e7-9c16-f09b61c8dfd0"},
 "lastChangeDateTime":"2024-01-01T00:00:00Z"}]}`

// The property: no text makes reading panic or hang; single reading, a stream in small
// pieces and one in large ones come to the same framework and findings; what is written
// is JSON, and as sent it reads to the same again; every walk ends, and a framework does
// not differ from itself.
func FuzzLoad(f *testing.F) {
	f.Add([]byte(seedPackage))
	f.Add([]byte(strings.ReplaceAll(seedPackage, `"educationLevel":["01"]`, `"educationLevel":"01"`)))
	f.Add([]byte(strings.ReplaceAll(seedPackage, `"title":"A",`, ``)))
	f.Add([]byte(`{"CFPackage":` + seedPackage + `}`))
	f.Add([]byte(`{"CFItems":[{"identifier":"a","identifier":"b","fullStatement":"\ud800"}],"x":1}`))
	f.Add([]byte(`{"cfitems":[],"CFDefinitions":[],"CFRubrics":[{"CFRubricCriteria":[{"position":"1"}]}]}`))
	f.Add([]byte(`{"CFDocument":{"identifier":"0"},
		"CFItems":[{"identifier":"0"},{"uri":"https://x.org/"},{"uri":"https://x.org/","x":1}]}`))
	f.Add([]byte(`{"cfitems":[{"identifier":"a"}],"CFItems":[{"\u0069dentifier":"b","x\ud800":1}],"CF\ud800":2}`))
	f.Add([]byte(`{"CFDocumenT":{},"CFItems":[{"":1}]}`))
	f.Add([]byte("{\"CFItems\":[{\"lastChan\xffge\":1}]}"))
	f.Add([]byte(`{"CFItems":[],"CFAssociations":[{"sequenceNumber":-0,"originNodeURI":[{"title":"a"}]},null,{"AssociationType":"childof"}]}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		agree(t, text)
		o := casefw.Options{MaxFindings: -1}
		f, report, err := casefw.LoadBytes(text, o)
		pieces, piecesReport, piecesErr := casefw.Load(context.Background(), iotest.OneByteReader(bytes.NewReader(text)), o)
		require.Equal(t, err == nil, piecesErr == nil)
		if err != nil {
			return
		}
		require.Equal(t, report, piecesReport)
		sent := written(t, f, casefw.AsSent)
		require.Equal(t, sent, written(t, pieces, casefw.AsSent))
		require.True(t, json.Valid([]byte(sent)), sent)
		again, _, err := casefw.LoadBytes([]byte(sent), o)
		require.NoError(t, err)
		require.Equal(t, sent, written(t, again, casefw.AsSent))
		walkAll(f)
		require.True(t, casefw.Diff(f, again).Empty())
		require.True(t, casefw.Diff(f, f).Empty())
	})
}

func walkAll(f *casefw.Framework) {
	f.Lint(0)
	c := casefw.NewCatalog(f)
	for range f.Tree() {
	}
	for item := range f.Items() {
		for range item.Descendants() {
		}
		for range item.Ancestors() {
		}
		item.Path()
		_, _ = item.Current()
		_, _ = item.Prerequisites()
		f.FindCode(item.Code())
		c.ResolveAlignment(casefw.AlignmentOf(item))
		for m := range c.Crosswalk(item.GUID(), casefw.CrosswalkOptions{}) {
			m.Path()
		}
	}
}

// The property: any text reads as a resource or is refused with a reason, without
// panic; what was read and written as sent reads to the same again, and the
// repaired form is stable.
func FuzzParse(f *testing.F) {
	f.Add([]byte(`{"identifier":"5e84a138-416e-11e7-9c16-f09b61c8dfd0","FullStatement":"x","abbreviatedStatement":"y",
		"educationalLevel":1,"subjectURI":"https://x.org"}`))
	f.Add([]byte(`{"CFItem":{"fullStatement":null,"alternativeLabel":"l","conceptKeywordsURI":[{"title":"k"},{}]}}`))
	f.Add([]byte(`{"notes":"","extensions":[],"CFItemTypeURI":{"uri":5,"x":1e999}}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		rec, report, err := casefw.Parse[casefw.CFItem](text, casefw.Options{})
		casefw.Validate[casefw.CFItem](text, casefw.V1p0, casefw.Options{})
		if err != nil {
			require.Equal(t, casefw.Reject, report.Verdict())
			return
		}
		for _, form := range []casefw.Form{casefw.AsSent, casefw.Repaired} {
			out := casefw.Append(nil, rec, form)
			if len(out) <= 2 {
				continue
			}
			again, report, err := casefw.Parse[casefw.CFItem](out, casefw.Options{})
			if form == casefw.Repaired && report.Has(casefw.CodeWrongResource) {
				continue // all that made it an item was null
			}
			require.NoError(t, err, string(out))
			require.Equal(t, string(out), string(casefw.Append(nil, again, form)))
		}
	})
}
