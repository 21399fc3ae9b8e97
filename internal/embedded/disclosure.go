package embedded

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/laurel-edu/laurel/internal/cbor"
	"github.com/laurel-edu/laurel/internal/multibase"
)

// The proof values of ecdsa-sd-2023 (Data Integrity ECDSA Cryptosuites 1.0, 3.4.2 to
// 3.4.7): a header of three bytes, then an array of five in CBOR.
var (
	baseHeader    = []byte{0xd9, 0x5d, 0x00}
	derivedHeader = []byte{0xd9, 0x5d, 0x01}
)

const (
	statementSignature = 64 // bytes, ECDSA with P-256
	disclosureKey      = 35 // 0x80 0x24 and the compressed point
	hmacBytes          = 32
	maxDisclosure      = 4 << 20 // characters of a proof value: three times what MaxStatements need

	// MaxStatements bounds the statements that are signed one by one. Each costs a check
	// with P-256: ten thousand take about a second, and the largest records have a few
	// thousand.
	MaxStatements = 10_000
	// MaxPointers bounds the mandatory pointers of a base proof and those of a holder:
	// each is gone along in the document.
	MaxPointers = 1024
	// MaxHidden bounds the pointers to what is hidden, which are the holder's own: as many as
	// there are results with all that they say in the largest records.
	MaxHidden = 16_384
)

// errTooMany is that more is signed one by one than is checked.
var errTooMany = fmt.Errorf("more than %d statements signed one by one", MaxStatements)

// errBase and errDerived are that a proof value is of the other kind.
var (
	errBase    = errors.New("a base proof")
	errDerived = errors.New("a derived proof")
)

// BaseValue is the proof value of a base proof, which its holder keeps.
type BaseValue struct {
	Signature  []byte
	PublicKey  []byte // of the key that signed the statements, as Multikey
	HMACKey    []byte // that the labels of blank nodes are made with
	Signatures [][]byte
	Pointers   []string // what is always shown
}

// DerivedValue is the proof value of what its holder shows.
type DerivedValue struct {
	Signature  []byte
	PublicKey  []byte
	Signatures [][]byte
	Labels     [][]byte // by number of the canonical name
	Mandatory  []int    // places of the mandatory statements, ascending
}

// ParseBaseValue reads the proof value of a base proof.
func ParseBaseValue(text string) (*BaseValue, error) {
	b, err := disclosureBytes(text)
	switch {
	case err != nil:
		return nil, err
	case bytes.HasPrefix(b, derivedHeader):
		return nil, errDerived
	case !bytes.HasPrefix(b, baseHeader):
		return nil, errors.New("a header that is neither of a base nor of a derived proof")
	}
	r := valueReader{cbor.NewReader(b[len(baseHeader):])}
	v := &BaseValue{}
	return v, r.all(r.five, r.exact("signature", &v.Signature, statementSignature),
		r.exact("public key", &v.PublicKey, disclosureKey), r.exact("HMAC key", &v.HMACKey, hmacBytes),
		r.signatures(&v.Signatures), r.pointers(&v.Pointers))
}

// ParseDerivedValue reads the proof value of a derived proof. The label map is a
// bijection: each number from 0 up once, no label twice.
func ParseDerivedValue(text string) (*DerivedValue, error) {
	b, err := disclosureBytes(text)
	switch {
	case err != nil:
		return nil, err
	case bytes.HasPrefix(b, baseHeader):
		return nil, errBase
	case !bytes.HasPrefix(b, derivedHeader):
		return nil, errors.New("a header that is neither of a base nor of a derived proof")
	}
	r := valueReader{cbor.NewReader(b[len(derivedHeader):])}
	v := &DerivedValue{}
	return v, r.all(r.five, r.exact("signature", &v.Signature, statementSignature),
		r.exact("public key", &v.PublicKey, disclosureKey), r.signatures(&v.Signatures),
		func() error { return r.labels(&v.Labels) }, func() error { return r.indexes(&v.Mandatory) })
}

func disclosureBytes(text string) ([]byte, error) {
	switch {
	case text == "" || text[0] != 'u':
		return nil, errors.New("a text that does not begin with u")
	case len(text) > maxDisclosure:
		return nil, fmt.Errorf("%d characters, at most %d are read", len(text), maxDisclosure)
	}
	b, err := multibase.DecodeBase64(text[1:])
	if err != nil {
		return nil, errors.New("a text that is not base64url without padding")
	}
	return b, nil
}

