package suites_test

import (
	"bytes"

	"github.com/piprate/json-gold/ld"
)

// goldLoader gives json-gold a function's documents.
type goldLoader func(url string) ([]byte, bool)

func (l goldLoader) LoadDocument(url string) (*ld.RemoteDocument, error) {
	text, ok := l(url)
	if !ok {
		return nil, ld.NewJsonLdError(ld.LoadingDocumentFailed, url)
	}
	document, err := ld.DocumentFromReader(bytes.NewReader(text))
	return &ld.RemoteDocument{DocumentURL: url, Document: document}, err
}

// goldOptions are json-gold's options with the documents of a loader.
func goldOptions(base string, l goldLoader) *ld.JsonLdOptions {
	o := ld.NewJsonLdOptions(base)
	o.DocumentLoader = l
	return o
}

// goldDataset is json-gold's dataset of a document, as N-Quads. Its safe mode
// works only so, and not within its Normalize.
func goldDataset(text []byte, o *ld.JsonLdOptions) (*ld.RDFDataset, error) {
	document, err := ld.DocumentFromReader(bytes.NewReader(text))
	if err != nil {
		return nil, err
	}
	dataset, err := ld.NewJsonLdProcessor().ToRDF(document, o)
	if err != nil {
		return nil, err
	}
	return dataset.(*ld.RDFDataset), nil
}

// goldForm is json-gold's canonical form of a dataset.
func goldForm(d *ld.RDFDataset) (string, error) {
	o := ld.NewJsonLdOptions("")
	o.Algorithm, o.Format = ld.AlgorithmURDNA2015, "application/n-quads"
	text, err := ld.NewJsonLdApi().Normalize(d, o)
	if err != nil {
		return "", err
	}
	return text.(string), nil
}

// goldQuads writes a dataset as N-Quads.
func goldQuads(d *ld.RDFDataset) (string, error) {
	text, err := (&ld.NQuadRDFSerializer{}).Serialize(d)
	if err != nil {
		return "", err
	}
	return text.(string), nil
}

// goldExpand is json-gold's canonical form of a document.
func goldExpand(text []byte, o *ld.JsonLdOptions) (string, error) {
	d, err := goldDataset(text, o)
	if err != nil {
		return "", err
	}
	return goldForm(d)
}
