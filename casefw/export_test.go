package casefw

// LoadSlowly loads without the fast way.
func LoadSlowly(text []byte, o Options) (*Framework, *Report, error) {
	return load(&source{ctx: nil, b: text, n: len(text), final: true}, o, false)
}

// Reindex builds the indexes of a framework again.
func Reindex(f *Framework) {

	again := &Framework{store: f.store, head: f.head}
	again.index.build(again)
}
