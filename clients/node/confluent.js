// @confluentinc/schemaregistry against weir and a broker; kafkajs carries the
// records.
//
// The serializers have their default subject name strategy, "associated".
// Each case deserializes with a client of its own, so with empty caches.

import assert from 'node:assert/strict'

import { create, createFileRegistry, createMutableRegistry, fromBinary, fromJson, toJson } from '@bufbuild/protobuf'
import { FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt'
import confluent from '@confluentinc/schemaregistry'

import { carry } from './lib/broker.js'
import { main, test } from './lib/cases.js'
import { formats, prefixId } from './lib/formats.js'
import { descriptors, latest, records, registry, text } from './lib/world.js'

const {
  AvroDeserializer,
  AvroSerializer,
  HeaderSchemaIdSerializer,
  JsonDeserializer,
  JsonSerializer,
  ProtobufDeserializer,
  ProtobufSerializer,
  SchemaRegistryClient,
  SerdeType,
} = confluent

const newClient = () => new SchemaRegistryClient({ baseURLs: [registry] })

const files = createFileRegistry(fromBinary(FileDescriptorSetSchema, descriptors()))

const serdes = {
  AVRO: {
    serializer: conf => new AvroSerializer(newClient(), SerdeType.VALUE, conf),
    deserializer: () => new AvroDeserializer(newClient(), SerdeType.VALUE, {}),
    message: record => record,
    plain: decoded => ({ ...decoded }),
  },
  JSON: {
    serializer: conf => new JsonSerializer(newClient(), SerdeType.VALUE, { validate: true, ...conf }),
    deserializer: () => new JsonDeserializer(newClient(), SerdeType.VALUE, { validate: true }),
    message: record => record,
    plain: decoded => decoded,
  },
  PROTOBUF: {
    serializer: conf =>
      new ProtobufSerializer(newClient(), SerdeType.VALUE, { registry: createMutableRegistry(...files), ...conf }),
    deserializer: () => new ProtobufDeserializer(newClient(), SerdeType.VALUE, {}),
    message: (record, name) => fromJson(files.getMessage(name), record),
    // The deserializer's messages know their type by name alone.
    plain: decoded => {
      const json = toJson(files.getMessage(decoded.$typeName), create(files.getMessage(decoded.$typeName), decoded))
      return json.id === undefined ? json : { ...json, id: Number(json.id) }
    },
  },
}

for (const format of formats) {
  const serde = serdes[format.type]

  // The Protobuf serializer registers on the way. Those for Avro and JSON
  // Schema would derive a schema from the value: they take the one that is
  // registered before.
  test(`${format.name}-order`, async () => {
    const topic = `confluent-node-${format.name}-order`
    await registerUnlessProtobuf(format, `${topic}-value`, 'order', [])
    await roundTrip(format, topic, serde.message(records.order, 'shop.Order'), records.order, {})
  })

  test(`${format.name}-invoice`, async () => {
    const topic = `confluent-node-${format.name}-invoice`
    const subject = `confluent-node-customer${format.suffix}`
    await registerUnlessProtobuf(format, subject, 'customer', [])
    const references = [{ name: format.reference, subject, version: 1 }]
    await registerUnlessProtobuf(format, `${topic}-value`, 'invoice', references)
    await roundTrip(format, topic, serde.message(records.invoice, 'shop.Invoice'), records.invoice, {})
    const version = await latest(`${topic}-value`)
    if (format.type === 'PROTOBUF') {
      assert.deepEqual(version.references.map(reference => reference.name), [format.reference])
    } else {
      assert.deepEqual(version.references, references)
    }
  })

  // The GUID in a header and a bare payload (registry-api.md 21).
  test(`${format.name}-header`, async () => {
    const topic = `confluent-node-${format.name}-header`
    await registerUnlessProtobuf(format, `${topic}-value`, 'order', [])
    const serializer = serde.serializer(settings(format, { schemaIdSerializer: HeaderSchemaIdSerializer }))
    const headers = {}
    const value = await serializer.serialize(topic, serde.message(records.order, 'shop.Order'), headers)
    const arrived = await carry(topic, value, headers)
    const version = await latest(`${topic}-value`)
    const index = format.type === 'PROTOBUF' ? '0202' : ''
    assert.equal(
      arrived.headers.__value_schema_id.toString('hex'),
      '01' + version.guid.replaceAll('-', '') + index,
    )
    const decoded = await serde.deserializer().deserialize(topic, arrived.value, arrived.headers)
    assert.deepEqual(serde.plain(decoded), records.order)
  })
}

// settings let the Protobuf serializer register, which this library does only
// when asked, and the others take what is registered.
function settings(format, conf) {
  return format.type === 'PROTOBUF'
    ? { autoRegisterSchemas: true, ...conf }
    : { autoRegisterSchemas: false, useLatestVersion: true, ...conf }
}

async function registerUnlessProtobuf(format, subject, file, references) {
  if (format.type === 'PROTOBUF') {
    return
  }
  const schema = text(`${file}${format.suffix}`)
  const id = await newClient().register(subject, { schema, schemaType: format.type, references })
  assert.equal(id, (await latest(subject)).id)
}

async function roundTrip(format, topic, message, record, conf) {
  const serde = serdes[format.type]
  const value = await serde.serializer(settings(format, conf)).serialize(topic, message)
  const arrived = await carry(topic, value)
  const version = await latest(`${topic}-value`)
  assert.equal(version.schemaType, format.type)
  assert.equal(prefixId(arrived.value), version.id)
  const decoded = await serde.deserializer().deserialize(topic, arrived.value)
  assert.deepEqual(serde.plain(decoded), record)
}

// Without a schema of its own the serializer derives one from the value and
// registers it.
test('avro-derived', async () => {
  const topic = 'confluent-node-avro-derived'
  const serializer = new AvroSerializer(newClient(), SerdeType.VALUE, { autoRegisterSchemas: true })
  const arrived = await carry(topic, await serializer.serialize(topic, { text: 'tea' }))
  assert.equal(prefixId(arrived.value), (await latest(`${topic}-value`)).id)
  const decoded = await serdes.AVRO.deserializer().deserialize(topic, arrived.value)
  assert.deepEqual({ ...decoded }, { text: 'tea' })
})

await main('Node @confluentinc/schemaregistry')
