package show

import (
	"strings"
	"time"

	"github.com/laurel-edu/laurel/internal/door"
	plain "github.com/laurel-edu/laurel/internal/reading"
	"github.com/laurel-edu/laurel/vc"
)

// Brief is what a list says of a credential.
type Brief struct {
	ID     string
	Kind   Kind
	Name   Text
	Issuer Text
	// Image is the picture that stands in the credential, or its URL at the issuer's.
	Image         Picture
	Issued, Until time.Time // zero where the credential says nothing of it

	said string // what a search looks into, in small letters
}

// NewBriefUnverified reads what a list says out of a credential and verifies nothing: it
// is for those that the host has kept, which were verified when they came, and too many
// to be verified anew for each look at a list. Whoever opens one wants a [View]. The error
// is a *[vc.Problem] where the text cannot be read. It fetches nothing.
func NewBriefUnverified(credential []byte, o Options) (*Brief, error) {
	doc, err := vc.ParseConfig{MaxTokenBytes: len(credential) + 1}.Parse(credential)
	if err != nil {
		return nil, err
	}
	v := &View{Options: o, ID: doc.ID(), Kind: kindOf(doc.Types())}
	if err := (maker{Options: o, brief: true}).content(v, unverified{doc}); err != nil {
		return nil, err
	}
	b := &Brief{ID: v.ID, Kind: v.Kind, Name: v.Name, Issuer: v.Issuer.Name, Image: v.Image, Issued: v.Issued(), Until: v.Dates.Until}
	b.said = strings.ToLower(strings.Join(v.searched(), "\n"))
	return b, nil
}

// Has reports whether each of the words of a search occurs in the credential's name and
// description, its issuer, what was reached, its tags or skills, whatever their case. It is
// true of no words.
func (b *Brief) Has(words string) bool {
	for word := range strings.FieldsSeq(strings.ToLower(words)) {
		if !strings.Contains(b.said, word) {
			return false
		}
	}
	return true
}

// searched are the texts that a search looks into.
func (v *View) searched() []string {
	a := &v.Achievement
	all := []string{v.Name.Value, v.Description.Value, v.Issuer.Name.Value, a.Name.Value, a.Description.Value, a.Type, a.Code,
		a.FieldOfStudy.Value, v.Term.Value}
	for _, tag := range a.Tags {
		all = append(all, tag.Value)
	}
	for _, s := range a.Skills {
		all = append(all, s.Name.Value, s.Code)
	}
	return all
}

// unverified is a document as content reads it.
type unverified struct{ *vc.Document }

func (u unverified) Decode(into any) error {
	root := door.Root(u.Document)
	return vc.Unmarshal(plain.Plain(door.Schema(), door.ClassOf(root), root), into)
}
