// The serializers of @confluentinc/schemaregistry for the three languages, each
// made with a client of its own, so with empty caches. They have their default
// subject name strategy, "associated", unless a case gives another.

import assert from 'node:assert/strict'

import { create, createFileRegistry, createMutableRegistry, fromBinary, fromJson, toJson } from '@bufbuild/protobuf'
import { FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt'
import confluent from '@confluentinc/schemaregistry'

import { carry } from './broker.js'
import { prefixId } from './formats.js'
import { descriptors, latest, records, registry, text } from './world.js'

const {
  AvroDeserializer,
  AvroSerializer,
  JsonDeserializer,
  JsonSerializer,
  ProtobufDeserializer,
  ProtobufSerializer,
  SchemaRegistryClient,
  SerdeType,
} = confluent

export const newClient = (url = registry) => new SchemaRegistryClient({ baseURLs: [url] })

const files = createFileRegistry(fromBinary(FileDescriptorSetSchema, descriptors()))

// message makes what the serializer takes, a copy, because rules change it in
// place; plain makes a record of what the deserializer gives.
//
// conf is the library's configuration; url and rules, a RuleRegistry, are
// taken out of it.
const serializer = Class => ({ url, rules, ...conf }) => new Class(newClient(url), SerdeType.VALUE, conf, rules)

export const serdes = {
  AVRO: {
    serializer: serializer(AvroSerializer),
    deserializer: serializer(AvroDeserializer),
    message: record => structuredClone(record),
    // Records are instances of classes of their own.
    plain: decoded => JSON.parse(JSON.stringify(decoded)),
  },
  JSON: {
    serializer: conf => serializer(JsonSerializer)({ validate: true, ...conf }),
    deserializer: conf => serializer(JsonDeserializer)({ validate: true, ...conf }),
    message: record => structuredClone(record),
    plain: decoded => decoded,
  },
  PROTOBUF: {
    serializer: conf => serializer(ProtobufSerializer)({ registry: createMutableRegistry(...files), ...conf }),
    deserializer: serializer(ProtobufDeserializer),
    message: (record, name) => fromJson(files.getMessage(name), record),
    // The deserializer's messages know their type by name alone.
    plain: decoded => {
      const type = files.getMessage(decoded.$typeName)
      const json = toJson(type, create(type, decoded))
      return json.id === undefined ? json : { ...json, id: Number(json.id) }
    },
  },
}

// registering lets the Protobuf serializer register, which this library does
// only when asked; the others would derive a schema from the value, and take
// what is registered.
export function registering(format, conf = {}) {
  return format.type === 'PROTOBUF'
    ? { autoRegisterSchemas: true, ...conf }
    : { autoRegisterSchemas: false, useLatestVersion: true, ...conf }
}

// registered is the configuration of a producer that must not register.
export const registered = (conf = {}) => ({ autoRegisterSchemas: false, useLatestVersion: true, ...conf })

// register registers the schema of a file of ../../shop, with what the case
// adds to it.
export async function register(format, subject, file, more = {}, url = registry) {
  const schema = text(`${file}${format.suffix}`)
  const id = await newClient(url).register(subject, { schema, schemaType: format.type, ...more })
  assert.equal(id, (await latest(subject, url)).id)
}

// roundTrip sends a record and reads it, checks that its id is that of the
// latest version of the subject, and returns the record on its way. What is read
// is what was sent, unless a rule makes something else of it.
export async function roundTrip(format, topic, subject, file, writer, reader = {}, want = records[file]) {
  const serde = serdes[format.type]
  const message = serde.message(records[file], `shop.${file[0].toUpperCase()}${file.slice(1)}`)
  const arrived = await carry(topic, await serde.serializer(writer).serialize(topic, message))
  const version = await latest(subject, writer.url)
  assert.equal(version.schemaType, format.type)
  assert.equal(prefixId(arrived.value), version.id)
  const decoded = await serde.deserializer(reader).deserialize(topic, arrived.value)
  assert.deepEqual(serde.plain(decoded), want)
  return arrived.value
}
