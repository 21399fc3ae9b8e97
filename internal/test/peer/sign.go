package peer

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
)

// signProgram makes the proof of each request, a line of JSON. What is to be signed it prints,
// and reads the signature, so that it needs no key.
const signProgram = `
import jsigs from 'jsonld-signatures';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {cryptosuite as eddsaRdfc} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {createSignCryptosuite as eddsaJcs} from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import {cryptosuite as ecdsaRdfc} from '@digitalbazaar/ecdsa-rdfc-2019-cryptosuite';
import {createSignCryptosuite as ecdsaJcs} from '@digitalbazaar/ecdsa-jcs-2019-cryptosuite';
import readline from 'node:readline';
const suites = {'eddsa-rdfc-2022': () => eddsaRdfc, 'eddsa-jcs-2022': eddsaJcs, 'ecdsa-rdfc-2019': () => ecdsaRdfc, 'ecdsa-jcs-2019': ecdsaJcs};
const lines = readline.createInterface({input: process.stdin})[Symbol.asyncIterator]();
const next = async () => { const {value, done} = await lines.next(); if (done) process.exit(0); return JSON.parse(value); };
const say = row => process.stdout.write(JSON.stringify(row) + '\n');
const contexts = await next();
const documentLoader = async url => {
  if (!(url in contexts)) throw new Error('unknown context ' + url);
  return {contextUrl: null, documentUrl: url, document: JSON.parse(contexts[url])};
};
for (;;) {
  const {suite, algorithm, method, created, purpose, challenge, domain, document} = await next();
  const signer = {id: method, algorithm, sign: async ({data}) => {
    say({data: Buffer.from(data).toString('base64')});
    return new Uint8Array(Buffer.from((await next()).signature, 'base64'));
  }};
  try {
    const by = new DataIntegrityProof({signer, date: created, cryptosuite: suites[suite]()});
    const {AssertionProofPurpose, AuthenticationProofPurpose} = jsigs.purposes;
    say({signed: await jsigs.sign(document, {suite: by, documentLoader, purpose: purpose === 'authentication' ?
      new AuthenticationProofPurpose({challenge, domain}) : new AssertionProofPurpose()})});
  } catch (e) { say({error: e.stack + JSON.stringify(e.details ?? '')}); }
}
`

type request struct {
	Suite     string          `json:"suite"`
	Algorithm string          `json:"algorithm"`
	Method    string          `json:"method"`
	Created   string          `json:"created"`
	Purpose   string          `json:"purpose"`
	Challenge string          `json:"challenge"`
	Domain    string          `json:"domain"`
	Document  json.RawMessage `json:"document"`
}

var signing process

// Sign has the peer make the proof that the options ask of us, with the signer's key: of the
// options it knows suite, purpose, challenge, domain and date. One text is signed at a time.
func Sign(t testing.TB, text []byte, o dataintegrity.SignOptions) []byte {
	t.Helper()
	signing.Lock()
	defer signing.Unlock()
	if signing.start(t, "--input-type=module", "-e", signProgram) {
		signing.write(t, Contexts())
	}
	key, err := proof.NewKey(o.Signer.Public())
	if err != nil {
		t.Fatal(err)
	}
	r := request{Suite: o.Suite, Method: o.VerificationMethod, Created: o.Created.UTC().Format(time.RFC3339),
		Purpose: o.Purpose, Challenge: o.Challenge, Domain: o.Domain, Document: text}
	algorithm, suite := proof.EdDSA, dataintegrity.EddsaRdfc2022
	if r.Algorithm = "Ed25519"; key.Supports(proof.ES256) {
		algorithm, suite, r.Algorithm = proof.ES256, dataintegrity.EcdsaRdfc2019, "P-256"
	}
	if r.Suite == "" {
		r.Suite = suite
	}
	for a := signing.ask(t, r); ; {
		switch {
		case a.Error != "":
			t.Fatalf("the peer did not sign: %s: %s", a.Error, text)
		case a.Signed != nil:
			return a.Signed
		}
		signature, err := o.Signer.Sign(context.Background(), algorithm, a.Data)
		if err != nil {
			t.Fatal(err)
		}
		a = signing.ask(t, map[string][]byte{"signature": signature})
	}
}
