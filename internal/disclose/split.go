package disclose

import (
	"bytes"
	"strconv"
)

// Parts are the texts that an SD-JWT is joined of.
type Parts struct {
	JWT         []byte   // what the issuer signed, a compact JWS
	Disclosures [][]byte // as they are hashed, in base64url
	Bound       []byte   // all up to the last tilde and with it, which a key binding is for
	KeyBinding  []byte   // the compact JWS behind it, empty where there is none
}

// Split cuts an SD-JWT at its tildes, of which a holder may write very many: they are
// counted before anything is made of them.
func Split(text []byte, most int) (*Parts, error) {
	n := bytes.Count(text, []byte("~"))
	switch {
	case n == 0:
		return nil, &Error{Fault: FaultParts, Detail: "no tilde"}
	case n-1 > most:
		return nil, &Error{Fault: FaultTooMany, Detail: strconv.Itoa(n-1) + ", where " + strconv.Itoa(most) + " are read"}
	}
	last := bytes.LastIndexByte(text, '~')
	p := &Parts{Bound: text[:last+1], KeyBinding: text[last+1:]}
	all := bytes.Split(text[:last], []byte("~"))
	p.JWT, p.Disclosures = all[0], all[1:]
	for _, d := range p.Disclosures {
		if len(d) == 0 {
			return nil, &Error{Fault: FaultParts, Detail: "two tildes with nothing between them"}
		}
	}
	return p, nil
}
