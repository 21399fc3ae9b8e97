package main

import (
	"encoding/json"
	"io"
	"strings"

	"github.com/laurel-edu/laurel/clr/intake"
	"github.com/laurel-edu/laurel/vc"
)

// view is a reading as it is written: what -json has, and what the table and other pages are
// made of.
type view struct {
	File         string            `json:"file"`
	Kind         intake.Kind       `json:"kind"`
	Envelope     envelope          `json:"envelope"`
	Entries      []entry           `json:"entries"`
	Claims       []claim           `json:"claims"`
	Associations []association     `json:"associations"`
	Credits      map[string]string `json:"credits"`

	reading *intake.Reading
}

type envelope struct {
	Verdict string    `json:"verdict"`
	Issuer  string    `json:"issuer"`
	Holder  string    `json:"holder,omitempty"`
	ID      string    `json:"id"`
	Codes   []vc.Code `json:"codes"`
}

type entry struct {
	Member   string        `json:"member,omitempty"`
	Pointer  string        `json:"pointer"`
	Parent   string        `json:"parent"`
	Kind     intake.Kind   `json:"kind"`
	ID       string        `json:"id"`
	Issuer   string        `json:"issuer"`
	Verdict  string        `json:"verdict"`
	Standing string        `json:"standing"`
	Validity string        `json:"validity"`
	Subject  string        `json:"subject"`
	Withheld []string      `json:"withheld"`
	Flags    []intake.Flag `json:"flags"`
	Codes    []vc.Code     `json:"codes"`
}

type claim struct {
	Member      string      `json:"member,omitempty"`
	Entry       string      `json:"entry"`
	Achievement string      `json:"achievement"`
	Name        string      `json:"name"`
	Type        string      `json:"type"`
	Standing    string      `json:"standing"`
	Validity    string      `json:"validity"`
	Against     string      `json:"against,omitempty"`
	Credits     string      `json:"credits"`
	Term        string      `json:"term"`
	Results     []result    `json:"results"`
	Alignments  []alignment `json:"alignments"`
}

type result struct {
	Description string `json:"description"`
	Type        string `json:"type"`
	Value       string `json:"value"`
	Level       string `json:"level"`
	Status      string `json:"status"`
}

type alignment struct {
	Of   string `json:"of"`
	URL  string `json:"url"`
	Code string `json:"code"`
	Name string `json:"name"`
}

type association struct {
	Member     string `json:"member,omitempty"`
	Type       string `json:"type"`
	Source     string `json:"source"`
	Target     string `json:"target"`
	AssertedBy string `json:"assertedBy"`
	Dangling   bool   `json:"dangling"`
}

func viewOf(file string, r *intake.Reading) *view {
	v := &view{File: file, Kind: r.Kind, reading: r, Credits: map[string]string{}}
	v.Envelope = envelope{Verdict: r.Envelope.State.String(), Issuer: r.Envelope.Issuer, Holder: r.Envelope.Holder, ID: r.Envelope.ID,
		Codes: array(r.Envelope.Codes)}
	v.Entries, v.Claims, v.Associations = []entry{}, []claim{}, []association{}
	for e := range r.Entries() {
		v.Entries = append(v.Entries, entry{Member: e.Member, Pointer: e.Pointer, Parent: e.Parent, Kind: e.Kind, ID: e.ID,
			Issuer:  e.Issuer,
			Verdict: e.Verdict.String(), Standing: e.Standing.String(), Validity: e.Validity.String(), Subject: e.Subject.String(),
			Withheld: array(e.Withheld), Flags: array(e.Flags), Codes: array(e.Codes())})
	}
	for _, c := range r.Claims() {
		v.Claims = append(v.Claims, claimOf(&c))
	}
	for _, a := range r.Graph().Associations() {
		v.Associations = append(v.Associations, association{a.Member, string(a.Type), a.Source, a.Target, a.AssertedBy, a.Dangling})
	}
	for standing, n := range r.Credits() {
		v.Credits[standing.String()] = n.String()
	}
	return v
}

func claimOf(c *intake.Claim) claim {
	out := claim{Member: c.Member, Entry: c.Entry, Achievement: c.Achievement, Name: c.Name.String(), Type: c.Type,
		Standing: c.Standing.String(), Validity: c.Validity.String(), Against: string(c.Against),
		Credits: string(c.Credits), Term: c.Term.String(), Results: []result{}, Alignments: []alignment{}}
	for _, r := range c.Results {
		out.Results = append(out.Results, result{r.Description, r.Type, r.Value, r.Level.Name, r.Status})
	}
	for _, a := range c.Alignments {
		out.Alignments = append(out.Alignments, alignment{string(a.Of), a.TargetURL, a.TargetCode, a.TargetName})
	}
	return out
}

// array is a list that JSON writes as one, even an empty one.
func array[T any](all []T) []T {
	if all == nil {
		return []T{}
	}
	return all
}

func (v *view) writeJSON(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e.Encode(v)
}

// shown is text of a stranger as a terminal may show it.
func shown(s string) string {
	return strings.Map(printable, s)
}
