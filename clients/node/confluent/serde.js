// Records with the default settings: the id in the payload, a reference, the
// GUID in a header.

import assert from 'node:assert/strict'

import confluent from '@confluentinc/schemaregistry'

import { carry } from '../lib/broker.js'
import { test } from '../lib/cases.js'
import { register, registering, roundTrip, serdes } from '../lib/confluent.js'
import { formats, prefixId } from '../lib/formats.js'
import { latest, ownTopic, records } from '../lib/world.js'

for (const format of formats) {
  const derives = format.type !== 'PROTOBUF'

  test(`${format.name}-order`, async () => {
    const topic = ownTopic(`confluent-node-${format.name}-order`)
    if (derives) {
      await register(format, `${topic}-value`, 'order')
    }
    await roundTrip(format, topic, `${topic}-value`, 'order', registering(format))
  })

  test(`${format.name}-invoice`, async () => {
    const topic = ownTopic(`confluent-node-${format.name}-invoice`)
    const subject = `confluent-node-customer${format.suffix}`
    const references = [{ name: format.reference, subject, version: 1 }]
    if (derives) {
      await register(format, subject, 'customer')
      await register(format, `${topic}-value`, 'invoice', { references })
    }
    await roundTrip(format, topic, `${topic}-value`, 'invoice', registering(format))
    const version = await latest(`${topic}-value`)
    if (derives) {
      assert.deepEqual(version.references, references)
    } else {
      assert.deepEqual(version.references.map(reference => reference.name), [format.reference])
    }
  })

  // The GUID in a header and a bare payload (registry-api.md 21).
  test(`${format.name}-header`, async () => {
    const topic = ownTopic(`confluent-node-${format.name}-header`)
    const serde = serdes[format.type]
    if (derives) {
      await register(format, `${topic}-value`, 'order')
    }
    const serializer = serde.serializer(
      registering(format, { schemaIdSerializer: confluent.HeaderSchemaIdSerializer }),
    )
    const headers = {}
    const value = await serializer.serialize(topic, serde.message(records.order, 'shop.Order'), headers)
    const arrived = await carry(topic, value, headers)
    const version = await latest(`${topic}-value`)
    const index = derives ? '' : '0202'
    assert.equal(
      arrived.headers.__value_schema_id.toString('hex'),
      '01' + version.guid.replaceAll('-', '') + index,
    )
    const decoded = await serde.deserializer({}).deserialize(topic, arrived.value, arrived.headers)
    assert.deepEqual(serde.plain(decoded), records.order)
  })
}

// Without a schema of its own the serializer derives one from the value and
// registers it.
test('avro-derived', async () => {
  const topic = ownTopic('confluent-node-avro-derived')
  const serializer = serdes.AVRO.serializer({ autoRegisterSchemas: true })
  const arrived = await carry(topic, await serializer.serialize(topic, { text: 'tea' }))
  assert.equal(prefixId(arrived.value), (await latest(`${topic}-value`)).id)
  const decoded = await serdes.AVRO.deserializer({}).deserialize(topic, arrived.value)
  assert.deepEqual({ ...decoded }, { text: 'tea' })
})
