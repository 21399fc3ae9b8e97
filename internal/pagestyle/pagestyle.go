// Package pagestyle is the style that all pages of this module share, so that a consent
// page, a badge and a reading look like one family: its colours in the light, in the dark
// and on paper, letters, links, buttons, and where the focus is. A page adds what it alone
// has.
package pagestyle

import _ "embed" // the style

// CSS is the style. A page puts it before its own.
//
//go:embed style.css
var CSS string
