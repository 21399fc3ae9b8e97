module github.com/laurel-edu/laurel

go 1.26

require (
	github.com/go-jose/go-jose/v4 v4.1.8 // indirect
	github.com/go-json-experiment/json v1.27.2 // indirect
	github.com/mr-tron/base58 v1.3.0 // indirect
	github.com/piprate/json-gold v0.9.1 // indirect
	github.com/stretchr/testify v1.12.1 // indirect
)
