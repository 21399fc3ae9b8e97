package match

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Words are what an explanation says: a template for each phrase. A name in braces stands
// for what differs from one time to another, such as {item}. [English] has all of them.
type Words map[Phrase]string

// Phrase names one thing that an explanation says. Besides the constants there are those of
// links, flags and reasons, which [PhraseOfLink], [PhraseOfFlag] and [PhraseOfReason] name.
type Phrase string

// The phrases, each with what may stand in braces.
const (
	PhraseTotal        Phrase = "total"         // {total}
	PhraseTotalUnknown Phrase = "total-unknown" // nothing of the job is known
	PhraseQualified    Phrase = "qualified"     // everything mandatory is met
	PhraseNoMandatory  Phrase = "no-mandatory"  // nothing is mandatory
	PhraseUnqualified  Phrase = "unqualified"   // {count}, {items}
	PhraseMet          Phrase = "met"           // {score}
	PhrasePartly       Phrase = "partly"        // {score}: below what meets it
	PhraseUnmet        Phrase = "unmet"         // nothing that counts
	PhraseUnknown      Phrase = "unknown"       // no framework has what is asked for
	PhraseWhole        Phrase = "whole"         // {claim}, {issuer}, {held}: evidence for all of it
	PhraseShare        Phrase = "share"         // {claim}, {issuer}, {held}, {share}: for a part
	PhraseWorth        Phrase = "worth"         // {worth}: evidence that does not count in full
	PhraseSays         Phrase = "says"          // {framework}: who asserts a link
	PhraseCurrent      Phrase = "current"       // {items}: the forms that replaced what is asked for
	PhraseSuggestion   Phrase = "suggestion"    // {items}: held, reads the same, not linked
	PhraseIgnored      Phrase = "ignored"       // {claim}, {issuer}, {reason}
	PhraseNameless     Phrase = "nameless"      // a claim without a name
	PhraseNobody       Phrase = "nobody"        // no issuer is named
	PhrasePercent      Phrase = "percent"       // {n}

	PhraseAnyLink   Phrase = "link"   // {from}, {to}, {type}: of a type that has no phrase
	PhraseAnyFlag   Phrase = "flag"   // {flag}: of a policy of your own
	PhraseAnyReason Phrase = "reason" // {reason}: likewise
)

// PhraseOfLink is the phrase of a link as it is walked, with {from} and {to}.
func PhraseOfLink(s Step) Phrase { return PhraseAnyLink + " " + Phrase(s.String()) }

// PhraseOfFlag is the phrase of a flag.
func PhraseOfFlag(f Flag) Phrase { return PhraseAnyFlag + " " + Phrase(f) }

// PhraseOfReason is the phrase of why a claim counts for nothing. It stands within a
// sentence.
func PhraseOfReason(r Reason) Phrase { return PhraseAnyReason + " " + Phrase(r) }

// English returns the words that are used where no others are given.
func English() Words { return maps.Clone(english) }

// braces are the names that may stand in braces, by phrase.
var braces = map[Phrase]string{
	PhraseTotal: "total", PhraseUnqualified: "count items", PhraseMet: "score", PhrasePartly: "score", PhraseWhole: "claim issuer held",
	PhraseShare: "claim issuer held share", PhraseWorth: "worth", PhraseSays: "framework", PhraseCurrent: "items",
	PhraseSuggestion: "items", PhraseIgnored: "claim issuer reason", PhrasePercent: "n", PhraseAnyLink: "from to type",
	PhraseAnyFlag: "flag", PhraseAnyReason: "reason",
}

