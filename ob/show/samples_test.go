package show_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/ob/show"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/verify"
)

// notShown are the members whose text the page does not say, each with its reason.
var notShown = map[string]string{
	"@context": "it says what the names mean, to programs",
	"proof":    "it is for programs; what became of it is told in words",
}

// Every text of every published badge and record stands on its page.
func TestNothingIsLost(t *testing.T) {
	files := testkit.Samples(t, "valid/ob3-official", "valid/ob3-dcc", "valid/ob3-mit", "valid/ob3-plugfest", "valid/ob3-unsigned", "valid/spec-examples",
		"valid/clr2-official", "valid/learncard-unsigned", "invalid/ob3-official", "invalid/clr2-official", "invalid/learncard")
	shown := 0
	for _, file := range files {
		t.Run(filepath.Base(filepath.Dir(file))+"/"+filepath.Base(file), func(t *testing.T) {
			raw, err := os.ReadFile(file)
			require.NoError(t, err)
			report, err := verify.Inspect(t.Context(), raw, verify.Config{Now: testkit.Clock, Kinds: []string{verify.AnyKind}})
			require.NoError(t, err)
			if report.Verdict == verify.VerdictUnreadable || report.Form != vc.FormJSON {
				t.Skip("it is no credential in JSON: the page is made of what a verifier read")
			}
			v, err := show.NewView(believed(report, raw), show.Options{Identifiers: true})
			if err != nil {
				t.Skip("its model cannot hold it, and no verifier lets it through: " + err.Error())
			}
			text := inked(words(page(t, v)))
			var document map[string]any
			require.NoError(t, json.Unmarshal(raw, &document))
			for _, said := range texts(document) {
				require.Contains(t, text, inked(said))
			}
			shown++
		})
	}
	require.Greater(t, shown, 50)
}

// texts are the texts and numbers of a document.
func texts(v any) (all []string) {
	switch v := v.(type) {
	case map[string]any:
		for name, member := range v {
			if notShown[name] == "" {
				all = append(all, texts(member)...)
			}
		}
	case []any:
		for _, item := range v {
			all = append(all, texts(item)...)
		}
	case string:
		if !strings.HasPrefix(strings.ToLower(v), "data:") && !strings.HasPrefix(v, "eyJ") {
			all = append(all, v)
		}
	}
	return all
}
