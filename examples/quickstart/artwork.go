package main

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math"
)

// The picture: two laurel branches around a star, on a round shield. All lengths
// are in parts of 100, from the centre, y downwards.

const (
	shieldRadius = 94.0
	ringRadius   = 82.0
	branchRadius = 56.0
	leafLength   = 17.0 // half axes of a leaf
	leafWidth    = 6.5
	starOuter    = 30.0
	starInner    = 12.5
)

var (
	shield = color.RGBA{0x1f, 0x3a, 0x5f, 0xff}
	ring   = color.RGBA{0xe8, 0xee, 0xf4, 0xff}
	leaf   = color.RGBA{0x7f, 0xb0, 0x69, 0xff}
	gold   = color.RGBA{0xf2, 0xc1, 0x4e, 0xff}
)

type point struct{ x, y float64 }

// leafShape is an ellipse, turned by an angle in degrees.
type leafShape struct {
	at       point
	turn     float64
	sin, cos float64 // of the angle
}

func newLeaf(at point, turn float64) leafShape {
	sin, cos := math.Sincos(turn * math.Pi / 180)
	return leafShape{at, turn, sin, cos}
}

// leaves are those of both branches, from the stem at the bottom upwards.
func leaves() []leafShape {
	var all []leafShape
	for i := range 7 {
		up := 28 + float64(i)*20 // degrees from the bottom
		sin, cos := math.Sincos(up * math.Pi / 180)
		all = append(all,
			newLeaf(point{branchRadius * sin, branchRadius * cos}, -up-25),
			newLeaf(point{-branchRadius * sin, branchRadius * cos}, up+25))
	}
	return all
}

// star are the corners of the star, outer and inner in turn.
func star() []point {
	var corners []point
	for i := range 10 {
		r := starOuter
		if i%2 == 1 {
			r = starInner
		}
		sin, cos := math.Sincos(float64(i) * math.Pi / 5)
		corners = append(corners, point{r * sin, -r * cos})
	}
	return corners
}

// drawSVG writes the picture as SVG.
func drawSVG() []byte {
	var b bytes.Buffer
	fmt.Fprint(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-100 -100 200 200" role="img">`+"\n<title>Map Reading</title>\n")
	fmt.Fprintf(&b, "<circle r=\"%g\" fill=\"%s\"/>\n", shieldRadius, hex(shield))
	fmt.Fprintf(&b, "<circle r=\"%g\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>\n<g fill=\"%s\">\n",
		ringRadius, hex(ring), hex(leaf))
	for _, l := range leaves() {
		fmt.Fprintf(&b, "<ellipse rx=\"%g\" ry=\"%g\" transform=\"translate(%.1f %.1f) rotate(%g)\"/>\n",
			leafLength, leafWidth, l.at.x, l.at.y, l.turn)
	}
	fmt.Fprintf(&b, "</g>\n<polygon fill=\"%s\" points=\"", hex(gold))
	for _, p := range star() {
		fmt.Fprintf(&b, "%.1f,%.1f ", p.x, p.y)
	}
	fmt.Fprint(&b, "\"/>\n</svg>\n")
	return b.Bytes()
}

func hex(c color.RGBA) string { return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B) }

// drawPNG paints the picture, four samples a pixel each way for smooth edges.
func drawPNG() []byte {
	const size, samples = 240, 4
	img := image.NewNRGBA(image.Rect(0, 0, size, size))
	branches, corners := leaves(), star()
	for y := range size {
		for x := range size {
			var r, g, b, a int
			for s := range samples * samples {
				at := point{
					(float64(x)+(float64(s%samples)+0.5)/samples)*200/size - 100,
					(float64(y)+(float64(s/samples)+0.5)/samples)*200/size - 100,
				}
				c := colorAt(at, branches, corners)
				r, g, b, a = r+int(c.R)*int(c.A), g+int(c.G)*int(c.A), b+int(c.B)*int(c.A), a+int(c.A)
			}
			if a > 0 {
				img.SetNRGBA(x, y, color.NRGBA{uint8(r / a), uint8(g / a), uint8(b / a), uint8(a / (samples * samples))})
			}
		}
	}
	var out bytes.Buffer
	if err := png.Encode(&out, img); err != nil {
		panic(err) // a buffer takes every byte, and the picture is never empty
	}
	return out.Bytes()
}

// colorAt is the colour of the topmost shape at a point.
func colorAt(p point, branches []leafShape, corners []point) color.RGBA {
	radius := math.Hypot(p.x, p.y)
	switch {
	case radius > shieldRadius:
		return color.RGBA{}
	case math.Abs(radius-ringRadius) <= 1:
		return ring
	case inside(corners, p):
		return gold
	}
	for _, l := range branches {
		if l.holds(p) {
			return leaf
		}
	}
	return shield
}

func (l leafShape) holds(p point) bool {
	dx, dy := p.x-l.at.x, p.y-l.at.y
	along, across := dx*l.cos+dy*l.sin, dy*l.cos-dx*l.sin
	return along*along/(leafLength*leafLength)+across*across/(leafWidth*leafWidth) <= 1
}

// inside counts how often a ray to the left crosses the outline.
func inside(corners []point, p point) bool {
	in := false
	for i, a := range corners {
		b := corners[(i+1)%len(corners)]
		if (a.y > p.y) != (b.y > p.y) && p.x < (b.x-a.x)*(p.y-a.y)/(b.y-a.y)+a.x {
			in = !in
		}
	}
	return in
}
