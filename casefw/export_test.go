package casefw

// LoadSlowly loads without the fast way.
func LoadSlowly(text []byte, o Options) (*Framework, *Report, error) {
	return load(&source{ctx: nil, b: text, n: len(text), final: true}, o, false)
}
