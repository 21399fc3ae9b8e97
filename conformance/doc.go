// Package conformance runs the tests of the certification guides of Open Badges 3.0,
// CLR 2.0 and CASE against a product, from outside, and says what would fail and why.
//
//	report, err := (&conformance.Suite{
//		Subject:  conformance.Subject{Vendor: "Acme", Product: "Backpack", Version: "2.3"},
//		Roles:    []conformance.Role{conformance.RoleOBHost},
//		Provider: &conformance.Provider{URL: "https://localhost:8443/demo", Client: client, Login: login},
//	}).Run(ctx)
//
// In go test it is conformancetest.Run(t, suite), with a subtest for each check.
//
// It certifies nothing, and every report says so: certification is by 1EdTech, with its own
// test system and people who look at films.
//
// # What is checked
//
// A [Check] is data: the number that the guide gives it, the names that the test system
// has for it, the clause, how much it weighs, what it needs. [Checks] lists them all. A check of which
// we know the text at second hand says so ([Basis]), and one that is ours and not the
// guide's has a level of its own ([LevelExtra]), of which a failure is a warning.
//
// Nothing passes by itself. A check that looked at nothing did not run; one that lacks what
// it needs is skipped; one that a person must judge stays manual, with a list of what to
// film. A suite that selects nothing is an error, and so is a run of which everything was
// skipped.
//
// # What it does to a product
//
// A provider is asked as by any client of the standard: with a registration, a login and
// tokens of its own. Each check that writes makes its own credential, and nothing is
// changed that the suite did not make, except that a profile is written where there was
// none. The suite listens on loopback and nowhere else.
//
// The order of the checks, their credentials and their keys follow from [Suite.Seed]. The
// same seed, clock and answers give the same bytes of a report; secrets are numbered in it
// and not shown. A product that keeps what it was sent knows the credentials of a seed that
// it saw before, so a seed that is not given is drawn.
package conformance
