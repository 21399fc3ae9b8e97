package shape

import "github.com/laurel-edu/laurel/internal/jsonx"

// Walk is one pass over a document. A Check gets it to report faults and to
// look at where it stands.
type Walk struct {
	schema *Schema
	out    Reporter
	class  *class // whose Check runs
	skip   bool   // leave embedded documents alone
	once   map[jsonx.Value]bool
}

// Options narrow a walk.
type Options struct {
	// SkipEmbedded leaves objects of Embedded classes alone, for a caller that checks
	// each as a document of its own.
	SkipEmbedded bool
}

// Check walks v as an object of the named class and reports what is wrong. It
// panics for a class that the table lacks: that is no input's doing.
func (s *Schema) Check(name string, v jsonx.Value, out Reporter, o Options) {
	c := s.byName[name]
	if c == nil {
		panic("shape: no class " + name)
	}
	w := Walk{schema: s, out: out, skip: o.SkipEmbedded}
	w.object(c, v)
}

// Report passes a fault on. A fault without class belongs to the class whose
// Check reports it.
func (w *Walk) Report(f Fault) {
	if f.Class == nil && w.class != nil {
		f.Class = w.class.Class
	}
	w.out.Report(f)
}

// Fault reports a fault of a Check: a value and the words for it.
func (w *Walk) Fault(code string, at jsonx.Value, found, expected string) {
	w.Report(Fault{Code: code, At: at, Found: found, Expected: expected})
}

// SkipsEmbedded reports whether embedded documents are left alone, for a Check
// that would enter them.
func (w *Walk) SkipsEmbedded() bool { return w.skip }

// Once returns what ask says of a value, and asks only once for each in a walk: a
// Check that looks at the objects around its own would otherwise read a large one
// as often as it holds others. A walk has one question.
func (w *Walk) Once(v jsonx.Value, ask func(jsonx.Value) bool) bool {
	answer, known := w.once[v]
	if !known {
		answer = ask(v)
		if w.once == nil {
			w.once = map[jsonx.Value]bool{}
		}
		w.once[v] = answer
	}
	return answer
}

// Enter checks a value as an object of another class, for a Check that chooses
// the class itself.
func (w *Walk) Enter(name string, v jsonx.Value) {
	c := w.schema.byName[name]
	if c == nil {
		panic("shape: no class " + name)
	}
	w.object(c, v)
}

// object checks v, of whatever kind, as an object of the class.
func (w *Walk) object(c *class, v jsonx.Value) {
	if v.Kind() != jsonx.Object {
		w.out.Report(Fault{Code: CodeKind, At: v, Class: c.Class, Expected: "an object"})
		return
	}
	c = c.variant(v)
	var seen uint64
	for m := v.First(); m.Exists(); m = m.Next() {
		name := m.Name()
		fact := c.members[name]
		if fact == nil {
			w.unknown(c, m, name)
			continue
		}
		seen |= fact.bit
		w.member(c, fact, m)
	}
	if missing := c.required &^ seen; missing != 0 {
		w.missing(c, v, missing)
	}
	if c.Check != nil {
		outer := w.class
		w.class = c
		c.Check(w, v)
		w.class = outer
	}
}

func (w *Walk) missing(c *class, v jsonx.Value, missing uint64) {
	for i := range c.Members {
		if missing&(1<<i) != 0 {
			m := &c.Members[i]
			w.out.Report(Fault{Code: m.absence(), At: v, Absent: m.Name, Class: c.Class, Member: m})
		}
	}
}

func (w *Walk) unknown(c *class, v jsonx.Value, name string) {
	if name == "@context" {
		return // JSON-LD processing judges it
	}
	if len(name) > 0 && name[0] == '@' {
		w.out.Report(Fault{Code: CodeKeyword, At: v, Class: c.Class, Found: name})
		return
	}
	if c.Closed {
		w.out.Report(Fault{Code: CodeForbidden, At: v, Class: c.Class, Found: name})
	}
	// What an extension holds may be a JSON literal, in which a keyword is a name like
	// any other: only the contexts tell.
}

// loose looks for JSON-LD keywords where the model lets anything stand. A language
// value is the one place for them.
func (w *Walk) loose(c *class, v jsonx.Value) {
	kind := v.Kind()
	if kind != jsonx.Object && kind != jsonx.Array {
		return
	}
	if kind == jsonx.Object && v.Get("@value").Exists() {
		return
	}
	for m := v.First(); m.Exists(); m = m.Next() {
		if name := m.Name(); kind == jsonx.Object && len(name) > 0 && name[0] == '@' {
			if name != "@context" {
				w.out.Report(Fault{Code: CodeKeyword, At: m, Class: c.Class, Found: name})
			}
			continue
		}
		w.loose(c, m)
	}
}
