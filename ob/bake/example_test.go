package bake_test

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/png"
	"strings"

	"github.com/laurel-edu/laurel/ob/bake"
	"github.com/laurel-edu/laurel/vc"
)

const signed = `{"type":["VerifiableCredential","OpenBadgeCredential"],"name":"Teamwork","proof":{"type":"DataIntegrityProof"}}`

func ExampleBake() {
	artwork := []byte(`<svg xmlns="http://www.w3.org/2000/svg"><circle r="9"/></svg>`)
	baked, err := bake.Bake(artwork, []byte(signed), bake.OpenBadge3, bake.BakeOptions{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(strings.ReplaceAll(string(baked), "><", ">\n<"))
	// Output:
	// <svg xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0">
	// <openbadges:credential>
	// <![CDATA[{"type":["VerifiableCredential","OpenBadgeCredential"],"name":"Teamwork","proof":{"type":"DataIntegrityProof"}}]]>
	// </openbadges:credential>
	// <circle r="9"/>
	// </svg>
}

func ExampleExtract() {
	var artwork bytes.Buffer
	if err := png.Encode(&artwork, image.NewGray(image.Rect(0, 0, 8, 8))); err != nil {
		fmt.Println(err)
		return
	}
	upload, err := bake.Bake(artwork.Bytes(), []byte(signed), 0, bake.BakeOptions{})
	if err != nil {
		fmt.Println(err)
		return
	}
	baked, err := bake.Extract(upload)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(baked.Kind, "in", baked.Format, "as", baked.Content)
	fmt.Println(string(baked.Credential) == signed)
	// Output:
	// Open Badges 3.0 in PNG as JSON
	// true
}

// An image without a credential is told apart from a broken one, and every
// fault says how it is mended.
func ExampleExtract_noCredential() {
	_, err := bake.Extract([]byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`))
	if errors.Is(err, &vc.Problem{Code: bake.CodeNoCredential}) {
		var p *vc.Problem
		errors.As(err, &p)
		fmt.Println(p.Message)
		fmt.Println(p.Fix)
	}
	// Output:
	// no credential is baked into the image
	// use the image as downloaded from the issuer: image services and editors often drop it
}

// Replacing takes out every credential that is there, of whatever kind.
func ExampleBake_replace() {
	artwork := []byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`)
	first, err := bake.Bake(artwork, []byte(signed), 0, bake.BakeOptions{})
	if err != nil {
		fmt.Println(err)
		return
	}
	renewed := strings.Replace(signed, "Teamwork", "Leadership", 1)
	if _, err = bake.Bake(first, []byte(renewed), 0, bake.BakeOptions{}); err != nil {
		fmt.Println(err)
	}
	second, err := bake.Bake(first, []byte(renewed), 0, bake.BakeOptions{Replace: true})
	fmt.Println(strings.Contains(string(second), "Leadership"), strings.Contains(string(second), "Teamwork"), err)
	// Output:
	// already-baked: the image carries a credential already: one of Open Badges 3.0; bake into the original artwork, or let the credential be replaced (BakeOptions.Replace)
	// true false <nil>
}

// Scripts in a drawing stay in it. Whoever bakes hears of them, or refuses them.
func ExampleBake_active() {
	artwork := []byte(`<svg xmlns="http://www.w3.org/2000/svg"><circle r="9" onclick="greet()"/></svg>`)
	o := bake.BakeOptions{Warn: func(p *vc.Problem) { fmt.Println(p.Severity, p.Code) }}
	_, err := bake.Bake(artwork, []byte(signed), 0, o)
	fmt.Println(err)
	o.RefuseActive = true
	_, err = bake.Bake(artwork, []byte(signed), 0, o)
	fmt.Println(errors.Is(err, &vc.Problem{Code: bake.CodeSVGScript}))
	// Output:
	// warning svg-script
	// <nil>
	// true
}

func ExampleRemove() {
	artwork := []byte(`<svg xmlns="http://www.w3.org/2000/svg"><circle r="9"/></svg>`)
	baked, err := bake.Bake(artwork, []byte(signed), 0, bake.BakeOptions{})
	if err != nil {
		fmt.Println(err)
		return
	}
	back, err := bake.Remove(baked, bake.OpenBadge3, bake.RemoveOptions{})
	fmt.Println(bytes.Equal(artwork, back), err)
	// Output:
	// true <nil>
}

func ExampleDetect() {
	for _, content := range []string{"\ufeff\n{\"type\":[]}", "e30.e30.c2ln", "<svg/>", "GIF89a"} {
		fmt.Println(bake.Detect([]byte(content)))
	}
	// Output:
	// JSON
	// JWS
	// SVG
	// unknown
}
