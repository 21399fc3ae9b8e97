package present

import (
	"bytes"
	"encoding/base64"
	"strconv"

	"github.com/laurel-edu/laurel/internal/disclose"
	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/shape"
	"github.com/laurel-edu/laurel/internal/token"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/rules"
)

// Look tells what somebody learns who gets a presentation or a credential: every value that
// stands in the bytes, tokens taken apart, and nothing else. It verifies nothing. The error is
// that of [vc.Parse].
func Look(sent []byte) (*Seen, error) {
	doc, err := parsed(sent)
	if err != nil {
		return nil, err
	}
	return look(doc, "", 0), nil
}

// looker walks through one document.
type looker struct {
	seen  *Seen
	depth int
	note  func(v jsonx.Value) // is told of each value that is learned, in their order
}

func look(doc *vc.Document, at string, depth int) *Seen {
	l := looker{seen: &Seen{At: at, Form: doc.Form(), Types: doc.Types(), presentation: isPresentation(doc)}, depth: depth}
	l.document(doc)
	return l.seen
}

func (l *looker) document(doc *vc.Document) {
	root := door.Root(doc)
	if doc.Form() == vc.FormJSON {
		l.object(placeOf(root), root, "", "")
		return
	}
	header, claims := door.Token(doc)
	l.plain(PlaceHeader, header, "")
	if root != claims { // of VCDM 1.1, the credential in a claim of its own
		l.claims(claims)
	}
	l.object(placeOf(root), root, "", "")
	l.disclosures(doc)
	l.other(Learned{Place: PlaceSignature, Label: "signature", Value: base64.RawURLEncoding.EncodeToString(doc.Token().Signature)})
}

// claims are those of a token around the credential.
func (l *looker) claims(claims jsonx.Value) {
	for m := claims.First(); m.Exists(); m = m.Next() {
		if m.Name() != "vc" && m.Name() != "vp" {
			l.plain(PlaceClaim, m, "/"+jsonx.EscapePointer(m.Name()))
		}
	}
}

func (l *looker) add(learned Learned, v jsonx.Value) {
	l.seen.Learned = append(l.seen.Learned, learned)
	if l.note != nil {
		l.note(v)
	}
}

// other tells of what is no value of the document.
func (l *looker) other(learned Learned) { l.add(learned, jsonx.Value{}) }

// plain tells of all values of a part that the model does not have.
func (l *looker) plain(place Place, v jsonx.Value, pointer string) {
	if !v.First().Exists() {
		l.add(Learned{Place: place, Pointer: pointer, Label: string(place) + " " + v.Name(), Value: valueOf(v)}, v)
		return
	}
	i := 0
	for c := v.First(); c.Exists(); c = c.Next() {
		l.plain(place, c, pointer+"/"+step(v, c, i))
		i++
	}
}

// step is one reference token of a pointer.
func step(parent, child jsonx.Value, i int) string {
	if parent.Kind() == jsonx.Object {
		return jsonx.EscapePointer(child.Name())
	}
	return strconv.Itoa(i)
}

// object tells of the members of an object of a class, of is the member that it stands at.
func (l *looker) object(place shape.Place, v jsonx.Value, pointer, of string) {
	if !v.First().Exists() {
		l.leaf(place, v, pointer, of, "")
		return
	}
	claims := pointer == "" && l.seen.Form != vc.FormJSON
	for m := v.First(); m.Exists(); m = m.Next() {
		here := pointer + "/" + jsonx.EscapePointer(m.Name())
		if claims && (token.IsClaim(m.Name()) || isRegistered(m.Name())) {
			l.plain(PlaceClaim, m, here)
			continue
		}
		l.value(place, m, here, of, m.Name())
	}
}

// isRegistered reports whether a name is that of a claim which stands for a member.
func isRegistered(name string) bool {
	switch name {
	case "iss", "sub", "jti", "nbf", "exp":
		return true
	}
	return false
}

