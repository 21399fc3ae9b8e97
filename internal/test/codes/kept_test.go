package codes_test

import (
	"bytes"
	"context"
	"errors"

	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/hub"
	"github.com/laurel-edu/laurel/internal/test/school"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/ob/obapi"
	"github.com/laurel-edu/laurel/vc"
)

// keeping brings a badge, as it is changed before it is signed, to a backpack.
func keeping(code vc.Code, input, from, to string, check func(*obapi.Keeper, hub.Stored) error) row {
	return row{code, input, func(d *desk) []*vc.Problem {
		k, err := obapi.NewKeeper(obapi.KeeperConfig{Store: &hub.Memory{}, Now: testkit.Clock})
		if err != nil {
			d.t.Fatal(err)
		}
		ed, owner := school.Ed(d.t, 1), hub.Owner{User: "ada"}
		text := bytes.Replace(ed.Badge(obtest.Badge{Number: 1}), []byte(from), []byte(to), 1)
		s, _, err := k.Keep(d.t.Context(), owner, school.Sign(d.t, ed, text, nil))
		if err == nil && check != nil {
			err = check(k, s)
		}
		if p, ok := errors.AsType[*vc.Problem](err); ok {
			return []*vc.Problem{p}
		}
		return nil
	}}
}

var keptRows = []row{
	keeping(obapi.CodeAhead, "a badge of the year 2999 for a backpack", `"validFrom":"2025`, `"validFrom":"2999`, nil),
	keeping(obapi.CodeUnkept, "a badge of the year 0 for a backpack", `"validFrom":"2025`, `"validFrom":"0000`, nil),
	keeping(obapi.CodeOther, "a line of an export that gives a badge another id", "", "", func(k *obapi.Keeper, s hub.Stored) error {
		s.ID = "urn:x"
		return k.Check(context.Background(), hub.Owner{User: "ada"}, s.Credential)
	}),
}
