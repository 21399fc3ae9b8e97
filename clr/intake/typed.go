package intake

import (
	"fmt"

	"github.com/laurel-edu/laurel/clr"
	"github.com/laurel-edu/laurel/ob"
)

// Record returns the record as a typed model. What it holds of credentials says nothing of
// who vouches for them: they are entries of their own. The error is that of an entry of
// another Kind.
func (e *Entry) Record() (*clr.ClrCredential, error) {
	var record clr.ClrCredential
	return &record, e.decode(KindRecord, &record)
}

// Endorsement returns the endorsement as a typed model. The error is that of an entry of
// another Kind.
func (e *Entry) Endorsement() (*ob.EndorsementCredential, error) {
	var endorsement ob.EndorsementCredential
	return &endorsement, e.decode(KindEndorsement, &endorsement)
}

func (e *Entry) decode(kind Kind, into any) error {
	if e.Kind != kind {
		return fmt.Errorf("intake: the entry is a %s and no %s", e.Kind, kind)
	}
	if err := e.found.Decode(into); err != nil {
		return fmt.Errorf("intake: %w", err)
	}
	return nil
}
