// Package plan decides from the results of gradebooks who has earned an achievement.
//
// A [Plan] says what is required: all, any or so many of conditions on items of a CASE
// framework, on levels of its rubrics, and on other achievements. [Parse] reads plans,
// [New] holds them against their frameworks and makes an [Engine].
//
// [Engine.Apply] is a function of a learner's [State] and an [Event] alone: it returns
// another state and the decisions, each with the tree that explains it down to the result
// that made the difference. Whatever the order in which events arrive, and however often,
// the same awards come of them. [Engine.Process] does the same over a [Store], in which
// decisions wait in an [Outbox], such as those of package plan/sqlstore;
// [Engine.Credential] makes the badge of one.
//
//	plans, err := plan.Parse(text)
//	engine, err := plan.New(plans, plan.Config{Frameworks: catalog})
//	record, err := plan.ParseOneRosterResult(result, lineItem, plan.RecordOptions{Source: "sis", Learner: learner})
//	decisions, err := engine.Process(ctx, store, record.Event)
//
// Numbers are rationals: 8.7 of 10 is 87 percent here. A result whose percentage is not
// known meets no percentage, and 0 is a result.
//
// What is not done: nothing is fetched and nothing is issued. An award that stands is
// never taken back by a plan that was changed, and one that a person revoked is never
// awarded again.
package plan
