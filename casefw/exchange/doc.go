// Package exchange brings frameworks in and out of the forms that people edit:
// tables of CSV, and the JSON-LD of CTDL-ASN (ceasn).
//
// # Tables
//
// [ReadItems] reads the one table that most people have, a line for each item.
// [Read] reads up to five: the three sheets of the OpenSALT spreadsheet ("CF
// Doc", "CF Item", "CF Association"), each saved as CSV, a table of rubrics and one
// of definitions. [WriteItems] and [Write] write the same.
//
// What is written as five tables is read again as it was, member by member, but for
// the order of the lists: items come in the order of the tree. A column "CASE JSON"
// holds what the other cells of a line cannot; a cell that was edited since wins.
// What fewer tables have no place for stands in the [Report].
//
// The reader knows the columns by many names (humanCodingScheme, "Human Coding
// Scheme", …), finds the separator, and takes the tree from what the table has:
// a column with the parent's identifier or code, smartLevel numbers such as
// 1.2.3, or dotted codes. Identifiers that are missing are made, and made the
// same again when the same table is read again, so that an import may be
// repeated. Lines "#title,…" above the header describe the document.
//
// No column is lost: one that CASE has no member for becomes an extension of the
// item, and comes out as a column again. Everything that was repaired, made up or
// not understood stands in the [Report], with line and column.
//
// # Formulas
//
// A spreadsheet runs a cell that begins with =, +, - or @, and one that splits at
// another separator than the table's begins cells where the table has none.
// Statements are other people's text, so Write sets an apostrophe wherever a formula
// could begin unless [WriteOptions].Formulas says otherwise, and Read takes it off
// again.
//
// # Linked data
//
// [WriteCTDLASN] writes a framework in the terms of the Credential Engine's
// CTDL-ASN and reports what has no term there.
//
// # What not to do
//
// Do not read a table that a person edited by hand over a framework that is in
// use without looking at the report and at [casefw.Diff]: a code that was
// corrected makes another identifier where the table has none.
package exchange
