// Package present is the holder's side: it shares credentials, whole or in part, as an answer
// to whoever asked.
//
//	holder, err := present.New(ctx, present.Config{Signer: signer, VerificationMethod: method})
//	plan, err := holder.Plan(ctx, present.Share{Items: []present.Item{{
//		Credential: badge, Choice: present.Choice{Hide: []present.Part{present.PartGrades}},
//	}}}, present.Options{Challenge: challenge, Domain: "jobs.example"})
//	…
//	show(plan.Preview())
//	made, err := plan.Sign(ctx)
//	send(made.Bytes())
//
// # What can be shared
//
//   - A credential whole, byte for byte as its issuer signed it.
//   - A part of one: what of it its issuer lets be hidden, by ecdsa-sd-2023 or as SD-JWT. A
//     proof of another kind is of the whole.
//   - Entries of a record, by themselves ([Held.Entries]) or with the record's word
//     (Choice.Entries).
//   - A record that the holder puts together ([OwnRecord]).
//
// # What it tells
//
// A [Choice] names parts as people do or as the standard does. A [Preview] is made of the
// bytes that will be sent: every value in them, why each is there, what is hidden, and what
// could not be ([Excerpt.Unmet]), for which nothing is signed unless the choice says so. Names
// and texts may still say what a hidden member said, such as a grade in a narrative: read the
// preview. [Seen.Links] are what two presentations have in common. That somebody is the same
// cannot be hidden by these mechanisms.
//
// [Look] is the same for whatever came, [Cut] for a credential that is handed over without a
// presentation, and [Sign] presents credentials whole without a plan. What comes out was taken
// by the verifier of this module; whoever receives it calls verify.VerifyPresentation.
package present
