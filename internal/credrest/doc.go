// Package credrest is what the APIs of Open Badges 3.0 and CLR 2.0 share: they are one
// protocol with two vocabularies. A [Service] is the description of one, a table of
// operations; [NewServer] serves it, [NewClient] asks it, and both say what the table
// says. Packages ob/obapi and clr/clrapi are the doors.
package credrest
