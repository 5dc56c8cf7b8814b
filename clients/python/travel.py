"""Sends a record with one client and reads it with another."""

import copy

from confluent_kafka.serialization import MessageField, SerializationContext

from broker import carry
from world import RECORDS, REGISTRY, latest


def send(form, record, topic, schema, conf=None, url=REGISTRY, value=None, **rules):
    """Serialize the record, or another value of its kind, and return it as a
    consumer got it."""
    context = SerializationContext(topic, MessageField.VALUE)
    serialize = form.serializer(record, schema, conf or {}, url, **rules)
    # A copy, because rules change a value in place.
    message = form.message(record, copy.deepcopy(value or RECORDS[record]))
    return carry(topic, serialize(message, context))


def check(form, record, topic, arrived, subject=None, conf=None, url=REGISTRY, **rules):
    """Compare the id with that of the latest version of the subject, which is
    returned, and the value with what was sent."""
    version = latest(subject or f"{topic}-value")
    assert version["schemaType"] == form.kind, version
    assert prefix_id(arrived.value()) == version["id"], (arrived.value().hex(), version)
    decoded = read(form, record, topic, arrived, conf, url, **rules)
    assert decoded == RECORDS[record], decoded
    return version


def read(form, record, topic, arrived, conf=None, url=REGISTRY, **rules):
    """The value of a record that arrived."""
    deserialize = form.deserializer(record, conf or {}, url, **rules)
    return form.plain(record, deserialize(arrived.value(), SerializationContext(topic, MessageField.VALUE)))


def prefix_id(value):
    assert len(value) >= 5 and value[0] == 0, f"payload {value.hex()} has no id in front"
    return int.from_bytes(value[1:5], "big")