var english = Words{
	PhraseTotal:        "{total} of what the job asks for is met, by weight.",
	PhraseTotalUnknown: "Nothing of what the job asks for is in the frameworks that were given, so there is no total.",
	PhraseQualified:    "Everything that is mandatory is met.",
	PhraseNoMandatory:  "Nothing is mandatory.",
	PhraseUnqualified:  "Mandatory and not met: {items}.",
	PhraseMet:          "Met, {score}",
	PhrasePartly:       "In part, {score}",
	PhraseUnmet:        "Nothing that counts",
	PhraseUnknown:      "Not known",
	PhraseWhole:        "“{claim}”, awarded by {issuer}, is for “{held}”.",
	PhraseShare:        "“{claim}”, awarded by {issuer}, is for “{held}”, which makes {share} of it.",
	PhraseWorth:        "It counts {worth}.",
	PhraseSays:         "says {framework}",
	PhraseCurrent:      "It was replaced. Today’s form: {items}.",
	PhraseSuggestion:   "Held and worded the same, but linked by no framework: {items}. Ask a person whether it is meant.",
	PhraseIgnored:      "“{claim}”, by {issuer}: {reason}.",
	PhraseNameless:     "without a name",
	PhraseNobody:       "nobody",
	PhrasePercent:      "{n} %",

	PhraseAnyLink:                         "“{from}” is linked with “{to}” ({type})",
	PhraseAnyLink + " exactMatchOf":       "“{from}” is the same as “{to}”",
	PhraseAnyLink + " exactMatchOf^-1":    "“{from}” is the same as “{to}”",
	PhraseAnyLink + " isTranslationOf":    "“{from}” is a translation of “{to}”",
	PhraseAnyLink + " isTranslationOf^-1": "“{to}” is a translation of “{from}”",
	PhraseAnyLink + " replacedBy":         "“{from}” was replaced by “{to}”",
	PhraseAnyLink + " isChildOf":          "“{from}” is a part of “{to}”",
	PhraseAnyLink + " isChildOf^-1":       "“{from}” is wider and contains “{to}”",
	PhraseAnyLink + " isPartOf":           "“{from}” contributes to “{to}”",
	PhraseAnyLink + " isRelatedTo":        "“{from}” has to do with “{to}”",
	PhraseAnyLink + " isRelatedTo^-1":     "“{from}” has to do with “{to}”",
	PhraseAnyLink + " precedes":           "“{from}” comes before “{to}”",
	PhraseAnyLink + " isPeerOf":           "“{from}” stands beside “{to}”",
	PhraseAnyLink + " isPeerOf^-1":        "“{from}” stands beside “{to}”",

	PhraseAnyFlag:                       "To be known: {flag}.",
	PhraseOfFlag(FlagLevelShort):        "The level reached is lower than the one asked for.",
	PhraseOfFlag(FlagLevelUnknown):      "A level is asked for, and the one reached is not known or not on a scale that compares.",
	PhraseOfFlag(FlagHopLimit):          "There is evidence over more links than are followed, which counts for nothing.",
	PhraseOfFlag(FlagUnknownItem):       "No framework that was given has this. It counts neither for nor against anybody.",
	PhraseOfFlag(FlagAmbiguous):         "A framework calls one thing the same as two others. One of the links is probably wrong.",
	PhraseOfFlag(FlagRetired):           "What is asked for was retired by its framework.",
	PhraseOfFlag(FlagBroader):           "The evidence is for something wider, which may or may not include this.",
	PhraseOfFlag(FlagBudget):            "More is linked with this than is looked at. Something may be missing.",
	PhraseOfFlag(Flag(AgainstStanding)): "There is a claim to this that nobody can be held to.",
	PhraseOfFlag(Flag(AgainstOther)):    "There is a claim to this that is about another person.",
	PhraseOfFlag(Flag(AgainstShared)):   "There is a claim to this of which it cannot be told whose it is.",
	PhraseOfFlag(Flag(AgainstValidity)): "There is a claim to this that does not hold now, or is not known to.",
	PhraseOfFlag(Flag(AgainstRepeated)): "There is a claim to this that counts already.",
	PhraseOfFlag(Flag(AgainstPolicy)):   "There is a claim to this that the policy does not take.",

	PhraseAnyReason:                  "{reason}",
	PhraseOfReason(AgainstStanding):  "nobody can be held to it",
	PhraseOfReason(AgainstOther):     "it is about another person",
	PhraseOfReason(AgainstShared):    "the signature does not tell whose it is",
	PhraseOfReason(AgainstValidity):  "it does not hold now, or is not known to",
	PhraseOfReason(AgainstRepeated):  "the same credential counts already",
	PhraseOfReason(AgainstAlignment): "it points at nothing that the frameworks know",
	PhraseOfReason(AgainstResult):    "its results say that nothing was reached",
	PhraseOfReason(AgainstPolicy):    "the policy does not take it",
}

// with are the words with others in place of some, or an error that names what is no phrase,
// or has in braces what the phrase does not.
func (w Words) with(others Words) (Words, error) {
	all := maps.Clone(w)
	for _, p := range slices.Sorted(maps.Keys(others)) {
		general, _, special := strings.Cut(string(p), " ")
		known := special && (Phrase(general) == PhraseAnyLink || Phrase(general) == PhraseAnyFlag || Phrase(general) == PhraseAnyReason)
		if _, ok := w[p]; !ok && !known {
			return nil, fmt.Errorf("match: there is no phrase %q", p)
		}
		if name, ok := foreign(others[p], braces[Phrase(general)]); ok {
			return nil, fmt.Errorf("match: the phrase %q has no {%s}", p, name)
		}
		all[p] = others[p]
	}
	return all, nil
}

// foreign finds a name in braces that is not one of a list.
func foreign(template, names string) (name string, found bool) {
	for rest := template; ; {
		_, after, open := strings.Cut(rest, "{")
		name, more, closed := strings.Cut(after, "}")
		if !open || !closed {
			return "", false
		}
		if !slices.Contains(strings.Fields(names), name) {
			return name, true
		}
		rest = more
	}
}

// say fills a template in: pairs are names and values. Braces in a value stay what they are.
func (w Words) say(p Phrase, pairs ...string) string {
	for i := 0; i < len(pairs); i += 2 {
		pairs[i] = "{" + pairs[i] + "}"
	}
	return strings.NewReplacer(pairs...).Replace(w[p])
}

// or is the phrase where there are words for it, else a general one.
func (w Words) or(p, general Phrase) Phrase {
	if _, ok := w[p]; ok {
		return p
	}
	return general
}
