package intake

// Endorsement is what somebody says for a credential, an achievement or a profile.
type Endorsement struct {
	Entry   *Entry // the endorsement itself, with who can be held to it
	By      string // who endorses: the issuer that Entry names
	Of      string // the id of what is endorsed
	On      *Entry // the entry that it stands in, nil for a record, whose envelope is no entry
	Comment string // Markdown, not sanitised
}

// Endorsements returns the endorsements of the reading, in the order of its entries.
func (r *Reading) Endorsements() (all []Endorsement) {
	type place struct {
		member string
		number int
	}
	entries := map[place]*Entry{}
	for _, e := range r.entries {
		entries[place{e.Member, e.found.Number}] = e
	}
	for _, e := range r.entries {
		if e.Kind != KindEndorsement {
			continue
		}
		one := Endorsement{Entry: e, By: e.Issuer, On: e.on}
		if e.on == nil && e.found.Within != e.found.Number {
			one.On = entries[place{e.Member, e.found.Within}]
		}
		if said, err := e.Endorsement(); err == nil {
			one.Of, one.Comment = string(said.CredentialSubject.ID), said.CredentialSubject.EndorsementComment.String()
		}
		all = append(all, one)
	}
	return all
}
