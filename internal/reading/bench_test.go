package reading_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/laurel-edu/laurel/internal/jsonld"
	"github.com/laurel-edu/laurel/internal/rdf"
	"github.com/laurel-edu/laurel/internal/reading"
)

// What judging costs beside the expansion that it reads: a small badge, one whose
// creator is its issuer, a record of signed and one of unsigned badges.
func BenchmarkJudge(b *testing.B) {
	by := func(i int) string { return profile(fmt.Sprint("urn:i", i), "") }
	for _, c := range []struct{ name, text string }{
		{"badge", badge("", "", "")},
		{"creator", badge("", "", `"creator":{"id":"did:key:zI","type":["Profile"],"name":"School","url":"https://s.example/"},`)},
		{"record/signed", record("", "", repeat(200, func(i int) string {
			return signed(entry(fmt.Sprint("urn:b", i), by(i), `"id":"did:key:zS",`, achievement(fmt.Sprint("urn:a", i), "")))
		}))},
		{"record/unsigned", record("", "", repeat(200, func(i int) string {
			return entry(fmt.Sprint("urn:b", i), school, "", achievement(fmt.Sprint("urn:a", i), ""))
		}))},
		{"shared/id", badgeUnder(ext, `"more":[`+repeat(5000, func(i int) string { return fmt.Sprintf(`{"more":{"id":"urn:x","Unit":"%d"}}`, i) })+`],`, "", "")},
	} {
		x, err := expand(c.text)
		if err != nil {
			b.Fatal(err)
		}
		in := x.input()
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(c.text)))
			for b.Loop() {
				if err := reading.Judge(context.Background(), in, func(reading.Finding) bool { return true }); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// What it costs to note what names mean.
func BenchmarkTrace(b *testing.B) {
	x, err := expand(badge("", "", ""))
	if err != nil {
		b.Fatal(err)
	}
	for name, trace := range map[string]*jsonld.Trace{"without": nil, "with": new(jsonld.Trace)} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			var set rdf.Dataset
			for b.Loop() {
				set.Reset()
				if _, err := engine.ToRDF(context.Background(), jsonld.Input{Root: x.root, Trace: trace}, &set); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
