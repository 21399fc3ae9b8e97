package match

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"hash"

	"github.com/laurel-edu/laurel/casefw"
)

// Frameworks returns the frameworks of the graph in the versions that they have. They are
// worked out when they are first asked for.
func (g *Graph) Frameworks() []FrameworkVersion {
	return append([]FrameworkVersion(nil), g.versions()...)
}

func (g *Graph) readVersions() []FrameworkVersion {
	all := []FrameworkVersion{}
	for f := range g.catalog.Frameworks() {
		v := FrameworkVersion{Identifier: f.GUID().String(), Title: f.Title(), Digest: digestOf(f)}
		if d := f.Document(); d != nil {
			v.Version, v.Changed = d.Version, d.LastChangeDateTime.String()
		}
		all = append(all, v)
	}
	return all
}

// digestOf is that of what a match reads of a framework. A date of change does not tell of
// it: publishers forget them.
func digestOf(f *casefw.Framework) string {
	w := writer{sha256.New()}
	for item := range f.Items() {
		w.write("item", item.Identifier(), item.Source().String(), item.Statement(), item.StartDate(), item.EndDate())
	}
	for a := range f.Associations() {
		w.write("association", a.Identifier(), string(a.Type()), string(a.Extensions()))
		w.end(a.Origin())
		w.end(a.Destination())
	}
	return hex.EncodeToString(w.Sum(nil))
}

// writer writes texts each behind its length, so that no two lists of them are alike.
type writer struct{ hash.Hash }

func (w writer) write(texts ...string) {
	var length [8]byte
	for _, s := range texts {
		binary.BigEndian.PutUint64(length[:], uint64(len(s)))
		_, _ = w.Write(length[:]) // a hash has no errors
		_, _ = w.Write([]byte(s))
	}
}

func (w writer) end(n casefw.Node) { w.write(n.TargetType(), n.Identifier(), n.URI()) }
