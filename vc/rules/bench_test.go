package rules_test

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/rules"
)

func BenchmarkCheck(b *testing.B) {
	for _, name := range []string{minimal, full, record} {
		b.Run(filepath.Base(name), func(b *testing.B) {
			text := []byte(fixture(b, name))
			doc, err := vc.Parse(text)
			require.NoError(b, err)
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				if findings := rules.Check(doc, rules.Options{}); len(findings) > 0 {
					b.Fatal(findings[0])
				}
			}
		})
	}
}
