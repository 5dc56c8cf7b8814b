package search_test

import (
	"fmt"

	"github.com/weir-registry/weir/catalog/search"
)

func Example() {
	ix := search.Join("")
	ix.Apply(search.Batch{Revision: "1:7", Put: []search.Document{{
		Ref:  search.Ref{Kind: "SUBJECT", ID: "lsrc-1:.:orders-value"},
		Name: "orders-value",
		Members: []search.Member{
			{Kind: search.Field, Name: "customerId", Path: "com.acme.Order", Type: "long"},
			{Kind: search.Field, Name: "amount", Path: "com.acme.Order", Type: "double"},
		},
	}}})
	r, err := ix.Search(search.Query{Text: "custmer", Facets: []search.FacetField{search.FacetKind}})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, h := range r.Hits {
		fmt.Println(h.Kind, h.Name, "of", h.EntityName)
	}
	fmt.Println("did you mean", r.DidYouMean, r.Facets)
	// Output:
	// FIELD customerId of orders-value
	// did you mean customer [{KIND [{FIELD 1}]}]
}
