"""The subject name strategies (registry-api.md 20), an association that the
default one follows (16), a context (12), and metadata to find a version by
(13)."""

import functools

from confluent_kafka.schema_registry import (
    AssociationCreateOrUpdateInfo,
    AssociationCreateOrUpdateRequest,
    Metadata,
    MetadataProperties,
    Schema,
    record_subject_name_strategy,
    topic_record_subject_name_strategy,
    topic_subject_name_strategy,
)

from formats import FORMATS, client
from travel import check, send
from world import REGISTRY, call, latest, own_topic, text

STRATEGIES = [
    ("topic", topic_subject_name_strategy, "{topic}-value"),
    ("record", record_subject_name_strategy, "{record}"),
    ("topic-record", topic_record_subject_name_strategy, "{topic}-{record}"),
]

# What the library calls an order.
RECORD_NAMES = {"avro": "shop.Order", "json": "Order", "protobuf": "shop.Order"}

REGISTERED = {"auto.register.schemas": False, "use.latest.version": True}


def strategy(form, name, function, pattern):
    topic = own_topic(f"confluent-python-strategy-{form.name}-{name}")
    subject = pattern.format(topic=topic, record=RECORD_NAMES[form.name])
    # In a context for each language, because their records have the same name.
    url = f"{REGISTRY}/contexts/:.confluent-python-{form.name}:"
    conf = {"subject.name.strategy": function}
    arrived = send(form, "order", topic, form.schema("order"), conf, url)
    check(form, "order", topic, arrived, f":.confluent-python-{form.name}:{subject}", conf, url)


def association(form):
    topic = own_topic(f"confluent-python-association-{form.name}")
    subject = f"confluent-python-pool-{form.name}"
    registered = Schema(text("order" + form.suffix), form.kind)
    client().register_schema(subject, registered)
    client().create_association(
        AssociationCreateOrUpdateRequest(
            resource_name=topic,
            resource_namespace="lkc-1",
            resource_id=f"id-of-{topic}",
            resource_type="topic",
            associations=[AssociationCreateOrUpdateInfo(subject=subject, association_type="value", lifecycle="WEAK")],
        )
    )
    arrived = send(form, "order", topic, form.schema("order"), REGISTERED)
    check(form, "order", topic, arrived, subject)


def context(form):
    topic = own_topic(f"confluent-python-context-{form.name}")
    url = f"{REGISTRY}/contexts/:.confluent-python:"
    arrived = send(form, "order", topic, form.schema("order"), url=url)
    check(form, "order", topic, arrived, f":.confluent-python:{topic}-value", url=url)
    assert call("GET", f"/subjects?subjectPrefix={topic}") == []


def metadata():
    """Two versions that differ in nothing but their metadata."""
    subject = "confluent-python-metadata"
    for team in ["web", "office"]:
        schema = Schema('"string"', "AVRO", metadata=Metadata(None, MetadataProperties({"team": team}), None))
        client().register_schema(subject, schema)
    found = client().get_latest_with_metadata(subject, {"team": "web"})
    assert found.version == 1, found
    assert found.schema.metadata.properties.properties == {"team": "web"}, found
    assert latest(subject)["metadata"] == {"properties": {"team": "office"}}, latest(subject)


def cases():
    for form in FORMATS:
        for name, function, pattern in STRATEGIES:
            yield f"{form.name}-{name}", functools.partial(strategy, form, name, function, pattern)
        yield f"{form.name}-association", functools.partial(association, form)
        yield f"{form.name}-context", functools.partial(context, form)
    yield "metadata", metadata
