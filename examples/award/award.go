package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/casefw/caseapi"
	"github.com/laurel-edu/laurel/casefw/plan"
	"github.com/laurel-edu/laurel/casefw/plan/oneroster"
	"github.com/laurel-edu/laurel/vc"
)

// desk is where decisions are done.
type desk struct {
	options
	w        io.Writer
	engine   *plan.Engine
	catalog  *casefw.Catalog
	learners *learners
	signer   *signer
	lists    *lists // nil where no status is published
	store    *fileStore
}

// award reads the gradebook once, decides, and issues what was awarded.
func award(ctx context.Context, o options, w io.Writer) error {
	d := &desk{options: o, w: w}
	if err := d.open(ctx); err != nil {
		return err
	}
	source, err := d.source()
	if err != nil {
		return err
	}
	batch, _, err := d.engine.Poll(ctx, source, d.store, d.store.Cursor)
	if err != nil {
		return err
	}
	d.store.Cursor = batch.Cursor
	if err := d.work(ctx); err != nil {
		return err
	}
	if err := d.lists.publish(ctx); err != nil {
		return err
	}
	if err := d.tell(batch); err != nil {
		return err
	}
	return d.store.save(o.state)
}

func (d *desk) open(ctx context.Context) (err error) {
	if d.catalog, err = catalog(d.frameworks); err != nil {
		return err
	}
	text, err := os.ReadFile(d.plans)
	if err != nil {
		return err
	}
	if d.engine, err = engine(d.options, text, d.catalog); err != nil {
		return err
	}
	if d.learners, err = readLearners(d.options.learners); err != nil {
		return err
	}
	if d.signer, err = newSigner(d.options); err != nil {
		return err
	}
	if d.store, err = openStore(d.state); err != nil {
		return err
	}
	d.lists, err = openLists(ctx, d.options, d.signer, d.store)
	return err
}

// sourceName names the gradebook in events and states.
const sourceName = "gradebook"

// sourceFunc is a function as a source.
type sourceFunc func(ctx context.Context, cursor []byte) (plan.Batch, error)

func (f sourceFunc) Pull(ctx context.Context, cursor []byte) (plan.Batch, error) {
	return f(ctx, cursor)
}

// source is the gradebook that was named.
func (d *desk) source() (plan.Source, error) {
	c := oneroster.Config{BaseURL: d.oneroster, Source: sourceName, Learners: d.learners, Now: d.clock, InsecureAllowLoopback: d.loopback}
	switch {
	case d.events != "":
		return sourceFunc(d.eventsOf), nil
	case d.csv != "":
		return sourceFunc(func(ctx context.Context, cursor []byte) (plan.Batch, error) {
			return oneroster.ReadCSV(ctx, os.DirFS(d.csv), cursor, c)
		}), nil
	}
	if d.client != "" {
		credentials, err := caseapi.NewClientCredentials(caseapi.Credentials{TokenURL: d.tokenURL, ClientID: d.client,
			Secret: os.Getenv("AWARD_SECRET"), Scopes: []string{oneroster.ScopeCoreReadonly}, InsecureAllowLoopback: d.loopback})
		if err != nil {
			return nil, err
		}
		c.Authorize = credentials
	}
	return oneroster.New(c)
}

// eventsOf reads events of a file, whose learners are those of the plans already.
func (d *desk) eventsOf(context.Context, []byte) (b plan.Batch, err error) {
	text, err := os.ReadFile(d.events)
	if err != nil {
		return b, err
	}
	var all []json.RawMessage
	if err := json.Unmarshal(text, &all); err != nil {
		return b, fmt.Errorf("%s: %w", d.events, err)
	}
	for _, one := range all {
		event, err := plan.ParseEvent(one)
		if err != nil {
			return b, fmt.Errorf("%s: %w", d.events, err)
		}
		b.Events = append(b.Events, event)
	}
	return b, nil
}

// work does what waits in the outbox: a badge for each award, a revocation for what is taken
// back. What is to be looked at is for people, who are told.
func (d *desk) work(ctx context.Context) error {
	for {
		waiting, err := d.store.Pending(ctx, 100)
		if err != nil || len(waiting) == 0 {
			return err
		}
		for _, entry := range waiting {
			if err := d.one(ctx, &entry.Decision); err != nil {
				return err
			}
			if err := d.store.Done(ctx, entry.ID); err != nil {
				return err
			}
		}
	}
}

func (d *desk) one(ctx context.Context, decision *plan.Decision) error {
	t := told{Decision: decision}
	var err error
	switch decision.Verdict {
	case plan.VerdictAward:
		t.Credential, t.File, err = d.issue(ctx, decision)
	case plan.VerdictRevoke:
		t.List, err = d.lists.revoke(ctx, decision.Key)
	}
	switch {
	case err != nil:
		return fmt.Errorf("the %s of %s for %s: %w", decision.Verdict, decision.Plan, decision.Learner, err)
	case d.json:
		return d.writeJSON(t)
	}
	return explain(d.w, d.catalog, decision, cmp.Or(t.File, string(t.List)))
}

// issue makes the badge of an award, and the file of it.
func (d *desk) issue(ctx context.Context, decision *plan.Decision) (credential []byte, file string, err error) {
	entry, err := d.lists.entry(ctx, decision.Key)
	if err != nil {
		return nil, "", err
	}
	if credential, err = d.signer.badge(ctx, d, decision, entry); err != nil || d.out == "" {
		return credential, "", err
	}
	file = filepath.Join(d.out, decision.Key+".json")
	return credential, file, write(file, credential)
}

// told is a decision as JSON.
type told struct {
	*plan.Decision
	Credential json.RawMessage `json:"credential,omitempty"`
	File       string          `json:"file,omitempty"`
	List       vc.IRI          `json:"list,omitempty"` // in which it was revoked
}

// write writes a file for others, and the folder that it stands in.
func write(name string, text []byte) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	return os.WriteFile(name, text, 0o644)
}

// waits is a parked record as JSON.
type waits struct {
	Waits  string      `json:"waits"`
	Person string      `json:"person,omitempty"`
	Reason plan.Reason `json:"reason"`
	Dead   bool        `json:"dead,omitempty"`
}

// tell says what could not be judged, and what the gradebook does otherwise than it should.
func (d *desk) tell(batch plan.Batch) error {
	for _, p := range batch.Parked {
		if d.json {
			if err := d.writeJSON(waits{p.Result, p.Person, p.Reason, p.Dead}); err != nil {
				return err
			}
			continue
		}
		why := strings.ReplaceAll(string(p.Reason), "-", " ")
		if _, err := fmt.Fprintf(d.w, "waits   result %s of %s: %s\n", p.Result, p.Person, why); err != nil {
			return err
		}
	}
	for _, p := range batch.Warnings {
		if d.json {
			continue
		}
		if _, err := fmt.Fprintf(d.w, "warning %v\n", p); err != nil {
			return err
		}
	}
	return nil
}

func (d *desk) writeJSON(v any) error {
	text, err := json.Marshal(v)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(d.w, "%s\n", text)
	return err
}
