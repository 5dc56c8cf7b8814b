// Messages that Confluent's Java serializers wrote (testdata/payloads.json,
// recorded): their schemas are imported under the recorded ids, must then have
// the recorded GUIDs, and another maker's deserializer reads the bytes with
// what weir serves. So records that were written with the registry that one
// comes from stay readable after moving to weir.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'

import { toJson } from '@bufbuild/protobuf'
import confluent from '@confluentinc/schemaregistry'

import { test } from '../lib/cases.js'
import { newClient } from '../lib/confluent.js'
import { call, latest, registry } from '../lib/world.js'

const { AvroDeserializer, JsonDeserializer, ProtobufDeserializer, SerdeType } = confluent

const context = `${registry}/contexts/:.payloads:`

const { payloads, crafted } = JSON.parse(readFileSync(new URL('../testdata/payloads.json', import.meta.url)))

const deserializers = { AVRO: AvroDeserializer, JSON: JsonDeserializer, PROTOBUF: ProtobufDeserializer }

test('payload-import', async () => {
  await call('PUT', '/mode/:.payloads:', { mode: 'IMPORT' })
  const schemas = new Map()
  for (const schema of payloads.flatMap(payload => payload.schemas ?? [])) {
    schemas.set(`${schema.subject} ${schema.version}`, schema)
  }
  // What others refer to comes before them, or else it is not found.
  const sorted = [...schemas.values()].sort((a, b) => (a.references ?? []).length - (b.references ?? []).length)
  for (const { subject, version, id, guid, ...schema } of sorted) {
    await call('POST', `/subjects/${encodeURIComponent(subject)}/versions`, { ...schema, id, version }, context)
    const stored = await latest(subject, context)
    assert.deepEqual([stored.id, stored.version, stored.guid], [id, version, guid], subject)
  }
})

// Odd messages that the Java deserializers read as well. Left out is one that
// this library does not read: a header that is there twice.
const odd = crafted.filter(payload => 'decoded' in payload && payload.name !== 'avro-header-twice-last-counts')

for (const payload of [...payloads, ...odd]) {
  // This library has no value for a record without bytes, also where a header
  // says that it is an empty message.
  if (!payload.payloadHex) {
    continue
  }
  test(`payload-${payload.name}`, async () => {
    const role = payload.role === 'key' ? SerdeType.KEY : SerdeType.VALUE
    const deserializer = new deserializers[payload.format](newClient(context), role, {
      // The subject that the writer had; without one any of the context.
      subjectNameStrategy: () => payload.subject ?? '',
    })
    const headers = Object.fromEntries(payload.headers.map(({ key, valueHex }) => [key, Buffer.from(valueHex, 'hex')]))
    const value = Buffer.from(payload.payloadHex, 'hex')
    const decoded = await deserializer.deserialize(payload.topic, value, headers)
    if (payload.format === 'PROTOBUF') {
      const type = deserializer.fileRegistry.getMessage(decoded.$typeName)
      assert.equal(decoded.$typeName, payload.messageType)
      nameFields(type)
      assert.deepEqual(toJson(type, decoded), payload.decoded)
    } else if (payload.name === 'avro-union-of-references') {
      // The library names the branch of the outermost union.
      assert.deepEqual(plain(decoded), payload.decoded)
    } else {
      assert.deepEqual(plain(decoded), payload.decodedPlain ?? payload.decoded)
    }
  })
}

// nameFields gives the fields of a message their names in JSON, which protoc
// writes into descriptors and a registry leaves out where they are the usual
// ones.
function nameFields(message) {
  for (const field of message.fields) {
    if (field.jsonName === '') {
      field.jsonName = field.localName
      if (field.message) {
        nameFields(field.message)
      }
    }
  }
}

// plain writes a value as the recording has it: bytes in hex, union members
// without the names of their types.
function plain(value) {
  if (Buffer.isBuffer(value)) {
    return `hex:${value.toString('hex')}`
  }
  if (Array.isArray(value)) {
    return value.map(plain)
  }
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, plain(member)]))
  }
  return value
}
