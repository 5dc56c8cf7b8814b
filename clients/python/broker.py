"""Sends single records through the broker with confluent-kafka."""

from confluent_kafka import Consumer, Producer, TopicPartition, OFFSET_BEGINNING

from world import BROKERS

# How long a record may be on its way, in seconds. The first one waits for the
# topic to be made.
PATIENCE = 30


def carry(topic, value, headers=None):
    """Produce one record and return it as a consumer got it."""
    faults = []
    producer = Producer({"bootstrap.servers": BROKERS})
    producer.produce(topic, value, headers=headers, on_delivery=lambda fault, _: faults.append(fault))
    producer.flush(PATIENCE)
    if faults != [None]:
        raise RuntimeError(f"{topic}: not delivered: {faults}")
    consumer = Consumer({"bootstrap.servers": BROKERS, "group.id": topic})
    try:
        # Assigned and not subscribed, because nothing here is about groups.
        consumer.assign([TopicPartition(topic, 0, OFFSET_BEGINNING)])
        for _ in range(PATIENCE):
            message = consumer.poll(1)
            if message is not None and message.error() is None:
                return message
        raise RuntimeError(f"{topic}: nothing after {PATIENCE} s")
    finally:
        consumer.close()
