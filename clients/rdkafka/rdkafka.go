// Package rdkafka carries single records through the broker with Confluent's
// Go binding of librdkafka.
package rdkafka

import (
	"errors"
	"testing"
	"time"

	"github.com/confluentinc/confluent-kafka-go/v2/kafka"
)

// patience is how long a single record may be on its way. The first one
// waits for the topic to be made.
const patience = 30 * time.Second

// Carry sends a value through the broker and returns the record that a
// consumer got.
func Carry(t *testing.T, brokers, topic string, headers []kafka.Header, value []byte) *kafka.Message {
	t.Helper()
	return consume(t, brokers, produce(t, brokers, topic, headers, value))
}

// produce sends the value and returns where the broker put it.
func produce(t *testing.T, brokers, topic string, headers []kafka.Header, value []byte) kafka.TopicPartition {
	t.Helper()
	producer, err := kafka.NewProducer(&kafka.ConfigMap{"bootstrap.servers": brokers})
	if err != nil {
		t.Fatal(err)
	}
	defer producer.Close()
	delivered := make(chan kafka.Event, 1)
	err = producer.Produce(&kafka.Message{
		TopicPartition: kafka.TopicPartition{Topic: &topic, Partition: kafka.PartitionAny},
		Headers:        headers,
		Value:          value,
	}, delivered)
	if err != nil {
		t.Fatal(err)
	}
	select {
	case event := <-delivered:
		message, ok := event.(*kafka.Message)
		if !ok || message.TopicPartition.Error != nil {
			t.Fatalf("Produce(%q) = %v", topic, event)
		}
		return message.TopicPartition
	case <-time.After(patience):
		t.Fatalf("Produce(%q): not delivered after %v", topic, patience)
	}
	panic("unreachable: Fatalf does not return")
}

func consume(t *testing.T, brokers string, place kafka.TopicPartition) *kafka.Message {
	t.Helper()
	topic := *place.Topic
	consumer, err := kafka.NewConsumer(&kafka.ConfigMap{
		"bootstrap.servers": brokers,
		"group.id":          topic,
	})
	if err != nil {
		t.Fatal(err)
	}
	defer consumer.Close()
	// Assigned and not subscribed, because nothing here is about groups.
	err = consumer.Assign([]kafka.TopicPartition{place})
	if err != nil {
		t.Fatal(err)
	}
	end := time.Now().Add(patience)
	for time.Now().Before(end) {
		message, err := consumer.ReadMessage(time.Until(end))
		if err == nil {
			return message
		}
		var fault kafka.Error
		if !errors.As(err, &fault) || fault.IsFatal() {
			t.Fatalf("ReadMessage(%q): %v", topic, err)
		}
	}
	t.Fatalf("ReadMessage(%q): nothing after %v", topic, patience)
	return nil
}
