package conformance

// NewCASEHost is the reference provider with a fault.
var NewCASEHost = newCASEHost
