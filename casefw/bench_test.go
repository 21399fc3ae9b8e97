package casefw_test

import (
	"bytes"
	"context"
	jsonv1 "encoding/json"
	"io"
	"runtime"
	"sync"
	"testing"

	"github.com/go-json-experiment/json"
	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/internal/test/testkit"
)

// The plain structs that the general decoders fill, for comparison: no extra
// members, no checks, no indexes.
type plainLink struct {
	Title      string `json:"title"`
	Identifier string `json:"identifier"`
	URI        string `json:"uri"`
}

type plainItem struct {
	Identifier           string     `json:"identifier"`
	URI                  string     `json:"uri"`
	CFDocumentURI        *plainLink `json:"CFDocumentURI,omitempty"`
	FullStatement        string     `json:"fullStatement"`
	AlternativeLabel     string     `json:"alternativeLabel,omitempty"`
	AbbreviatedStatement string     `json:"abbreviatedStatement,omitempty"`
	HumanCodingScheme    string     `json:"humanCodingScheme,omitempty"`
	CFItemType           string     `json:"CFItemType,omitempty"`
	CFItemTypeURI        *plainLink `json:"CFItemTypeURI,omitempty"`
	ListEnumeration      string     `json:"listEnumeration,omitempty"`
	EducationLevel       []string   `json:"educationLevel,omitempty"`
	ConceptKeywords      []string   `json:"conceptKeywords,omitempty"`
	Notes                string     `json:"notes,omitempty"`
	Language             string     `json:"language,omitempty"`
	LicenseURI           *plainLink `json:"licenseURI,omitempty"`
	LastChangeDateTime   string     `json:"lastChangeDateTime"`
}

type plainAssociation struct {
	Identifier         string     `json:"identifier"`
	URI                string     `json:"uri"`
	CFDocumentURI      *plainLink `json:"CFDocumentURI,omitempty"`
	SequenceNumber     *int       `json:"sequenceNumber,omitempty"`
	OriginNodeURI      plainLink  `json:"originNodeURI"`
	AssociationType    string     `json:"associationType"`
	DestinationNodeURI plainLink  `json:"destinationNodeURI"`
	LastChangeDateTime string     `json:"lastChangeDateTime"`
}

type plainPackage struct {
	CFItems        []plainItem        `json:"CFItems"`
	CFAssociations []plainAssociation `json:"CFAssociations"`
}

// big is the package of the published figures: 100,000 items, 150,000 associations.
var big = sync.OnceValue(func() []byte { return generated(100_000, 150_000) })

func load(b *testing.B, text []byte) *casefw.Framework {
	b.Helper()
	f, _, err := casefw.LoadBytes(text, casefw.Options{})
	if err != nil {
		b.Fatal(err)
	}
	return f
}

func benchmarkLoad(b *testing.B, text []byte) {
	b.Run("laurel", func(b *testing.B) {
		b.SetBytes(int64(len(text)))
		b.ReportAllocs()
		for b.Loop() {
			load(b, text)
		}
	})
	b.Run("laurel-stream", func(b *testing.B) {
		b.SetBytes(int64(len(text)))
		for b.Loop() {
			if _, _, err := casefw.Load(context.Background(), bytes.NewReader(text), casefw.Options{}); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("encoding-json", func(b *testing.B) {
		b.SetBytes(int64(len(text)))
		b.ReportAllocs()
		for b.Loop() {
			var p plainPackage
			if err := jsonv1.Unmarshal(text, &p); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("go-json-experiment", func(b *testing.B) {
		b.SetBytes(int64(len(text)))
		b.ReportAllocs()
		for b.Loop() {
			var p plainPackage
			if err := json.Unmarshal(text, &p); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkLoadGenerated(b *testing.B) { benchmarkLoad(b, big()) }

func BenchmarkLoadCommonCore(b *testing.B) {
	benchmarkLoad(b, testkit.ReadShared(b, "case/packages/real/ccss-math-2010.json"))
}

func BenchmarkLoadSmarterBalanced(b *testing.B) {
	benchmarkLoad(b, testkit.ReadShared(b, "case/packages/real/sbac-math-content-spec.json"))
}

func BenchmarkLoadNextGenerationScience(b *testing.B) {
	benchmarkLoad(b, testkit.ReadShared(b, "case/packages/real/ngss-science-2013.json"))
}

// BenchmarkIndex is the part of loading that builds the indexes.
func BenchmarkIndex(b *testing.B) {
	f := load(b, big())
	for b.Loop() {
		casefw.Reindex(f)
	}
}

// BenchmarkLiveMemory reports what a loaded framework holds, per byte of input.
func BenchmarkLiveMemory(b *testing.B) {
	text := big()
	for b.Loop() {
		before := heap()
		f := load(b, text)
		held := heap() - before
		b.ReportMetric(float64(held)/float64(len(text)), "live/input")
		b.ReportMetric(float64(held)/1e6, "MB")
		runtime.KeepAlive(f)
	}
}

func heap() int64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

func BenchmarkSubtree(b *testing.B) {
	f := load(b, big())
	n := 0
	for b.Loop() {
		for root := range f.Top() {
			for range root.Descendants() {
				n++
			}
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(n), "ns/result")
}

// BenchmarkCrosswalk follows exactMatchOf from items of one framework into another.
func BenchmarkCrosswalk(b *testing.B) {
	f := load(b, big())
	c := casefw.NewCatalog(f, load(b, generated(1000, 1000)))
	n := 0
	for b.Loop() {
		for i := range 50_000 {
			for range c.Equivalents(f.At(i).GUID(), 0) {
				n++
			}
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(n), "ns/result")
}

func BenchmarkFind(b *testing.B) {
	f := load(b, big())
	i := 0
	for b.Loop() {
		if _, ok := f.Find(f.At(i % f.Len()).GUID()); !ok {
			b.Fatal("not found")
		}
		i += 7919
	}
}

func BenchmarkWriteJSON(b *testing.B) {
	text := big()
	f := load(b, text)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if err := f.WriteJSON(context.Background(), io.Discard, casefw.Repaired); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkLint(b *testing.B) {
	f := load(b, big())
	for b.Loop() {
		f.Lint(0)
	}
}

func BenchmarkDiff(b *testing.B) {
	f, g := load(b, big()), load(b, big())
	for b.Loop() {
		casefw.Diff(f, g)
	}
}

func BenchmarkValidate(b *testing.B) {
	text := big()
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if _, err := casefw.ValidateStream(context.Background(), bytes.NewReader(text), casefw.V1p1, casefw.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
