package bake

import "github.com/laurel-edu/laurel/vc"

const (
	resave  = "get the image again as it was issued; for baking, save the artwork anew with an image program"
	rebake  = "ask the issuer to bake the image again"
	resaveX = "get the image again as it was issued; for baking, export the drawing as plain SVG"

	limit = "a limit of this library"
)

// words are what each code says. A problem may add what is wrong in particular.
var words = vc.Words{
	CodeNotAnImage: {
		Type: vc.TypeParsing, Message: "the file is neither a PNG nor an SVG image",
		Fix: "hand in the PNG or SVG as downloaded; for baking, export the artwork as one of them", Spec: "OB 3.0, 5.3",
	},
	vc.CodeNotACredential: {
		Type: vc.TypeParsing, Message: "this is no credential",
		Fix: "use the signed credential as issued: a JSON object with a proof, or a compact JWS", Spec: "OB 3.0, 5.1",
	},
	CodeUnsigned: {
		Type: vc.TypeParsing, Message: "the credential is not signed",
		Fix: "sign the credential first, and bake the signed bytes", Spec: "OB 3.0, 5.3.1.1",
	},
	CodeUnknownKind: {
		Type: vc.TypeParsing, Message: "it cannot be told what kind of credential this is",
		Fix: "give the credential the type of its specification, or name the kind", Spec: "OB 3.0, 5",
	},
	CodeKindMismatch: {
		Type: vc.TypeParsing, Message: "the credential is of another kind than was asked for",
		Fix: "leave the kind to be found out, or use the credential that is meant", Spec: "OB 3.0, 5",
	},
	CodeTooLarge: {
		Type: vc.TypeParsing, Message: "the credential is longer than is baked or read",
		Fix: "link large images and evidence in place of holding them, or raise Limits.Text", Spec: limit,
	},
	CodeNoCredential: {
		Type: vc.TypeParsing, Message: "no credential is baked into the image",
		Fix: "use the image as downloaded from the issuer: image services and editors often drop it", Spec: "OB 3.0, 5.3",
	},
	CodeSeveralKinds: {
		Type: vc.TypeParsing, Message: "the image carries credentials of several kinds",
		Fix: "name the kind that is to be read (ExtractOptions.Kind)", Spec: limit,
	},
	CodeAlreadyBaked: {
		Type: vc.TypeParsing, Message: "the image carries a credential already",
		Fix: "bake into the original artwork, or let the credential be replaced (BakeOptions.Replace)", Spec: "OB 3.0, 5.3.1.1",
	},
	CodeReplaced: {
		Type: vc.TypeParsing, Message: "the credential that the image carried was taken out",
		Fix: "bake into the original artwork, and keep the images that were baked", Spec: "OB 3.0, 5.3.1.1",
	},
	CodeTooMany: {
		Type: vc.TypeParsing, Message: "the image carries more credentials than are read",
		Fix: "ask the issuer to bake one into the original artwork, or raise Limits.Credentials", Spec: limit,
	},
	CodePNGTruncated: {
		Type: vc.TypeParsing, Message: "the PNG image ends too early",
		Fix: "download the file again", Spec: "PNG (Third Edition), 5.3",
	},
	CodePNGChunk: {
		Type: vc.TypeParsing, Message: "the PNG image is built as PNG does not allow",
		Fix: resave, Spec: "PNG (Third Edition), 5.3",
	},
	CodePNGMissingChunk: {
		Type: vc.TypeParsing, Message: "the PNG image lacks a part that each must have",
		Fix: resave, Spec: "PNG (Third Edition), 5.6",
	},
	CodePNGUnknown: {
		Type: vc.TypeParsing, Message: "the PNG image has a part that programs must know to show it, and that PNG does not define",
		Fix: resave, Spec: "PNG (Third Edition), 5.4",
	},
	CodePNGDimensions: {
		Type: vc.TypeParsing, Message: "the PNG image has no width or no height, or one that PNG does not allow",
		Fix: resave, Spec: "PNG (Third Edition), 11.2.1",
	},
	CodePNGHeader: {
		Type: vc.TypeParsing, Message: "the header of the PNG image has a value that PNG does not define",
		Fix: resave, Spec: "PNG (Third Edition), 11.2.1",
	},
	CodePNGPalette: {
		Type: vc.TypeParsing, Message: "the palette of the PNG image is missing, out of place or of a wrong length",
		Fix: resave, Spec: "PNG (Third Edition), 11.2.2",
	},
	CodePNGCRC: {
		Type: vc.TypeParsing, Message: "the PNG image was damaged or changed",
		Fix: "download the file again", Spec: "PNG (Third Edition), 5.5",
	},
	CodePNGTrailingData: {
		Type: vc.TypeParsing, Message: "something follows the end of the PNG image",
		Fix: resave, Spec: "PNG (Third Edition), 5.6",
	},
	CodePNGTooManyChunks: {
		Type: vc.TypeParsing, Message: "the PNG image has more parts than are read",
		Fix: "bake into an image with fewer and larger chunks, or raise Limits.Chunks", Spec: limit,
	},
	CodePNGRepeated: {
		Type: vc.TypeParsing, Message: "the image carries more than one credential of a kind",
		Fix: rebake, Spec: "OB 3.0, 5.3.1.1",
	},
	CodePNGMixedForms: {
		Type: vc.TypeParsing, Message: "the image carries credentials of one kind in several forms",
		Fix: rebake, Spec: "OB 3.0, 5.3.1.1",
	},
	CodePNGCompressed: {
		Type: vc.TypeParsing, Message: "the credential in the image is compressed, which it must not be",
		Fix: rebake, Spec: "OB 3.0, 5.3.1.1",
	},
	CodePNGTextChunk: {
		Type: vc.TypeParsing, Message: "the credential stands in a tEXt chunk, where the standard has iTXt",
		Fix: rebake, Spec: "OB 3.0, 5.3.1.1",
	},
	CodePNGText: {
		Type: vc.TypeParsing, Message: "the part of the image that holds the credential is broken",
		Fix: rebake, Spec: "PNG (Third Edition), 11.3.3.4",
	},
	CodePNGLanguage: {
		Type: vc.TypeParsing, Message: "the credential in the image has a language or a translated keyword, which must be empty",
		Fix: rebake, Spec: "OB 3.0, 5.3.1.1",
	},
	CodePNGEncoding: {
		Type: vc.TypeParsing, Message: "the credential in the image is not UTF-8",
		Fix: rebake, Spec: "PNG (Third Edition), 11.3.3.4",
	},
	CodeSVGTooLarge: {
		Type: vc.TypeParsing, Message: "the drawing is longer than is read",
		Fix: "bake into a simpler drawing, or raise Limits.SVG", Spec: limit,
	},
	CodeSVGTooDeep: {
		Type: vc.TypeParsing, Message: "the drawing is nested deeper than is read",
		Fix: "bake into a simpler drawing, or raise Limits.Depth", Spec: limit,
	},
	CodeSVGTooMany: {
		Type: vc.TypeParsing, Message: "an element of the drawing has more attributes or namespaces than are read",
		Fix: "bake into a drawing exported as plain SVG, or raise Limits.Attributes or Limits.Namespaces", Spec: limit,
	},
	CodeSVGEncoding: {
		Type: vc.TypeParsing, Message: "the drawing is not UTF-8",
		Fix: "ask the issuer to bake into a drawing saved as UTF-8", Spec: "OB 3.0, 5",
	},
	CodeSVGMalformed: {
		Type: vc.TypeParsing, Message: "the drawing is not well-formed XML",
		Fix: resaveX, Spec: "XML 1.0; Namespaces in XML 1.0",
	},
	CodeSVGDoctype: {
		Type: vc.TypeParsing, Message: "the drawing has a DOCTYPE that is not read",
		Fix: "ask the issuer to bake into a drawing exported as plain SVG, which has no DOCTYPE", Spec: limit,
	},
	CodeSVGEntity: {
		Type: vc.TypeParsing, Message: "the drawing refers to an entity of its own, which is not read",
		Fix: resaveX, Spec: limit,
	},
	CodeSVGInstruction: {
		Type: vc.TypeParsing, Message: "the drawing has a processing instruction, such as a style sheet, which is not read",
		Fix: "ask the issuer to bake into a drawing exported as plain SVG, with its styles in a style element", Spec: limit,
	},
	CodeSVGScript: {
		Type: vc.TypeParsing, Message: "the drawing has scripts, or parts that can run them, and they stay",
		Fix:  "bake into a drawing exported as plain SVG; show drawings of others in an img element, where no script runs",
		Spec: "SVG 2, 2.3",
	},
	CodeSVGExternal: {
		Type: vc.TypeParsing, Message: "the drawing loads something from elsewhere, which tells where it is shown",
		Fix: "bake into a drawing that holds its images, styles and fonts", Spec: "SVG 2, 2.3",
	},
	CodeSVGNoArea: {
		Type: vc.TypeParsing, Message: "the drawing has a width, height or viewBox of nothing, so that nothing of it is shown",
		Fix: "bake into a drawing that was exported with its size", Spec: "SVG 2, 8.2",
	},
	CodeSVGRepeated: {
		Type: vc.TypeParsing, Message: "the drawing carries more than one credential of a kind",
		Fix: rebake, Spec: "OB 3.0, 5.3.2.1",
	},
	CodeSVGPosition: {
		Type: vc.TypeParsing, Message: "the credential does not stand directly after the svg tag",
		Fix: rebake, Spec: "OB 3.0, 5.3.2.1",
	},
	CodeSVGVerifyAndBody: {
		Type: vc.TypeParsing, Message: "the credential stands in the drawing twice: as a token in verify, and in the body",
		Fix: rebake, Spec: "OB 3.0, 5.3.2.1",
	},
	CodeSVGContent: {
		Type: vc.TypeParsing, Message: "the credential's element holds what it must not",
		Fix: "ask the issuer to bake the image again: a token in verify, or JSON in one CDATA section", Spec: "OB 3.0, 5.3.2.1",
	},
	CodeSVGEmpty: {
		Type: vc.TypeParsing, Message: "the credential's element in the drawing holds no credential",
		Fix: rebake, Spec: "OB 3.0, 5.3.2.1",
	},
	CodeSVGElement: {
		Type: vc.TypeParsing, Message: "the drawing has the element of one version of the standard in the namespace of another",
		Fix: "ask the issuer to bake the image again: credential in 3.0 and CLR, assertion in 2.0", Spec: "OB 3.0, 5.3.2.1",
	},
}
