package casefw

// Reindex builds the indexes of a framework again.
func Reindex(f *Framework) {
	again := &Framework{store: f.store, head: f.head}
	again.index.build(again)
}

// Rename gives a member of a class another name in its table row, and returns a function
// that takes it back.
func Rename(class, name, to string) func() {
	for _, c := range classes() {
		if m := c.find(name); c.name == class && m != nil {
			m.name = to
			return func() { m.name = name }
		}
	}
	panic("no " + name + " in " + class)
}
