// Package rest is what the REST services of 1EdTech share, CASE and the badge and
// record services alike: for servers conditional requests, compression, origins,
// and the texts of long answers; for clients retries and the way from page to page;
// for both paging with its Link headers, selection of fields, sorting, the filter
// grammar, and the status information of errors in the spelling of each service.
//
// A filter goes through three steps: [ParseFilter] knows the grammar,
// [Filter.Compile] knows the fields, [Matcher] looks at records through the
// [Object] interface. Nothing of a filter is ever executed; its length and its
// terms are bounded, and matching takes time in proportion to the text.
//
// Everything here is safe for concurrent use, where it does not say otherwise.
package rest
