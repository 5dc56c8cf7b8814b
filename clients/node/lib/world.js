// What the Node programs share: where the broker and the registry are, the
// schemas and records of ../shop, and a look into the registry beside the
// client under test.

import { readFileSync } from 'node:fs'

const shop = new URL('../../shop/', import.meta.url)

export const brokers = variable('KAFKA_BROKERS')
export const registry = variable('WEIR_URL')

// ownTopic returns the name of a topic of this run alone.
export const ownTopic = name => variable('TOPIC_PREFIX') + name

// descriptors is the file that the command shop/descriptors wrote.
export const descriptors = () => readFileSync(variable('SHOP_DESCRIPTORS'))

export const records = JSON.parse(text('records.json'))

export function text(name) {
  return readFileSync(new URL(name, shop), 'utf8')
}

// latest returns the latest version of the subject, read with a plain request.
export async function latest(subject, url = registry) {
  return call('GET', `/subjects/${encodeURIComponent(subject)}/versions/latest`, undefined, url)
}

// call sends a plain request, which must be answered with 200 or 204.
export async function call(method, path, body, url = registry) {
  const response = await fetch(url + path, {
    method,
    headers: { 'Content-Type': 'application/vnd.schemaregistry.v1+json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  })
  const answer = await response.text()
  if (!response.ok) {
    throw new Error(`${method} ${path}: ${response.status} ${answer}`)
  }
  return answer === '' ? null : JSON.parse(answer)
}

function variable(name) {
  const value = process.env[name]
  if (!value) {
    throw new Error(`${name} is not set: run this program through clients/run`)
  }
  return value
}
