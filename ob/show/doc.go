// Package show turns a badge or a record into what a person is shown: names in the
// reader's language, Markdown as harmless HTML, pictures and links that are safe to
// open, results with what they mean, and in plain words whether the credential
// counts.
//
//	view, err := show.NewView(verified, show.Options{Languages: []string{"de", "en"}})
//	err = show.Page(w, view)
//
// A [View] is made of what was verified, never of bytes alone. A badge that expired
// or was revoked is shown too, with its state; one that is not its issuer's word
// cannot be.
//
// [Page] writes one HTML page that needs no script and loads nothing from elsewhere.
// A product with pages of its own fills its templates from the View: its texts are
// plain and want escaping, which html/template does; its HTML is sanitised; its URLs
// are https, http or mailto, or hold a picture whose data is what it says.
package show
