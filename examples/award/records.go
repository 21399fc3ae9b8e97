package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"time"

	"github.com/laurel-edu/laurel/casefw/plan"
	"github.com/laurel-edu/laurel/vc"
)

// normalisedCase is a record of a gradebook, and what is to be read of it.
type normalisedCase struct {
	ID       string                     `json:"id"`
	Source   string                     `json:"source"` // oneroster, or that of LTI
	LineItem string                     `json:"lineItem"`
	Raw      json.RawMessage            `json:"raw"`
	Expect   map[string]json.RawMessage `json:"expect"`
}

// book is what the records are read by: the line items and scales of a folder.
type book struct{ oneRoster, scales, ags map[string]json.RawMessage }

func readBook(dir string) (b book, err error) {
	for _, f := range []struct {
		into         *map[string]json.RawMessage
		name, member string
	}{{&b.oneRoster, "oneroster-lineitems.json", "lineItems"}, {&b.scales, "oneroster-scorescales.json", "scoreScales"},
		{&b.ags, "lti-ags-lineitems.json", ""}} {
		if *f.into, err = byID(filepath.Join(dir, f.name), f.member); err != nil {
			return b, err
		}
	}
	return b, nil
}

func byID(name, member string) (map[string]json.RawMessage, error) {
	text, err := os.ReadFile(name)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var list []json.RawMessage
	if member == "" {
		err = json.Unmarshal(text, &list)
	} else {
		var all map[string]json.RawMessage
		if err = json.Unmarshal(text, &all); err == nil {
			err = json.Unmarshal(all[member], &list)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	found := map[string]json.RawMessage{}
	for _, one := range list {
		var id struct {
			SourcedID string `json:"sourcedId"`
			ID        string `json:"id"`
		}
		if err := json.Unmarshal(one, &id); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		found[id.SourcedID+id.ID] = one
	}
	return found, nil
}

// scaleOf is the scale that a record names, or else its line item.
func (b *book) scaleOf(texts ...json.RawMessage) (*plan.Scale, error) {
	for _, text := range texts {
		var of struct {
			ScoreScale struct {
				SourcedID string `json:"sourcedId"`
			} `json:"scoreScale"`
		}
		if json.Unmarshal(text, &of) == nil && of.ScoreScale.SourcedID != "" {
			return plan.ParseOneRosterScale(b.scales[of.ScoreScale.SourcedID])
		}
	}
	return nil, nil
}

// read reads the record. By what LTI names an item is a matter of agreement, which the name
// of a case says.
func (c *normalisedCase) read(b book) (rec plan.Record, l plan.LineItem, err error) {
	if c.Source == "oneroster" {
		scale, err := b.scaleOf(c.Raw, b.oneRoster[c.LineItem])
		if err != nil {
			return rec, l, err
		}
		if text := b.oneRoster[c.LineItem]; text != nil {
			if l, err = plan.ParseOneRosterLineItem(text, scale); err != nil {
				return rec, l, err
			}
		}
		rec, err = plan.ParseOneRosterResult(c.Raw, l, plan.RecordOptions{})
		return rec, l, err
	}
	o := plan.RecordOptions{AlignByTag: strings.Contains(c.ID, "tag"), AlignByResourceID: strings.Contains(c.ID, "resourceId")}
	if text := b.ags[c.LineItem]; text != nil {
		if l, err = plan.ParseAGSLineItem(text, o); err != nil {
			return rec, l, err
		}
	}
	rec, err = plan.ParseAGSScore(c.Raw, l, o)
	return rec, l, err
}

func (c *normalisedCase) run(b book) error {
	rec, l, err := c.read(b)
	if want, refused := c.Expect["error"]; refused {
		return refusedFor(err, want)
	}
	if err != nil {
		return err
	}
	for name, want := range c.Expect {
		if err := holdMember(rec, l, name, want); err != nil {
			return err
		}
	}
	return nil
}

// refusedFor holds an error against the name of one: a member that is required, or one that
// is not as it must be.
func refusedFor(err error, want json.RawMessage) error {
	var name string
	if e := json.Unmarshal(want, &name); e != nil {
		return e
	}
	p := vc.ProblemOf(err)
	if p == nil {
		return fmt.Errorf("read without an error, expected %s", name)
	}
	code := plan.CodeMemberMalformed
	if strings.HasSuffix(name, "-required") && !strings.HasSuffix(name, "-zone-required") {
		code = plan.CodeMemberMissing
	}
	if p.Code != code || !strings.Contains(name, strings.TrimPrefix(p.Pointer, "/")) {
		return fmt.Errorf("%s at %s, expected %s", p.Code, p.Pointer, name)
	}
	return nil
}

// holdMember holds what was read against one expected member.
func holdMember(rec plan.Record, l plan.LineItem, name string, want json.RawMessage) error {
	got, ok := member(rec, l, name)
	if !ok {
		return fmt.Errorf("nothing is known of %s", name)
	}
	text, err := json.Marshal(got)
	if err != nil {
		return err
	}
	var a, b any
	if err := errors.Join(json.Unmarshal(text, &a), json.Unmarshal(want, &b)); err != nil {
		return err
	}
	if list, isList := b.([]any); isList && name == "warnings" { // names of others: as many
		b = float64(len(list))
	}
	if list, isList := a.([]any); isList && name == "objectives" {
		a = list[:min(len(list), len(b.([]any)))]
	}
	if !agrees(a, b) {
		return fmt.Errorf("%s is %s, expected %s", name, text, want)
	}
	return nil
}

// agrees reports whether all that is expected is there. Members that are null may be absent.
func agrees(got, want any) bool {
	switch want := want.(type) {
	case map[string]any:
		object, ok := got.(map[string]any)
		for name, value := range want {
			ok = ok && agrees(object[name], value)
		}
		return ok
	case []any:
		list, ok := got.([]any)
		ok = ok && len(list) == len(want)
		for i := range want {
			ok = ok && agrees(list[i], want[i])
		}
		return ok
	}
	return reflect.DeepEqual(got, want)
}

// orNull is a number as a text, nil for none.
func orNull(n plan.Number) any {
	if n.IsZero() {
		return nil
	}
	return n.String()
}

// share is a percentage as the share of one that the cases have.
func share(percent plan.Number) any {
	return orNull(plan.Percent(percent, plan.Number{}, plan.NewNumber(10_000)))
}

func member(rec plan.Record, l plan.LineItem, name string) (value any, ok bool) {
	text := ""
	if len(rec.Scores) > 0 {
		text = rec.Scores[0].Text
	}
	low, high, rank, known := l.Scale.Lookup(text)
	switch name {
	case "percent":
		return share(rec.Percent), true
	case "raw":
		return orNull(rec.Raw), true
	case "final":
		return rec.Final, true
	case "late":
		return rec.Late, true
	case "excused":
		return rec.Excused, true
	case "retracted":
		return rec.Deleted, true
	case "overMax":
		return rec.OverMax, true
	case "completed":
		return !rec.Incomplete, true
	case "clearsPreviousScore":
		return rec.Raw.IsZero(), true
	case "textScore":
		return text, true
	case "scaleValue", "scaleRank":
		switch {
		case !known:
			return nil, true
		case name == "scaleRank":
			return rank, true
		}
		return map[string]any{"low": orNull(low), "high": orNull(high)}, true
	case "scoreDate":
		return rec.At.Format(time.DateOnly), true
	case "warnings":
		return len(rec.Warnings), true
	case "items":
		ids := []string{}
		for _, s := range rec.Scores {
			ids = append(ids, s.Item.String())
		}
		return ids, true
	case "objectives":
		var all []any
		for _, s := range rec.Scores {
			o := map[string]any{"item": s.Item.String(), "raw": orNull(s.Raw), "percent": share(s.Percent)}
			if s.Text != "" {
				o["textScore"] = s.Text
			}
			all = append(all, o)
		}
		return all, true
	}
	return nil, false
}
