package main

import (
	"crypto/rand"

	"github.com/laurel-edu/laurel/ob"
	"github.com/laurel-edu/laurel/vc"
)

// describe says what the badge is for and who gets it. The constructor adds the
// contexts, types, ids and dates that every badge has.
func describe(o options, issuer string) *ob.AchievementCredential {
	achievement, percent := mapReading(o)
	return ob.NewAchievementCredential(ob.Award{
		Issuer: ob.Profile{ID: vc.IRI(issuer), Name: vc.Plain("Riverside School"), URL: "https://riverside.example"},
		// The badge shows the address only as a hash, with a salt of its own.
		Recipient:   ob.RecipientEmail("ada@riverside.example", rand.Text()),
		Achievement: achievement,
		Results:     []ob.Result{{ResultDescription: percent, Value: "87"}},
		Evidence: []ob.Evidence{{
			ID: "https://riverside.example/portfolios/ada/river-walk", Name: vc.Plain("The river walk"),
			Narrative: vc.Plain("Planned a walk of 12 km with map and compass and led the class along it."),
		}},
		Now: o.now, NewID: o.newID,
	})
}

// mapReading is the achievement: what one does for it, the skill of a published
// framework it stands for, and how its result is to be read. The second value is
// the id of that description, which a result names.
func mapReading(o options) (ob.Achievement, vc.IRI) {
	percent := vc.IRI("https://riverside.example/badges/map-reading#percent")
	a := ob.NewAchievement("Map Reading", "Finds the way with a map and a compass.", "Plan a walk on a map, then lead a group along it.")
	a.ID = "https://riverside.example/badges/map-reading"
	a.AchievementType = ob.AchievementTypeCompetency
	a.Alignment = vc.Many(ob.AlignCASE(
		"https://case.example/ims/case/v1p1/CFItems/6b2c3a5e-8d0f-4c1b-9a77-2f4f1c0e5d31", "6b2c3a5e-8d0f-4c1b-9a77-2f4f1c0e5d31",
		"Uses maps to find places and routes.", "Geography, Grades 5 to 8"))
	a.ResultDescription = vc.Many(ob.ResultDescription{
		ID: percent, Name: vc.Plain("Practical test"), ResultType: ob.ResultTypePercent, ValueMin: "0", ValueMax: "100",
	})
	return a, percent
}
