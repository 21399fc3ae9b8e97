package reading

import (
	"context"
	"hash/maphash"
	"strings"
	"sync"

	"github.com/laurel-edu/laurel/internal/jsonld"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/shape"
)

// Proof is what became of the proof of an embedded credential. The zero value is
// no decision.
type Proof uint8

// The outcomes of an embedded proof.
const (
	Undecided Proof = iota
	None
	Bad
	Good
)

// Input is what there is to judge.
type Input struct {
	// Root is the document: a credential, a presentation, or a proof.
	Root jsonx.Value
	// Class is the class of Root in Schema, "" where it is of none.
	Class  string
	Schema *shape.Schema
	// Trace is what the expansion noted that gave the signed statements. Without one
	// the JSON itself is signed, by a token or over its canonical form: then there is
	// no other JSON of the same signature, and what does not fit the model is the
	// rules' to find.
	Trace *jsonld.Trace
	// Skip is the member of Root that was not expanded, such as the proof.
	Skip jsonx.Value
	// Embedded says what became of the proof of an embedded credential that has one.
	// Only one that is Good makes the credential a document of its own. Nil takes
	// every proof for good.
	Embedded func(jsonx.Value) Proof
	// Interchangeable takes two unsigned credentials about one subject, with a
	// warning.
	Interchangeable bool
	// Shared, where it is there, is told of all that unsigned credentials say and another may
	// have said, however many findings are told.
	Shared func(jsonx.Value)
	// Off switches guards off, for tests that want to see each of them needed.
	Off Guards
}

// Guards is a set of rules. The zero value has none of them switched off.
type Guards uint32

// The rules that can be switched off, each alone.
const (
	GuardAlike      Guards = 1 << iota // objects of one place state a member alike
	GuardAdds                          // a farther object adds nothing
	GuardOtherwise                     // a farther object states nothing otherwise
	GuardLacks                         // what a class lacks is not stated alone or otherwise
	GuardReferences                    // a text in an object's place is a reference
	GuardEntries                       // unsigned entries about one subject
	GuardCopies                        // an unsigned entry repeats a signed one
	GuardIRIs                          // members named by IRIs
	GuardAliases                       // second names of id and type
	GuardKeywords                      // keywords in objects and values
	GuardNames                         // second names of a member or class of the model
	GuardBlank                         // identifiers of blank nodes
	GuardArrays                        // arrays in arrays
	GuardNulls                         // null in arrays
	GuardRepeats                       // one thing twice in an array
	GuardPrefixes                      // references written with a prefix

	guardsEnd
)

// AllGuards are all of them.
const AllGuards = guardsEnd - 1

// judge is the state of one Judge, reused for the next.
type judge struct {
	in      Input
	ctx     context.Context
	report  func(Finding) bool
	err     error
	told    [Warn + 1]int
	stopped bool
	steps   int // values looked at
	work    int // values compared
	most    int // of work
	graphs  int32
	entries int32
	nodes   []node
	items   []item
	passed  map[int]bool // exact repeats of embedded credentials, which count once
	same    comparison
}

var judges = sync.Pool{New: func() any { return new(judge) }}

// seed keeps the digests of contents unforeseeable.
var seed = maphash.MakeSeed()

// Judge reports the ways in which a document can be read otherwise than it was
// signed, until report returns false. A document is refused by one finding whose
// severity is [Refuse]. No more than a hundred of each severity are told, the last
// of them with the code more-findings.
//
// The cost is linear in the document but for the sorting of its identifiers. The
// error is that of ctx.
func Judge(ctx context.Context, in Input, report func(Finding) bool) error {
	if in.Trace == nil || in.Root.Kind() != jsonx.Object {
		return nil
	}
	j := judges.Get().(*judge)
	j.in, j.ctx, j.report = in, ctx, report
	j.most = leastWork
	if doc := in.Root.Doc(); doc != nil {
		j.most += workPerValue * doc.Nodes()
	}
	j.object(in.Schema.Place(in.Class, in.Root), in.Root, frame{text: true})
	j.compare()
	err := j.err
	j.end()
	return err
}

// Comparing reads each value about once, and arrays of repeats within repeats as
// often as they are deep. Beyond this the document was made to cost time.
const (
	leastWork    = 10_000
	workPerValue = 16
)

const mostKept = 4096

func (j *judge) end() {
	j.in, j.ctx, j.report, j.err = Input{}, nil, nil, nil
	j.told, j.stopped, j.steps, j.work, j.graphs, j.entries = [Warn + 1]int{}, false, 0, 0, 0, 0
	if cap(j.nodes) > mostKept {
		j.nodes = nil
	}
	if cap(j.items) > mostKept {
		j.items = nil
	}
	j.nodes, j.items, j.passed = j.nodes[:0], j.items[:0], nil
	j.same.end()
	judges.Put(j)
}

// step counts a value and reports whether to go on.
func (j *judge) step() bool {
	if j.steps++; j.steps&4095 == 0 && j.err == nil {
		if j.err = j.ctx.Err(); j.err != nil {
			j.stopped = true
		}
	}
	return !j.stopped
}

