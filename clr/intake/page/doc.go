// Package page writes what package clr/intake read as one page for people: a recruiter, an
// admissions officer, the learner. It says at a glance who vouches for what, and each claim
// unfolds to the evidence and the report behind it.
//
//	reading, err := reader.Read(ctx, upload, intake.Options{})
//	…
//	err = page.Write(w, reading, page.Options{File: "ada.json", Languages: []string{"de", "en"}})
//
// [WriteMatch] writes how the claims of a reading stand to a job (package casefw/match): each
// requirement, over which links it is met, and the proof behind that.
//
// A page is a file by itself. It loads nothing, runs no script, and holds a policy that
// forbids both; what strangers wrote stands in it as text. Who can be held to a claim is told
// by word and by shape, not by colour alone; it has a light and a dark form and prints with
// everything unfolded.
//
// It is a package of its own because html/template keeps all methods of a program alive, and
// whoever only reads should not pay for that.
package page
