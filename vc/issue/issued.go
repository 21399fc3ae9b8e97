package issue

import (
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/verify"
)

// Issued is a signed credential that went through the verifier.
type Issued struct {
	secured  []byte
	report   *verify.Report
	findings []*vc.Problem
	warnings []*vc.Problem
}

// Bytes returns the signed credential, JSON or a token, as it is to be stored, served,
// baked and nested. They must not be changed. Those of the Form ecdsa-sd-2023 are for the
// holder alone, who derives from them what others see (dataintegrity.Derive).
func (i *Issued) Bytes() []byte { return i.secured }

// Report returns what the verifier said. Its verdict is that of a verifier who has
// the issuer's key at hand and fetches nothing, at the time of the issue: a credential
// with a status is undetermined, and one that is not yet valid is not verified. Of the
// Form ecdsa-sd-2023 it is about the whole credential, as its holder can show it.
func (i *Issued) Report() *verify.Report { return i.report }

// Warnings returns what is off without being wrong, and what a verifier may not
// accept for the time being: that the credential is not yet valid, a schema that was
// not checked, a status list that Config.Fetcher could not get.
func (i *Issued) Warnings() []*vc.Problem { return i.warnings }

// Findings returns why a verifier refuses the credential. There are none but with
// Config.AllowFindings.
func (i *Issued) Findings() []*vc.Problem { return i.findings }
