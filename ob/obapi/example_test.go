package obapi_test

import (
	"context"
	"fmt"
	"log"
	"net/http"
	"os"

	"github.com/laurel-edu/laurel/clr/clrapi"
	"github.com/laurel-edu/laurel/hub"
	"github.com/laurel-edu/laurel/oauthclient"
	"github.com/laurel-edu/laurel/oauthsrv"
	"github.com/laurel-edu/laurel/ob/obapi"
)

// A host serves badges and records of one tenant. One Keeper is the door of the store for
// both.
func ExampleNewHandler() {
	var server *oauthsrv.Server // made by oauthsrv.New, or an Authorizer of your own
	keeper, err := obapi.NewKeeper(obapi.KeeperConfig{Store: &hub.Memory{}})
	if err != nil {
		log.Fatal(err)
	}
	c := obapi.Config{
		Keeper: keeper, Authorizer: server, Writes: true,
		Tenant: oauthsrv.Tenant{
			ID: "demo", Issuer: "https://hub.example/demo", Name: "Example Backpack", Terms: "https://hub.example/terms",
			Policy: "https://hub.example/privacy", Scopes: append(obapi.Scopes(true), clrapi.Scopes(true)...),
		},
	}
	badges, err := obapi.NewHandler(c)
	if err != nil {
		log.Fatal(err)
	}
	records, err := clrapi.NewHandler(c)
	if err != nil {
		log.Fatal(err)
	}
	http.Handle("/demo"+obapi.BasePath+"/", badges)
	http.Handle("/demo"+clrapi.BasePath+"/", records)
}

// A wallet takes over what is new at a host. Each credential is verified before it is kept.
func ExampleClient_Sync() {
	var connection *oauthclient.Connection // of oauthclient.Client.Finish
	var keeper *obapi.Keeper               // of the wallet's own store
	ctx := context.Background()
	client, err := obapi.NewClient(obapi.ClientConfig{BaseURL: "https://hub.example/demo", Do: connection})
	if err != nil {
		log.Fatal(err)
	}
	var last obapi.Synced // what the last call returned
	last, err = client.Sync(ctx, last, obapi.SyncOptions{}, func(ctx context.Context, c obapi.Credential) error {
		_, outcome, err := keeper.Keep(ctx, hub.Owner{User: "ada"}, c.Raw)
		fmt.Println(outcome, err)
		return nil
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(last.Last)
}

// What a person brings in a folder is verified and kept; the rest is told of.
func ExampleKeeper_Import() {
	keeper, err := obapi.NewKeeper(obapi.KeeperConfig{Store: &hub.Memory{}})
	if err != nil {
		log.Fatal(err)
	}
	for file, err := range keeper.Import(context.Background(), hub.Owner{User: "ada"}, os.DirFS("testdata"), obapi.ImportOptions{}) {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(file.Path, file.Outcome, file.Err)
	}
}
