package ob2

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/laurel-edu/laurel/internal/dataurl"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/rules"
)

// kind is what a member can hold.
type kind uint8

const (
	aText kind = iota // a string, or one with its language
	anIRI             // absolute, or a blank node
	aURL              // of the web
	aDate
	aBool
	anEmail
	aPhone
	anObject // of the class
	aRef     // a URL, or an object of the class
	aPicture // a URL or an Image
	anInline // a URL, a data: URL or an Image
	aKey     // PEM
	anything
)

// member is a row of the table: what a class has.
type member struct {
	name     string
	kind     kind
	required bool
	many     bool
	class    Class
}

// The classes of objects that stand in others only.
const (
	classIdentity     Class = "IdentityObject"
	classVerification Class = "VerificationObject"
	classScope        Class = "VerificationObject of a profile"
	classClaim        Class = "claim"
	classRelated      Class = "related"
	classRevoked      Class = "revoked assertion"
)

var common = []member{{name: "@language", kind: aText}, {name: "version", kind: aText},
	{name: "related", kind: aRef, many: true, class: classRelated}, {name: "endorsement", kind: aRef, many: true, class: ClassEndorsement}}

// table is the data model (Open Badges 2.0, Open Badges Vocabulary).
var table = map[Class][]member{
	ClassAssertion: append([]member{
		{name: "id", kind: anIRI, required: true},
		{name: "recipient", kind: anObject, required: true, class: classIdentity},
		{name: "badge", kind: aRef, required: true, class: ClassBadgeClass},
		{name: "verification", kind: anObject, required: true, class: classVerification},
		{name: "issuedOn", kind: aDate, required: true}, {name: "expires", kind: aDate},
		{name: "image", kind: aPicture, class: ClassImage}, {name: "evidence", kind: aRef, many: true, class: ClassEvidence},
		{name: "narrative", kind: aText}, {name: "revoked", kind: aBool}, {name: "revocationReason", kind: aText}}, common...),
	ClassBadgeClass: append([]member{
		{name: "id", kind: anIRI, required: true}, {name: "name", kind: aText, required: true},
		{name: "description", kind: aText, required: true}, {name: "image", kind: anInline, class: ClassImage},
		{name: "criteria", kind: aRef, required: true, class: ClassCriteria},
		{name: "issuer", kind: aRef, required: true, class: ClassProfile},
		{name: "alignment", kind: anObject, many: true, class: ClassAlignmentObject}, {name: "tags", kind: aText, many: true}}, common...),
	ClassProfile: append([]member{
		{name: "id", kind: anIRI, required: true}, {name: "name", kind: aText, required: true},
		{name: "url", kind: aURL, required: true}, {name: "email", kind: anEmail, required: true},
		{name: "telephone", kind: aPhone}, {name: "description", kind: aText}, {name: "image", kind: anInline, class: ClassImage},
		{name: "publicKey", kind: aRef, many: true, class: ClassCryptographicKey},
		{name: "verification", kind: anObject, class: classScope},
		{name: "revocationList", kind: aRef, class: ClassRevocationList}}, common...),
	ClassEndorsement: {
		{name: "id", kind: anIRI, required: true}, {name: "claim", kind: anObject, required: true, class: classClaim},
		{name: "issuer", kind: aRef, required: true, class: ClassProfile}, {name: "issuedOn", kind: aDate, required: true},
		{name: "expires", kind: aDate}, {name: "verification", kind: anObject, required: true, class: classVerification}},
	ClassCryptographicKey: {{name: "id", kind: anIRI, required: true}, {name: "owner", kind: anIRI, required: true},
		{name: "publicKeyPem", kind: aKey, required: true}},
	ClassRevocationList: {{name: "id", kind: anIRI, required: true}, {name: "issuer", kind: aRef, class: ClassProfile},
		{name: "revokedAssertions", kind: aRef, many: true, class: classRevoked}},
	ClassCriteria: {{name: "id", kind: anIRI}, {name: "narrative", kind: aText}},
	ClassEvidence: {{name: "id", kind: anIRI}, {name: "narrative", kind: aText}, {name: "name", kind: aText},
		{name: "description", kind: aText}, {name: "genre", kind: aText}, {name: "audience", kind: aText}},
	ClassImage: {{name: "id", kind: anIRI}, {name: "caption", kind: aText}, {name: "author", kind: anIRI}},
	ClassAlignmentObject: {{name: "targetName", kind: aText, required: true}, {name: "targetUrl", kind: aURL, required: true},
		{name: "targetDescription", kind: aText}, {name: "targetFramework", kind: aText}, {name: "targetCode", kind: aText}},
	classIdentity: {{name: "identity", kind: aText, required: true}, {name: "type", kind: aText, required: true, many: true},
		{name: "hashed", kind: aBool, required: true}, {name: "salt", kind: aText}},
	classVerification: {{name: "type", kind: aText, required: true, many: true}, {name: "creator", kind: anIRI}},
	classScope: {{name: "verificationProperty", kind: aText}, {name: "startsWith", kind: aURL, many: true},
		{name: "allowedOrigins", kind: aText, many: true}},
	classClaim:   {{name: "id", kind: anIRI, required: true}, {name: "endorsementComment", kind: aText}},
	classRelated: {{name: "id", kind: anIRI}, {name: "@language", kind: aText}, {name: "version", kind: aText}},
	classRevoked: {{name: "id", kind: anIRI}, {name: "uid", kind: aText}, {name: "revocationReason", kind: aText}},
}

