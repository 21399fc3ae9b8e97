package plan_test

import (
	"context"
	"fmt"
	"os"
	"time"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/casefw/plan"
	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/ob"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/issue"
)

const ovenPlan = `[{"id": "oven", "version": 1, "framework": "00000000-0000-4000-8000-000000000001",
	"achievement": "https://crafts.example/achievements/oven",
	"condition": {"allOf": [
		{"item": "00000000-0000-4000-8000-000000000020", "minPercent": "87"},
		{"rubricCriterion": "00000000-0000-4000-8000-000000000061", "minLevel": "00000000-0000-4000-8000-000000000063"}]}}]`

// ovenEngine judges by the plan above.
func ovenEngine() (*plan.Engine, error) {
	text, err := os.ReadFile("testdata/framework.json")
	if err != nil {
		return nil, err
	}
	framework, _, err := casefw.LoadBytes(text, casefw.Options{})
	if err != nil {
		return nil, err
	}
	plans, err := plan.Parse([]byte(ovenPlan))
	if err != nil {
		return nil, err
	}
	return plan.New(plans, plan.Config{Frameworks: casefw.NewCatalog(framework)})
}

// From a result of a gradebook and a teacher's mark to a signed badge.
func Example() {
	ctx := context.Background()
	engine, err := ovenEngine()
	if err != nil {
		fmt.Println(err)
		return
	}
	oven, _ := casefw.ParseGUID("00000000-0000-4000-8000-000000000020")
	crust, _ := casefw.ParseGUID("00000000-0000-4000-8000-000000000061")
	lineItem := plan.LineItem{ID: "li-oven", Items: []casefw.GUID{oven}, Max: plan.NewNumber(10)}
	result, err := plan.ParseOneRosterResult([]byte(`{"sourcedId": "r1", "status": "active", "scoreStatus": "fully graded",
		"scoreDate": "2026-03-02", "score": 8.7, "student": {"sourcedId": "mo"}}`), lineItem, plan.RecordOptions{Source: "sis"})
	if err != nil {
		fmt.Println(err)
		return
	}
	mark := plan.Event{ID: "mark-7", Learner: "mo", Source: "marks", At: time.Date(2026, 3, 4, 9, 0, 0, 0, time.UTC), Final: true,
		Scores: []plan.Score{{Criterion: crust, Text: "Golden"}}}

	var store plan.MemoryStore // yours, in a database
	for _, event := range []plan.Event{result.Event, mark} {
		if _, err := engine.Process(ctx, &store, event); err != nil {
			fmt.Println(err)
			return
		}
	}
	signer, err := proof.FromCrypto(obtest.Key(obtest.Ed25519, "guild"))
	if err != nil {
		fmt.Println(err)
		return
	}
	waiting, _ := store.Pending(ctx, 100)
	for _, entry := range waiting {
		d := &entry.Decision
		badge := engine.Credential(d, ob.Award{
			Issuer:      ob.Profile{ID: "https://crafts.example/issuer", Name: vc.Plain("Guild of Bakers")},
			Recipient:   ob.RecipientEmail("mo@crafts.example", "a new salt for each badge"),
			Achievement: ob.NewAchievement("Oven", "Loads an oven.", "A test of 87 percent, and a golden crust."),
		})
		issued, err := issue.Issue(ctx, badge, issue.Config{Signer: signer, VerificationMethod: "https://crafts.example/issuer#key-1"})
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(d.Verdict, d.Plan, d.AchievedAt.Format(time.DateOnly), issued.Warnings())
		for _, r := range badge.CredentialSubject.Result.Items {
			fmt.Println(r.Value, r.Status, r.AchievedLevel != "")
		}
		for _, e := range badge.Evidence.Items {
			fmt.Println(e.Name)
		}
		_ = store.Done(ctx, entry.ID)
	}
	// Output:
	// award oven 2026-03-04 []
	// 87 Completed false
	// Golden Completed true
	// Result r1
	// Result mark-7
	// Decision ee34ebee23423767769f35fd72dbff93722a91c7aa6ce2ae9f49555b2c37aa6d
}

// Why nothing was decided yet.
func ExampleEngine_Apply() {
	engine, err := ovenEngine()
	if err != nil {
		fmt.Println(err)
		return
	}
	event, err := plan.ParseEvent([]byte(`{"id": "e1", "learner": "mo", "at": "2026-03-02T09:00:00Z", "final": true, "lineItem": "li-oven",
		"items": ["00000000-0000-4000-8000-000000000020"], "raw": "8.6", "max": "10"}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	_, decisions, err := engine.Apply(plan.State{}, event)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, d := range decisions {
		fmt.Println(d.Verdict, d.Explanation.Have, "of", d.Explanation.Need)
		for leaf := range d.Explanation.Leaves {
			fmt.Println(leaf.Kind, leaf.Wanted, leaf.Outcome, leaf.Reason)
			for _, u := range leaf.Used {
				fmt.Println("  ", u.LineItem, u.Told, u.Value)
			}
		}
	}
	// Output:
	// none 0 of 2
	// percent 87 percent unsatisfied below-threshold
	//    li-oven e1 86 percent
	// level Golden unknown
}
