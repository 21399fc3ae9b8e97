package hub

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/laurel-edu/laurel/internal/quote"
)

// ErrInvalid is the error of a call that no store can answer: an owner without a name, a
// credential without an id. It is the caller's mistake and not the store's.
var ErrInvalid = errors.New("hub: invalid")

// MaxName is how long the tenant and the user of an [Owner] may be, in bytes each: they
// begin every key of a store.
const MaxName = 255

// Owner is whose credentials and profile they are: a user of a tenant. Both are what the
// product calls them and mean nothing to a store. Users of one name in two tenants are two
// owners. The zero Owner is nobody.
type Owner struct {
	Tenant string // "" where there is only one
	User   string
}

// Check reports whether a store can have such an owner: a user and both names of at most
// [MaxName] bytes of UTF-8 without the character NUL. The error wraps [ErrInvalid].
func (o Owner) Check() error {
	if o.User == "" {
		return fmt.Errorf("%w: an owner without a user", ErrInvalid)
	}
	if err := checkName("tenant", o.Tenant); err != nil {
		return err
	}
	return checkName("user", o.User)
}

// CheckOwners reports whether [Store.Owners] can be asked so. The error wraps [ErrInvalid].
func CheckOwners(tenant, after string, limit int) error {
	if limit < 1 {
		return fmt.Errorf("%w: a limit of %d", ErrInvalid, limit)
	}
	if err := checkName("tenant", tenant); err != nil {
		return err
	}
	return checkName("user", after)
}

func checkName(what, name string) error {
	switch {
	case len(name) > MaxName:
		return fmt.Errorf("%w: a %s of %d bytes, more than %d", ErrInvalid, what, len(name), MaxName)
	case !legible(name):
		return fmt.Errorf("%w: a %s of %s", ErrInvalid, what, quote.Text(name))
	}
	return nil
}

// legible reports whether a text can stand in every data base.
func legible(text string) bool { return utf8.ValidString(text) && !strings.ContainsRune(text, 0) }
