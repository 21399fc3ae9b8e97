package suites_test

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/embedded"
	"github.com/laurel-edu/laurel/internal/jsonld"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/multikey"
	"github.com/laurel-edu/laurel/internal/rdf"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/vc"
)

// vector is a signed document of the Data Integrity cryptosuites, with the files
// of its intermediate values, which have its name in their own.
type vector struct{ dir, name, unsigned string }

// vectors are those of the suites that we check. Selective disclosure is not.
var vectors = []vector{
	{"di-eddsa/eddsa-rdfc-2022", "DataInt", "di-eddsa/unsigned.json"},
	{"di-eddsa/eddsa-rdfc-2022/employ", "DataInt", "di-eddsa/employmentAuth.json"},
	{"di-eddsa/Ed25519Signature2020", "EdSig", "di-eddsa/unsigned.json"},
	{"di-ecdsa/ecdsa-rdfc-2019-p256", "ECDSAP256", "di-ecdsa/unsigned.json"},
	{"di-ecdsa/ecdsa-rdfc-2019-p256/employ", "ECDSAP256", "di-ecdsa/employmentAuth.json"},
	{"di-ecdsa/ecdsa-rdfc-2019-p384", "ECDSAP384", "di-ecdsa/unsigned.json"},
	{"di-ecdsa/ecdsa-rdfc-2019-p384/employ", "ECDSAP384", "di-ecdsa/employmentAuth.json"},
	{"di-eddsa/eddsa-jcs-2022", "JCS", ""},
	{"di-ecdsa/ecdsa-jcs-2019-p256", "JCSECDSAP256", ""},
	{"di-ecdsa/ecdsa-jcs-2019-p384", "JCSECDSAP384", ""},
}

// vectorsSuite are the canonical documents and proof configurations.
func vectorsSuite(t testing.TB) suite {
	dir, w := folder(testkit.Shared(t, "vc")), known(t)
	e := jsonld.New(jsonld.Config{Documents: w.lookup})
	s := suite{name: "Data Integrity, canonical forms"}
	for _, v := range vectors {
		if v.unsigned == "" {
			continue // JCS
		}
		o := rdf.Options{}
		if strings.HasSuffix(v.name, "P384") {
			o.Hash = rdf.SHA384
		}
		for _, f := range [][2]string{
			{v.unsigned, v.dir + "/canonDoc" + v.name + ".txt"},
			{v.dir + "/proofConfig" + v.name + ".json", v.dir + "/proofCanon" + v.name + ".txt"},
		} {
			s.probes = append(s.probes, probe{strings.TrimSuffix(f[1], ".txt"),
				func() error {
					got, err := expandWith(e, dir.read(f[0]), o)
					return same(string(dir.read(f[1])), got, err)
				},
				func() error {
					got, err := goldStrict(dir.read(f[0]), w.lookup)
					return same(string(dir.read(f[1])), got, err)
				}})
		}
	}
	return s
}

// expandWith is the strict form of a document with another hash.
func expandWith(e *jsonld.Engine, text []byte, o rdf.Options) (string, error) {
	doc, err := jsonx.Parse(text, jsonx.Limits{}, e.Symbols())
	if err != nil {
		return "", err
	}
	var d rdf.Dataset
	if _, err := e.ToRDF(context.Background(), jsonld.Input{Root: doc.Root()}, &d); err != nil {
		return "", err
	}
	return form(&d, o)
}

// proofsSuite are the signatures, with the hashes that go into them.
func proofsSuite(t testing.TB) suite {
	dir := folder(testkit.Shared(t, "vc"))
	verifier := embedded.NewVerifier(embedded.Config{Contexts: known(t)})
	s := suite{name: "Data Integrity, proofs"}
	for _, v := range vectors {
		s.probes = append(s.probes, probe{name: v.dir, ours: func() error {
			results, err := verifyAll(verifier, dir.read(v.dir+"/signed"+v.name+".json"))
			if err != nil {
				return err
			}
			want := [2]string{
				trimmed(dir.read(v.dir + "/docHash" + v.name + ".txt")),
				trimmed(dir.read(v.dir + "/proofHash" + v.name + ".txt")),
			}
			if got := [2]string{hex.EncodeToString(results[0].DocumentHash), hex.EncodeToString(results[0].ConfigHash)}; got != want {
				return fmt.Errorf("hashes %v, wanted %v", got, want)
			}
			return nil
		}})
	}
	for _, name := range []string{"signedProofSet1", "signedProofSet2", "signedProofChain1", "signedProofChain2"} {
		s.probes = append(s.probes, probe{name: name, ours: func() error {
			_, err := verifyAll(verifier, dir.read("di-eddsa/proof-set-chain/"+name+".json"))
			return err
		}})
	}
	return s
}

func trimmed(b []byte) string { return strings.TrimSpace(string(b)) }

// verifyAll checks every proof of a document with the key in the fragment of its
// method: whose key that is, is no question here.
func verifyAll(v *embedded.Verifier, text []byte) (results []*embedded.Result, err error) {
	doc, err := door.Numbered(vc.ParseConfig{}, v.Symbols()).Parse(text)
	if err != nil {
		return nil, err
	}
	session := v.Open(doc, embedded.OpenOptions{})
	for _, value := range door.Proofs(doc) {
		p, problems := embedded.Read(value, embedded.ReadOptions{At: testkit.Now})
		if len(problems) > 0 {
			return nil, problems[0]
		}
		_, fragment, _ := strings.Cut(p.VerificationMethod(), "#")
		public, err := multikey.Decode(fragment)
		if err != nil {
			return nil, err
		}
		key, err := proof.NewKey(public)
		if err != nil {
			return nil, err
		}
		r, err := session.Verify(context.Background(), p, key)
		if err != nil {
			return nil, err
		}
		results = append(results, r)
	}
	if len(results) == 0 {
		return nil, errors.New("no proof")
	}
	return results, nil
}
