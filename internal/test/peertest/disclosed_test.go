package peertest_test

import (
	"bytes"
	"context"
	"fmt"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/internal/test/peer"
	"github.com/laurel-edu/laurel/internal/test/rewrite"
	"github.com/laurel-edu/laurel/internal/test/school"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/vc/fetch"
	"github.com/laurel-edu/laurel/vc/verify"
)

// ask runs the peer with a text as its standard input.
func ask(t *testing.T, text []byte, arguments ...string) ([]byte, error) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "node", append([]string{"peer.mjs"}, arguments...)...)
	cmd.Dir, cmd.Stdin = peer.Folder(t), bytes.NewReader(text)
	out, err := cmd.Output()
	if failed, ok := err.(*exec.ExitError); ok {
		return nil, fmt.Errorf("%s", failed.Stderr)
	}
	return out, err
}

func derived(t *testing.T, base []byte, pointers ...string) []byte {
	t.Helper()
	text, err := dataintegrity.Derive(context.Background(), base, dataintegrity.DeriveOptions{Pointers: pointers})
	require.NoError(t, err, "%v", pointers)
	return text
}

func requireVerified(t *testing.T, text []byte, about string) {
	t.Helper()
	pack, err := fetch.ParsePack([]byte(`{}`))
	require.NoError(t, err)
	v, err := verify.New(verify.Config{Now: testkit.Clock, Fetcher: pack})
	require.NoError(t, err)
	r, err := v.Inspect(context.Background(), text)
	require.NoError(t, err)
	require.Equal(t, verify.VerdictVerified, r.Verdict, "%s: %v", about, r.Problems())
}

// What we derive, with lists, positions, embedded credentials and parts of records, the
// peer verifies, and refuses when a value of it changes.
func TestPeerVerifiesDisclosed(t *testing.T) {
	peer.Folder(t)
	good, bad := map[string][]byte{}, map[string][]byte{}
	for i, o := range rewrite.Disclosed(t) {
		name := fmt.Sprintf("%d-%s", i, strings.NewReplacer("/", ".", " ", "-", ":", "", ",", "", "'", "").Replace(o.Name))
		good[name] = o.Text
		changed := bytes.Replace(o.Text, []byte(`Date":"202`), []byte(`Date":"201`), 1)
		if changed = bytes.Replace(changed, []byte(`"validFrom":"2025`), []byte(`"validFrom":"2024`), 1); !bytes.Equal(changed, o.Text) {
			bad[name] = changed
		}
	}
	for name, v := range verifiedByPeer(t, good) {
		require.True(t, v.Verified, "%s %v", name, v.Errors)
	}
	require.NotEmpty(t, bad)
	for name, v := range verifiedByPeer(t, bad) {
		require.False(t, v.Verified, name)
	}
}

// From what we sign the peer derives, where no list stands in the way, and we verify it.
func TestPeerDerivesFromOurs(t *testing.T) {
	peer.Folder(t)
	for name, pointers := range map[string][]string{
		"small badge":                       {"/name", "/image"},
		"record of another learner's entry": {"/name"},
		"self-asserted badge":               {"/credentialSubject/narrative", "/credentialSubject/achievement/tag"},
		"badge in languages":                {"/description"},
	} {
		base := baseProof(t, name)
		part, err := ask(t, base, append([]string{"derive"}, pointers...)...)
		require.NoError(t, err, name)
		requireVerified(t, part, name)
		requireVerdicts(t, verifiedByPeer(t, map[string][]byte{"ours": derived(t, base, pointers...)}), true)
	}
	_, err := ask(t, baseProof(t, "full badge"), "derive", "/name")
	require.ErrorContains(t, err, "invalid set or list object", "a list stands in the peer's way")
	_, err = ask(t, baseProof(t, "endorsed badge"), "derive", "/name")
	require.ErrorContains(t, err, "labelMap", "and the proof of an endorsement")
	_, err = ask(t, baseProof(t, "badge of many profiles"), "derive", "/name")
	require.ErrorContains(t, err, "latitude", "and a type that is a member's name too")
}

func baseProof(t *testing.T, name string) []byte {
	t.Helper()
	for _, o := range rewrite.BaseProofs(t) {
		if o.Name == name {
			return o.Text
		}
	}
	require.FailNow(t, "there is no such credential", name)
	return nil
}

// From what the peer signs we derive, and both verify it.
func TestWeDeriveFromPeers(t *testing.T) {
	peer.Folder(t)
	parts, cannot := map[string][]byte{}, 0
	for name, text := range credentials(t) {
		if name == "numbers" || !strings.Contains(text, `"credentialSubject"`) {
			continue // a number that the two read otherwise
		}
		base, err := ask(t, []byte(text), "sign", "ecdsa-sd-2023")
		if err != nil {
			cannot++ // a list, or a document of VCDM 1.1 without validFrom, which the peer makes mandatory
			continue
		}
		parts[name+"-subject"] = derived(t, base, "/credentialSubject", "/id")
		parts[name+"-whole"] = derived(t, base, "")
	}
	require.Greater(t, len(parts), 3*cannot)
	for name, part := range parts {
		v, err := verify.New(verify.Config{Now: testkit.Clock, Kinds: []string{verify.AnyKind}})
		require.NoError(t, err)
		r, err := v.Inspect(context.Background(), part)
		require.NoError(t, err)
		require.Equal(t, verify.OutcomePassed, r.Outcome(verify.CheckProof), "%s %v", name, r.Problems())
	}
	for name, v := range verifiedByPeer(t, parts) {
		require.True(t, v.Verified, "%s %v", name, v.Errors)
	}
}

// Of the most complete sample each member of the badge, its subject and its achievement that no
// verifier needs is hidden alone, and the peer verifies what is left.
func TestPeerVerifiesEachHidden(t *testing.T) {
	peer.Folder(t)
	k := school.Issuer(t, obtest.P256, 1)
	root, err := rewrite.Parse(testkit.ReadShared(t, "ob/samples/valid/ob3-official/complete.json"))
	require.NoError(t, err)
	root = root.Without("proof")
	root.Get("issuer").Get("id").Text = k.ID
	base := school.Sign(t, k, root.Bytes(), func(o *dataintegrity.SignOptions) { o.Suite = dataintegrity.EcdsaSd2023 })
	mandatory, _, err := dataintegrity.MandatoryPointers(t.Context(), base, dataintegrity.SignOptions{})
	require.NoError(t, err)
	parts := map[string][]byte{}
	for _, at := range []string{"", "/credentialSubject", "/credentialSubject/achievement"} {
		of := root
		for _, name := range strings.Split(at, "/")[1:] {
			of = of.Get(name)
		}
		for _, m := range of.Members {
			pointer := at + "/" + m.Name
			needed := slices.ContainsFunc(mandatory, func(p string) bool { return p == pointer || strings.HasPrefix(p, pointer+"/") })
			if needed || m.Name == "@context" || m.Name == "id" || m.Name == "type" {
				continue
			}
			part, err := dataintegrity.Derive(t.Context(), base, dataintegrity.DeriveOptions{Hide: []string{pointer}})
			require.NoError(t, err, pointer)
			parts[strings.ReplaceAll(pointer[1:], "/", ".")] = part
		}
	}
	require.Greater(t, len(parts), 20)
	for name, v := range verifiedByPeer(t, parts) {
		require.True(t, v.Verified, "without %s: %v", name, v.Errors)
	}
}
