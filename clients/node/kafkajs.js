// @kafkajs/confluent-schema-registry and kafkajs against weir and a broker.
//
// Each case registers a schema with the library, sends a record, and reads it
// with a client of its own: the id is the one that the registry has, and the
// value comes back.

import assert from 'node:assert/strict'

import kafkajsRegistry from '@kafkajs/confluent-schema-registry'

import { carry } from './lib/broker.js'
import { main, test } from './lib/cases.js'
import { formats, prefixId } from './lib/formats.js'
import { call, latest, ownTopic, records, registry, text } from './lib/world.js'

const { COMPATIBILITY, SchemaRegistry } = kafkajsRegistry

// The library does not go by the index in a Protobuf payload: it asks for the
// name of the message without its package, or takes the first one.
const newClient = messageName => new SchemaRegistry({ host: registry }, { PROTOBUF: { messageName } })

for (const format of formats) {
  test(`${format.name}-order`, async () => {
    await roundTrip(format, 'Order', `kafkajs-${format.name}-order`, records.order, [])
  })

  test(`${format.name}-invoice`, async () => {
    const subject = `kafkajs-customer${format.suffix}`
    await newClient('Customer').register(
      { type: format.type, schema: text(`customer${format.suffix}`) },
      { subject },
    )
    const { version } = await latest(subject)
    const references = [{ name: format.reference, subject, version }]
    await roundTrip(format, 'Invoice', `kafkajs-${format.name}-invoice`, records.invoice, references)
  })
}

async function roundTrip(format, message, name, record, references) {
  const topic = ownTopic(name)
  const writer = newClient(message)
  const file = text(`${message.toLowerCase()}${format.suffix}`)
  const { id } = await writer.register(
    { type: format.type, schema: file, references },
    { subject: `${topic}-value` },
  )
  const version = await latest(`${topic}-value`)
  assert.equal(id, version.id)
  assert.deepEqual(version.references ?? [], references)
  assert.equal(await writer.getLatestSchemaId(`${topic}-value`), id)

  const arrived = await carry(topic, await writer.encode(id, record))
  assert.equal(prefixId(arrived.value), id)
  const decoded = await newClient(message).decode(arrived.value)
  assert.deepEqual(plain(decoded), record)
}

// plain drops the classes of the decoders and their kind of 64-bit number.
function plain(value) {
  return JSON.parse(JSON.stringify(value), (key, member) => (key === 'id' ? Number(member) : member))
}

// The library asks for the level of a subject before it registers, and sets
// the one that it is given where there is none.
test('compatibility', async () => {
  const subject = 'kafkajs-compatibility'
  const schema = JSON.stringify({ type: 'record', name: 'Item', namespace: 'kafkajs', fields: [] })
  await newClient().register({ type: 'AVRO', schema }, { subject, compatibility: COMPATIBILITY.FULL })
  const config = await call('GET', `/config/${subject}`)
  assert.equal(config.compatibilityLevel, 'FULL')
  await assert.rejects(
    newClient().register({ type: 'AVRO', schema }, { subject, compatibility: COMPATIBILITY.BACKWARD }),
    /Compatibility does not match/,
  )
})

test('unknown-id', async () => {
  await assert.rejects(newClient().getSchema(987654321), error => error.status === 404)
})

await main('Node @kafkajs/confluent-schema-registry')
