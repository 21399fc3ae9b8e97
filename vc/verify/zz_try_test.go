package verify_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/laurel-edu/laurel/vc/verify"
)

func TestTry(t *testing.T) {
	files, _ := filepath.Glob("../../proof/dataintegrity/testdata/peers/*/*.json")
	for _, f := range files {
		b, _ := os.ReadFile(f)
		r := inspect(t, b, verify.Config{AnyKind: true})
		t.Log(f, r.Verdict, r.Codes(), len(r.Warnings()))
		if filepath.Base(filepath.Dir(f)) == "eddsa-rdfc-2022" {
			for _, p := range append(r.Problems(), r.Warnings()...) {
				t.Log("      ", p)
			}
		}
	}
}
