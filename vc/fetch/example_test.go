package fetch_test

import (
	"context"
	"fmt"

	"github.com/laurel-edu/laurel/vc/fetch"
)

// A trust pack answers without a network; what it lacks has its own code.
func ExamplePack() {
	pack, err := fetch.ParsePack([]byte(`{
		"did:web:school.example": {"id": "did:web:school.example"}
	}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	r, err := pack.Fetch(context.Background(), "https://school.example/.well-known/did.json")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(string(r.Body), "from the", r.Source)

	_, err = pack.Fetch(context.Background(), "https://school.example/status/7")
	fmt.Println(err)
	// Output:
	// {"id": "did:web:school.example"} from the trust pack
	// fetch: not-in-pack for "https://school.example/status/7": the trust pack holds no document for it
}

// The arrangement of a service: one client for all, under the operator's pack.
func ExampleLayered() {
	client, err := fetch.NewClient(fetch.Config{Cache: fetch.NewMemoryCache(0)})
	if err != nil {
		fmt.Println(err)
		return
	}
	pack, err := fetch.ParsePack([]byte(`{}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	door := fetch.Layered(pack, client)
	_, err = door.Fetch(context.Background(), "https://169.254.169.254/latest/meta-data")
	fmt.Println(err)
	// Output:
	// fetch: refused-address for "https://169.254.169.254/latest/meta-data": the address 169.254.169.254 is not public: link-local
}
