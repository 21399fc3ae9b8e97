package vc

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
)

// objectType is what is known of a struct type, worked out once.
type objectType struct {
	name   string
	fields []objectField // in the order in which they are written
	byName map[string]*objectField
	extra  []int
}

type objectField struct {
	name  string
	index []int
	kinds kinds
	text  bool // of kind string, without methods of its own
	plain bool // a string and no type of its own: other values are read as their text
	omit  bool // omitzero
}

// objectTypes remembers what objectTypeOf found. Types do not change, so it is
// no state that anybody could see.
var objectTypes sync.Map // reflect.Type → *objectType

func objectTypeOf(t reflect.Type) *objectType {
	if known, ok := objectTypes.Load(t); ok {
		return known.(*objectType)
	}
	known, _ := objectTypes.LoadOrStore(t, newObjectType(t))
	return known.(*objectType)
}

var extraType = reflect.TypeFor[Extra]()

func newObjectType(t reflect.Type) *objectType {
	typ := &objectType{name: t.String(), byName: map[string]*objectField{}}
	var moves [][2]string
	for _, f := range reflect.VisibleFields(t) {
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		if member, next, ok := strings.Cut(f.Tag.Get("order"), "before "); ok {
			moves = append(moves, [2]string{cmp.Or(strings.TrimSpace(member), name), next})
		}
		switch {
		case !f.IsExported():
		case f.Type == extraType:
			typ.extra = f.Index
		case name != "":
			typ.fields = append(typ.fields, newObjectField(f, name, options))
		}
	}
	if typ.extra == nil {
		panic(fmt.Sprintf("vc: %s has no field of type vc.Extra", t))
	}
	for _, m := range moves {
		typ.move(m[0], m[1])
	}
	for i := range typ.fields {
		typ.byName[typ.fields[i].name] = &typ.fields[i]
	}
	return typ
}

func newObjectField(f reflect.StructField, name, options string) objectField {
	return objectField{
		name: name, index: f.Index, kinds: kindsOf(f.Type),
		text:  f.Type.Kind() == reflect.String && !f.Type.Implements(kindsType) && !reflect.PointerTo(f.Type).Implements(textType),
		plain: f.Type == reflect.TypeFor[string](),
		omit:  strings.Contains(options, "omitzero"),
	}
}

// move puts a member before another.
func (t *objectType) move(name, next string) {
	i := t.position(name)
	f := t.fields[i]
	t.fields = slices.Delete(t.fields, i, i+1)
	t.fields = slices.Insert(t.fields, t.position(next), f)
}

func (t *objectType) position(name string) int {
	i := slices.IndexFunc(t.fields, func(f objectField) bool { return f.name == name })
	if i < 0 {
		panic(fmt.Sprintf("vc: the order of %s names %q, which is no member of it", t.name, name))
	}
	return i
}

// checkExtra refuses a name that a field owns, except for a value that the field
// could not have held.
func (t *objectType) checkExtra(extra Extra) error {
	for _, name := range extra.Names() {
		f, raw := t.byName[name], extra[name]
		if f == nil || !f.kinds.has(raw.Kind()) || string(raw) == string(emptyValue(raw.Kind())) {
			continue
		}
		owned := words.Problem(CodeExtraOwned, "", Quote(name))
		owned.Expected = "a name without a field in " + t.name
		return owned
	}
	return nil
}