// valueReader reads the parts of a proof value.
type valueReader struct{ *cbor.Reader }

// all reads one part after another, to the end or to the first error.
func (r valueReader) all(parts ...func() error) error {
	for _, part := range parts {
		err := part()
		if encoding := r.Err(); encoding != nil {
			return encoding
		}
		if err != nil {
			return err
		}
	}
	return r.End()
}

func (r valueReader) five() error {
	if n := r.Array(); n != 5 {
		return fmt.Errorf("an array of %d, not of 5", n)
	}
	return nil
}

func (r valueReader) exact(what string, into *[]byte, size int) func() error {
	return func() error {
		if *into = r.Bytes(); len(*into) != size {
			return fmt.Errorf("a %s of %d bytes, not of %d", what, len(*into), size)
		}
		return nil
	}
}

func (r valueReader) signatures(into *[][]byte) func() error {
	return func() error {
		n := r.Array()
		if n > MaxStatements {
			return errTooMany
		}
		*into = make([][]byte, n)
		for i := range *into {
			if err := r.exact("signature of a statement", &(*into)[i], statementSignature)(); err != nil {
				return err
			}
		}
		return nil
	}
}

func (r valueReader) pointers(into *[]string) func() error {
	return func() error {
		n := r.Array()
		if n > MaxPointers {
			return fmt.Errorf("%d mandatory pointers, at most %d are read", n, MaxPointers)
		}
		for range n {
			*into = append(*into, r.Text())
		}
		return nil
	}
}

func (r valueReader) labels(into *[][]byte) error {
	n := r.Map()
	*into = make([][]byte, n)
	seen := make(map[string]bool, n)
	for range n {
		key, label := r.Uint(), r.Bytes()
		switch {
		case r.Err() != nil:
			return nil
		case len(label) != hmacBytes:
			return fmt.Errorf("a label of %d bytes, not of %d", len(label), hmacBytes)
		case key >= uint64(n) || (*into)[key] != nil:
			return errors.New("a label map whose keys are not each number from 0 up once")
		case seen[string(label)]:
			return errors.New("a label map with one label twice")
		}
		(*into)[key], seen[string(label)] = label, true
	}
	return nil
}

func (r valueReader) indexes(into *[]int) error {
	n := r.Array()
	*into = make([]int, 0, n)
	last := -1
	for range n {
		i := r.Uint()
		if r.Err() != nil {
			return nil
		}
		if i > maxDisclosure || int(i) <= last {
			return errors.New("mandatory indexes that do not ascend")
		}
		last = int(i)
		*into = append(*into, last)
	}
	return nil
}

// Text writes the value as a proof has it.
func (v *BaseValue) Text() string {
	b := appendShared(baseHeader, v.Signature, v.PublicKey)
	b = appendSignatures(cbor.AppendBytes(b, v.HMACKey), v.Signatures)
	b = cbor.AppendArray(b, len(v.Pointers))
	for _, p := range v.Pointers {
		b = cbor.AppendText(b, p)
	}
	return multibase.Encode(multibase.Base64URL, b)
}

// Text writes the value as a proof has it.
func (v *DerivedValue) Text() string {
	b := appendSignatures(appendShared(derivedHeader, v.Signature, v.PublicKey), v.Signatures)
	b = cbor.AppendMap(b, len(v.Labels))
	for i, label := range v.Labels {
		b = cbor.AppendBytes(cbor.AppendUint(b, uint64(i)), label)
	}
	b = cbor.AppendArray(b, len(v.Mandatory))
	for _, i := range v.Mandatory {
		b = cbor.AppendUint(b, uint64(i))
	}
	return multibase.Encode(multibase.Base64URL, b)
}

func appendShared(header, signature, key []byte) []byte {
	b := cbor.AppendArray(bytes.Clone(header), 5)
	return cbor.AppendBytes(cbor.AppendBytes(b, signature), key)
}

func appendSignatures(b []byte, signatures [][]byte) []byte {
	b = cbor.AppendArray(b, len(signatures))
	for _, s := range signatures {
		b = cbor.AppendBytes(b, s)
	}
	return b
}

// LabelText is how a label stands in a statement.
func LabelText(label []byte) string { return multibase.Encode(multibase.Base64URL, label) }