// Check judges the document by the data model alone, and nothing that it links to, nor its
// extensions, whose schemas a [Verifier] applies. It
// returns errors and warnings, each once, at most a hundred.
func (d *Document) Check() []*vc.Problem {
	if d.class == "" {
		if isElsewhere(d.root) {
			return nil
		}
		return []*vc.Problem{problem(CodeType, "/type", vc.Quote(strings.Join(jsonx.Texts(d.root.Get("type")), ", ")), "")}
	}
	var j judge
	j.types(d.root)
	j.object(d.root, d.class)
	return j.found
}

// isElsewhere reports whether an object is of a class of somebody else's, by its IRI, and of
// no other.
func isElsewhere(v jsonx.Value) bool {
	types := jsonx.Texts(v.Get("type"))
	return len(types) > 0 && !slices.ContainsFunc(types, func(t string) bool { return !strings.Contains(t, "://") })
}

const maxFound = 100

// judge collects what is found.
type judge struct{ found []*vc.Problem }

func (j *judge) add(p *vc.Problem) {
	if len(j.found) < maxFound {
		j.found = append(j.found, p)
	}
}

// types finds types that are no terms of the standard and no IRIs, which no context defines:
// documents in other terms are brought into those of the standard before.
func (j *judge) types(v jsonx.Value) {
	for _, t := range jsonx.Texts(v.Get("type")) {
		if _, ok := standard()[t]; !ok && classes[t] == "" && !strings.Contains(t, ":") {
			j.add(problem(CodeType, v.Get("type").Pointer(), vc.Quote(t), "a term of the standard, or an IRI"))
		}
	}
}

func (j *judge) object(v jsonx.Value, class Class) {
	for _, m := range table[class] {
		value := v.Get(m.name)
		switch {
		case value.Exists():
			j.values(value, m)
		case m.required:
			j.add(problem(CodeMemberMissing, v.Pointer(), vc.Quote(m.name), ""))
		}
	}
}

func (j *judge) values(v jsonx.Value, m member) {
	if v.Kind() != jsonx.Array {
		j.value(v, m)
		return
	}
	switch {
	case m.kind == aText && !m.many: // one text in several languages
	case !m.many && v.Len() != 1, m.required && v.Len() == 0:
		j.malformed(v, "one value")
		return
	}
	for item := v.First(); item.Exists(); item = item.Next() {
		j.value(item, m)
	}
}

func (j *judge) malformed(v jsonx.Value, expected string) {
	found := v.Kind().String()
	if v.Kind() == jsonx.String {
		found = "another text"
	}
	j.add(problem(CodeMemberMalformed, v.Pointer(), found, expected))
}

