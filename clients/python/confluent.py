"""Confluent's Python client against weir and a broker.

The serializers have their default settings but where a case says otherwise:
they register, in the subject of the "associated" strategy. Each case checks
the subject, the id or GUID in the record, and the value that arrives.
"""

import functools

from confluent_kafka.schema_registry import Schema, header_schema_id_serializer
from confluent_kafka.schema_registry.error import SchemaRegistryError
from confluent_kafka.serialization import MessageField, SerializationContext

import contract
import setting
import strategy
from broker import carry
from cases import main
from formats import FORMATS, client
from travel import check, send
from world import RECORDS, REGISTRY, latest, own_topic


def order(form):
    topic = own_topic(f"confluent-python-{form.name}-order")
    check(form, "order", topic, send(form, "order", topic, form.schema("order")))


def invoice(form):
    topic = own_topic(f"confluent-python-{form.name}-invoice")
    schema = form.invoice(client(), f"confluent-python-customer{form.suffix}")
    version = check(form, "invoice", topic, send(form, "invoice", topic, schema))
    assert [reference["name"] for reference in version["references"]] == [form.reference], version


def latest_version(form):
    """A producer that must not register takes what is there."""
    topic = own_topic(f"confluent-python-{form.name}-latest")
    registered = client().register_schema(f"{topic}-value", form.schema("order"))
    conf = {"auto.register.schemas": False, "use.latest.version": True}
    version = check(form, "order", topic, send(form, "order", topic, form.schema("order"), conf))
    assert version["id"] == registered, version


def header(form):
    """The GUID in a header and a bare payload (registry-api.md 21)."""
    topic = own_topic(f"confluent-python-{form.name}-header")
    context = SerializationContext(topic, MessageField.VALUE, headers=[])
    conf = {"schema.id.serializer": header_schema_id_serializer}
    serialize = form.serializer("order", form.schema("order"), conf, REGISTRY)
    arrived = carry(topic, serialize(form.message("order", RECORDS["order"]), context), context.headers)
    version = latest(f"{topic}-value")
    index = "0202" if form.kind == "PROTOBUF" else ""
    [(name, guid)] = arrived.headers()
    assert name == "__value_schema_id", name
    assert guid.hex() == "01" + version["guid"].replace("-", "") + index, (guid.hex(), version)
    context = SerializationContext(topic, MessageField.VALUE, headers=arrived.headers())
    decoded = form.deserializer("order", {}, REGISTRY)(arrived.value(), context)
    assert form.plain("order", decoded) == RECORDS["order"], decoded


def unknown_subject():
    try:
        client().get_latest_version("confluent-python-nobody")
    except SchemaRegistryError as fault:
        assert (fault.http_status_code, fault.error_code) == (404, 40401), fault
    else:
        raise AssertionError("an unknown subject was found")


def unparsable():
    """Refused at once: an answer of 5xx would be tried again for seconds."""
    try:
        client().register_schema("confluent-python-unparsable", Schema('{"type":"recor"}', "AVRO"))
    except SchemaRegistryError as fault:
        assert (fault.http_status_code, fault.error_code) == (422, 42201), fault
    else:
        raise AssertionError("a schema that is none was taken")


def cases():
    for form in FORMATS:
        yield f"{form.name}-order", functools.partial(order, form)
        yield f"{form.name}-invoice", functools.partial(invoice, form)
        yield f"{form.name}-header", functools.partial(header, form)
        if form.kind != "PROTOBUF":
            yield f"{form.name}-latest", functools.partial(latest_version, form)
    yield "unknown-subject", unknown_subject
    yield "unparsable", unparsable


if __name__ == "__main__":
    main("Python confluent-kafka", [*cases(), *strategy.cases(), *setting.cases(), *contract.cases()])
