package format_test

import (
	"bytes"
	"errors"
	"maps"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/laurel-edu/laurel/internal/format"
	"github.com/laurel-edu/laurel/internal/jsonx"
)

// telling are beginnings after which nothing that follows leaves it open what came.
var telling = []string{"\x89PNG", "\xff\xd8\xff", "GIF89a", "%PDF-", "PK\x03\x04", "\x1f\x8b", "7z\xbc\xaf\x27\x1c", "Rar!\x1a\x07", "II*\x00",
	"{\\rtf", "-----BEGIN ", "<html", "<svg", "<?xml", "<!DOCTYPE ", "\xff\xfe", "\xfe\xff", "[", `"`, "%7B", "\xd9\xd9\xf7"}

// check holds the properties of an answer: it is the same for the same bytes, it has a
// code wherever the first bytes tell, and its pointer leads to something.
func check(t *testing.T, b []byte) {
	kept := bytes.Clone(b)
	a, err := format.Recognise(b, jsonx.Limits{})
	again, errAgain := format.Recognise(kept, jsonx.Limits{})
	if a != again || (err == nil) != (errAgain == nil) || !bytes.Equal(b, kept) {
		t.Fatalf("%+v, then %+v", a, again)
	}
	var broken *jsonx.Error
	if err != nil && !errors.As(err, &broken) {
		t.Fatal(err)
	}
	tells := slices.ContainsFunc(telling, func(start string) bool { return strings.HasPrefix(string(b), start) })
	if tells && err == nil && !a.Foreign() {
		t.Fatalf("%q is told by its first bytes, and is %s", b[:min(len(b), 32)], a.Kind)
	}
	if a.Found() == "" || a.Foreign() != (a.Kind.Words().Message != "" && a.Kind != format.Presentation) {
		t.Fatalf("%s has no words", a.Kind)
	}
	if err != nil || a.Pointer == "" {
		return
	}
	doc, err := jsonx.Parse(format.Trim(b), jsonx.Limits{}, nil)
	if err != nil || !resolve(doc.Root(), a.Pointer).Exists() {
		t.Fatalf("%s leads nowhere", a.Pointer)
	}
}

// resolve follows a pointer whose steps have no escapes.
func resolve(v jsonx.Value, pointer string) jsonx.Value {
	for step := range strings.SplitSeq(strings.TrimPrefix(pointer, "/"), "/") {
		if n, err := strconv.Atoi(step); err == nil && v.Kind() == jsonx.Array {
			v = v.Items()[n]
			continue
		}
		v = v.Get(step)
	}
	return v
}

// FuzzRecognise: see check.
func FuzzRecognise(f *testing.F) {
	for _, content := range inputs(f) {
		f.Add(content)
	}
	f.Fuzz(func(t *testing.T, b []byte) { check(t, b) })
}

// Random strings, beginnings of the inputs, and two of them one after the other.
func TestRandomInputs(t *testing.T) {
	all := inputs(t)
	names := slices.Sorted(maps.Keys(all))
	r := rand.New(rand.NewPCG(1, 2))
	some := func() []byte { return all[names[r.IntN(len(names))]] }
	letters := []byte("{}[]\":,.~%=<>eyJ \n\x00\xff/-'`ab")
	for range 1000 {
		noise := make([]byte, r.IntN(40))
		for i := range noise {
			noise[i] = letters[r.IntN(len(letters))]
			if r.IntN(4) == 0 {
				noise[i] = byte(r.UintN(256))
			}
		}
		check(t, noise)
		cut := some()
		check(t, bytes.Clone(cut[:r.IntN(len(cut)+1)]))
		check(t, slices.Concat(some(), some()))
		check(t, slices.Concat([]byte(telling[r.IntN(len(telling))]), noise))
	}
}
