package rewrite_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/test/rewrite"
)

// Every kind makes rewritings of some original, each of them JSON that can be read
// again, and no edit changes the document that it was made for.
func TestKinds(t *testing.T) {
	made := map[string]int{}
	for _, o := range rewrite.Originals(t) {
		root, err := rewrite.Parse(o.Text)
		require.NoError(t, err)
		tree := rewrite.NewTree(root)
		for _, k := range rewrite.Kinds() {
			for i, e := range k.Edits(tree) {
				if i%7 != 0 {
					continue
				}
				func() {
					defer func() {
						if r := recover(); r != nil {
							t.Fatalf("%s of %s at %d: %v", k.Name, o.Name, e.At, r)
						}
					}()
					text := tree.Apply(e).Bytes()
					_, err := rewrite.Parse(text)
					require.NoError(t, err, "%s: %s", k.Name, text)
				}()
				made[k.Name]++
			}
		}
		require.Equal(t, string(o.Text), string(root.Bytes()))
	}
	for _, k := range rewrite.Kinds() {
		require.Positive(t, made[k.Name], k.Name)
	}
}
