// Package casefw reads, checks, holds and compares competency frameworks in the
// form of 1EdTech CASE 1.0 and 1.1 (Competencies and Academic Standards Exchange).
//
// # Reading
//
// [Load] reads a package of any size from a stream into a [Framework]: a compact,
// read-only store with its indexes, safe for concurrent use. [Parse] reads any one
// resource, a package too, into plain structs ([CFItem], [CFPackage], …), which
// are also the way to build something new; [NewFramework] indexes them.
//
// Both read tolerantly. What providers really send (nulls, texts for arrays,
// upper-case identifiers, links as bare texts, members in packages that belong
// outside) is repaired and reported, each repair as a [vc.Problem] with code and
// JSON Pointer; what cannot be repaired is kept. No member is lost: unknown ones
// stand in Extra, repaired ones in Sent, and the form [AsSent] writes the JSON
// value that was read. Only a text that cannot be read at all is an error.
//
// # Checking
//
// [Validate] and [ValidateStream] hold a document against the schema of one
// version, [Framework.Lint] looks at the framework as a whole: trees, cycles,
// duplicates, links into nowhere, rubrics. [Framework.CheckAnswers] says before a
// framework is published which answers about it no certified provider may give.
//
// # Asking
//
// A [Framework] answers in handles ([Item], [Association], [Node]) that cost
// nothing to pass around. A [Catalog] joins frameworks by identifier: crosswalks,
// human codes, and the Open Badges alignments of items ([AlignmentOf],
// [Catalog.ResolveAlignment]). [Diff] compares two versions of a framework.
//
// # What not to do
//
// Do not compare uris to tell whether two items are the same: the uri changes
// with the CASE version of the server, the identifier does not. Do not show
// statements as HTML without neutralising them: they are other people's text.
package casefw
