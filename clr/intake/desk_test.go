package intake_test

import (
	"context"
	"encoding/json"
	"maps"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/clr/intake"
	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/internal/test/peer"
	"github.com/laurel-edu/laurel/internal/test/school"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/vc/verify"
)

const (
	ana = "did:example:ana"
	bob = "did:example:bob"
)

// desk is what a test of uploads has at hand: issuers and the web that they publish on.
type desk struct {
	t                          testing.TB
	world                      *obtest.World
	registrar, academy, wallet *obtest.Issuer
	number                     int
}

func newDesk(t testing.TB) *desk {
	t.Helper()
	d := &desk{t: t, world: obtest.New(obtest.Config{Seed: "intake", At: testkit.Now})}
	d.registrar, d.academy, d.wallet = d.issuer("registrar", obtest.DIDWeb), d.issuer("academy", obtest.DIDWeb), d.issuer("wallet",
		obtest.DIDKey)
	return d
}

func (d *desk) issuer(name string, m obtest.Method) *obtest.Issuer {
	d.t.Helper()
	i, err := d.world.Issuer(name, m, obtest.Ed25519)
	require.NoError(d.t, err)
	return i
}

// object is a JSON object that tests change.
type object = map[string]any

// member is the object at a path of names.
func member(o object, path ...string) object {
	for _, name := range path {
		o = o[name].(object)
	}
	return o
}

// text writes a value as JSON.
func (d *desk) text(v any) []byte {
	d.t.Helper()
	b, err := json.Marshal(v)
	require.NoError(d.t, err)
	return b
}

// badge is an unsigned badge of ana, changed by edit.
func (d *desk) badge(i *obtest.Issuer, edit func(object)) object {
	d.t.Helper()
	d.number++
	return d.edited(i.Badge(obtest.Badge{Number: d.number, Recipient: ana}), edit)
}

// record is an unsigned record of ana with entries, each an object or a token.
func (d *desk) record(i *obtest.Issuer, edit func(object), entries ...any) object {
	d.t.Helper()
	d.number++
	return d.edited(i.Record(d.number, ana), func(o object) {
		member(o, "credentialSubject")["verifiableCredential"] = entries
		if edit != nil {
			edit(o)
		}
	})
}

// presentation is an unsigned presentation.
func (d *desk) presentation(holder string, entries ...any) object {
	return object{"@context": []any{"https://www.w3.org/ns/credentials/v2"}, "type": []any{"VerifiablePresentation"},
		"holder": holder, "verifiableCredential": entries}
}

func (d *desk) edited(text []byte, edit func(object)) (o object) {
	d.t.Helper()
	require.NoError(d.t, json.Unmarshal(text, &o))
	if edit != nil {
		edit(o)
	}
	return o
}

// signed puts an issuer's proof into an object. Within [TestSignedByPeer] the peer makes it.
func (d *desk) signed(i *obtest.Issuer, o object, change ...func(*dataintegrity.SignOptions)) (signed object) {
	d.t.Helper()
	var used dataintegrity.SignOptions
	text := school.Sign(d.t, i, d.text(o), func(o *dataintegrity.SignOptions) {
		for _, edit := range change {
			edit(o)
		}
		used = *o
	})
	if os.Getenv(peerVariable) != "" {
		text = peer.Sign(d.t, d.text(o), used)
	}
	require.NoError(d.t, json.Unmarshal(text, &signed))
	return signed
}

// jcs signs the JSON itself.
func jcs(o *dataintegrity.SignOptions) { o.Suite = "eddsa-jcs-2022" }

// token signs an object as a token.
func (d *desk) token(i *obtest.Issuer, o object) string {
	d.t.Helper()
	b, err := i.Token(d.text(o), nil)
	require.NoError(d.t, err)
	return string(b)
}

// credits sets what a badge says was earned, and for what.
func credits(n any, achievement string) func(object) {
	return func(o object) {
		s := member(o, "credentialSubject")
		s["creditsEarned"] = n
		if achievement != "" {
			member(s, "achievement")["id"] = achievement
		}
	}
}

// set sets members of the credential itself.
func set(members object) func(object) {
	return func(o object) { maps.Copy(o, members) }
}

// all is several edits.
func all(edits ...func(object)) func(object) {
	return func(o object) {
		for _, edit := range edits {
			edit(o)
		}
	}
}

func (d *desk) config() intake.Config {
	return intake.Config{Verify: verify.Config{Now: testkit.Clock, Fetcher: d.world.Web}}
}

// read reads an upload, which may be bytes or an object.
func (d *desk) read(upload any, o ...intake.Options) *intake.Reading {
	d.t.Helper()
	r, err := d.readBy(d.config(), upload, o...)
	require.NoError(d.t, err)
	return r
}

func (d *desk) readBy(c intake.Config, upload any, o ...intake.Options) (*intake.Reading, error) {
	d.t.Helper()
	reader, err := intake.New(c)
	require.NoError(d.t, err)
	b, ok := upload.([]byte)
	if s, is := upload.(string); is {
		b, ok = []byte(s), true
	}
	if !ok {
		b = d.text(upload)
	}
	return reader.Read(context.Background(), b, append(o, intake.Options{})[0])
}

// entries are those of a reading in a list.
func entries(r *intake.Reading) (all []*intake.Entry) {
	for e := range r.Entries() {
		all = append(all, e)
	}
	return all
}

const at0, at1 = "/credentialSubject/verifiableCredential/0", "/credentialSubject/verifiableCredential/1"
