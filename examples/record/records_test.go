package main

import (
	"encoding/json"
	"fmt"
	"math/big"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/test/testkit"
)

// uploadCase is one of the shared uploads with what must be said of it.
type uploadCase struct {
	Name, File, Reason string
	Args               struct{ Pack, Now, Holder string }
	Expect             []any
}

// The shared uploads of strangers, signed by other implementations: what is said of each has
// one of the fragments that are expected.
func TestUploads(t *testing.T) {
	folder := testkit.Shared(t, "records")
	var cases []uploadCase
	require.NoError(t, json.Unmarshal(testkit.ReadShared(t, "records/cases.json"), &cases))
	require.NotEmpty(t, cases)
	for _, c := range cases {
		t.Run(c.Name, func(t *testing.T) {
			args := []string{"-json", "-pack", filepath.Join(folder, c.Args.Pack), "-now", c.Args.Now}
			if c.Args.Holder != "" {
				args = append(args, "-holder", c.Args.Holder)
			}
			_, out, errs := runRecord(append(args, filepath.Join(folder, c.File))...)
			require.Empty(t, errs)
			var got any
			require.NoError(t, json.Unmarshal([]byte(out), &got))
			var off []string
			for _, expected := range c.Expect {
				if off = differences(expected, got, ""); len(off) == 0 {
					return
				}
			}
			t.Errorf("%s\n%s", c.Reason, strings.Join(off, "\n"))
		})
	}
}

// differences are what of an expected fragment is not in got. Only what a fragment names is
// compared; claims are found by entry and achievement, and codes may be more.
func differences(want, got any, path string) []string {
	switch want := want.(type) {
	case map[string]any:
		if path != "" && strings.HasPrefix(first(want), "$") {
			return operator(want, got, path)
		}
		o, ok := got.(map[string]any)
		if !ok {
			return differs(path, want, got)
		}
		return members(want, o, path)
	case []any:
		list, _ := got.([]any)
		return lists(want, list, path)
	case string:
		if strings.HasPrefix(path, ".credits") || strings.HasSuffix(path, ".credits") {
			a, okA := new(big.Rat).SetString(want)
			b, okB := new(big.Rat).SetString(fmt.Sprint(got))
			if okA && okB && a.Cmp(b) == 0 {
				return nil
			}
		}
		if got == nil && want == "" {
			return nil
		}
	}
	if !reflect.DeepEqual(want, got) {
		return differs(path, want, got)
	}
	return nil
}

func first(o map[string]any) string {
	for name := range o {
		return name
	}
	return ""
}

func differs(path string, want, got any) []string {
	return []string{fmt.Sprintf("%s: want %v, got %v", path, want, got)}
}

func members(want, got map[string]any, path string) (off []string) {
	for name, w := range want {
		if name == "$anyCode" {
			text, _ := json.Marshal(got)
			if !regexp.MustCompile(`"(?i:[a-z0-9-]*` + w.(string) + `[a-z0-9-]*)"`).Match(text) {
				off = append(off, "no code as "+w.(string))
			}
			continue
		}
		off = append(off, differences(w, got[name], path+"."+name)...)
	}
	return off
}

func lists(want, got []any, path string) (off []string) {
	fits := func(w any) bool {
		return slices.ContainsFunc(got, func(g any) bool { return len(differences(w, g, path+"[]")) == 0 })
	}
	switch {
	case strings.HasSuffix(path, "codes"), strings.HasSuffix(path, ".claims"):
		for _, w := range want {
			if !fits(w) {
				off = append(off, differs(path, w, got)...)
			}
		}
	case len(want) != len(got):
		return differs(path, want, got)
	case strings.HasSuffix(path, "flags"):
		for _, w := range want {
			if !fits(w) {
				off = append(off, differs(path, w, got)...)
			}
		}
	default:
		for i, w := range want {
			off = append(off, differences(w, got[i], fmt.Sprintf("%s[%d]", path, i))...)
		}
	}
	return off
}

// operator compares by one of the operators that fragments may have.
func operator(want map[string]any, got any, path string) []string {
	for name, w := range want {
		list, _ := got.([]any)
		fits := func(x any) bool {
			return slices.ContainsFunc(list, func(g any) bool { return len(differences(x, g, path+"[]")) == 0 })
		}
		switch name {
		case "$any":
			if slices.ContainsFunc(w.([]any), func(x any) bool { return len(differences(x, got, path)) == 0 }) {
				return nil
			}
		case "$zero":
			if got == nil || got == "" || got == "0" {
				return nil
			}
		case "$none":
			if !slices.ContainsFunc(w.([]any), fits) {
				return nil
			}
		default:
			return []string{path + ": the operator " + name + " is not known"}
		}
	}
	return differs(path, want, got)
}
