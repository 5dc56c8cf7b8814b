"""The three schema languages as the serializers of confluent-kafka have them.

A serializer and a deserializer are made for one kind of record, "order" or
"invoice", each with a client of its own, so with empty caches. The rules of a
contract come as the library names them: rule_conf and rule_registry.
"""

from confluent_kafka.schema_registry import Schema, SchemaReference, SchemaRegistryClient
from confluent_kafka.schema_registry.avro import AvroDeserializer, AvroSerializer
from confluent_kafka.schema_registry.json_schema import JSONDeserializer, JSONSerializer
from confluent_kafka.schema_registry.protobuf import ProtobufDeserializer, ProtobufSerializer
from google.protobuf import descriptor_pb2, descriptor_pool, json_format, message_factory

from world import DESCRIPTORS, REGISTRY, text


def client(url=REGISTRY):
    return SchemaRegistryClient({"url": url})


class Format:
    """A schema language whose serializer takes a schema and plain values."""

    def __init__(self, name, kind, suffix, reference):
        self.name = name
        self.kind = kind
        self.suffix = suffix
        self.reference = reference

    def schema(self, record, references=()):
        return Schema(text(record + self.suffix), self.kind, list(references))

    def invoice(self, client, subject):
        """The schema of an invoice, after that of its customer is registered
        in the subject."""
        client.register_schema(subject, self.schema("customer"))
        return self.schema("invoice", [SchemaReference(self.reference, subject, 1)])

    def message(self, record, value):
        return value

    def plain(self, record, decoded):
        return decoded


class Avro(Format):
    def serializer(self, record, schema, conf, url, **rules):
        return AvroSerializer(client(url), schema, conf=conf, **rules)

    def deserializer(self, record, conf, url, **rules):
        return AvroDeserializer(client(url), conf=conf, **rules)


class JSON(Format):
    def serializer(self, record, schema, conf, url, **rules):
        return JSONSerializer(schema, client(url), conf=conf, **rules)

    def deserializer(self, record, conf, url, **rules):
        # Without a schema it takes the writer's, from the registry.
        return JSONDeserializer(None, schema_registry_client=client(url), conf=conf, **rules)


class Protobuf(Format):
    """The serializer knows the schema from the message and registers it, the
    files that it imports too."""

    def __init__(self, name, kind, suffix, reference):
        super().__init__(name, kind, suffix, reference)
        pool = descriptor_pool.DescriptorPool()
        for file in descriptor_pb2.FileDescriptorSet.FromString(DESCRIPTORS.read_bytes()).file:
            pool.Add(file)
        self._pool = pool

    def _class(self, record):
        return message_factory.GetMessageClass(self._pool.FindMessageTypeByName(f"shop.{record.capitalize()}"))

    def invoice(self, client, subject):
        return None

    def schema(self, record, references=()):
        return None

    def serializer(self, record, schema, conf, url, **rules):
        return ProtobufSerializer(self._class(record), client(url), conf=conf, **rules)

    def deserializer(self, record, conf, url, **rules):
        return ProtobufDeserializer(self._class(record), conf, client(url), **rules)

    def message(self, record, value):
        return json_format.ParseDict(value, self._class(record)())

    def plain(self, record, decoded):
        value = json_format.MessageToDict(decoded)
        if "id" in value:
            value["id"] = int(value["id"])
        return value


FORMATS = [
    Avro("avro", "AVRO", ".avsc", "shop.Customer"),
    JSON("json", "JSON", ".schema.json", "customer.schema.json"),
    Protobuf("protobuf", "PROTOBUF", ".proto", "customer.proto"),
]
