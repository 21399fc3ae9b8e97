package bake

// picture is an image that was walked through: where credentials stand in it.
type picture interface {
	// count tells how many credentials of each kind there are.
	count() *census
	// with is a copy that carries the credential, and none of those that are there.
	with(*candidate) []byte
	// without is a copy that lacks the credentials of a kind, all for 0.
	without(Kind) []byte
	// extract reads the credential of a kind, the only one there for 0.
	extract(want Kind) (*Baked, error)
}

// walk is the one way into an image in memory, for baking, reading and removing.
func walk(image []byte, r reading) (picture, error) {
	switch Detect(image) {
	case PNG:
		return layoutPNG(image, r)
	case SVG:
		return scanSVG(image, r)
	}
	return nil, notAnImage(image)
}