// spend counts the comparing of a value.
func (j *judge) spend() {
	if j.work++; j.work == j.most {
		j.tell(Finding{Code: CodeWork, At: j.in.Root, Found: "objects of one id within objects of one id"})
		j.stopped = true
	}
}

// frame is where in the document an object stands.
type frame struct {
	graph int32 // number of the graph that its statements belong to
	entry int32 // number of the unsigned embedded credential that it is part of
	role  role
	text  bool // a text in its place may have a language
}

// role is what an object is to the embedded credential around it.
type role uint8

const (
	noRole role = iota
	theCredential
	theSubject
	theAchievement
)

// object judges the members of an object.
func (j *judge) object(p shape.Place, v jsonx.Value, f frame) {
	for m := v.First(); m.Exists() && j.step(); m = m.Next() {
		if m == j.in.Skip {
			continue
		}
		j.member(p, v, m, f)
	}
}

func (j *judge) member(p shape.Place, v, m jsonx.Value, f frame) {
	name := m.Name()
	if name == "@context" {
		return
	}
	meaning := j.in.Trace.Name(m)
	switch {
	case !meaning.Exists(): // no statement comes of it, which is told as such
		return
	case meaning.IsKeyword():
		j.keyword(p, v, m, meaning, f)
		return
	}
	fact := p.Member(name)
	if fact.Member() == nil && j.misnamed(p, v, m, meaning) {
		return
	}
	if meaning.IsJSON() || isProof(fact) {
		return
	}
	j.value(fact, meaning, m, m, f)
}

// isProof reports whether a member holds proofs, each of which is a graph of its own
// and is judged as one.
func isProof(f shape.Fact) bool {
	m := f.Member()
	return m != nil && m.Class == "Proof"
}

// value judges one value of the member m, which is m itself or stands in it.
func (j *judge) value(fact shape.Fact, meaning jsonld.Meaning, m, v jsonx.Value, f frame) {
	switch v.Kind() {
	case jsonx.String:
		if meaning.IsReference() && !j.blank(v) {
			j.compact(m.Parent(), v)
		}
		j.reference(fact, v, f)
	case jsonx.Array:
		j.array(fact, meaning, m, v, f)
	case jsonx.Object:
		switch {
		case meaning.IsLanguageMap():
		case meaning.IsMap():
			for entry := v.First(); entry.Exists() && j.step(); entry = entry.Next() {
				j.value(shape.Fact{}, jsonld.Meaning{}, entry, entry, frame{graph: f.graph, entry: f.entry, text: true})
			}
		default:
			j.child(fact, meaning, m, v, f)
		}
	}
}

// child judges an object that is a value of the member m.
func (j *judge) child(fact shape.Fact, meaning jsonld.Meaning, m, v jsonx.Value, f frame) {
	inner := frame{graph: f.graph, entry: f.entry, text: mayHaveLanguage(fact)}
	if isString(fact) && !strings.HasPrefix(v.First().Name(), "@") { // a keyword is judged as one
		j.illegible(GuardKeywords, v, "an object in the place of a text", "the text, perhaps with its language")
	}
	class := fact.Class()
	if meaning.IsGraph() {
		j.graphs++
		inner.graph, inner.entry = j.graphs, 0
	}
	switch {
	case class != nil && class.Embedded:
		if j.apart(v) {
			j.signed(fact.Place(v), v, inner)
			return
		}
		if !meaning.IsGraph() {
			j.entries++
			inner.entry = j.entries
		}
		inner.role = theCredential
	case f.role == theCredential && m.Name() == "credentialSubject":
		inner.role = theSubject
	case f.role == theSubject && m.Name() == "achievement":
		inner.role = theAchievement
	}
	j.object(fact.Place(v), v, inner)
}

// mayHaveLanguage reports whether a text may be a language value. What the table
// does not know may be anything.
func mayHaveLanguage(fact shape.Fact) bool {
	m := fact.Member()
	return m == nil || m.Kind == shape.Any || m.MayHaveLanguage()
}

func isString(fact shape.Fact) bool {
	m := fact.Member()
	return m != nil && m.Kind == shape.String
}

// array judges the items of an array.
func (j *judge) array(fact shape.Fact, meaning jsonld.Meaning, m, v jsonx.Value, f frame) {
	list := meaning.IsList()
	if v.Len() > 1 && !list && m.Name() != "tag" {
		j.repeats(fact, v)
	}
	for item := v.First(); item.Exists() && j.step(); item = item.Next() {
		switch item.Kind() {
		case jsonx.Null:
			j.illegible(GuardNulls, item, "null", "no null in an array")
			continue
		case jsonx.Array:
			if !list && j.illegible(GuardArrays, item, "an array in an array", "one array") {
				continue
			}
		}
		if !j.passed[item.ID()] {
			j.value(fact, meaning, m, item, f)
		}
	}
}
