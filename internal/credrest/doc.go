// Package credrest describes the APIs of Open Badges 3.0 and CLR 2.0, which are one protocol
// with two vocabularies: a table of operations, and a [Service] for each. The handler, the
// client and the service description of both are made of it, in packages ob/obapi and
// clr/clrapi.
package credrest
