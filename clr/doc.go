// Package clr holds Comprehensive Learner Record 2.0: the record that one
// publisher signs over many credentials, as a typed model. Its rules are those of
// package vc/rules.
//
// To issue, put the signed credentials in as the bytes that they are, check, and
// sign what [ClrCredential.JSON] returns:
//
//	record := clr.NewClrCredential(clr.Record{…})
//	if findings := record.Check(); len(vc.Errors(findings)) > 0 { … }
//	text, err := record.JSON()
//
// A record's nested credentials keep their own proofs: each is verified by
// itself, and the record besides. Never take a nested credential apart and write
// it again. What a stranger's record says is to be read only after vc/verify.
package clr