// value tells of the value of a member, name, of an object of a class.
func (l *looker) value(place shape.Place, v jsonx.Value, pointer, of, name string) {
	switch v.Kind() {
	case jsonx.Array:
		if !v.First().Exists() {
			l.leaf(place, v, pointer, of, name)
		}
		i := 0
		for item := v.First(); item.Exists(); item = item.Next() {
			l.value(place, item, pointer+"/"+strconv.Itoa(i), of, name)
			i++
		}
	case jsonx.Object:
		fact := place.Member(name)
		inner := fact.Place(v)
		switch {
		case l.seen.presentation && rules.RoleOf(name) != "" && !isEnvelope(v):
			l.credential(v, pointer)
		case fact.Member() == nil:
			l.object(shape.Place{}, v, pointer, name)
		default:
			l.object(inner, v, pointer, name)
		}
	default:
		l.leaf(place, v, pointer, of, name)
	}
}

// credential tells of a credential of a presentation as a document of its own.
func (l *looker) credential(v jsonx.Value, pointer string) {
	doc, err := vc.ParseConfig{MaxBytes: len(v.Raw()), MaxRecordBytes: len(v.Raw())}.Parse(v.Raw())
	if err != nil {
		l.object(shape.Place{}, v, pointer, "")
		return
	}
	l.seen.Within = append(l.seen.Within, look(doc, pointer, l.depth+1))
}

// leaf tells of one value. A token is taken apart.
func (l *looker) leaf(place shape.Place, v jsonx.Value, pointer, of, name string) {
	learned := Learned{Place: PlaceDocument, Pointer: pointer, Label: label(of, name), Value: valueOf(v)}
	if class := place.Class(); class != nil && place.Member(name).Member() != nil {
		learned.Member = className(class.Name) + "." + name
	}
	if l.depth < mostDeep && (rules.RoleOf(name) != "" || name == "id" && isEnvelope(v.Parent())) {
		if doc, before := tokenIn(v); doc != nil {
			learned.Value = before
			l.seen.Within = append(l.seen.Within, look(doc, pointer, l.depth+1))
		}
	}
	l.add(learned, v)
}

// disclosures tells what an SD-JWT has besides the credential that it is.
func (l *looker) disclosures(doc *vc.Document) {
	d := door.DisclosedIn(doc)
	if d == nil {
		return
	}
	if payload := payloadOf(doc.Token().SigningInput); payload.Exists() {
		if alg := payload.Get(disclose.NameHash); alg.Exists() {
			l.plain(PlaceClaim, alg, "/"+disclose.NameHash)
		}
		l.digests(payload)
	}
	for _, one := range d.Disclosures {
		l.digests(one.Value)
		l.other(Learned{Place: PlaceSalt, Label: "salt of a disclosure", Pointer: one.Path(), Value: saltOf(one)})
	}
	if b := d.Binding; b != nil {
		l.plain(PlaceBinding, b.Header, "")
		l.plain(PlaceBinding, b.Claims, "")
		l.other(Learned{Place: PlaceBinding, Label: "signature of the key binding",
			Value: base64.RawURLEncoding.EncodeToString(b.Signature)})
	}
}

// digests tells of the digests in what an issuer signed.
func (l *looker) digests(v jsonx.Value) {
	for m := v.First(); m.Exists(); m = m.Next() {
		switch {
		case v.Kind() == jsonx.Object && m.Name() == disclose.NameDigests:
			for _, digest := range m.Items() {
				l.digest(digest)
			}
		case v.Kind() == jsonx.Object && m.Name() == disclose.NameElement:
			l.digest(m)
		default:
			l.digests(m)
		}
	}
}

func (l *looker) digest(v jsonx.Value) {
	l.other(Learned{Place: PlaceDigest, Label: "digest of what is disclosed, withheld or nothing", Value: valueOf(v)})
}

// payloadOf is what an issuer signed in a token.
func payloadOf(signed []byte) jsonx.Value {
	_, payload, _ := bytes.Cut(signed, []byte("."))
	text, err := base64.RawURLEncoding.AppendDecode(nil, payload)
	if err != nil {
		return jsonx.Value{}
	}
	return rootOf(text)
}

// saltOf is what the digest of a disclosure was made with.
func saltOf(d *disclose.Disclosure) string {
	text, err := base64.RawURLEncoding.AppendDecode(nil, d.Text)
	if err != nil {
		return ""
	}
	return jsonx.Content(rootOf(text).First())
}

func rootOf(text []byte) jsonx.Value {
	doc, err := jsonx.Parse(text, jsonx.Limits{Bytes: len(text)}, nil)
	if err != nil {
		return jsonx.Value{}
	}
	return doc.Root()
}
