package casefw_test

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
)

// generator writes packages of any size with the shape of real ones: an item of
// about 850 bytes, an association of about 700, a tree of three levels, and
// crosswalk links into another framework.
type generator struct {
	items, associations int
	r                   *rand.Rand
}

func newGenerator(items, associations int) *generator {
	return &generator{items, associations, rand.New(rand.NewPCG(1, 2))}
}

func guidOf(kind, i int) string {
	return fmt.Sprintf("%08x-d7cc-51e8-824f-%04x%08x", uint32(i*2654435761), kind, i)
}

const host = "https://case.example.org/ims/case/v1p1/"

var vocabulary = strings.Fields(`understand apply the concept of ratio and use language to describe relationship between two
quantities analyse data model solve real world problems with linear equations interpret results explain reasoning construct
viable arguments write informative text examine topic convey ideas clearly through effective selection organisation`)

func (g *generator) sentence(words int) string {
	var b strings.Builder
	for i := range words {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(vocabulary[g.r.IntN(len(vocabulary))])
	}
	return b.String()
}

func (g *generator) title(i int) string {
	return fmt.Sprintf("C.%d Statement of the item number %d", i, i)
}

func (g *generator) writeItem(w io.Writer, i int) {
	id := guidOf(1, i)
	fmt.Fprintf(w, `{"identifier":"%s","fullStatement":"%s","CFItemType":"%s","uri":"%sCFItems/%s",`,
		id, g.sentence(18+g.r.IntN(20)), kinds[i%3], host, id)
	fmt.Fprintf(w, `"humanCodingScheme":"C.%d","listEnumeration":"%d","language":"en","educationLevel":["%02d"],`, i, i%25, i%12+1)
	g.link(w, "CFItemTypeURI", "CFItemTypes", 2, i%3, kinds[i%3])
	w.Write([]byte{','})
	g.document(w, fmt.Sprintf("2024-0%d-1%dT09:%02d:00+00:00", i%9+1, i%10, i%60))
}

// document ends a record with the link to the document and the time stamp.
func (g *generator) document(w io.Writer, stamp string) {
	g.link(w, "CFDocumentURI", "CFDocuments", 0, 0, "Generated framework")
	fmt.Fprintf(w, `,"lastChangeDateTime":"%s"}`, stamp)
}

var kinds = []string{"Standard", "Cluster", "Domain"}

func (g *generator) link(w io.Writer, name, path string, kind, i int, title string) {
	id := guidOf(kind, i)
	fmt.Fprintf(w, `"%s":{"title":"%s","identifier":"%s","uri":"%s%s/%s"}`, name, title, id, host, path, id)
}

func (g *generator) writeAssociation(w io.Writer, i int) {
	id := guidOf(3, i)
	kind := "isChildOf"
	if i >= g.items {
		kind = "exactMatchOf"
	}
	fmt.Fprintf(w, `{"identifier":"%s","associationType":"%s","uri":"%sCFAssociations/%s",`, id, kind, host, id)
	child := i % g.items
	g.link(w, "originNodeURI", "CFItems", 1, child, g.title(child))
	w.Write([]byte{','})
	switch parent := child / 25; {
	case i >= g.items:
		g.link(w, "destinationNodeURI", "CFItems", 9, child, g.title(child))
	case child < 25:
		g.link(w, "destinationNodeURI", "CFDocuments", 0, 0, "Generated framework")
	default:
		g.link(w, "destinationNodeURI", "CFItems", 1, parent, g.title(parent))
	}
	if i < g.items {
		fmt.Fprintf(w, `,"sequenceNumber":%d`, i%25+1)
	}
	w.Write([]byte{','})
	g.document(w, "2024-03-01T09:00:00+00:00")
}

func (g *generator) write(w io.Writer) {
	fmt.Fprintf(w, `{"CFDocument":{"identifier":"%s","uri":"%sCFDocuments/%s","creator":"Generator","title":"Generated framework",`+
		`"caseVersion":"1.1","lastChangeDateTime":"2024-03-01T09:00:00+00:00"},"CFItems":[`, guidOf(0, 0), host, guidOf(0, 0))
	for i := range g.items {
		if i > 0 {
			w.Write([]byte{','})
		}
		g.writeItem(w, i)
	}
	io.WriteString(w, `],"CFAssociations":[`)
	for i := range g.associations {
		if i > 0 {
			w.Write([]byte{','})
		}
		g.writeAssociation(w, i)
	}
	io.WriteString(w, `]}`)
}

func generated(items, associations int) []byte {
	var b bytes.Buffer
	newGenerator(items, associations).write(&b)
	return b.Bytes()
}
