"""Sends a record with one client and reads it with another."""

from confluent_kafka.serialization import MessageField, SerializationContext

from broker import carry
from world import RECORDS, REGISTRY, latest


def send(form, record, topic, schema, conf=None, url=REGISTRY):
    """Serialize the record, and return it as a consumer got it."""
    context = SerializationContext(topic, MessageField.VALUE)
    serialize = form.serializer(record, schema, conf or {}, url)
    return carry(topic, serialize(form.message(record, RECORDS[record]), context))


def check(form, record, topic, arrived, subject=None, conf=None, url=REGISTRY):
    """Compare the id with that of the latest version of the subject, which is
    returned, and the value with what was sent."""
    version = latest(subject or f"{topic}-value")
    assert version["schemaType"] == form.kind, version
    assert prefix_id(arrived.value()) == version["id"], (arrived.value().hex(), version)
    deserialize = form.deserializer(record, conf or {}, url)
    decoded = deserialize(arrived.value(), SerializationContext(topic, MessageField.VALUE))
    assert form.plain(record, decoded) == RECORDS[record], decoded
    return version


def prefix_id(value):
    assert len(value) >= 5 and value[0] == 0, f"payload {value.hex()} has no id in front"
    return int.from_bytes(value[1:5], "big")
