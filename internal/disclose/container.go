package disclose

import (
	"strconv"

	"github.com/laurel-edu/laurel/internal/jcs"
	"github.com/laurel-edu/laurel/internal/jsonx"
)

// object writes the members of an object, its own first and those disclosed behind them.
func (p *processor) object(v jsonx.Value, at *place) error {
	start, first := len(p.out.Text), true
	p.write('{')
	member := func(name string, value jsonx.Value) error {
		if !first {
			p.write(',')
		}
		first = false
		p.out.Text = append(jcs.AppendString(p.out.Text, name), ':')
		return p.value(value, at.below(name))
	}
	for m := v.First(); m.Exists(); m = m.Next() {
		switch name := m.Name(); {
		case name == NameDigests, name == NameHash && at.depth == 0:
		case name == NameHash:
			return &Error{Fault: FaultAlgElsewhere, Pointer: at.pointer(), Detail: NameHash}
		case name == NameElement:
			return &Error{Fault: FaultDigest, Pointer: at.pointer(), Detail: NameElement + " that is no element alone"}
		default:
			if err := member(name, m); err != nil {
				return err
			}
		}
	}
	if digests := v.Get(NameDigests); digests.Exists() {
		if err := p.members(v, digests, at, start, member); err != nil {
			return err
		}
	}
	p.write('}')
	return nil
}

// members writes the members that the digests of an object stand for.
func (p *processor) members(v, digests jsonx.Value, at *place, start int, member func(string, jsonx.Value) error) error {
	if digests.Kind() != jsonx.Array {
		return &Error{Fault: FaultDigest, Pointer: at.pointer(), Detail: NameDigests + " that is " + digests.Kind().String()}
	}
	if at.protected() && !(at.top == "issuer" && at.depth == 1) {
		return &Error{Fault: FaultProtected, Pointer: at.pointer(), Detail: NameDigests}
	}
	there := map[string]bool{}
	for m := v.First(); m.Exists(); m = m.Next() {
		there[m.Name()] = true
	}
	for digest := digests.First(); digest.Exists(); digest = digest.Next() {
		if digest.Kind() != jsonx.String {
			return &Error{Fault: FaultDigest, Pointer: at.pointer(), Detail: NameDigests + " that holds " + digest.Kind().String()}
		}
		d, err := p.disclosed(digest.Text(), false, at)
		switch {
		case err != nil:
			return err
		case d == nil:
			p.out.Withheld[start]++
			continue
		case at.below(d.Name).protected():
			return &Error{Fault: FaultProtected, Pointer: at.below(d.Name).pointer(), Detail: "a disclosure"}
		case there[d.Name]:
			return &Error{Fault: FaultOverwrite, Pointer: at.below(d.Name).pointer(), Detail: "a member of that name"}
		}
		there[d.Name] = true
		d.at = at.below(d.Name)
		if err := member(d.Name, d.Value); err != nil {
			return err
		}
	}
	return nil
}

// array writes the elements of an array, without those that are withheld.
func (p *processor) array(v jsonx.Value, at *place) error {
	start, n := len(p.out.Text), 0
	p.write('[')
	for item := v.First(); item.Exists(); item = item.Next() {
		value, err := p.element(item, at, n)
		switch {
		case err != nil:
			return err
		case !value.Exists():
			p.out.Withheld[start]++
			continue
		case n > 0:
			p.write(',')
		}
		if err := p.value(value, at.below(strconv.Itoa(n))); err != nil {
			return err
		}
		n++
	}
	p.write(']')
	return nil
}

// element is an element itself, or what its digest stands for; missing where that was
// withheld.
func (p *processor) element(item jsonx.Value, at *place, n int) (jsonx.Value, error) {
	digest := item.Get(NameElement)
	if !digest.Exists() {
		return item, nil
	}
	if item.Len() != 1 || digest.Kind() != jsonx.String {
		return item, &Error{Fault: FaultDigest, Pointer: at.pointer(), Detail: "an element with " + NameElement + " and more, or no digest"}
	}
	if at.protected() {
		return item, &Error{Fault: FaultProtected, Pointer: at.pointer(), Detail: NameElement}
	}
	d, err := p.disclosed(digest.Text(), true, at)
	if err != nil || d == nil {
		return jsonx.Value{}, err
	}
	d.at = at.below(strconv.Itoa(n))
	return d.Value, nil
}
