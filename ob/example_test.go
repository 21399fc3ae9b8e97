package ob_test

import (
	"fmt"
	"strings"
	"time"

	"github.com/laurel-edu/laurel/ob"
	"github.com/laurel-edu/laurel/vc"
)

func ExampleNewAchievementCredential() {
	badge := ob.NewAchievementCredential(ob.Award{
		Issuer:      ob.Profile{ID: "did:web:harbour.example", Name: vc.Plain("Harbour School of Seamanship")},
		Recipient:   ob.RecipientEmail("jonas@example.org", "b3d1a8c0"),
		Achievement: ob.NewAchievement("Knots and Splices", "Ties the twelve knots.", "Tie each within a minute."),
		ValidFrom:   time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC),
	})
	if findings := badge.Check(); len(vc.Errors(findings)) > 0 {
		fmt.Println(findings[0])
		return
	}
	text, err := badge.JSON() // what gets signed
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(strings.HasPrefix(string(text), `{"@context":["https://www.w3.org/ns/credentials/v2"`), badge.ValidFrom)
	// Output: true 2026-01-01T00:00:00Z
}

func ExampleIdentityObject_Matches() {
	who := ob.HashedIdentity(ob.IdentifierEmailAddress, "a@example.com", "Kosher")
	fmt.Println(who.IdentityHash)
	fmt.Println(who.Matches(ob.IdentifierEmailAddress, "a@example.com") == ob.MatchExact)
	fmt.Println(who.Matches(ob.IdentifierEmailAddress, "A@Example.com") == ob.MatchLowerCase)
	// Output:
	// sha256$b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399
	// true
	// true
}

func ExampleCompare() {
	stored := &ob.AchievementCredential{Envelope: ob.Envelope{
		ID: "https://harbour.example/c/1", Issuer: vc.RefTo[ob.Profile]("https://harbour.example/issuer"),
	}}
	posted := *stored
	stored.ValidFrom, _ = vc.ParseDateTime("2026-01-01T00:00:00Z")
	posted.ValidFrom, _ = vc.ParseDateTime("2026-03-01T00:00:00Z")
	age, err := ob.Compare(stored, &posted)
	fmt.Println(age == ob.AgeNewer, err)
	// Output: true <nil>
}

func ExampleAlignCASE() {
	achievement := ob.NewAchievement("Coastal passage", "Leads a coastal passage.", "Lead three passages.")
	achievement.AchievementType = ob.AchievementTypeCompetency
	achievement.Alignment.Add(ob.AlignCASE(
		"https://frameworks.example/ims/case/v1p0/CFItems/6a0f3d2e-54c5-4f1c-8d6f-1f0d6a4f0001",
		"6a0f3d2e-54c5-4f1c-8d6f-1f0d6a4f0001", "Plans and leads a coastal passage.", "Seamanship Framework"))
	fmt.Println(achievement.Alignment.First().TargetType, achievement.Alignment.First().TargetName)
	// Output: CFItem Plans and leads a coastal passage.
}
