// Data contracts: a condition that the producer enforces, a field that it writes
// anew, and fields and whole values that are encrypted with keys kept in weir's
// DEK registry (registry-api.md 13, 22.1).

import assert from 'node:assert/strict'

import confluent from '@confluentinc/schemaregistry'

import { test } from '../lib/cases.js'
import { newClient, register, registered, roundTrip, serdes } from '../lib/confluent.js'
import { formats } from '../lib/formats.js'
import { call, ownTopic, records } from '../lib/world.js'

const { CelExecutor, CelFieldExecutor, EncryptionExecutor, FieldEncryptionExecutor, LocalKmsDriver, RuleRegistry } = confluent

LocalKmsDriver.register()

// Where the item of an order is in the tags of the metadata.
const item = { avro: 'shop.Order.item', json: '$.item', protobuf: 'shop.Order.item' }

// Executors keep the configuration of their first use, so each case has its own.
function rules(...executors) {
  const registry = new RuleRegistry()
  for (const executor of executors) {
    registry.registerExecutor(executor)
  }
  return registry
}

// The library's CEL does not know the types of Protobuf messages, and takes
// what it cannot evaluate for met.
for (const format of formats.filter(({ type }) => type !== 'PROTOBUF')) {
  test(`${format.name}-cel`, async () => {
    const topic = ownTopic(`contract-node-cel-${format.name}`)
    const rule = {
      name: 'affordable',
      doc: 'too dear',
      kind: 'CONDITION',
      mode: 'WRITE',
      type: 'CEL',
      expr: 'message.amount < 10.0',
    }
    await register(format, `${topic}-value`, 'order', {
      metadata: { properties: { owner: 'shop' } },
      ruleSet: { domainRules: [rule] },
    })
    const stored = await newClient().getLatestWithMetadata(`${topic}-value`, { owner: 'shop' }, false)
    assert.deepEqual(stored.ruleSet.domainRules, [{ ...rule, disabled: false }])

    const conf = () => registered({ rules: rules(new CelExecutor()) })
    await roundTrip(format, topic, `${topic}-value`, 'order', conf(), conf())
    const serde = serdes[format.type]
    const dear = serde.message({ ...records.order, amount: 10 }, 'shop.Order')
    await assert.rejects(serde.serializer(conf()).serialize(topic, dear), /too dear/)
  })
}

// A rule for the fields with a tag: the tag comes from the registry, and the
// consumer gets what the rule made.
for (const format of formats) {
  test(`${format.name}-field`, async () => {
    const topic = ownTopic(`contract-node-field-${format.name}`)
    await register(format, `${topic}-value`, 'order', {
      metadata: { tags: { [item[format.name]]: ['PII'] } },
      ruleSet: {
        domainRules: [
          {
            name: 'masked',
            kind: 'TRANSFORM',
            mode: 'WRITE',
            type: 'CEL_FIELD',
            tags: ['PII'],
            expr: "typeName == 'STRING' ; 'masked'",
          },
        ],
      },
    })
    const conf = () => registered({ rules: rules(new CelFieldExecutor()) })
    const want = { ...records.order, item: 'masked' }
    await roundTrip(format, topic, `${topic}-value`, 'order', conf(), conf(), want)
  })
}

// The rule for a field, which a tag marks, and the one for the whole value.
const kinds = {
  field: { type: 'ENCRYPT', tags: ['PII'], phase: 'domainRules', Executor: FieldEncryptionExecutor },
  payload: { type: 'ENCRYPT_PAYLOAD', phase: 'encodingRules', Executor: EncryptionExecutor },
}

for (const format of formats) {
  for (const [kind, { type, tags, phase, Executor }] of Object.entries(kinds)) {
    test(`${format.name}-${kind}-encryption`, async () => {
      const topic = ownTopic(`contract-node-${kind}-${format.name}`)
      const kek = `node-${kind}-${format.name}`
      await register(format, `${topic}-value`, 'order', {
        metadata: tags && { tags: { [item[format.name]]: tags } },
        ruleSet: {
          [phase]: [
            {
              name: 'encrypt',
              kind: 'TRANSFORM',
              mode: 'WRITEREAD',
              type,
              tags,
              params: {
                'encrypt.kek.name': kek,
                'encrypt.kms.type': 'local-kms',
                'encrypt.kms.key.id': 'key-of-the-shop',
              },
              onFailure: 'ERROR,NONE',
            },
          ],
        },
      })
      const conf = () => registered({ rules: rules(new Executor()), ruleConfig: { secret: 'for these tests only' } })
      const value = await roundTrip(format, topic, `${topic}-value`, 'order', conf(), conf())
      assert.ok(!value.includes(records.order.item), `the item is not encrypted: ${value}`)
      const [tag] = records.order.tags
      assert.equal(value.includes(tag), kind === 'field', `the tags are to be seen when a field is encrypted only: ${value}`)

      const key = await call('GET', `/dek-registry/v1/keks/${kek}`)
      assert.deepEqual([key.name, key.kmsType, key.kmsKeyId], [kek, 'local-kms', 'key-of-the-shop'])
      const dek = await call('GET', `/dek-registry/v1/keks/${kek}/deks/${topic}-value`)
      assert.deepEqual([dek.kekName, dek.subject, dek.algorithm], [kek, `${topic}-value`, 'AES256_GCM'])
      assert.ok(dek.encryptedKeyMaterial && dek.keyMaterial === undefined, 'the key is there, and encrypted')
    })
  }
}
