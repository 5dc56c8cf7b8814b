package confluent

import "github.com/weir-registry/weir/graphql/confluent/generated"

// perRelation is how many entities a list that a relation leads to is taken to
// have when an operation is weighed. What there really is Limits.Relations
// bounds.
const perRelation = 10

// weigh says how complex fields are: a page is as many times what is asked of a
// row as it may have rows. All else counts 1.
func weigh(c *generated.ComplexityRoot) {
	c.Query.SrSchema = rows
	c.Query.SrRecord = rows
	c.Query.SrField = rows
	c.Query.SrSubjectVersion = rows
	c.Query.KafkaTopic = rows
	c.Query.KafkaLogicalCluster = rows
	c.Query.CnConnector = rows
	c.Query.CfEnvironment = rows
	c.Query.CfEntity = rows

	c.Sr_schema.SubjectVersions = relation
	c.Sr_schema.Types = relation
	c.Sr_record.Fields = relation
	c.Kafka_logical_cluster.Topics = relation
	c.Cn_connector.Topics = relation
}

// rows weighs a root field. A limit that is none is refused later.
func rows(child int, _ map[string]any, _ []*string, limit, _ *int, _, _ []map[string]any, _ *bool) int {
	most := defaultPage
	if limit != nil {
		most = min(max(*limit, 0), largestPage)
	}
	return times(most, child)
}

func relation(child int) int { return times(perRelation, child) }

// times weighs a list; it stays far below where a sum of many would overflow.
func times(rows, child int) int {
	const enough = 1 << 40
	return min(rows*min(child, enough/largestPage), enough)
}
