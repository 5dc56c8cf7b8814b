package declare

import (
	"slices"
	"strings"

	"github.com/weir-registry/weir/catalog"
)

// kindWord is a kind as documents write it.
type kindWord struct {
	word string
	kind catalog.Kind
	// folder is where an export puts the documents of the kind.
	folder string
}

// kindWords are the kinds in the order in which an export gives them and steps
// make them: whatever is spoken of comes before what speaks of it.
var kindWords = []kindWord{
	{"Person", catalog.KindPerson, "people"},
	{"Team", catalog.KindTeam, "teams"},
	{"Tag", catalog.KindTag, "tags"},
	{"BusinessMetadata", catalog.KindBusinessMetadata, "business-metadata"},
	{"Term", catalog.KindTerm, "terms"},
	{"Domain", catalog.KindDomain, "domains"},
	{"DataProduct", catalog.KindDataProduct, "data-products"},
	{"Context", catalog.KindContext, "contexts"},
	{"Cluster", catalog.KindCluster, "clusters"},
	{"Topic", catalog.KindTopic, "topics"},
	{"Subject", catalog.KindSubject, "subjects"},
	{"SchemaVersion", catalog.KindSchemaVersion, "schema-versions"},
	{"Schema", catalog.KindSchema, "schemas"},
	{"Record", catalog.KindRecord, "records"},
	{"Field", catalog.KindField, "fields"},
}

func wordOf(k catalog.Kind) string {
	if at := kindIndex(k); at >= 0 {
		return kindWords[at].word
	}
	return string(k)
}

// kindIndex is the place of a kind in kindWords, -1 for none.
func kindIndex(k catalog.Kind) int {
	return slices.IndexFunc(kindWords, func(w kindWord) bool { return w.kind == k })
}

func kindOf(word string) (catalog.Kind, bool) {
	at := slices.IndexFunc(kindWords, func(w kindWord) bool { return w.word == word })
	if at < 0 {
		return "", false
	}
	return kindWords[at].kind, true
}

// allKinds are the words, for messages.
func allKinds() string {
	var words []string
	for _, w := range kindWords {
		words = append(words, w.word)
	}
	return strings.Join(words, ", ")
}
