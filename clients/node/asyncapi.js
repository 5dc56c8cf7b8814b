// The AsyncAPI documents that weir writes, against the JSON schema of the
// standard (@asyncapi/specs). Each case registers in a context of its own.

import assert from 'node:assert/strict'

import specs from '@asyncapi/specs'
import Ajv from 'ajv'

import { main, test } from './lib/cases.js'
import { formats } from './lib/formats.js'
import { call, registry, text } from './lib/world.js'

// The schema of the standard uses formats and keywords of its own.
const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true })
const validate = ajv.compile(specs.schemasWithoutId['3.0.0'])

async function asyncapi(context) {
  const response = await fetch(`${registry}/catalog/v1/contexts/${context}/asyncapi`, { headers: { Accept: 'application/json' } })
  assert.equal(response.status, 200)
  return response.json()
}

function check(document) {
  assert.ok(validate(document), JSON.stringify(validate.errors, null, 1))
}

for (const format of formats) {
  test(`${format.name} with a reference`, async () => {
    const context = `.asyncapi-${format.name}`
    const subject = name => `/subjects/${encodeURIComponent(`:${context}:${name}`)}/versions`
    await call('POST', subject('customer'), { schema: text(`customer${format.suffix}`), schemaType: format.type })
    await call('POST', subject('orders-value'), { schema: text(`order${format.suffix}`), schemaType: format.type })
    await call('POST', subject('orders-key'), { schema: '{"type":"string"}', schemaType: 'JSON' })
    await call('POST', subject('invoices-value'), {
      schema: text(`invoice${format.suffix}`),
      schemaType: format.type,
      references: [{ name: format.reference, subject: 'customer', version: 1 }],
    })
    const document = await asyncapi(context)
    check(document)
    assert.deepEqual(Object.keys(document.channels), ['invoices', 'orders'])
    assert.deepEqual(Object.keys(document.components.messages).sort(), ['customer', 'invoices-value', 'orders-key', 'orders-value'])
  })
}

test('an odd name', async () => {
  const name = encodeURIComponent(':.asyncapi-odd:a/b~c #é-value')
  await call('POST', `/subjects/${name}/versions`, { schema: '"string"' })
  const document = await asyncapi('.asyncapi-odd')
  check(document)
  const [channel] = Object.values(document.channels)
  assert.equal(channel.address, 'a/b~c #é')
})

await main('Node @asyncapi/specs')
