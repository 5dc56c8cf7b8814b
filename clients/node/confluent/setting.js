// Settings of the producer: normalized schemas, and an older version than the
// latest one, found by its metadata or given by its id.

import assert from 'node:assert/strict'

import { carry } from '../lib/broker.js'
import { test } from '../lib/cases.js'
import { newClient, registering, roundTrip, serdes } from '../lib/confluent.js'
import { formats, prefixId } from '../lib/formats.js'
import { call, latest, ownTopic, records, text } from '../lib/world.js'

// What must arrive as it is, through a query.
const properties = { major: '1', 'team of': 'tea & more / 100 % + ☕' }

for (const format of formats) {
  const schemaType = format.type

  // Two spellings of a schema are one version when the client asks for that,
  // and two when it does not.
  test(`${format.name}-normalize`, async () => {
    const subject = `confluent-node-normalize-${format.name}`
    const info = file => ({ schema: text(`spelling/${file}${format.suffix}`), schemaType })
    const one = await newClient().register(subject, info('one'), true)
    assert.equal(await newClient().register(subject, info('other'), true), one)
    assert.equal(await newClient().getVersion(subject, info('other'), true), 1)
    assert.notEqual(await newClient().register(subject, info('other'), false), one)
    assert.deepEqual(await newClient().getAllVersions(subject), [1, 2])
  })

  for (const by of ['metadata', 'id']) {
    test(`${format.name}-pinned-by-${by}`, async () => {
      const topic = ownTopic(`confluent-node-pinned-${format.name}-${by}`)
      const subject = `${topic}-value`
      const info = { schema: text(`order${format.suffix}`), schemaType }
      const first = await newClient().register(subject, { ...info, metadata: { properties } })
      const second = await newClient().register(subject, { ...info, metadata: { properties: { major: '2' } } })
      assert.notEqual(second, first)
      assert.equal((await latest(subject)).id, second)

      const pin = by === 'id' ? { useSchemaId: first } : { useLatestWithMetadata: properties }
      const serde = serdes[format.type]
      const message = serde.message(records.order, 'shop.Order')
      const serializer = serde.serializer({ autoRegisterSchemas: false, ...pin })
      const arrived = await carry(topic, await serializer.serialize(topic, message))
      assert.equal(prefixId(arrived.value), first)
      const decoded = await serde.deserializer({}).deserialize(topic, arrived.value)
      assert.deepEqual(serde.plain(decoded), records.order)
    })
  }
}

// What a normalizing serializer registers is its own normal form.
test('protobuf-normalizing', async () => {
  const [format] = formats.filter(({ type }) => type === 'PROTOBUF')
  const topic = ownTopic('confluent-node-normalizing')
  const subject = `${topic}-value`
  await roundTrip(format, topic, subject, 'order', registering(format, { normalizeSchemas: true }))
  const { id, schema } = await latest(subject)
  const found = await call('POST', `/subjects/${subject}?normalize=true`, { schema, schemaType: format.type })
  assert.equal(found.id, id)
})
