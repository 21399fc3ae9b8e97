package casefw

import (
	"time"

	"github.com/laurel-edu/laurel/vc"
)

// The codes of [Changes.Lint].
const (
	CodeItemDeleted              vc.Code = "item-deleted"
	CodeChangedWithoutStamp      vc.Code = "changed-without-stamp"
	CodeStartDateChanged         vc.Code = "start-date-changed"
	CodeRetiredWithoutSuccessor  vc.Code = "retired-without-successor"
	CodeDocumentStampOlder       vc.Code = "document-stamp-older"
	CodeStatementOfFrozenChanged vc.Code = "frozen-item-changed"
)

// Lint holds the changes against what the implementation guide says of managing
// change: items of a published framework are retired, not deleted; a change moves
// the time stamp of its record and of the document; a start date that has passed
// stays; what is retired names a successor; an adopted framework is frozen.
// Pointers are into the new version, but for a deleted item, which has its place
// in the old one.
func (c *Changes) Lint(now time.Time) *Report {
	l := changeLinter{c: c, report: newReport(0), old: holder(c.Old), new: holder(c.New)}
	l.deleted()
	for _, change := range c.Changed {
		l.changed(change, now)
	}
	l.stamps()
	return l.report
}

type changeLinter struct {
	c        *Changes
	report   *Report
	old, new *Framework
}

func (l *changeLinter) find(code vc.Code, pointer, found string) {
	if p := l.report.find(code); p != nil {
		p.Pointer, p.Found = pointer, found
	}
}

// frozen reports whether the old version was published in a way that freezes it.
func (l *changeLinter) frozen() bool {
	d := l.old.Document()
	return d != nil && (d.Status() == Implemented || d.Status() == Retired)
}

func (l *changeLinter) deleted() {
	if d := l.old.Document(); d != nil && (d.Status() == Draft || d.Status() == PrivateDraft) {
		return
	}
	for _, t := range l.c.Removed {
		if _, stays := l.new.FindText(t.Identifier()); stays {
			continue // one of several records of the item
		}
		l.find(CodeItemDeleted, pointerTo("/CFItems/", t.Index()), vc.Quote(t.String()))
	}
}

func (l *changeLinter) changed(change ItemChange, now time.Time) {
	pointer := pointerTo("/CFItems/", change.New.Index())
	if _, stamped := change.Member("lastChangeDateTime"); !stamped && change.Substantive() {
		l.find(CodeChangedWithoutStamp, pointer, vc.Quote(change.New.String()))
	}
	_, moved := change.Member("statusStartDate")
	if start, _, ok := ParseDate(change.Old.StartDate()); ok && !start.After(now) && moved {
		l.find(CodeStartDateChanged, pointer+"/statusStartDate", change.New.StartDate())
	}
	if change.Old.EndDate() == "" && change.New.EndDate() != "" && !replaced(change.New) {
		l.find(CodeRetiredWithoutSuccessor, pointer, change.New.EndDate())
	}
	if _, statement := change.Member("fullStatement"); statement && l.frozen() {
		l.find(CodeStatementOfFrozenChanged, pointer+"/fullStatement", "")
	}
}

func replaced(t Item) bool {
	for range t.Outgoing(ReplacedBy) {
		return true
	}
	return false
}

// stamps compares the document's time stamp with those of what changed.
func (l *changeLinter) stamps() {
	d := l.new.Document()
	if d == nil {
		return
	}
	stamp, _, ok := ParseDateTime(d.LastChangeDateTime.String())
	if !ok {
		return
	}
	var newest time.Time
	note := func(t time.Time, ok bool) {
		if ok && t.After(newest) {
			newest = t
		}
	}
	for _, t := range l.c.Added {
		note(t.Changed())
	}
	for _, change := range l.c.Changed {
		note(change.New.Changed())
	}
	for _, a := range l.c.AddedAssociations {
		note(a.Changed())
	}
	for _, change := range l.c.ChangedAssociations {
		note(change.New.Changed())
	}
	for _, r := range l.c.AddedRecords {
		note(r.Changed())
	}
	for _, change := range l.c.ChangedRecords {
		note(change.New.Changed())
	}
	if newest.After(stamp) {
		l.find(CodeDocumentStampOlder, "/CFDocument/lastChangeDateTime", d.LastChangeDateTime.String())
	}
}
