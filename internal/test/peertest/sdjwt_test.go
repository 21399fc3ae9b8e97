package peertest_test

import (
	"bytes"
	"context"
	"crypto"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/internal/multikey"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/proof/sdjwt"
	"github.com/laurel-edu/laurel/vc/issue"
	"github.com/laurel-edu/laurel/vc/verify"
)

// sdjwtProgram verifies what we presented, presents what we issued, and issues and presents
// a credential of ours itself.
const sdjwtProgram = `
import {SDJwtInstance} from '@sd-jwt/core';
import {digest, generateSalt, ES256} from '@sd-jwt/crypto-nodejs';
import crypto from 'node:crypto';
import fs from 'node:fs';
const {presented, tampered, held, credential, kid, issuer, holder, holderPublic, aud, nonce, iat} = JSON.parse(fs.readFileSync(process.argv[2]));
const jwk = pem => crypto.createPrivateKey(pem).export({format: 'jwk'});
const open = async pem => { const {d, ...rest} = jwk(pem); return rest; };
const config = {hasher: digest, hashAlg: 'sha-256', saltGenerator: generateSalt, signAlg: 'ES256', kbSignAlg: 'ES256',
  signer: await ES256.getSigner(jwk(issuer)), verifier: await ES256.getVerifier(await open(issuer)),
  kbSigner: await ES256.getSigner(jwk(holder)), kbVerifier: await ES256.getVerifier(await open(holder))};
const sd = new SDJwtInstance(config);
const currentDate = iat;
const seen = await sd.verify(presented, {keyBindingNonce: nonce, currentDate});
let refused = '';
try { await sd.verify(tampered, {keyBindingNonce: nonce, currentDate}); } catch (e) { refused = String(e.message); }
const kb = {payload: {iat, aud, nonce}};
const ours = await sd.present(held, {credentialSubject: {achievement: {name: true}}}, {kb});
const frame = {_sd: ['name'], credentialSubject: {achievement: {_sd: ['name', 'description'], _sd_decoy: 2, tag: {_sd: [0]}}}};
const issued = await sd.issue({...credential, cnf: {jwk: holderPublic}}, frame, {header: {typ: 'vc+sd-jwt', kid}});
const theirs = await sd.present(issued, {name: true, credentialSubject: {achievement: {description: true}}}, {kb});
console.log(JSON.stringify({payload: seen.payload, refused, ours, issued, theirs}));
`

// SD-JWT both ways: the peer verifies what we issued and presented, and presents what we
// issued; we verify that, and what it issued and presented itself.
func TestSDJWTBothWays(t *testing.T) {
	folder := os.Getenv("LAUREL_SDJWT_PEER")
	if folder == "" {
		t.Skip("skipped: LAUREL_SDJWT_PEER does not name a folder with @sd-jwt/core and @sd-jwt/crypto-nodejs 0.19.0")
	}
	world := obtest.New(obtest.Config{Seed: t.Name(), At: testkit.Now})
	by, err := world.Issuer("p-256", obtest.DIDKey, obtest.P256)
	require.NoError(t, err)
	key, holder := world.Key(obtest.P256, by.Name), world.Key(obtest.P256, "holder")
	text := issuedBy(t, credentials(t)["small"], by.ID)
	const achievement = "/credentialSubject/achievement"
	i, err := issue.New(t.Context(), issue.Config{Signer: by.Signer, VerificationMethod: by.VerificationMethod, Form: issue.VCSDJWT,
		Decoys: 1, Disclosable: []string{achievement + "/name", achievement + "/description"}, Now: testkit.Clock})
	require.NoError(t, err)
	issued, err := i.IssueTo(t.Context(), text, holder.Public())
	require.NoError(t, err)
	signer, err := proof.FromCrypto(holder)
	require.NoError(t, err)
	presented, err := sdjwt.Present(t.Context(), issued.Bytes(), sdjwt.PresentOptions{Disclose: []string{achievement + "/description"},
		Holder: signer, Audience: "https://jobs.example", Nonce: "n-1", At: testkit.Clock()})
	require.NoError(t, err)
	answer := sdjwtPeer(t, folder, map[string]any{
		"presented": string(presented), "tampered": string(otherSignature(presented)), "held": string(issued.Bytes()),
		"credential": json.RawMessage(text), "kid": by.VerificationMethod, "issuer": private(t, key), "holder": private(t, holder),
		"holderPublic": publicJWK(t, holder), "aud": "https://jobs.example", "nonce": "n-1", "iat": testkit.Clock().Unix(),
	})
	require.NotEmpty(t, answer.Refused)
	read := answer.Payload.CredentialSubject.Achievement
	require.NotContains(t, read, "name")
	require.Contains(t, read, "description")

	for name, c := range map[string]struct{ text, shown, hidden string }{
		"ours, presented there":        {answer.Ours, "name", "description"},
		"issued and presented there":   {answer.Theirs, "description", "name"},
		"issued there, presented here": {string(represented(t, answer.Issued, signer)), "description", "name"},
	} {
		v, err := verify.Verify(context.Background(), []byte(c.text), verify.Config{Kinds: []string{verify.AnyKind}, Now: testkit.Clock,
			Audience: []string{"https://jobs.example"}, KeyBinding: verify.KeyBindingConfig{Nonce: "n-1"}})
		require.NoError(t, err, name)
		var p sdjwtPayload
		require.NoError(t, json.Unmarshal(v.Credential(), &p))
		require.Contains(t, p.CredentialSubject.Achievement, c.shown, name)
		require.NotContains(t, p.CredentialSubject.Achievement, c.hidden, name)
	}
	if keep := os.Getenv("LAUREL_SDJWT_KEEP"); keep != "" {
		require.NoError(t, os.WriteFile(keep, []byte(answer.Theirs), 0o644))
	}
}

func represented(t *testing.T, text string, holder proof.Signer) []byte {
	t.Helper()
	out, err := sdjwt.Present(t.Context(), []byte(text), sdjwt.PresentOptions{Disclose: []string{"/credentialSubject/achievement/description"},
		Holder: holder, Audience: "https://jobs.example", Nonce: "n-1", At: testkit.Clock().Add(-time.Minute)})
	require.NoError(t, err)
	return out
}

type sdjwtPayload struct {
	CredentialSubject struct{ Achievement map[string]any }
}

type sdjwtAnswer struct {
	Payload                       sdjwtPayload
	Refused, Ours, Issued, Theirs string
}

func publicJWK(t *testing.T, key crypto.Signer) json.RawMessage {
	t.Helper()
	b, err := multikey.AppendJWK(nil, key.Public())
	require.NoError(t, err)
	return b
}

// sdjwtPeer runs the program in the folder of the peer.
func sdjwtPeer(t *testing.T, folder string, given map[string]any) (answer sdjwtAnswer) {
	t.Helper()
	text, err := json.Marshal(given)
	require.NoError(t, err)
	path := filepath.Join(t.TempDir(), "given.json")
	require.NoError(t, os.WriteFile(path, text, 0o600))
	cmd := exec.CommandContext(t.Context(), "node", "--input-type=module", "-", path)
	cmd.Dir, cmd.Stdin = folder, bytes.NewReader([]byte(sdjwtProgram))
	out, err := cmd.Output()
	if failed, ok := err.(*exec.ExitError); ok {
		require.NoError(t, err, "%s", failed.Stderr)
	}
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(out, &answer), "%s", out)
	return answer
}
