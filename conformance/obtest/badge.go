package obtest

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/laurel-edu/laurel/vc"
)

// Badge says what is in a badge of [Issuer.Badge]. The zero Badge is a small one, of 1 KB.
type Badge struct {
	Number     int    // tells one badge from another: its id, its name, its learner
	Recipient  string // the learner's id, one of the Number by default
	ValidUntil time.Time
	Results    int // so many results, each with its description
	Alignments int // with so many skills of a framework
	Status     []vc.CredentialStatus
	Endorsed   [][]byte // by these endorsements of the badge, JSON
}

const (
	contextV2     = `"https://www.w3.org/ns/credentials/v2"`
	contextBadge  = `"https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"`
	contextRecord = `"https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"`
)

// Badge writes a badge of the issuer, without a proof. It was awarded half a year before
// the World's Now.
func (i *Issuer) Badge(b Badge) []byte {
	n := b.Number
	achievement := fmt.Sprintf("%s/achievements/%d", i.world.at(i.Name), n%100)
	out := make([]byte, 0, 1200+300*(b.Results+b.Alignments))
	out = i.begin(out, contextV2+","+contextBadge, i.world.ID("badge", i.ID, n), "OpenBadgeCredential", "Keel laying, class "+strconv.Itoa(n))
	if !b.ValidUntil.IsZero() {
		out = fmt.Appendf(out, `,"validUntil":"%s"`, vc.NewDateTime(b.ValidUntil))
	}
	if len(b.Status) > 0 {
		text, _ := vc.Marshal(b.Status) // which entries of ours cannot make fail
		out = append(append(out, `,"credentialStatus":`...), text...)
	}
	if len(b.Endorsed) > 0 {
		out = append(append(append(out, `,"endorsement":[`...), bytes.Join(b.Endorsed, []byte(","))...), ']')
	}
	recipient := b.Recipient
	if recipient == "" {
		recipient = i.world.ID("learner", n)
	}
	out = fmt.Appendf(out, `,"credentialSubject":{"id":%q,"type":["AchievementSubject"]`, recipient)
	for k := range b.Results {
		out = append(out, separator(k, `,"result":[`)...)
		out = fmt.Appendf(out, `{"type":["Result"],"resultDescription":"%s#result-%d","value":"%d"}`, achievement, k, 50+(n+k)%50)
	}
	out = append(out, closing(b.Results)...)
	out = fmt.Appendf(out, `,"achievement":{"id":%q,"type":["Achievement"],"name":"Keel laying %d","description":"Lays a keel that is straight to a millimetre.","criteria":{"narrative":"Lay one keel under supervision and one alone."}`,
		achievement, n%100)
	for k := range b.Alignments {
		out = append(out, separator(k, `,"alignment":[`)...)
		out = fmt.Appendf(out, `{"type":["Alignment"],"targetName":"Skill %d of boatbuilding","targetUrl":"https://frameworks.example/boats/%d","targetType":"CFItem"}`, k, k)
	}
	out = append(out, closing(b.Alignments)...)
	for k := range b.Results {
		out = append(out, separator(k, `,"resultDescription":[`)...)
		out = fmt.Appendf(out, `{"id":"%s#result-%d","type":["ResultDescription"],"name":"Part %d","resultType":"Percent","valueMin":"0","valueMax":"100","requiredValue":"50"}`, achievement, k, k)
	}
	return append(append(out, closing(b.Results)...), "}}}"...)
}

// begin writes what every credential has, up to validFrom.
func (i *Issuer) begin(out []byte, contexts, id, kind, name string) []byte {
	return fmt.Appendf(out, `{"@context":[%s],"id":%q,"type":["VerifiableCredential",%q],"name":%q,"issuer":{"id":%q,"type":["Profile"],"name":"School of %s"},"validFrom":"%s"`,
		contexts, id, kind, name, i.ID, i.Name, vc.NewDateTime(i.world.Now().AddDate(0, -6, 0)))
}

// separator stands before item k of an array that begins with open.
func separator(k int, open string) string {
	if k == 0 {
		return open
	}
	return ","
}

func closing(items int) string {
	if items == 0 {
		return ""
	}
	return "]"
}

// Endorsement writes the issuer's endorsement of something, without a proof.
func (i *Issuer) Endorsement(of string, number int) []byte {
	out := i.begin(nil, contextV2+","+contextBadge, i.world.ID("endorsement", i.ID, of, number), "EndorsementCredential", "A word by "+i.Name)
	return fmt.Appendf(out, `,"credentialSubject":{"id":%q,"type":["EndorsementSubject"],"endorsementComment":"Taught by the sea."}}`, of)
}

// Record writes a record of the issuer about a learner, without a proof of its own, with
// badges and other credentials as they are given: JSON, secured or not.
func (i *Issuer) Record(number int, learner string, entries ...[]byte) []byte {
	out := i.begin(nil, contextV2+","+contextRecord+","+contextBadge, i.world.ID("record", i.ID, number), "ClrCredential", "Record "+strconv.Itoa(number))
	out = fmt.Appendf(out, `,"credentialSubject":{"id":%q,"type":["ClrSubject"],"verifiableCredential":[`, learner)
	return append(append(out, bytes.Join(entries, []byte(","))...), "]}}"...)
}

// replaced exchanges texts in pairs, each once; a text that is not there is an error.
func replaced(text []byte, pairs ...string) ([]byte, error) {
	s := string(text)
	for k := 0; k+1 < len(pairs); k += 2 {
		if !strings.Contains(s, pairs[k]) {
			return nil, fmt.Errorf("obtest: there is no %s in %s", pairs[k], s)
		}
		s = strings.Replace(s, pairs[k], pairs[k+1], 1)
	}
	return []byte(s), nil
}
