package franz

import (
	"context"
	"testing"
	"time"

	"github.com/twmb/franz-go/pkg/kgo"
)

// patience is how long a single record may be on its way. The first one
// waits for the topic to be made.
const patience = 30 * time.Second

// carry sends a value through the broker and returns the one that a consumer
// got.
func carry(t *testing.T, brokers, topic string, value []byte) []byte {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	producer, err := kgo.NewClient(kgo.SeedBrokers(brokers), kgo.AllowAutoTopicCreation())
	if err != nil {
		t.Fatal(err)
	}
	defer producer.Close()
	sent, err := producer.ProduceSync(ctx, &kgo.Record{Topic: topic, Value: value}).First()
	if err != nil {
		t.Fatalf("ProduceSync(%q): %v", topic, err)
	}
	consumer, err := kgo.NewClient(kgo.SeedBrokers(brokers), kgo.ConsumePartitions(
		map[string]map[int32]kgo.Offset{topic: {sent.Partition: kgo.NewOffset().At(sent.Offset)}}))
	if err != nil {
		t.Fatal(err)
	}
	defer consumer.Close()
	fetches := consumer.PollRecords(ctx, 1)
	if err := fetches.Err(); err != nil {
		t.Fatalf("PollRecords(%q): %v", topic, err)
	}
	return fetches.Records()[0].Value
}
