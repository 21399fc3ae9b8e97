package vc_test

import (
	stdjson "encoding/json"
	"strings"
	"testing"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/vc"
)

// The value types delegate too, so that a product's own structs may hold them.
func TestValueTypesInStandardJSON(t *testing.T) {
	type holder struct {
		One   vc.OneOrMany[string]
		Ref   vc.Ref[vc.Issuer]
		Count vc.Number
		ID    vc.IRI
		At    vc.DateTime
	}
	const text = `{"One":"a","Ref":{"id":"urn:i","x":1.0},"Count":2.50,"ID":"urn:a","At":"2026-01-01T00:00:00Z"}`
	var h holder
	require.NoError(t, stdjson.Unmarshal([]byte(text), &h))
	require.True(t, h.One.Bare)
	require.Equal(t, 1, h.One.Len())
	require.Equal(t, vc.IRI("urn:i"), h.Ref.Identifier())
	require.Equal(t, "urn:a", h.ID.String())
	out, err := stdjson.Marshal(h)
	require.NoError(t, err)
	require.Equal(t, text, string(out))
}

// A product's own type, made as the doc comment of DecodeObject says.
type ticket struct {
	ID     vc.IRI   `json:"id,omitzero"`
	Seats  int      `json:"seats,omitzero"`
	Paid   bool     `json:"paid,omitzero"`
	Always string   `json:"always"`
	Any    any      `json:"any,omitzero"`
	List   []string `json:"list,omitzero"`
	Extra  vc.Extra `json:",embed"`
}

func TestObjectCodecForOwnTypes(t *testing.T) {
	decode := func(text string) ticket {
		var v ticketCodec
		require.NoError(t, vc.Unmarshal([]byte(text), &v))
		return ticket(v)
	}
	for _, text := range []string{
		`{"id":"urn:a","seats":3,"paid":true,"always":"x","any":{"a":1},"list":["b"]}`,
		`{"seats":0,"paid":false,"always":""}`,
		`{"always":"","list":[],"more":null}`,
	} {
		out, err := vc.Marshal(ticketCodec(decode(text)))
		require.NoError(t, err)
		sameJSON(t, text, string(out))
	}
	out, err := vc.Marshal(ticketCodec{})
	require.NoError(t, err)
	require.Equal(t, `{"always":""}`, string(out), "without omitzero a field is always written")
	require.Equal(t, vc.IRI("https://www.w3.org/ns/credentials/v2"), vc.ContextURLs("https://www.w3.org/ns/credentials/v2").First().ID)
	require.Panics(t, func() { _ = vc.DecodeObject(decoder(`{}`), &struct{ A int }{}) }, "a type without Extra is its author's mistake")
	type misplaced struct {
		A     int      `json:"a" order:"before b"`
		Extra vc.Extra `json:",embed"`
	}
	require.PanicsWithValue(t, `vc: the order of vc_test.misplaced names "b", which is no member of it`,
		func() { _ = vc.DecodeObject(decoder(`{}`), &misplaced{}) })
}

type ticketCodec ticket

func (c ticketCodec) MarshalJSONTo(enc *jsontext.Encoder) error      { return vc.EncodeObject(enc, &c) }
func (c *ticketCodec) UnmarshalJSONFrom(dec *jsontext.Decoder) error { return vc.DecodeObject(dec, c) }

func decoder(text string) *jsontext.Decoder { return jsontext.NewDecoder(strings.NewReader(text)) }
