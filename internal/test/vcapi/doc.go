// Package vcapi is a small server of the W3C's VC-API, through which the test suites
// of the W3C drive this module:
//
//	POST /{suite}/{key}/credentials/issue    such as /eddsa-rdfc-2022/Ed25519/credentials/issue
//	POST /credentials/verify
//	POST /credentials/derive
//	POST /presentations/verify
//	GET  /localConfig.cjs                    the suites' configuration for this server
//
// It issues through vc/issue, derives by proof/dataintegrity and verifies through vc/verify, and adds nothing to what
// they say.
// Its keys are made when it starts. It is for tests only, and for this machine only.
//
// docs/suites.md says how the suites are run. The server is started by
//
//	LAUREL_VCAPI=127.0.0.1:40443 go test ./internal/test/vcapi -run TestServe -timeout 0 -v
package vcapi
