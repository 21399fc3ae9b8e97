// Package imsrest is what the REST bindings of 1EdTech share: paging with its Link
// headers, selection of fields, sorting, the filter grammar, and the status
// information of errors. CASE, OneRoster and the badge and record services use the
// same rules, so they are read and judged in one place, by clients and servers.
//
// A filter goes through three steps: [ParseFilter] knows the grammar,
// [Filter.Compile] knows the fields, [Matcher] looks at records through the
// [Object] interface. Nothing of a filter is ever executed; its length and its
// terms are bounded, and matching takes time in proportion to the text.
//
// Everything here is pure and safe for concurrent use.
package imsrest
