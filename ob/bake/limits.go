package bake

// Limits bounds the work that an image may cause. A zero field has the default.
type Limits struct {
	// Text is the longest credential in bytes, 1 MiB by default: badges stay
	// below 100 KiB unless they embed images.
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
	return l
}
