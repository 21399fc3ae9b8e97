package intake

// PolicyOf and [Policy.Config] are for the test that a policy is whole.
func PolicyOf(c Config) Policy { return policyOf(c) }

// Config returns the Config of a policy.
func (p Policy) Config() (Config, error) { return p.config() }
