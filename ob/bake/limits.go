package bake

// Limits bounds the work that an image may cause. They are the same for baking,
// reading and removing: what is baked under some limits is read under them. A zero
// field has the default.
type Limits struct {
	// Text is the longest credential in bytes, 1 MiB by default: badges stay
	// below 100 KiB unless they embed images. In an SVG it is measured as written
	// there, with the escapes that XML needs.
	Text int
	// Chunks is the most chunks of a PNG, 65,536 by default: an encoder that
	// writes 8 KiB of pixels at a time stays below it up to half a GiB.
	Chunks int
	// SVG is the longest SVG document in bytes, 5 MiB by default, the credential
	// included.
	SVG int
	// Depth is the deepest nesting of SVG elements, 256 by default: drawing
	// programs stay below 50.
	Depth int
	// Attributes is the most attributes of one SVG element, 128 by default:
	// drawing programs write up to 40, and all are compared with one another.
	Attributes int
	// Namespaces is the most namespace declarations that are in scope at one SVG
	// element, 32 by default: drawing programs write about ten, and every name is
	// looked up in them.
	Namespaces int
	// Credentials is the most credentials in one image, 256 by default: one is
	// right, several are read leniently or removed, and the place of each is kept.
	Credentials int
}

func (l Limits) withDefaults() Limits {
	set := func(n *int, otherwise int) {
		if *n <= 0 {
			*n = otherwise
		}
	}
	set(&l.Text, 1<<20)
	set(&l.Chunks, 1<<16)
	set(&l.SVG, 5<<20)
	set(&l.Depth, 256)
	set(&l.Attributes, 128)
	set(&l.Namespaces, 32)
	set(&l.Credentials, 256)
	return l
}
