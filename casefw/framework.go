package casefw

import (
	"bytes"
	"iter"
	"math"
	"sync"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/laurel-edu/laurel/vc"
)

// Framework is a whole framework, held compactly and indexed. It is immutable and
// safe for concurrent use; what it returns by pointer or slice must not be
// changed. [Load] and [NewFramework] make one.
type Framework struct {
	store
	index
	head head

	codes  lazy[codeIndex]
	copies lazy[copyIndex]
	homes  lazy[map[int32]LinkURI] // where reused items come from, by the association
	reach  lazy[reach]
}

// lazy is a part of the index that few callers need, built once when asked for.
type lazy[T any] struct {
	once  sync.Once
	value *T
}

func (l *lazy[T]) get(build func() *T) *T {
	l.once.Do(func() { l.value = build() })
	return l.value
}

func newFramework(s store, h *head) *Framework {
	f := &Framework{store: s, head: *h}
	f.index.build(f)
	return f
}

// nowhere is the framework that holds nothing: of the zero handles.
var nowhere = sync.OnceValue(func() *Framework { return newFramework(newBuilder().finish(), &head{}) })

// NewFramework indexes a package that was built or parsed. The package is copied: it is
// read as [LoadBytes] reads its text. Extensions and kept members that are no JSON are
// left out.
func NewFramework(p *CFPackage) *Framework {
	text := encoder{form: AsSent, inside: true, careful: true}.record(nil, packageClass, p)
	limits := Options{MaxBytes: math.MaxInt64, MaxRecord: math.MaxInt, MaxDepth: math.MaxInt, MaxFindings: 1}
	f, _, err := LoadBytes(text, limits)
	if err != nil {
		return nowhere() // there is nothing in the package
	}
	return f
}

// Document returns the document of the framework, nil where the package had none.
func (f *Framework) Document() *CFDocument { return f.head.CFDocument }

// GUID returns the identifier of the document, zero where there is none.
func (f *Framework) GUID() GUID {
	if f.head.CFDocument == nil {
		return GUID{}
	}
	return f.head.CFDocument.GUID()
}

// Title returns the title of the document.
func (f *Framework) Title() string {
	if f.head.CFDocument == nil {
		return ""
	}
	return f.head.CFDocument.Title
}

// Version tells which version of CASE the framework uses: what caseVersion says,
// else what the caller of Load knew, else 1.1 where a member or token was met that
// only 1.1 has, else 0 for undecided. The uris inside prove nothing.
func (f *Framework) Version() Version {
	switch {
	case f.head.CFDocument != nil && f.head.CFDocument.CaseVersion == "1.1":
		return V1p1
	case f.head.asked != 0:
		return f.head.asked
	case f.head.newer.count > 0:
		return V1p1
	}
	return 0
}

// Definitions returns the vocabularies of the framework, nil where it has none.
func (f *Framework) Definitions() *CFDefinition { return f.head.CFDefinitions }

// Rubrics returns the rubrics of the framework.
func (f *Framework) Rubrics() []CFRubric { return f.head.CFRubrics }

// Extensions returns the extensions of the package.
func (f *Framework) Extensions() jsontext.Value { return f.head.Extensions }

// Extra returns the members of the package that no class has.
func (f *Framework) Extra() vc.Extra { return f.head.Extra }

// Len returns the number of items, repeated ones included.
func (f *Framework) Len() int { return len(f.items.ids) }

// LenAssociations returns the number of associations, repeated ones included.
func (f *Framework) LenAssociations() int { return len(f.links.ids) }

// At returns the item at a place of the package's order, the zero Item where
// there is none.
func (f *Framework) At(i int) Item {
	if i < 0 || i >= f.Len() {
		return Item{}
	}
	return Item{f, int32(i)}
}

// Items walks the items in the order of the package.
func (f *Framework) Items() iter.Seq[Item] {
	return func(yield func(Item) bool) {
		for i := range f.items.ids {
			if !yield(Item{f, int32(i)}) {
				return
			}
		}
	}
}

// AssociationAt returns the association at a place of the package's order, the
// zero Association where there is none.
func (f *Framework) AssociationAt(i int) Association {
	if i < 0 || i >= f.LenAssociations() {
		return Association{}
	}
	return Association{f, int32(i)}
}

// Associations walks the associations in the order of the package.
func (f *Framework) Associations() iter.Seq[Association] {
	return func(yield func(Association) bool) {
		for i := range f.links.ids {
			if !yield(Association{f, int32(i)}) {
				return
			}
		}
	}
}

// Find returns the item of an identifier. Of repeated ones it is the one that was
// changed last.
func (f *Framework) Find(id GUID) (Item, bool) {
	if id.IsZero() {
		return Item{}, false
	}
	if slot, free := f.slot(f, id); !free {
		return Item{f, int32(f.slots[slot] - 1)}, true
	}
	return Item{}, false
}

// FindText returns the item of an identifier in any writing, or of one that is no
// UUID at all.
func (f *Framework) FindText(identifier string) (Item, bool) {
	if id, ok := looseGUID(identifier); ok {
		if item, found := f.Find(id); found {
			return item, true
		}
	}
	if e, ok := f.odd[identifier]; ok && int(e) < f.Len() {
		return Item{f, e}, true
	}
	return Item{}, false
}

// FindURI returns the item that has exactly this uri.
func (f *Framework) FindURI(uri string) (Item, bool) {
	if e := f.byURI(f, uri); e >= 0 && int(e) < f.Len() {
		return Item{f, e}, true
	}
	return Item{}, false
}

// FindAssociation returns the association of an identifier. It walks over all of
// them: associations are seldom asked for by name.
func (f *Framework) FindAssociation(id GUID) (Association, bool) {
	for i := range f.links.ids {
		if f.links.ids[i] == id && !id.IsZero() {
			return Association{f, int32(i)}, true
		}
	}
	return Association{}, false
}

// Package gives the framework as plain structs that may be changed. It costs
// several times the memory of the framework.
func (f *Framework) Package() *CFPackage {
	p := f.head.CFPackage
	if f.Len() > 0 || f.head.lists[itemClass] {
		p.CFItems = make([]CFItem, 0, f.Len())
	}
	for item := range f.Items() {
		p.CFItems = append(p.CFItems, *item.Record())
	}
	if f.LenAssociations() > 0 || f.head.lists[associationClass] {
		p.CFAssociations = make([]CFAssociation, 0, f.LenAssociations())
	}
	for a := range f.Associations() {
		p.CFAssociations = append(p.CFAssociations, *a.Record())
	}
	return clonePackage(&p)
}

// clonePackage copies what the framework and its package would share.
func clonePackage(p *CFPackage) *CFPackage {
	copied := *p
	again := &CFPackage{CFDocument: p.CFDocument, CFDefinitions: p.CFDefinitions, CFRubrics: p.CFRubrics,
		Extensions: bytes.Clone(p.Extensions), Members: p.Members}
	text := encoder{form: AsSent, inside: true}.record(nil, packageClass, again)
	fresh := &CFPackage{}
	bind(parseStored(text), packageClass, fresh)
	copied.CFDocument, copied.CFDefinitions, copied.CFRubrics = fresh.CFDocument, fresh.CFDefinitions, fresh.CFRubrics
	copied.Extensions, copied.Members = fresh.Extensions, fresh.Members
	return &copied
}
