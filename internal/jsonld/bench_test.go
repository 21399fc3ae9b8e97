package jsonld_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/contexts"
	"github.com/laurel-edu/laurel/internal/jsonld"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/rdf"
	"github.com/laurel-edu/laurel/internal/test/testkit"
)

// badge is a badge of our own for the benchmarks and for what must work without
// the shared data.
const badge = `{
  "@context": [
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
  ],
  "id": "urn:uuid:8f5c1a52-6f0e-4a47-9a50-9d2b7f1c1c11",
  "type": ["VerifiableCredential", "OpenBadgeCredential"],
  "name": "Careful Welder",
  "issuer": {
    "id": "https://school.example/issuers/42",
    "type": ["Profile"],
    "name": "School of Metal"
  },
  "validFrom": "2026-01-01T00:00:00Z",
  "credentialSubject": {
    "id": "did:example:learner",
    "type": ["AchievementSubject"],
    "achievement": {
      "id": "https://school.example/achievements/welding-1",
      "type": ["Achievement"],
      "achievementType": "Badge",
      "name": "Welding, first part",
      "description": "Welds a straight seam that holds.",
      "creditsAvailable": 2.5,
      "criteria": {"narrative": "A seam of 30 cm, tested to 20 kN."},
      "alignment": [{
        "type": ["Alignment"],
        "targetName": "Joining metal",
        "targetUrl": "https://skills.example/frameworks/7/items/12",
        "targetType": "CFItem"
      }]
    }
  }
}`

var benchmarks = []struct{ name, file string }{
	{"own", ""},
	{"simple", "ob/samples/valid/ob3-official/simple.json"},
	{"complete", "ob/samples/valid/ob3-official/complete.json"},
	{"clr", "ob/samples/valid/clr2-official/simple.json"},
}

func benchmarkText(b *testing.B, file string) []byte {
	if file == "" {
		return []byte(badge)
	}
	return testkit.ReadShared(b, file)
}

var nestedAllowed = jsonld.Policy{AllowNested: true}

func BenchmarkToRDF(b *testing.B) {
	for _, bench := range benchmarks {
		b.Run(bench.name, func(b *testing.B) {
			text := benchmarkText(b, bench.file)
			e := jsonld.New(jsonld.Config{Documents: contexts.Lookup, Policy: nestedAllowed})
			var d rdf.Dataset
			run := func() {
				doc, err := jsonx.Parse(text, jsonx.Limits{}, e.Symbols())
				require.NoError(b, err)
				d.Reset()
				in := jsonld.Input{Root: doc.Root(), Skip: doc.Root().Get("proof")}
				if _, err := e.ToRDF(context.Background(), in, &d); err != nil {
					b.Fatal(err)
				}
			}
			run()
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				run()
			}
		})
	}
}

// The same without the parsing.
func BenchmarkExpand(b *testing.B) {
	for _, bench := range benchmarks {
		b.Run(bench.name, func(b *testing.B) {
			text := benchmarkText(b, bench.file)
			e := jsonld.New(jsonld.Config{Documents: contexts.Lookup, Policy: nestedAllowed})
			var d rdf.Dataset
			var in jsonld.Input
			for range 2 { // the second time with all symbols
				doc, err := jsonx.Parse(text, jsonx.Limits{}, e.Symbols())
				require.NoError(b, err)
				in = jsonld.Input{Root: doc.Root(), Skip: doc.Root().Get("proof")}
				_, err = e.ToRDF(context.Background(), in, &d)
				require.NoError(b, err)
			}
			b.ReportAllocs()
			for b.Loop() {
				d.Reset()
				if _, err := e.ToRDF(context.Background(), in, &d); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// The first document of a process, its contexts included.
func BenchmarkColdStart(b *testing.B) {
	for _, bench := range benchmarks {
		b.Run(bench.name, func(b *testing.B) {
			text := benchmarkText(b, bench.file)
			b.ReportAllocs()
			for b.Loop() {
				e := jsonld.New(jsonld.Config{Documents: contexts.Lookup, Policy: nestedAllowed})
				doc, err := jsonx.Parse(text, jsonx.Limits{}, e.Symbols())
				require.NoError(b, err)
				var d rdf.Dataset
				in := jsonld.Input{Root: doc.Root(), Skip: doc.Root().Get("proof")}
				if _, err := e.ToRDF(context.Background(), in, &d); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
