// Package declare is metadata as code: what a team says of its streams, kept in
// YAML documents beside its own code and applied as a whole.
//
// # What comes in
//
// [File]s with YAML documents, each about one thing ([Read]):
//
//	apiVersion: weir/v1
//	kind: Subject
//	metadata:
//	  name: orders-value
//	spec:
//	  description: One message for each order.
//	  owners:
//	    - team: payments
//	    - person: ada
//	      role: STEWARD
//	  tags:
//	    - Curated
//	    - name: Retention
//	      attributes:
//	        days: 30
//	  terms:
//	    - Order
//	  domain: sales
//	  deprecation:
//	    reason: Split in two.
//	    until: 2027-01-01
//	    replacement:
//	      kind: Subject
//	      name: orders-v2-value
//	  links:
//	    - title: Runbook
//	      url: https://wiki/orders
//	  businessMetadata:
//	    Retention:
//	      years: 7
//	  fields:
//	    customer.email:
//	      tags:
//	        - PII
//
// The kinds and how metadata names them:
//
//	Tag, BusinessMetadata, Term, Domain,
//	DataProduct, Team, Person, Context, Cluster   name
//	Subject              name, as the registry's paths write it (":.team:orders-value")
//	Topic                name, cluster ("default" when it is left out)
//	Record               subject, name (the record's full name)
//	Field                subject, name (a runtime name, or a path that leads to one field)
//	SchemaVersion        subject, version
//	Schema               id, context ("." when it is left out)
//
// The spec above can stand in any of them, and what defines the kind beside it
// (definition.go). The form is strict: a member that is not known, a value of
// another type, a name that leads nowhere is a [Fault] with file, line and
// column, and all faults are reported together. Anchors, aliases and YAML tags
// are not taken.
//
// # What goes out
//
// [Apply] makes a named set say what the documents say, or gives the [Plan] of
// it and changes nothing; [Export] writes what a set says in the same form, in
// one order: applying what was exported plans nothing.
//
// A set owns what it has applied. What its documents say no more stays until
// they are applied with Prune, which takes away that and nothing else. A
// definition has one owner: a set may take over what people made, but not what
// another set declares otherwise.
//
// # Who may know it
//
// rest, graphql and the command line. It knows package catalog, no transport,
// no files (a folder is an fs.FS).
package declare
