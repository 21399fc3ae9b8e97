package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/present"
)

// handOver is the learner's side: choose, look, sign.
func (p *people) handOver(ctx context.Context, w io.Writer, wallet [][]byte, o *options, ask present.Options) (
	*present.Presentation, error) {
	if err := p.list(w, wallet); err != nil {
		return nil, err
	}
	share := present.Share{}
	for _, n := range o.share {
		if n < 1 || n > len(wallet) {
			return nil, fmt.Errorf("-share %d: Ada holds %d credentials", n, len(wallet))
		}
		share.Items = append(share.Items, present.Item{Credential: wallet[n-1], Choice: o.choice})
	}
	if o.record != "" {
		share.Record = &present.OwnRecord{Name: vc.Plain(o.record), Partial: len(share.Items) < len(wallet)}
		share.Record.Issuer.Name = vc.Plain(p.ada.name)
	}
	holder, err := present.New(ctx, present.Config{Signer: p.ada.signer, VerificationMethod: p.ada.method, Now: p.now})
	if err != nil {
		return nil, err
	}
	plan, err := holder.Plan(ctx, share, ask)
	if err != nil {
		return nil, err
	}
	fmt.Fprintf(w, "\n%s asks. Before Ada signs, this is what it would learn.\n", ask.Domain)
	p.show(w, plan.Preview(), o)
	made, err := plan.Sign(ctx)
	if err != nil {
		return nil, err
	}
	fmt.Fprintf(w, "\nAda signs, and sends it.\n")
	return made, nil
}

// list says what the learner holds, and how a part of each can be shown.
func (p *people) list(w io.Writer, wallet [][]byte) error {
	fmt.Fprintln(w, "Ada holds")
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for i, credential := range wallet {
		h, err := present.Read(credential)
		if err != nil {
			return err
		}
		how := "a part can be shown, by " + string(h.Mechanism())
		if h.Mechanism() == present.MechanismWhole {
			how = "whole or not at all"
		}
		fmt.Fprintf(table, "  %d\t%s\t%s\t%s\n", i+1, h.Name(), p.named(h.IssuerID()), how)
	}
	return table.Flush()
}

// show prints a preview.
func (p *people) show(w io.Writer, preview *present.Preview, o *options) {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, e := range preview.Items {
		fmt.Fprintf(table, "\n%s\n", e.Held().Name())
		for _, l := range e.Seen().Learned {
			p.line(table, string(l.Reason), l, o.every)
		}
		for _, l := range e.Hidden() {
			p.line(table, "hidden", l, o.every)
		}
		for _, u := range e.Unmet() {
			fmt.Fprintf(table, "  NOT HIDDEN\t%s\t%s\n", u.Found, u.Message)
		}
	}
	fmt.Fprintf(table, "\nAround them\n")
	for _, l := range around(preview.Seen, o.record != "") {
		p.line(table, string(l.Reason), l, o.every)
	}
	table.Flush()
	fmt.Fprintf(w, "\nWhoever gets this and another answer of hers can tell that they belong together by\n  %s\n",
		strings.Join(p.links(preview.Seen), "\n  "))
}

// around is what the presentation says itself, and the record of her own in it.
func around(seen *present.Seen, record bool) []present.Learned {
	all := slices.Clone(seen.Learned)
	if record {
		for _, l := range seen.Within[0].Learned {
			if l.Reason == present.ReasonFrame {
				all = append(all, l)
			}
		}
	}
	return all
}

// line prints one value: those that say something to people, or every one.
func (p *people) line(w io.Writer, why string, l present.Learned, every bool) {
	technical := l.Place != present.PlaceDocument || l.Reason == present.ReasonStructure || strings.Contains(l.Pointer, "/@context") ||
		strings.Contains(l.Pointer, "/type") || strings.HasPrefix(l.Pointer, "/proof/")
	if technical && !every {
		return
	}
	value := p.named(l.Value)
	if l.Later {
		value = "(made when she signs)"
	}
	if r := []rune(value); len(r) > 60 {
		value = string(r[:59]) + "…"
	}
	fmt.Fprintf(w, "  %s\t%s\t%s\n", why, l.Label, value)
}

// links are those of a preview, each kind with what it is or, of many, how many.
func (p *people) links(seen *present.Seen) (lines []string) {
	byKind := map[present.LinkKind][]string{}
	var order []present.LinkKind
	for _, l := range seen.Links() {
		if byKind[l.Kind] == nil {
			order = append(order, l.Kind)
		}
		if v := p.named(l.Value); !slices.Contains(byKind[l.Kind], v) {
			byKind[l.Kind] = append(byKind[l.Kind], v)
		}
	}
	for _, kind := range order {
		values := strings.Join(byKind[kind], ", ")
		if len(values) > 100 {
			values = fmt.Sprintf("%d of them", len(byKind[kind]))
		}
		lines = append(lines, fmt.Sprintf("%s: %s", kind, values))
	}
	slices.Sort(lines)
	return lines
}
