package verify

import (
	"strconv"

	"github.com/laurel-edu/laurel/vc"
)

// contexts looks at what @context lists before anything depends on it. A token is
// not processed as JSON-LD (OB 3.0, 7.2), but its contexts must be there.
func (s *state) contexts() {
	c := Check{Name: CheckContexts, Outcome: Passed, Pointer: "/@context"}
	urls, inline := s.doc.Contexts()
	pointer := s.doc.Root().Pointer() + "/@context"
	if len(urls) == 0 && !inline {
		c.Problems = append(c.Problems, &vc.Problem{Code: CodeContextMissing, Type: vc.TypeMalformedValue, Pointer: pointer, Message: "the document has no @context, so its members mean nothing",
			Expected: vc.ContextV2, Fix: "list the contexts of the data model and of Open Badges", Spec: "VCDM 2.0, 4.3"})
	}
	if inline && s.doc.Form() == vc.FormJSON {
		c.Problems = append(c.Problems, &vc.Problem{Code: CodeContextInline, Pointer: pointer, Message: "the document defines terms itself, so they can mean anything",
			Expected: "URLs of published contexts", Fix: "publish the context and list its URL", Spec: "Data Integrity 1.0, 4.6"})
	}
	for i, url := range urls {
		if s.proofs.Knows(url) || s.config.FetchContexts {
			continue
		}
		p := &vc.Problem{Code: CodeContextUnknown, Pointer: pointer + "/" + strconv.Itoa(i), Message: "the context is not part of this program, and contexts are not fetched",
			Found: vc.Quote(url), Fix: "use the published contexts, or give the verifier this one (Config.Contexts) after reading it", Spec: "Data Integrity 1.0, 4.6"}
		if s.doc.Form() == vc.FormJWT {
			c.Warnings = append(c.Warnings, p)
		} else {
			c.Problems = append(c.Problems, p)
		}
	}
	if len(c.Problems) > 0 {
		c.Outcome = Failed
	}
	s.add(c)
}
