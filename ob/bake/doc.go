// Package bake puts a credential into a PNG or SVG image and takes it out again
// ("baking", OB 3.0, 5.3), for Open Badges 3.0, CLR 2.0 and Open Badges 2.0.
//
// Issuing: sign first, then bake the signed bytes as they are.
//
//	image, err := bake.Bake(artwork, signed, bake.OpenBadge3, bake.BakeOptions{})
//
// Receiving: take the credential out, then verify it.
//
//	baked, err := bake.Extract(upload)
//	if err != nil { … }      // *vc.Problem: what is wrong, and how it is mended
//	verify(baked.Credential) // JSON with an embedded proof, or a compact JWS
//
// The bytes that come out are the bytes that went in, so no signature suffers.
// Two exceptions leave the JSON value as it was: white space around the
// credential is dropped, and in an SVG the sequence "]]>" and the characters that
// XML cannot hold are written as JSON escapes.
//
// Nothing is believed here: an extracted credential is a claim until its proof
// was verified, and an image proves nothing about the credential in it.
//
// What [Bake] writes is read again before it is returned, under the same [Limits],
// so that an image which is handed out can be read.
//
// # What is refused
//
// Reading is strict by default. A PNG must be whole (every chunk's CRC, the header,
// the palette and the order of chunks are checked; critical chunks that PNG does not
// define are refused) and carry one uncompressed iTXt chunk with the keyword; pixels
// are never decoded, and compressed text is never inflated. An SVG must be
// well-formed UTF-8 XML with one credential element, found by its namespace and
// not by its prefix; a DOCTYPE is tolerated only in the form of the published
// SVG DTDs, without declarations of its own, and is not followed; there are no
// entities and no processing instructions. [ExtractOptions].Lenient reads more
// and says in [Baked].Warnings what was off.
//
// The bytes of the image outside of the inserted or removed part are never
// touched: the drawing is not parsed into a model and written again. So scripts in
// it stay, and what it loads from elsewhere: reading and baking warn of them
// ([CodeSVGScript], [CodeSVGExternal]), and [BakeOptions].RefuseActive refuses them.
//
// # Do not
//
// Do not bake an unsigned credential and sign later: the image would hold the
// unsigned one. Do not let an image service recompress a baked image, most of
// them drop text chunks and unknown elements. Do not show drawings of strangers but
// in an img element, where no script runs.
//
// All functions are safe for concurrent use; none keeps or changes its input,
// but [Baked].Credential may refer to the image it was found in.
package bake
