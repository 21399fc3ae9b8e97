package conformance

import (
	"fmt"
	"path"
	"slices"
)

// chosen is a check with the roles for which it is asked.
type chosen struct {
	check    *Check
	roles    []Role
	optional bool // by every role that asks it
}

// selected are the checks that the suite asks, in the order of the list.
func (s *Suite) selected() (all []chosen, err error) {
	for k := range checks {
		c := &checks[k]
		if !c.asked(s.guide()) {
			continue
		}
		one := chosen{check: c, optional: true}
		for _, r := range s.Roles {
			must, may := slices.Contains(r.parts(), c.Role), slices.Contains(r.fact().optional, c.Role)
			if (must || may) && !slices.Contains(one.roles, r) {
				one.roles, one.optional = append(one.roles, r), one.optional && !must
			}
		}
		if len(one.roles) == 0 {
			continue
		}
		only := len(s.Only) == 0
		for _, pattern := range s.Only {
			yes, err := c.named(pattern)
			if err != nil {
				return nil, err
			}
			only = only || yes
		}
		if only {
			all = append(all, one)
		}
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("conformance: the suite selects nothing: no check of %v is called %v", s.Roles, s.Only)
	}
	return all, nil
}

// named reports whether a pattern is one of the check's names. A * stands for anything.
func (c *Check) named(pattern string) (bool, error) {
	for _, name := range append([]string{c.ID}, c.Aliases...) {
		if yes, err := path.Match(pattern, name); err != nil || yes {
			if err != nil {
				return false, fmt.Errorf("conformance: the pattern %q: %w", pattern, err)
			}
			return true, nil
		}
	}
	return false, nil
}
