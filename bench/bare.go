package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"maps"
	"net/http"
	"os"
	"slices"
	"strings"
)

// serveBare is the limit of the HTTP rows, as a process of its own.
func serveBare(args []string) {
	flags := flag.NewFlagSet("bare", flag.ExitOnError)
	listen := flags.String("listen", "", "address")
	body := flags.String("body", "", "file with the answer")
	kind := flags.String("kind", "bytes", "what it does to give it: "+strings.Join(slices.Sorted(maps.Keys(bareHandlers)), ", "))
	flags.Parse(args)
	answer, err := os.ReadFile(*body)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	handler, err := bareHandlers[*kind](answer)
	if err == nil {
		err = http.ListenAndServe(*listen, handler)
	}
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

// bareHandlers make the handlers of the limits out of the answer that they give.
var bareHandlers = map[string]func(answer []byte) (http.Handler, error){
	"bytes": bareBytes, "graphql": bareGraphQL, "entities": bareEntities,
}

// bareBytes answers fixed bytes, after decoding the body of a POST.
func bareBytes(answer []byte) (http.Handler, error) {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost {
			data, err := io.ReadAll(r.Body)
			var request struct {
				Schema     string `json:"schema"`
				SchemaType string `json:"schemaType"`
			}
			if err == nil {
				err = json.Unmarshal(data, &request)
			}
			if err != nil || request.Schema == "" {
				http.Error(w, "bad body", http.StatusBadRequest)
				return
			}
		}
		w.Header().Set("Content-Type", "application/vnd.schemaregistry.v1+json")
		w.Write(answer)
	}), nil
}
