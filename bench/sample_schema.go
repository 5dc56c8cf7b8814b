package main

import (
	"fmt"
	"strings"
)

// fiveFields is the Avro schema of the POST rows: a record with five fields,
// different for every n, in the spelling that the registry stores.
func fiveFields(n int) string {
	return fmt.Sprintf(`{"type":"record","name":"Order%d","namespace":"com.acme.orders","fields":[`+
		`{"name":"id","type":"long"},{"name":"customer","type":"string"},{"name":"amount","type":"double"},`+
		`{"name":"note","type":["null","string"],"default":null},{"name":"created","type":{"type":"long","logicalType":"timestamp-millis"}}]}`, n)
}

// otherSpelling is the same schema as fiveFields in another order and with
// blanks, as a client with its own printer sends it.
func otherSpelling(n int) string {
	return fmt.Sprintf(`{ "namespace": "com.acme.orders", "name": "Order%d", "type": "record", "fields": [`+
		` {"type": "long", "name": "id"}, {"type": "string", "name": "customer"}, {"type": "double", "name": "amount"},`+
		` {"type": ["null", "string"], "name": "note", "default": null}, {"type": {"logicalType": "timestamp-millis", "type": "long"}, "name": "created"} ] }`, n)
}

// wide is a schema of about 1.5 kB, different for every n.
func wide(n int) string {
	var b strings.Builder
	fmt.Fprintf(&b, `{"type":"record","name":"Event%d","namespace":"com.acme.events","doc":"What happened in the shop, one record an event.","fields":[`, n)
	for i := range 16 {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, `{"name":"field_%02d","type":["null","string"],"doc":"Value %d of the event.","default":null}`, i, i)
	}
	b.WriteString(`]}`)
	return b.String()
}
