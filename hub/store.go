package hub

import "context"

// Store keeps credentials and profiles by their owners. What a method has acknowledged is
// durable: it outlasts the process and a loss of power (but for [Memory]). Everything that
// is returned may be changed by the caller, and what was given may be changed once a method
// has returned. Implementations are safe for concurrent use; several processes may each have
// one over the same data.
//
// An error that wraps [ErrInvalid] says that the call makes no sense, [ErrNotFound] and
// [ErrChanged] are answers, and others are the store's own: nothing is known then about
// whether a change happened, and asking again does no harm.
type Store interface {
	// Upsert keeps a credential under its key, in place of what was there:
	//
	//	stored                  given                       outcome
	//	nothing                                             OutcomeCreated
	//	an earlier validFrom                                OutcomeReplaced
	//	the same validFrom      other bytes                 OutcomeReplaced
	//	the same validFrom      the same bytes              OutcomeUnchanged
	//	a later validFrom                                   OutcomeOlder
	//
	// It returns the entry as it is stored now: of OutcomeOlder that is not the given one.
	// The last two outcomes change nothing. Calls for one key have an effect as if one came
	// behind the other, so the newest validFrom stays whatever the order.
	//
	// A new entry gets the position behind all others of its owner and kind, a replacement
	// keeps its position. Whoever has seen an entry has seen, or may see, all that stand
	// before it: none appears there later. A position may be given again once it was the
	// last one and its entry was deleted.
	Upsert(ctx context.Context, o Owner, c Credential) (Stored, Outcome, error)
	// List returns a page of an owner's credentials, an empty one where there are none.
	List(ctx context.Context, o Owner, q Query) (Page, error)
	// Find returns one credential, or ErrNotFound.
	Find(ctx context.Context, o Owner, k Key) (Stored, error)
	// Delete forgets one credential and the links to it, and returns ErrNotFound where there
	// is none.
	Delete(ctx context.Context, o Owner, k Key) error

	// Profile returns the profile of an owner, or ErrNotFound.
	Profile(ctx context.Context, o Owner) (Profile, error)
	// PutProfile keeps a text as the profile and returns it as it is stored now. Where it
	// is the text that is there already, nothing changes. was is the tag of what is to be
	// replaced: the zero Tag for nothing, nil for whatever is there. Where something else is
	// there the error is ErrChanged, and of any number of calls with one tag and different
	// texts one succeeds.
	PutProfile(ctx context.Context, o Owner, raw []byte, was *Tag) (Profile, error)

	// AddLink keeps a link, whose ID must be new in the tenant. Nothing is asked of what it
	// leads to, and an owner may have any number: whoever calls counts them.
	AddLink(ctx context.Context, l Link) error
	// Link returns the link of an ID of a tenant, or ErrNotFound.
	Link(ctx context.Context, tenant, id string) (Link, error)
	// Links returns the links of an owner, the newest first, at most MaxLinks.
	Links(ctx context.Context, o Owner) ([]Link, error)
	// EndLink forgets a link of an owner, and returns ErrNotFound where they have none of
	// that ID.
	EndLink(ctx context.Context, o Owner, id string) error

	// Owners returns the users of a tenant that have something, in the order of their
	// bytes, from behind the given one on, at most so many.
	Owners(ctx context.Context, tenant, after string, limit int) ([]string, error)
	// Erase forgets everything of an owner, at once. What is stored meanwhile by others may
	// stay: end their access before.
	Erase(ctx context.Context, o Owner) error
}
