package peertest_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/test/peer"
	"github.com/laurel-edu/laurel/internal/test/school"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/vc/present"
	"github.com/laurel-edu/laurel/vc/verify"
)

// presentationProgram verifies each presentation of a file, as an answer to the challenge and
// the domain beside it, and signs what stands in unsigned as a holder of its own.
const presentationProgram = `
import * as vc from '@digitalbazaar/vc';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {cryptosuite as eddsaRdfc} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import * as eddsaJcs from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import {Ed25519Signature2020} from '@digitalbazaar/ed25519-signature-2020';
import {Ed25519VerificationKey2020} from '@digitalbazaar/ed25519-verification-key-2020';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import * as didKey from '@digitalbazaar/did-method-key';
import fs from 'node:fs';
const {contexts, sent, unsigned} = JSON.parse(fs.readFileSync(process.argv[2]));
const driver = didKey.driver();
driver.use({multibaseMultikeyHeader: 'z6Mk', fromMultibase: Ed25519Multikey.from});
const documentLoader = async url => {
  if (contexts[url]) return {contextUrl: null, documentUrl: url, document: contexts[url]};
  if (url.startsWith('did:key:')) return {contextUrl: null, documentUrl: url, document: await driver.get({url})};
  throw new Error('no answer for ' + url);
};
const suites = () => [new DataIntegrityProof({cryptosuite: eddsaRdfc}),
  new DataIntegrityProof({cryptosuite: eddsaJcs.createVerifyCryptosuite()}), new Ed25519Signature2020()];
for (const {name, challenge, domain, text} of sent) {
  const r = await vc.verify({presentation: text, challenge, domain, suite: suites(), documentLoader,
    checkStatus: async () => ({verified: true})});
  console.log(JSON.stringify({name, verified: r.verified}));
}
const pair = await Ed25519Multikey.generate({seed: new Uint8Array(32).fill(9)});
pair.controller = 'did:key:' + pair.publicKeyMultibase;
pair.id = pair.controller + '#' + pair.publicKeyMultibase;
const {publicKeyMultibase, secretKeyMultibase} = await pair.export({publicKey: true, secretKey: true});
const old = await Ed25519VerificationKey2020.from({type: 'Ed25519VerificationKey2020', id: pair.id, controller: pair.controller,
  publicKeyMultibase, privateKeyMultibase: secretKeyMultibase});
const date = '2025-12-31T23:00:00Z';
for (const [name, suite] of [
  ['eddsa-rdfc-2022', new DataIntegrityProof({signer: pair.signer(), cryptosuite: eddsaRdfc, date})],
  ['eddsa-jcs-2022', new DataIntegrityProof({signer: pair.signer(), cryptosuite: eddsaJcs.createSignCryptosuite(), date})],
  ['Ed25519Signature2020', new Ed25519Signature2020({key: old, date})]]) {
  const presentation = {...structuredClone(unsigned), holder: pair.controller};
  if (name === 'Ed25519Signature2020') presentation['@context'].push('https://w3id.org/security/suites/ed25519-2020/v1');
  const text = await vc.signPresentation({presentation, suite, challenge: 'c1', domain: 'jobs.example', documentLoader});
  console.log(JSON.stringify({name, holder: pair.controller, text}));
}
`

// publishedContexts are those that the presentations need, as they are published.
func publishedContexts(t *testing.T) map[string]json.RawMessage {
	t.Helper()
	all := map[string]json.RawMessage{
		"https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json": testkit.ReadShared(t, "ob/contexts/ob3/context-3.0.3.json"),
	}
	var list []struct{ URL, File string }
	require.NoError(t, json.Unmarshal(testkit.ReadShared(t, "vc/contexts/manifest.json"), &list))
	for _, c := range list {
		all[c.URL] = testkit.ReadShared(t, "vc/contexts/"+c.File)
	}
	return all
}

// Presentations both ways: the peer takes ours as an answer to what was asked and to nothing
// else, and we take those of its making, of each suite that wallets sign with.
func TestPresentationsBothWays(t *testing.T) {
	peer.Folder(t)
	issuer, holder := school.Ed(t, 1), school.Ed(t, 2)
	badge := school.Sign(t, issuer, issuedBy(t, credentials(t)["small"], issuer.ID), nil)
	type question struct {
		Name      string          `json:"name"`
		Challenge string          `json:"challenge"`
		Domain    string          `json:"domain"`
		Text      json.RawMessage `json:"text"`
	}
	var sent []question
	for _, form := range []present.Form{dataintegrity.EddsaRdfc2022, dataintegrity.EddsaJcs2022, dataintegrity.Ed25519Signature2020} {
		made, err := present.Sign(t.Context(), [][]byte{badge}, present.Config{Signer: holder.Signer,
			VerificationMethod: holder.VerificationMethod, Form: form, Now: testkit.Clock}, present.Options{Challenge: "c1", Domain: "jobs.example"})
		require.NoError(t, err, form)
		sent = append(sent, question{"good", "c1", "jobs.example", made.Bytes()}, question{"challenge", "c2", "jobs.example", made.Bytes()},
			question{"domain", "c1", "shop.example", made.Bytes()},
			question{"changed", "c1", "jobs.example", bytes.Replace(made.Bytes(), []byte(holder.ID), []byte(issuer.ID), 1)})
	}
	input, err := json.Marshal(map[string]any{"contexts": publishedContexts(t), "sent": sent, "unsigned": map[string]any{
		"@context": []string{"https://www.w3.org/ns/credentials/v2"}, "type": []string{"VerifiablePresentation"},
		"verifiableCredential": []json.RawMessage{badge}}})
	require.NoError(t, err)
	path := filepath.Join(t.TempDir(), "presentations.json")
	require.NoError(t, os.WriteFile(path, input, 0o600))
	theirs := 0
	for d := json.NewDecoder(bytes.NewReader(peer.Run(t, presentationProgram, path))); d.More(); {
		var answer struct {
			Name, Holder string
			Verified     bool
			Text         json.RawMessage
		}
		require.NoError(t, d.Decode(&answer))
		if answer.Text == nil {
			require.Equal(t, answer.Name == "good", answer.Verified, answer.Name)
			continue
		}
		theirs++
		e := verify.Expect{Challenge: "c1", Domain: []string{"jobs.example"}}
		v, err := verify.VerifyPresentation(t.Context(), answer.Text, e, verify.Config{Now: testkit.Clock})
		require.NoError(t, err, "%s: %s", answer.Name, answer.Text)
		require.Equal(t, answer.Holder, v.Holder())
		e.Challenge = "c2"
		_, err = verify.VerifyPresentation(t.Context(), answer.Text, e, verify.Config{Now: testkit.Clock})
		require.Error(t, err)
	}
	require.Equal(t, 3, theirs)
}
