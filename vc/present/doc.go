// Package present is the holder's side: it puts credentials into a presentation, signs it
// as an answer to whoever asked, and hands it out once the verifier has taken it.
//
//	made, err := present.Sign(ctx, [][]byte{badge}, present.Config{
//		Signer: signer, VerificationMethod: method,
//	}, present.Options{Challenge: challenge, Domain: "jobs.example"})
//	…
//	send(made.Bytes())
//
// The credentials stay as their issuers signed them, byte for byte. Each is shown whole: who
// gets the presentation gets everything that stands in them.
//
// Whoever receives it calls verify.VerifyPresentation.
package present