func (j *judge) value(v jsonx.Value, m member) {
	if v.Kind() == jsonx.Object && (m.kind >= anObject && m.kind <= anInline) {
		j.nested(v, m)
		return
	}
	if v.Kind() == jsonx.Object && m.kind == aText && v.Get("@value").Exists() {
		v = v.Get("@value")
	}
	if expected, ok := fits(v, m.kind); !ok {
		j.malformed(v, expected)
	}
}

// nested judges an object in its place. The type may be left out where the place tells it.
func (j *judge) nested(v jsonx.Value, m member) {
	switch m.class {
	case ClassBadgeClass, ClassProfile, ClassEndorsement, ClassCryptographicKey, ClassRevocationList:
		if classOf(v) != m.class {
			j.add(problem(CodeType, v.Pointer(), vc.Quote(strings.Join(jsonx.Texts(v.Get("type")), ", ")), string(m.class)))
			return
		}
		j.types(v)
	}
	j.object(v, m.class)
}

// fits reports whether a value is of a kind, and what was expected.
func fits(v jsonx.Value, k kind) (expected string, ok bool) {
	text := jsonx.Content(v)
	isText := v.Kind() == jsonx.String && text != ""
	switch k {
	case aBool:
		return "true or false", v.Kind() == jsonx.True || v.Kind() == jsonx.False
	case aText:
		return "a text", isText || v.Kind() == jsonx.Number
	case anIRI:
		return "an absolute IRI", isText && (vc.IsAbsoluteIRI(text) || strings.HasPrefix(text, "_:"))
	case aURL, aPicture:
		return "the URL of something on the web", isText && isWeb(text)
	case aRef:
		return "an IRI or an object", isText && (vc.IsAbsoluteIRI(text) || strings.HasPrefix(text, "_:"))
	case anInline:
		return "the URL of an image", isText && (isWeb(text) || dataurl.Is(text))
	case aDate:
		_, _, ok := instant(text)
		return "a date and time with its zone", isText && ok
	case anEmail:
		return "an e-mail address", isText && rules.IsEmail(text)
	case aPhone:
		return "a number of E.164, such as +15550123", isText && isPhone(text)
	case aKey:
		return "a public key in PEM", isText && strings.Contains(text, "-----BEGIN")
	case anObject:
		return "an object", false
	}
	return "", true
}

// isWeb reports whether a text is an http or https URL with a host.
func isWeb(text string) bool {
	_, ok := parseWeb(text)
	return ok
}

// parseWeb reads an http or https URL. One with a user, with a backslash or with dots that
// lead upwards is none: such addresses are read in several ways.
func parseWeb(text string) (*url.URL, bool) {
	u, err := url.Parse(text)
	if err != nil || u.Host == "" || u.User != nil || u.Scheme != "https" && u.Scheme != "http" || !vc.IsAbsoluteIRI(text) {
		return nil, false
	}
	for part := range strings.SplitSeq(u.Path, "/") {
		if part == ".." || part == "." {
			return nil, false
		}
	}
	return u, !strings.Contains(u.Path, `\`)
}

func isPhone(s string) bool {
	number, _, _ := strings.Cut(s, ";ext=")
	digits, ok := strings.CutPrefix(number, "+")
	return ok && len(digits) >= 2 && len(digits) <= 15 && strings.Trim(digits, "0123456789") == ""
}

// layouts are those of ISO 8601 that Open Badges 2 has in use. exact says which of them
// Open Badges 3.0 has too.
var layouts = [...]string{"2006-01-02T15:04:05Z07:00", "2006-01-02T15:04:05.999999999Z07:00", "2006-01-02T15:04Z07:00",
	"2006-01-02T15:04:05Z0700", "2006-01-02T15:04:05.999999999Z0700", "2006-01-02T15:04:05Z07", "2006-01-02T15:04:05.999999999Z07"}

// instant reads a date and time, which has a zone.
func instant(text string) (t time.Time, exact, ok bool) {
	d, err := vc.ParseDateTime(text)
	if err == nil && d.HasZone() {
		t, err = d.Time()
		return t, true, err == nil
	}
	if len(text) > 64 {
		return time.Time{}, false, false
	}
	for _, layout := range layouts {
		if t, err := time.Parse(layout, text); err == nil {
			return t, false, true
		}
	}
	return time.Time{}, false, false
}
