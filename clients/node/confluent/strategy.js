// The subject name strategies (registry-api.md 20), an association that the
// default one follows (16), and a context (12).

import assert from 'node:assert/strict'

import confluent from '@confluentinc/schemaregistry'

import { test } from '../lib/cases.js'
import { newClient, register, registered, registering, roundTrip } from '../lib/confluent.js'
import { formats } from '../lib/formats.js'
import { call, latest, ownTopic, registry } from '../lib/world.js'

const { SubjectNameStrategyType } = confluent

// What the library calls an order: the first message of the file. For Avro and
// JSON Schema it asks for the subject before it has a schema with a name, so
// there the strategies are functions of the user.
const recordNames = { avro: 'shop.Order', json: 'Order', protobuf: 'shop.Receipt' }

const strategies = [
  { name: 'topic', type: SubjectNameStrategyType.TOPIC, subject: topic => `${topic}-value` },
  { name: 'record', type: SubjectNameStrategyType.RECORD, subject: (topic, record) => record },
  { name: 'topic-record', type: SubjectNameStrategyType.TOPIC_RECORD, subject: (topic, record) => `${topic}-${record}` },
]

for (const format of formats) {
  for (const strategy of strategies) {
    test(`${format.name}-${strategy.name}`, async () => {
      const topic = ownTopic(`confluent-node-strategy-${format.name}-${strategy.name}`)
      const subject = strategy.subject(topic, recordNames[format.name])
      // In a context of its own, because other clients name the record alike.
      const url = `${registry}/contexts/:.confluent-node-strategy:`
      await register(format, subject, 'order', {}, url)
      const conf =
        format.type === 'PROTOBUF'
          ? { url, subjectNameStrategyType: strategy.type }
          : { url, subjectNameStrategy: topic => strategy.subject(topic, recordNames[format.name]) }
      await roundTrip(format, topic, subject, 'order', registering(format, conf), conf)
    })
  }

  test(`${format.name}-association`, async () => {
    const topic = ownTopic(`confluent-node-association-${format.name}`)
    const subject = `confluent-node-pool-${format.name}`
    await register(format, subject, 'order')
    await newClient().createAssociation({
      resourceName: topic,
      resourceNamespace: 'lkc-1',
      resourceId: `id-of-${topic}`,
      resourceType: 'topic',
      associations: [{ subject, associationType: 'value', lifecycle: 'WEAK' }],
    })
    await roundTrip(format, topic, subject, 'order', registered())
  })

  test(`${format.name}-context`, async () => {
    const topic = ownTopic(`confluent-node-context-${format.name}`)
    const url = `${registry}/contexts/:.confluent-node:`
    await register(format, `${topic}-value`, 'order', {}, url)
    await roundTrip(format, topic, `${topic}-value`, 'order', registered({ url }), { url })
    await latest(`:.confluent-node:${topic}-value`)
    assert.deepEqual(await call('GET', `/subjects?subjectPrefix=${topic}`), [])
  })
}
