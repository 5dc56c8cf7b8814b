// The three schema languages as the files of ../shop have them.

export const formats = [
  { name: 'avro', type: 'AVRO', suffix: '.avsc', reference: 'shop.Customer' },
  { name: 'json', type: 'JSON', suffix: '.schema.json', reference: 'customer.schema.json' },
  { name: 'protobuf', type: 'PROTOBUF', suffix: '.proto', reference: 'customer.proto' },
]

// prefixId reads the id in front of a payload.
export function prefixId(value) {
  if (value.length < 5 || value[0] !== 0) {
    throw new Error(`payload ${value.toString('hex')} has no id in front`)
  }
  return value.readUInt32BE(1)
}
