// Package hub keeps what the owners of a backpack have: their credentials and their
// profiles, as the services of Open Badges 3.0 and CLR 2.0 receive and serve them.
//
// [Store] is the interface that those services stand on. [Memory] is one for tests and
// demonstrations; package hub/sqlstore has one for SQLite and PostgreSQL, and package
// hub/storetest holds any other against the same promises. Wrap a store that somebody
// else wrote with [Guard] where it enters.
//
// A store takes what was verified and decides nothing about it. Whoever calls
// [Store.Upsert] has seen that the credential is authentic (package vc/verify), and takes
// issuer, id and validFrom from what was verified: they are the identity by which one
// credential replaces another, and anybody can write a forged one with the issuer and the
// id of a good one. What is stored is never read again here: the bytes that come out are
// those that went in.
//
// Everything belongs to an [Owner], and no method reaches from one owner to another. By a
// [Link] an owner shows one credential to everybody who has its address.
// [Export], [Import], [Erase] and [EraseTenant] are for what the law asks: to hand a
// person what is kept of them, to move it, and to forget it.
package hub
