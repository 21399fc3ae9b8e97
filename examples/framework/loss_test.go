package main

import (
	"encoding/json"
	"fmt"
	"html"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/internal/test/testkit"
)

// omitted are the members whose text is not on the page, each with the reason.
var omitted = map[string]string{
	"CFAssociations.identifier":      "the link is shown, and not the record of it",
	"CFAssociations.uri":             "the link is shown, and not the record of it",
	"CFAssociations.associationType": "it is read in words",
}

var aWord = regexp.MustCompile(`[\pL\pN]+`)

// wordsOf are the words of a text, but for those of tags.
func wordsOf(text string) string {
	return " " + strings.Join(aWord.FindAllString(regexp.MustCompile(`</?(b|em|sup)>`).ReplaceAllString(text, " "), -1), " ") + " "
}

// Whatever the samples say is on the page, but for what is listed.
func TestNothingIsLost(t *testing.T) {
	elements := regexp.MustCompile(`(?s)<style>.*?</style>|<script>.*?</script>|<[^>]*>`)
	shown := wordsOf(html.UnescapeString(elements.ReplaceAllString(string(both(t)), " ")))
	used := map[string]bool{}
	var walk func(path string, v any)
	walk = func(path string, v any) {
		switch v := v.(type) {
		case map[string]any:
			for name, inner := range v {
				walk(strings.TrimPrefix(path+"."+name, "."), inner)
			}
		case []any:
			for _, inner := range v {
				walk(path, inner)
			}
		default:
			if strings.Contains(shown, wordsOf(fmt.Sprint(v))) {
				return
			}
			require.Contains(t, omitted, path, "%v", v)
			used[path] = true
		}
	}
	for _, sample := range [][]byte{sample, sampleTrade} {
		var all any
		require.NoError(t, json.Unmarshal(sample, &all))
		walk("", all)
	}
	for path, reason := range omitted {
		require.True(t, used[path], "%s: %s", path, reason)
	}
}

// Published frameworks, and those with a fault each, are shown without a link that leads
// nowhere and without the loss of a word.
func TestSharedFrameworks(t *testing.T) {
	root := testkit.Shared(t, "case/packages")
	elements := regexp.MustCompile(`(?s)<style>.*?</style>|<script>.*?</script>|<[^>]*>`)
	address := regexp.MustCompile(`https?://[^\s)"]*|</?[a-zA-Z]+[^>]*>`)
	shown := 0
	require.NoError(t, filepath.WalkDir(root, func(name string, _ fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(name) != ".json" {
			return err
		}
		text, err := os.ReadFile(name)
		require.NoError(t, err)
		f, _, err := casefw.LoadBytes(text, casefw.Options{})
		if err != nil {
			return nil // which casefw's own tests look at
		}
		shown++
		page, _ := render(t, string(text))
		all, _ := parse(t, page)
		leads(t, all)
		words := map[string]bool{}
		for _, w := range aWord.FindAllString(html.UnescapeString(elements.ReplaceAllString(string(page), " ")), -1) {
			words[w] = true
		}
		for item := range f.Items() {
			for _, w := range aWord.FindAllString(html.UnescapeString(address.ReplaceAllString(item.Statement()+" "+item.Notes(), " ")), -1) {
				require.True(t, words[w], "%s: %q of %q", name, w, item.Statement())
			}
		}
		return nil
	}))
	require.Greater(t, shown, 60)
}
