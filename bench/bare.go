package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
)

// serveBare is the limit of the HTTP rows, as a process of its own: a bare
// net/http handler that answers fixed bytes, after decoding the body of a POST
// with encoding/json.
func serveBare(args []string) {
	flags := flag.NewFlagSet("bare", flag.ExitOnError)
	listen := flags.String("listen", "", "address")
	body := flags.String("body", "", "file with the answer")
	flags.Parse(args)
	answer, err := os.ReadFile(*body)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	err = http.ListenAndServe(*listen, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
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
	}))
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
