"""Settings of the producer and the consumer: normalized schemas, an older
version than the latest one, and a reader that brings old records to the latest
version with the rules that are stored there (registry-api.md 13)."""

import functools

from confluent_kafka.schema_registry import (
    Metadata,
    MetadataProperties,
    Rule,
    RuleKind,
    RuleMode,
    RuleSet,
    Schema,
    ServerConfig,
)
from confluent_kafka.schema_registry.rule_registry import RuleRegistry
from confluent_kafka.schema_registry.rules.jsonata.jsonata_executor import JsonataExecutor

from formats import FORMATS, client
from travel import check, prefix_id, read, send
from world import RECORDS, call, latest, own_topic, text

# Words only: the library quotes them twice, so that no registry finds others
# (registry-api.md 19).
PROPERTIES = {"major": "1", "owner": "shop"}


def normalize(form):
    """Two spellings of a schema are one version when the client asks for that,
    and two when it does not."""
    subject = f"confluent-python-normalize-{form.name}"
    one, other = (Schema(text(f"spelling/{name}{form.suffix}"), form.kind) for name in ["one", "other"])
    first = client().register_schema(subject, one, normalize_schemas=True)
    assert client().register_schema(subject, other, normalize_schemas=True) == first
    found = client().lookup_schema(subject, other, normalize_schemas=True)
    assert (found.schema_id, found.version) == (first, 1), found
    assert client().register_schema(subject, other) != first
    assert client().get_versions(subject) == [1, 2]


def normalizing(form):
    """What a normalizing serializer registers is its own normal form."""
    topic = own_topic(f"confluent-python-normalizing-{form.name}")
    schema = form.schema("order")
    arrived = send(form, "order", topic, schema, {"normalize.schemas": True})
    version = check(form, "order", topic, arrived)
    stored = Schema(version["schema"], form.kind)
    found = client().lookup_schema(f"{topic}-value", stored, normalize_schemas=True)
    assert found.schema_id == version["id"], (found, version)


def pinned(form):
    """A producer that goes by metadata takes the older version."""
    topic = own_topic(f"confluent-python-pinned-{form.name}")
    subject = f"{topic}-value"
    ids = []
    for properties in [PROPERTIES, {"major": "2"}]:
        metadata = Metadata(None, MetadataProperties(properties), None)
        schema = Schema(text("order" + form.suffix), form.kind, metadata=metadata)
        ids.append(client().register_schema(subject, schema))
    assert ids[0] != ids[1] == latest(subject)["id"], ids
    conf = {"auto.register.schemas": False, "use.latest.with.metadata": PROPERTIES}
    arrived = send(form, "order", topic, None, conf)
    assert prefix_id(arrived.value()) == ids[0], (arrived.value().hex(), ids)
    assert read(form, "order", topic, arrived) == RECORDS["order"]


def upgrade(form):
    """A record of the first version is read as one of the second, whose rules
    say how: the library asks for the versions between the two."""
    topic = own_topic(f"confluent-python-upgrade-{form.name}")
    subject = f"{topic}-value"
    client().set_config(subject, ServerConfig(compatibility_group="major"))
    old, new = [
        Schema(
            text("order" + form.suffix).replace('"item"', f'"{name}"'),
            form.kind,
            metadata=Metadata(None, MetadataProperties({"major": major}), None),
            rule_set=None if major == "1" else RuleSet([renamed()], None),
        )
        for major, name in [("1", "item"), ("2", "product")]
    ]
    first = client().register_schema(subject, old)
    second = client().register_schema(subject, new)
    conf = {"auto.register.schemas": False, "use.latest.with.metadata": {"major": "1"}}
    arrived = send(form, "order", topic, None, conf)
    assert prefix_id(arrived.value()) == first != second == latest(subject)["id"]
    rules = RuleRegistry()
    rules.register_executor(JsonataExecutor())
    decoded = read(form, "order", topic, arrived, {"use.latest.version": True}, rule_registry=rules)
    want = dict(RECORDS["order"])
    want["product"] = want.pop("item")
    assert decoded == want, decoded


def renamed():
    return Rule(
        name="renamed",
        doc=None,
        kind=RuleKind.TRANSFORM,
        mode=RuleMode.UPGRADE,
        type="JSONATA",
        tags=None,
        params=None,
        expr="$merge([$sift($, function($v, $k) {$k != 'item'}), {'product': item}])",
        on_success=None,
        on_failure=None,
        disabled=False,
    )


def imported():
    """The mode for imports, which the library forces on a subject that has
    versions; the mode is then its own."""
    subject = "confluent-python-import"
    client().register_schema(subject, Schema('"string"', "AVRO"))
    assert client().update_mode(subject, "IMPORT", force=True) == "IMPORT"
    assert call("GET", f"/mode/{subject}") == {"mode": "IMPORT"}
    assert client().get_mode(subject) == "IMPORT"


def cases():
    for form in FORMATS:
        yield f"{form.name}-normalize", functools.partial(normalize, form)
        yield f"{form.name}-normalizing", functools.partial(normalizing, form)
        yield f"{form.name}-pinned", functools.partial(pinned, form)
        if form.kind != "PROTOBUF":
            yield f"{form.name}-upgrade", functools.partial(upgrade, form)
    yield "import", imported
