package bake_test

import (
	"bytes"
	"compress/zlib"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/ob/bake"
)

// dice draws images and credentials. Each number gives the same ones, whatever is drawn
// beside them.
type dice struct{ *rand.Rand }

func newDice(n int) dice { return dice{rand.New(rand.NewPCG(3, uint64(n)))} }

func pick[T any](d dice, of ...T) T { return of[d.IntN(len(of))] }

func (d dice) often() bool { return d.IntN(3) > 0 }

func (d dice) bytes(n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(d.Uint32())
	}
	return b
}

// --- PNG

var layouts = []struct {
	colour   byte
	channels int
	depths   []int
}{{0, 1, []int{1, 2, 4, 8, 16}}, {2, 3, []int{8, 16}}, {3, 1, []int{1, 2, 4, 8}}, {4, 2, []int{8, 16}}, {6, 4, []int{8, 16}}}

// png is a valid image of any colour type, with its chunks in any layout.
func (d dice) png(t testing.TB) []part {
	l := pick(d, layouts...)
	depth, w, h, interlaced := pick(d, l.depths...), 1+d.IntN(20), 1+d.IntN(20), byte(d.IntN(2))
	parts := []part{header(uint32(w), uint32(h), byte(depth), l.colour, 0, 0, interlaced)}
	parts = append(parts, d.some(part{"gAMA", "\x00\x00\xb1\x8f"}, part{"pHYs", "\x00\x00\x0b\x13\x00\x00\x0b\x13\x01"})...)
	if l.colour == 3 {
		parts = append(parts, part{"PLTE", string(d.bytes(3 << depth))})
	}
	parts = append(parts, d.texts()...)
	frames := d.often()
	if frames { // APNG: the pixels of IDAT are the first of two frames
		parts = append(parts, part{"acTL", "\x00\x00\x00\x02\x00\x00\x00\x00"}, d.frame(0, w, h))
	}
	stream := d.pixels(t, w, h, depth*l.channels, interlaced == 1)
	for _, piece := range d.pieces(stream) {
		parts = append(parts, part{"IDAT", string(piece)})
	}
	if frames {
		parts = append(parts, d.frame(1, w, h), part{"fdAT", "\x00\x00\x00\x02" + string(stream)})
	}
	parts = append(parts, d.texts()...)
	parts = append(parts, d.some(part{"tIME", "\x07\xea\x01\x02\x03\x04\x05"})...)
	return append(parts, part{"IEND", ""})
}

func (d dice) some(of ...part) (some []part) {
	for _, p := range of {
		if d.often() {
			some = append(some, p)
		}
	}
	return some
}

// texts are text chunks of others, and a private chunk.
func (d dice) texts() []part {
	return d.some(part{"tEXt", "Comment\x00openbadgecredential"}, itxt("Title", "openbadges\u00e9"),
		part{"tEXt", "Software\x00Laurel"}, part{"prVt", string(d.bytes(d.IntN(40)))})
}

func (d dice) frame(n byte, w, h int) part {
	b := []byte{0, 0, 0, n}
	b = binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(b, uint32(w)), uint32(h))
	return part{"fcTL", string(b) + strings.Repeat("\x00", 8) + "\x00\x01\x00\x0a\x00\x00"}
}

// pixels is the compressed stream of random pixels, with any filter in each line.
func (d dice) pixels(t testing.TB, w, h, bits int, interlaced bool) []byte {
	passes := [][4]int{{0, 0, 1, 1}}
	if interlaced { // PNG (Third Edition), 8.1
		passes = [][4]int{{0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}}
	}
	var b bytes.Buffer
	z, err := zlib.NewWriterLevel(&b, d.IntN(10))
	require.NoError(t, err)
	for _, p := range passes {
		wide, high := (w-p[0]+p[2]-1)/p[2], (h-p[1]+p[3]-1)/p[3]
		if w <= p[0] || h <= p[1] {
			continue
		}
		for range high {
			_, err := z.Write(append([]byte{byte(d.IntN(5))}, d.bytes((wide*bits+7)/8)...))
			require.NoError(t, err)
		}
	}
	require.NoError(t, z.Close())
	return b.Bytes()
}

// pieces cuts a stream anywhere; a piece may be empty.
func (d dice) pieces(b []byte) (all [][]byte) {
	for range d.IntN(4) {
		n := d.IntN(len(b) + 1)
		all, b = append(all, b[:n]), b[n:]
	}
	return append(all, b)
}

// --- SVG

type drawer struct {
	dice
	b      *strings.Builder
	scopes [][]string // prefixes
}

// svg is a well-formed drawing in any writing.
func (d dice) svg() string {
	w := drawer{d, &strings.Builder{}, nil}
	if d.IntN(4) == 0 {
		w.b.WriteString("\xef\xbb\xbf")
	}
	w.b.WriteString(pick(d, "", `<?xml version="1.0"?>`, `<?xml version='1.0' encoding="utf-8" standalone = 'no' ?>`+"\r\n"))
	w.b.WriteString(pick(d, "", "\n<!-- <svg> & openbadges:credential -->", "<!---->"))
	w.b.WriteString(pick(d, "", "<!DOCTYPE svg>", `<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">`))
	w.root()
	w.b.WriteString(pick(d, "", "\n", "<!-- end -->\n"))
	return w.b.String()
}

func (w *drawer) root() {
	prefix := pick(w.dice, "", "", "s:")
	name := prefix + "svg"
	w.b.WriteString("<" + name)
	switch {
	case prefix != "":
		w.b.WriteString(` xmlns:s="` + svgSpace + `"`)
	case w.often():
		w.b.WriteString(` xmlns='` + svgSpace + `'`)
	}
	w.attributes(strings.TrimSuffix(prefix, ":"))
	w.rest(name, 1)
}

