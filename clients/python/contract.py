"""Data contracts: rules that the registry stores and the client carries out
(registry-api.md 13), among them the encryption of fields and of whole values
with keys that are in weir's DEK registry (22.1). The key management system is
the client's local one, whose secret is a setting."""

import functools

from confluent_kafka.schema_registry import Rule, RuleKind, RuleMode, RuleParams, RuleSet, Schema
from confluent_kafka.schema_registry.rule_registry import RuleRegistry
from confluent_kafka.schema_registry.rules.cel.cel_executor import CelExecutor
from confluent_kafka.schema_registry.rules.cel.cel_field_executor import CelFieldExecutor
from confluent_kafka.schema_registry.rules.encryption.encrypt_executor import (
    EncryptionExecutor,
    FieldEncryptionExecutor,
)
from confluent_kafka.schema_registry.rules.encryption.localkms.local_driver import LocalKmsDriver

from formats import FORMATS, client
from travel import check, read, send
from world import RECORDS, call, latest, own_topic, text

LocalKmsDriver.register()

REGISTERED = {"auto.register.schemas": False, "use.latest.version": True}

# How the item of an order gets a tag in the text of its schema. Tags of the
# metadata, which the other clients use, this library cannot take from a
# registry: it keeps schemas by a hash, and its lists of tags have none.
TAGGED = {
    "avro": ('"name": "item",', '"name": "item", "confluent:tags": ["PII"],'),
    "json": ('"item": {', '"item": {"confluent:tags": ["PII"], '),
    "protobuf": ("string item = 2;", 'string item = 2 [(confluent.field_meta).tags = "PII"];'),
}


def rule(**members):
    """A rule with the members given; the library wants all of them named."""
    names = ["name", "doc", "kind", "mode", "type", "tags", "params", "expr", "on_success", "on_failure"]
    return Rule(**{name: members.get(name) for name in names}, disabled=False)


def register(form, subject, rules, phase="domain", tagged=False):
    """Register the schema of an order with rules, and with a tag at its item,
    and return what the registry then has."""
    rule_set = RuleSet(
        None,
        rules if phase == "domain" else None,
        rules if phase == "encoding" else None,
    )
    order = text("order" + form.suffix)
    if tagged:
        plain, marked = TAGGED[form.name]
        assert plain in order, order
        order = order.replace(plain, marked)
        if form.kind == "PROTOBUF":
            order = order.replace("package shop;", 'package shop;\n\nimport "confluent/meta.proto";')
    client().register_schema(subject, Schema(order, form.kind, [], None, rule_set))
    return latest(subject)


def executing(executor):
    """Settings of a serializer or deserializer. An executor keeps the settings
    of its first use, so each has its own."""
    rules = RuleRegistry()
    rules.register_executor(executor())
    return {"rule_conf": {"secret": "for these tests only"}, "rule_registry": rules}


def condition(form):
    """An order that meets the condition travels, another is refused by the
    producer."""
    topic = own_topic(f"contract-python-cel-{form.name}")
    affordable = rule(
        name="affordable",
        doc="too dear",
        kind=RuleKind.CONDITION,
        mode=RuleMode.WRITE,
        type="CEL",
        expr="message.amount < 10.0",
    )
    stored = register(form, f"{topic}-value", [affordable])
    assert stored["ruleSet"]["domainRules"] == [
        {
            "name": "affordable",
            "doc": "too dear",
            "kind": "CONDITION",
            "mode": "WRITE",
            "type": "CEL",
            "expr": "message.amount < 10.0",
            "disabled": False,
        }
    ], stored
    arrived = send(form, "order", topic, None, REGISTERED, **executing(CelExecutor))
    check(form, "order", topic, arrived, **executing(CelExecutor))
    dear = {**RECORDS["order"], "amount": 10.0}
    try:
        send(form, "order", topic, None, REGISTERED, value=dear, **executing(CelExecutor))
    except Exception as fault:
        causes = [fault, fault.__cause__, fault.__context__]
        assert any("too dear" in str(cause) for cause in causes), causes
    else:
        raise AssertionError("an order against the rule was taken")


def field(form):
    """A rule for the fields with a tag writes them anew: the tag comes from the
    registry, and the reader gets what the rule made."""
    topic = own_topic(f"contract-python-cel-field-{form.name}")
    masked = rule(
        name="masked",
        kind=RuleKind.TRANSFORM,
        mode=RuleMode.WRITE,
        type="CEL_FIELD",
        tags=["PII"],
        expr="typeName == 'STRING' ; 'masked'",
    )
    register(form, f"{topic}-value", [masked], tagged=True)
    arrived = send(form, "order", topic, None, REGISTERED, **executing(CelFieldExecutor))
    assert RECORDS["order"]["item"].encode() not in arrived.value(), arrived.value()
    decoded = read(form, "order", topic, arrived, **executing(CelFieldExecutor))
    assert decoded == {**RECORDS["order"], "item": "masked"}, decoded


def encryption(form, whole):
    """The field with the tag, or the whole value, is not to be seen in the
    record; a consumer with the secret reads it. Both keys, that of the data
    wrapped in the other, are then in the registry."""
    kind = "payload" if whole else "field"
    topic = own_topic(f"contract-python-{kind}-{form.name}")
    kek = f"python-{kind}-{form.name}"
    encrypt = rule(
        name="encrypt",
        kind=RuleKind.TRANSFORM,
        mode=RuleMode.WRITEREAD,
        type="ENCRYPT_PAYLOAD" if whole else "ENCRYPT",
        tags=None if whole else ["PII"],
        params=RuleParams(
            {
                "encrypt.kek.name": kek,
                "encrypt.kms.type": "local-kms",
                "encrypt.kms.key.id": "key-of-the-shop",
            }
        ),
        on_failure="ERROR,NONE",
    )
    if whole:
        register(form, f"{topic}-value", [encrypt], phase="encoding")
    else:
        register(form, f"{topic}-value", [encrypt], tagged=True)
    executor = EncryptionExecutor if whole else FieldEncryptionExecutor
    arrived = send(form, "order", topic, None, REGISTERED, **executing(executor))
    hidden = [RECORDS["order"]["item"]] + (RECORDS["order"]["tags"] if whole else [])
    for word in hidden:
        assert word.encode() not in arrived.value(), arrived.value()
    check(form, "order", topic, arrived, **executing(executor))

    key = call("GET", f"/dek-registry/v1/keks/{kek}")
    assert (key["kmsType"], key["kmsKeyId"], key["shared"]) == ("local-kms", "key-of-the-shop", False), key
    dek = call("GET", f"/dek-registry/v1/keks/{kek}/deks/{topic}-value")
    assert (dek["subject"], dek["version"], dek["algorithm"]) == (f"{topic}-value", 1, "AES256_GCM"), dek
    assert dek["encryptedKeyMaterial"] and "keyMaterial" not in dek, dek


def cases():
    for form in FORMATS:
        yield f"{form.name}-cel", functools.partial(condition, form)
        yield f"{form.name}-cel-field", functools.partial(field, form)
        yield f"{form.name}-field-encryption", functools.partial(encryption, form, False)
        yield f"{form.name}-payload-encryption", functools.partial(encryption, form, True)
