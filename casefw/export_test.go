package casefw

// Reindex builds the indexes of a framework again.
func Reindex(f *Framework) {
	again := &Framework{store: f.store, head: f.head}
	again.index.build(again)
}
