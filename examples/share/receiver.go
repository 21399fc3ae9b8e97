package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/laurel-edu/laurel/ob"
	"github.com/laurel-edu/laurel/vc/present"
	"github.com/laurel-edu/laurel/vc/verify"
)

// receive is the clinic's side: it verifies the answer to its own question, and reads what was
// shown. Whose word counts is for it to say; here it knows the two issuers.
func (p *people) receive(ctx context.Context, w io.Writer, answer []byte, asked present.Options) error {
	expect := verify.Expect{Challenge: asked.Challenge, Domain: []string{asked.Domain}, HolderIsSubject: true}
	config := verify.Config{Now: p.now}
	presented, err := verify.VerifyPresentation(ctx, answer, expect, config)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "\n%s verifies it: presented by %s, about herself.\n", asked.Domain, p.named(presented.Holder()))
	for c := range presented.Credentials() {
		if err := p.read(w, c); err != nil {
			return err
		}
	}
	fmt.Fprintln(w, "\nWhat else could be done with it?")
	for _, try := range []struct {
		what   string
		change func(*verify.Expect)
	}{
		{"shown to another clinic", func(e *verify.Expect) { e.Domain = []string{"other.example"} }},
		{"shown once more", func(e *verify.Expect) { e.Challenge = "drawn anew" }},
	} {
		e := expect
		try.change(&e)
		_, err := verify.VerifyPresentation(ctx, answer, e, config)
		failed, ok := errors.AsType[*verify.Error](err)
		if !ok {
			return fmt.Errorf("%s, it should have been refused: %w", try.what, err)
		}
		fmt.Fprintf(w, "  %s: refused, %s\n", try.what, failed.Report.Codes()[0])
	}
	return nil
}

// read says what a credential is worth, and of a record each in it.
func (p *people) read(w io.Writer, c verify.Embedded) error {
	if entries := c.Report.Nested; len(entries) > 0 {
		fmt.Fprintf(w, "A record that %s put together:\n", p.named(c.Report.IssuerID))
		for _, entry := range entries {
			if err := p.read(w, verify.Embedded{Nested: entry}); err != nil {
				return err
			}
		}
		return nil
	}
	var badge ob.AchievementCredential
	if err := c.Decode(&badge); err != nil {
		return err
	}
	subject := &badge.CredentialSubject
	grade := "not shown"
	for _, r := range subject.Result.Items {
		if r.Value != "" {
			grade = r.Value
		}
	}
	fmt.Fprintf(w, "  %s, by %s: %s. Credits %s, grade %s.\n", subject.Achievement.Name, p.named(c.Report.IssuerID), c.Report.Verdict,
		cmp.Or(string(subject.CreditsEarned), "not shown"), grade)
	for _, withheld := range c.Report.Withheld {
		fmt.Fprintf(w, "    kept back, though the rules ask for it: %s\n", withheld.Pointer)
	}
	return nil
}