const svgSpace = "http://www.w3.org/2000/svg"

// attributes writes declarations and attributes, each name once.
func (w *drawer) attributes(taken string) {
	scope := []string{}
	for _, p := range []string{"a", "b", "openbadges", "openbadges2", "clr", "été"} {
		if w.IntN(4) > 0 {
			continue
		}
		uri := pick(w.dice, "urn:p"+fmt.Sprint(len(p)), "urn:x&amp;y", "http://www.w3.org/1999/xlink", "http://badges.example/a?b=c&#38;d")
		w.b.WriteString(w.space() + "xmlns:" + p + pick(w.dice, "=", " = ") + `"` + uri + `"`)
		scope = append(scope, p)
	}
	if taken != "" {
		scope = append(scope, taken)
	}
	w.scopes = append(w.scopes, scope)
	for _, name := range []string{"id", "verify", "d", "viewBox", "data-ü", "xml:lang"} {
		if w.IntN(4) == 0 {
			quote := pick(w.dice, `"`, "'")
			other := pick(w.dice, `>`, "]]>", "&#x9;", "&amp;lt;", "\n", "\t", "é✓", "&quot;&apos;", "url(#a)", "0 0 5 5", "a.b.c")
			w.b.WriteString(w.space() + name + pick(w.dice, "=", "\n=\t") + quote + other + quote)
		}
	}
	if len(scope) > 0 && w.often() {
		w.b.WriteString(w.space() + scope[0] + `:own="1"`)
	}
}

func (w *drawer) space() string { return pick(w.dice, " ", "\n\t", "  ") }

func (w *drawer) rest(name string, depth int) {
	defer func() { w.scopes = w.scopes[:len(w.scopes)-1] }()
	if w.IntN(4) == 0 {
		w.b.WriteString(pick(w.dice, "/>", " />", "\n/>"))
		return
	}
	w.b.WriteString(pick(w.dice, ">", " >"))
	for range w.IntN(6) {
		w.content(depth)
	}
	w.b.WriteString("</" + name + pick(w.dice, ">", " >"))
}

func (w *drawer) content(depth int) {
	switch w.IntN(5) {
	case 0:
		w.b.WriteString(pick(w.dice, "A &amp; B", "&#x21;&#10;&lt;", "\r\n ", "]] >", "é✓\u2028", "openbadges:credential", "&gt;"))
	case 1:
		w.b.WriteString("<!--" + pick(w.dice, "", " a - b ", "<openbadges:credential>", "]]>", "&nope;") + "-->")
	case 2:
		w.b.WriteString("<![CDATA[" + pick(w.dice, "", "<credential/>", "]]", "]", "&amp;", `{"a":1}`, "<!-- ") + "]]>")
	default:
		if depth > 6 {
			return
		}
		name := pick(w.dice, "g", "path", "credential", "assertion", "été", "a-b.c")
		if within := w.scopes[w.IntN(len(w.scopes))]; len(within) > 0 && w.often() {
			name = within[w.IntN(len(within))] + ":" + name
		}
		w.b.WriteString("<" + name)
		w.attributes("")
		w.rest(name, depth+1)
	}
}

// --- credentials

// credential is JSON or a token of some kind, as signers may write it.
func (d dice) credential(t testing.TB) (string, bake.Kind) {
	kind := pick(d, bake.OpenBadge3, bake.CLR2, bake.OpenBadge2)
	types := map[bake.Kind]string{
		bake.OpenBadge3: pick(d, `["VerifiableCredential","OpenBadgeCredential"]`, `"AchievementCredential"`),
		bake.CLR2:       `["VerifiableCredential","ClrCredential"]`, bake.OpenBadge2: `"Assertion"`,
	}[kind]
	if d.IntN(3) == 0 {
		payload := `{"type":` + types + `,"n":` + fmt.Sprint(d.IntN(1000)) + `}`
		signature := base64.RawURLEncoding.EncodeToString(d.bytes(1 + d.IntN(90)))
		parts := strings.Split(token(`{"alg":"ES256"}`, payload), ".")
		return parts[0] + "." + parts[1] + "." + signature, kind
	}
	members := []string{`"type":` + types, `"proof":{"proofValue":"z"}`}
	for i := range d.IntN(6) {
		members = append(members, fmt.Sprintf(`%s:%s`, d.text(t, fmt.Sprint("m", i)), d.text(t, "")))
	}
	if d.often() {
		members = append(members, `"id":`+quoteJSON(t, pick(d, "urn:x:1", "https://badges.example/a?x=1&y=2", `https://badges.example/"'<]]>`,
			"https://badges.example/\uFFFE", "https://badges.example/\x01")))
	}
	d.Shuffle(len(members), func(i, j int) { members[i], members[j] = members[j], members[i] })
	gap := pick(d, "", " ", "\r\n\t", "\n")
	return "{" + gap + strings.Join(members, ","+gap) + gap + "}", kind
}

// text is a JSON string of characters that are hard to carry.
func (d dice) text(t testing.TB, prefix string) string {
	var b strings.Builder
	b.WriteString(prefix)
	for range d.IntN(12) {
		b.WriteString(pick(d, "]]>", "]]", "]", ">", "<![CDATA[", "-->", "&amp;", "&", `"`, `\`, "\u0000", "\u0001", "\x7f", "\u0085",
			"\u2028", "\uFFFD", "\uFFFE", "\uFFFF", "\uFEFF", "é", "𝄞", "\U0010FFFF", "\r\n", "plain", "</openbadges:credential>"))
	}
	return quoteJSON(t, b.String())
}

// quoteJSON escapes no more than JSON asks for.
func quoteJSON(t testing.TB, s string) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	require.NoError(t, e.Encode(s))
	return strings.TrimSpace(b.String())
}
