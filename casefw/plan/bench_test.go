package plan_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/casefw/plan"
	"github.com/laurel-edu/laurel/internal/test/testkit"
)

const (
	classStudents = 30
	classItems    = 40
	classPlans    = 200
)

func itemID(i int) string { return fmt.Sprintf("10000000-0000-4000-8000-%012d", i) }

// class is a framework of 40 items and 200 plans, each of which requires four of them; every
// tenth plan requires another one besides.
func class(b testing.TB) *plan.Engine {
	b.Helper()
	const document = `"CFDocument":{"identifier":"20000000-0000-4000-8000-000000000000","uri":"https://crafts.example/d","creator":"Guild","title":"T",
		"lastChangeDateTime":"2025-01-01T00:00:00Z","adoptionStatus":"Adopted"}`
	var items, plans []string
	for i := range classItems {
		items = append(items, fmt.Sprintf(`{"identifier":%q,"uri":"https://crafts.example/%d","fullStatement":"Item %d",
			"lastChangeDateTime":"2025-01-01T00:00:00Z"}`, itemID(i), i, i))
	}
	for i := range classPlans {
		var of []string
		for j := range 4 {
			of = append(of, fmt.Sprintf(`{"item":%q,"minPercent":"%d"}`, itemID((i*7+j*11)%classItems), 50+i%40))
		}
		if i%10 == 9 {
			of = append(of, fmt.Sprintf(`{"achievement":"https://crafts.example/a/%d"}`, i-1))
		}
		plans = append(plans, fmt.Sprintf(`{"id":"p%d","version":1,"framework":"20000000-0000-4000-8000-000000000000",
			"achievement":"https://crafts.example/a/%d","condition":{"allOf":[%s]}}`, i, i, strings.Join(of, ",")))
	}
	f, _, err := casefw.LoadBytes([]byte(`{`+document+`,"CFItems":[`+strings.Join(items, ",")+`]}`), casefw.Options{})
	require.NoError(b, err)
	all, err := plan.Parse([]byte("[" + strings.Join(plans, ",") + "]"))
	require.NoError(b, err)
	e, err := plan.New(all, plan.Config{Frameworks: casefw.NewCatalog(f), Now: testkit.Clock})
	require.NoError(b, err)
	return e
}

// classEvent is the result of a student for an item.
func classEvent(student, item, score int) plan.Event {
	id, _ := casefw.ParseGUID(itemID(item))
	n := plan.NewNumber(int64(score))
	result := fmt.Sprintf("r%d-%d", student, item)
	at := time.Date(2025, 3, 1+item%28, 12, 0, 0, 0, time.UTC)
	return plan.Event{ID: fmt.Sprintf("%s@%d", result, score), Learner: fmt.Sprintf("s%d", student), Source: "sis", Result: result, LineItem: "li",
		At: at, Modified: at.Add(time.Duration(score) * time.Second), Final: true,
		Scores: []plan.Score{{Item: id, Raw: n, Percent: plan.Percent(n, plan.Number{}, plan.NewNumber(100))}}}
}

func scoreOf(student, item int) int { return (student*37 + item*53) % 101 }

// A class: 30 students, 40 items, 200 plans, each result an event of its own.
func BenchmarkClass(b *testing.B) {
	e := class(b)
	for b.Loop() {
		for student := range classStudents {
			var s plan.State
			for i := range classItems {
				s, _, _ = e.Apply(s, classEvent(student, i, scoreOf(student, i)))
			}
		}
	}
}

// The same over a store, as text between any two events.
func BenchmarkClassStored(b *testing.B) {
	e := class(b)
	for b.Loop() {
		var store plan.MemoryStore
		for student := range classStudents {
			for i := range classItems {
				_, _ = e.Process(b.Context(), &store, classEvent(student, i, scoreOf(student, i)))
			}
		}
	}
}
