package catalog

import (
	"strings"

	"github.com/weir-registry/weir/auth"
)

// resourceOf is what the Authorizer is asked about for an entity:
//
//	SUBJECT, SCHEMA_VERSION, RECORD, FIELD   "subject", its qualified name
//	CONTEXT                                  "context", its name
//	SCHEMA                                   "schema", context:id
//	TOPIC                                    "topic", cluster/name
//	all others                               the kind in lower case, the name
//
// Who may write a subject may say things of its fields. To say something asks
// for auth.Write, to change a definition for auth.Admin.
func resourceOf(ref Ref) auth.Resource {
	switch ref.Kind {
	case KindSubject, KindSchemaVersion, KindRecord, KindField:
		s := ref.Subject()
		return auth.Resource{Kind: "subject", Name: s.String()}
	case KindSchema:
		return auth.Resource{Kind: "schema", Name: ref.Scope + ":" + ref.Name}
	case KindTopic:
		return auth.Resource{Kind: "topic", Name: ref.Scope + "/" + ref.Name}
	}
	return auth.Resource{Kind: strings.ToLower(string(ref.Kind)), Name: ref.Name}
}
