package ob_test

import (
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/ob"
	"github.com/laurel-edu/laurel/vc"
)

func BenchmarkDecode(b *testing.B) {
	for _, name := range []string{"minimal.json", "full.json"} {
		b.Run(name, func(b *testing.B) {
			text, err := os.ReadFile("testdata/" + name)
			require.NoError(b, err)
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				var c ob.AchievementCredential
				if err := vc.Unmarshal(text, &c); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkEncode(b *testing.B) {
	text, err := os.ReadFile("testdata/full.json")
	require.NoError(b, err)
	var c ob.AchievementCredential
	require.NoError(b, vc.Unmarshal(text, &c))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := c.JSON(); err != nil {
			b.Fatal(err)
		}
	}
}
