package ob2

import (
	"slices"
	"strings"

	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/vc"
)

// normalize judges the contexts, and brings a document that uses other terms than the
// standard's into those.
func (d *Document) normalize() error {
	var f form
	unusual, err := f.look(d.root, 0)
	if err != nil {
		return err
	}
	switch {
	case f.standard && !f.other && !unusual:
		return nil
	case !f.standard && !d.root.Get("@context").Exists():
		return problem(CodeContextMissing, "", "", "")
	case f.count > maxContexts:
		return problem(CodeTooComplex, "", "", "at most 32 contexts")
	}
	root, dropped, err := compact(d.root)
	if err != nil {
		return err
	}
	if !f.standard && classOf(root) == "" && !usesStandard(root) {
		return problem(CodeContextMissing, "/@context", "", "")
	}
	d.root, d.warnings = root, dropped
	return nil
}

// usesStandard reports whether a document in the terms of the standard has one.
func usesStandard(root jsonx.Value) bool {
	for m := root.First(); m.Exists(); m = m.Next() {
		if _, ok := standard()[m.Name()]; ok && m.Name() != "id" && m.Name() != "type" {
			return true
		}
	}
	return false
}

// look walks the objects of the model, not the extensions in it, and reports whether one
// has a name that is a term of the standard written otherwise. It judges the contexts on
// its way.
func (f *form) look(v jsonx.Value, depth int) (unusual bool, err error) {
	for m := v.First(); m.Exists(); m = m.Next() {
		name := m.Name()
		switch {
		case v.Kind() == jsonx.Object && name == "@context":
			if err := f.contextsOf(m); err != nil {
				return false, err
			}
			continue
		case isExtension(m):
			continue
		case v.Kind() == jsonx.Object && isUnusual(name):
			unusual = true
		}
		inner, err := f.look(m, depth+1)
		if err != nil {
			return false, err
		}
		unusual = unusual || inner
	}
	return unusual, nil
}

// isExtension reports whether a member is an extension of the standard's kind: an object of
// the type Extension, whose context is its own.
func isExtension(m jsonx.Value) bool {
	if m.Kind() != jsonx.Object {
		return false
	}
	return slices.ContainsFunc(jsonx.Texts(m.Get("type")), func(name string) bool {
		name = expand(jsonx.Value{}, name, 0)
		return name == "Extension" || name == prefixes["obi"]+"Extension" || strings.HasPrefix(name, extensionsBase)
	})
}

// isUnusual reports whether a name is a keyword, or an IRI of the model, in place of a term.
func isUnusual(name string) bool {
	switch {
	case name == "@language" || name == "@value" || name == "@direction":
		return false
	case strings.HasPrefix(name, "@"):
		return true
	case !strings.Contains(name, ":"):
		return false
	}
	return standardIRIs()[expand(jsonx.Value{}, name, 0)]
}

// the limits of what is brought into another form. json-gold bounds nothing; documents of
// this kind come from generic JSON-LD libraries and have a few hundred values.
const (
	maxForeign      = 256 << 10
	maxForeignNodes = 8 << 10
	maxForeignDepth = 24
	maxContexts     = 32 // each is processed at each place, known ones too
)

func tooForeign(root jsonx.Value) *vc.Problem {
	switch {
	case len(root.Raw()) > maxForeign:
		return problem(CodeTooComplex, "", "", "at most 256 KiB")
	case root.Doc().Nodes() > maxForeignNodes:
		return problem(CodeTooComplex, "", "", "at most 8192 values")
	case depthOf(root) > maxForeignDepth:
		return problem(CodeTooComplex, "", "", "at most 24 deep")
	}
	return nil
}

func depthOf(v jsonx.Value) int {
	deepest := 0
	for m := v.First(); m.Exists(); m = m.Next() {
		deepest = max(deepest, depthOf(m))
	}
	return 1 + deepest
}
