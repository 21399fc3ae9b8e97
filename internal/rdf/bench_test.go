package rdf_test

import (
	"context"
	"crypto/sha256"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/rdf"
)

const (
	vocabulary = "https://purl.imsglobal.org/spec/vc/ob/vocab.html#"
	rdfType    = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
)

// badge makes a dataset in the shape of an Open Badge with some results, each of
// them an anonymous node with anonymous alignments, some of which are alike. One
// result is nine quads; without results there are fifteen.
func badge(results int) *rdf.Dataset {
	d := &rdf.Dataset{}
	b := builder{d}
	const (
		credential  = "urn:uuid:4d4b1d2f-7f0c-4d7a-9c39-0e4b1b7f5d10"
		achievement = "https://badges.example.edu/achievements/robotics"
		issuer      = "https://badges.example.edu/issuers/42"
	)
	b.iri(credential, rdfType, "https://www.w3.org/2018/credentials#VerifiableCredential")
	b.iri(credential, rdfType, vocabulary+"OpenBadgeCredential")
	b.text(credential, "https://schema.org/name", "Robotics \"level 2\"", "")
	b.text(credential, "https://www.w3.org/2018/credentials#validFrom", "2026-01-01T00:00:00Z",
		"^^<http://www.w3.org/2001/XMLSchema#dateTime>")
	b.iri(credential, "https://www.w3.org/2018/credentials#issuer", issuer)
	b.iri(issuer, rdfType, vocabulary+"Profile")
	b.text(issuer, "https://schema.org/name", "Example College", "")
	b.iri(issuer, "https://schema.org/url", "https://badges.example.edu")
	subject := d.NewNode()
	b.add(rdf.Quad{
		Subject: credential, Predicate: "https://www.w3.org/2018/credentials#credentialSubject", Kind: rdf.Blank,
		SubjectNode: rdf.NoNode, ObjectNode: subject, GraphNode: rdf.NoNode,
	})
	b.nodeIRI(subject, rdfType, vocabulary+"AchievementSubject")
	b.nodeIRI(subject, vocabulary+"achievement", achievement)
	b.iri(achievement, rdfType, vocabulary+"Achievement")
	b.text(achievement, "https://schema.org/name", "Robotics", "")
	b.text(achievement, "https://schema.org/description",
		"Builds, wires and programs a robot that follows a line and avoids obstacles.", "@en")
	b.text(achievement, vocabulary+"criteria", "The robot completes the course three times.", "")
	for i := range results {
		result := d.NewNode()
		b.node(subject, vocabulary+"result", result)
		b.nodeIRI(result, rdfType, vocabulary+"Result")
		b.nodeText(result, vocabulary+"value", fmt.Sprint(50+i))
		for j := range 2 {
			alignment := d.NewNode()
			b.node(result, vocabulary+"alignment", alignment)
			b.nodeIRI(alignment, rdfType, vocabulary+"Alignment")
			// In every fourth result the alignments are alike.
			b.nodeText(alignment, vocabulary+"targetName", fmt.Sprint("Standard ", i, ".", j*min(i%4, 1)))
		}
	}
	return d
}

type builder struct{ d *rdf.Dataset }

func (b builder) add(q rdf.Quad) { b.d.Add(&q) }

func (b builder) iri(s, p, o string) {
	b.add(rdf.Quad{Subject: s, Predicate: p, Value: o, SubjectNode: rdf.NoNode, ObjectNode: rdf.NoNode, GraphNode: rdf.NoNode})
}

func (b builder) text(s, p, o, suffix string) {
	b.add(rdf.Quad{Subject: s, Predicate: p, Value: o, Suffix: suffix, Kind: rdf.Literal,
		SubjectNode: rdf.NoNode, ObjectNode: rdf.NoNode, GraphNode: rdf.NoNode})
}

func (b builder) node(s int32, p string, o int32) { b.add(link(s, p, o)) }

func (b builder) nodeIRI(s int32, p, o string) {
	b.add(rdf.Quad{SubjectNode: s, Predicate: p, Value: o, ObjectNode: rdf.NoNode, GraphNode: rdf.NoNode})
}

func (b builder) nodeText(s int32, p, o string) { b.add(text(s, p, o)) }

var sizes = []struct {
	name    string
	results int
}{{"small", 0}, {"nested", 5}, {"complete", 42}, {"record", 776}}

// BenchmarkCanonicalize measures the form and its digest beside json-gold and
// beside the floor, one SHA-256 of the form.
func BenchmarkCanonicalize(b *testing.B) {
	for _, size := range sizes {
		d := badge(size.results)
		form := []byte(canonical(b, d, rdf.Options{}))
		name := fmt.Sprintf("%s-%d/", size.name, d.Len())
		b.Run(name+"laurel", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				c, err := rdf.Canonicalize(context.Background(), d, rdf.Options{})
				if err != nil {
					b.Fatal(err)
				}
				c.Sum()
				c.Release()
			}
		})
		b.Run(name+"sha256", func(b *testing.B) {
			b.SetBytes(int64(len(form)))
			for b.Loop() {
				sha256.Sum256(form)
			}
		})
		b.Run(name+"json-gold", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				b.StopTimer()
				peer, ok := peerDataset(d) // it changes its input
				require.True(b, ok)
				b.StartTimer()
				peerForm(b, peer)
			}
		})
	}
}

func BenchmarkPoison(b *testing.B) {
	for _, n := range []int{8, 12, 100} {
		d := clique(n)
		b.Run(fmt.Sprint("clique-", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := rdf.Canonicalize(context.Background(), d, rdf.Options{}); err == nil {
					b.Fatal("not refused")
				}
			}
		})
	}
}

// The benchmark's badge has the same form elsewhere.
func TestBadge(t *testing.T) {
	for _, size := range sizes[:3] {
		d := badge(size.results)
		want, err := referenceForm(d)
		require.NoError(t, err)
		require.Equal(t, want, canonical(t, d, rdf.Options{}))
	}
}
