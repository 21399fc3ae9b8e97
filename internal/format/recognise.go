package format

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/laurel-edu/laurel/internal/jsonx"
)

// Answer is what was recognised.
type Answer struct {
	Kind Kind
	// Pointer is the JSON Pointer to the credential, where there is just one, else to
	// what holds them all. It is empty where they stand in no JSON.
	Pointer string
	// Holds is what stands in it, as far as that was looked at: the first of several,
	// what base64 and gzip begin with.
	Holds Kind
	// Count is how many credentials a container or an array holds.
	Count int
}

// Foreign reports whether the thing is recognised, and as nothing that is read as a
// credential or as a presentation.
func (a Answer) Foreign() bool { return a.Kind.row().code != "" && a.Kind != Presentation }

// Found names the thing and what it holds, without any of its text.
func (a Answer) Found() string {
	switch a.Kind {
	case Container, Array:
		return fmt.Sprintf("%s that holds %s", a.Kind, a.number())
	}
	if a.Holds == Unknown {
		return a.Kind.String()
	}
	return fmt.Sprintf("%s that holds %s", a.Kind, a.Holds)
}

func (a Answer) number() string {
	switch a.Count {
	case 0:
		return "no credential"
	case 1:
		return a.Holds.String()
	}
	return fmt.Sprintf("%d, the first of which is %s", a.Count, a.Holds)
}

// Look tells what a JSON object is and where the credential in it stands.
func Look(root jsonx.Value) Answer {
	a := Answer{Kind: Of(root)}
	switch a.Kind {
	case JSONJWS, SDJWTJSON:
		a.Pointer = "/payload"
	case Presentation:
		a.held(root.Get("verifiableCredential"), "/verifiableCredential")
	case Container:
		a.all(search(root))
	}
	return a
}

// LookClaims tells what the payload of a token is. Its pointers are into the payload.
func LookClaims(claims jsonx.Value) Answer {
	a := Answer{Kind: OfClaims(claims)}
	if a.Kind == PresentationToken {
		a.held(claims.Get("vp").Get("verifiableCredential"), "/vp/verifiableCredential")
	}
	return a
}

// LookSDJWT tells what an SD-JWT is: that of the profile for JSON credentials of any sort,
// which has claims of its own and no members of a W3C credential, is not read.
func LookSDJWT(header, claims jsonx.Value) Answer {
	typ := strings.TrimPrefix(strings.ToLower(jsonx.Content(header.Get("typ"))), "application/")
	if typ == "dc+sd-jwt" || claims.Get("vct").Exists() && !claims.Get("@context").Exists() {
		return Answer{Kind: SDJWTVC}
	}
	return Answer{Kind: SDJWT}
}

// held counts the credentials of a presentation.
func (a *Answer) held(v jsonx.Value, pointer string) {
	var f found
	for item := range v.All() {
		f.add(item, held(item))
	}
	if a.all(f); f.count > 1 {
		a.Pointer = pointer
	}
}

func (a *Answer) all(f found) {
	if a.Count, a.Holds = f.count, f.kind; f.count > 0 {
		a.Pointer = f.pointer()
	}
}

// Recognise tells what bytes are, looking into them where their beginning is not all
// there is to know. An error is that of the JSON, which is broken; the Answer then has
// what it begins as.
func Recognise(b []byte, limits jsonx.Limits) (Answer, error) {
	a := Answer{Kind: Sniff(b)}
	switch a.Kind {
	case Object, Array, JSONString:
		return a.parsed(Trim(b), limits)
	case Base64:
		a.Holds = inside(Trim(b))
	case Gzip:
		a.Holds = decompressed(b)
	case DataURL:
		a.Holds = ofData(Trim(b))
	}
	return a, nil
}

func (a Answer) parsed(text []byte, limits jsonx.Limits) (Answer, error) {
	doc, err := jsonx.Parse(text, limits, nil)
	if err != nil {
		return a, err
	}
	switch root := doc.Root(); a.Kind {
	case Object:
		if look := Look(root); look.Kind != Unknown {
			return look, nil
		}
	case Array:
		a.all(search(root))
	case JSONString:
		a.inString([]byte(root.Text()))
	}
	return a, nil
}

// inString names what a JSON string holds. An address and an offer are these, whether
// in quotes or not.
func (a *Answer) inString(text []byte) {
	switch k := Sniff(text); k {
	case URL, DID, DataURL, CredentialOffer:
		a.Kind = k
	case Token, TokenWrapped, TokenBearer, JWE, SDJWT: // written with escapes
		a.Kind = TokenQuoted
	case Empty, Unknown:
	default:
		a.Holds = k
	}
}

// ofData names what a data: URL holds (RFC 2397).
func ofData(text []byte) Kind {
	head, data, _ := bytes.Cut(text, []byte(","))
	if bytes.HasSuffix(bytes.ToLower(head[:min(len(head), maxAddress)]), []byte(";base64")) {
		return inside(data)
	}
	return Sniff(data)
}
