package casefw

import "time"

// LoadSlowly loads without the fast way.
func LoadSlowly(text []byte, o Options) (*Framework, *Report, error) {
	return load(&source{ctx: nil, b: text, n: len(text), final: true}, o, false)
}

// Reindex builds the indexes of a framework again.
func Reindex(f *Framework) {

	again := &Framework{store: f.store, head: f.head}
	again.index.build(again)
}

// PackStamp packs a time stamp and reads it back.
func PackStamp(text string) (packed bool, back string, at time.Time) {
	p, ok := packStamp(text)
	if !ok {
		return false, "", at
	}
	return true, string(p.append(nil)), p.time()
}
