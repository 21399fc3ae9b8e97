package jsonld

// MaxContexts is maxContexts, for tests.
const MaxContexts = maxContexts

// Contexts returns how many contexts the engine remembers.
func (e *Engine) Contexts() int { return int(e.contexts.Load()) }
