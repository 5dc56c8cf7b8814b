"""Sends single records through the broker with confluent-kafka."""

from confluent_kafka import Consumer, Producer, TopicPartition

from world import BROKERS

# How long a record may be on its way, in seconds. The first one waits for the
# topic to be made.
PATIENCE = 30


def carry(topic, value, headers=None):
    """Produce one record and return it as a consumer got it."""
    reports = []
    producer = Producer({"bootstrap.servers": BROKERS})
    producer.produce(topic, value, headers=headers, on_delivery=lambda *report: reports.append(report))
    producer.flush(PATIENCE)
    if [fault for fault, _ in reports] != [None]:
        raise RuntimeError(f"{topic}: not delivered: {reports}")
    [(_, sent)] = reports
    consumer = Consumer({"bootstrap.servers": BROKERS, "group.id": topic})
    try:
        # Assigned and not subscribed, because nothing here is about groups; and
        # where it was put, because others may be in the topic.
        consumer.assign([TopicPartition(topic, sent.partition(), sent.offset())])
        for _ in range(PATIENCE):
            message = consumer.poll(1)
            if message is not None and message.error() is None:
                return message
        raise RuntimeError(f"{topic}: nothing after {PATIENCE} s")
    finally:
        consumer.close()
