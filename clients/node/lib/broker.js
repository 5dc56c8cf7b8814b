// Sends single records through the broker with kafkajs.

import { Kafka, logLevel } from 'kafkajs'

import { brokers } from './world.js'

// How long a record may be on its way.
const patience = 30_000

const kafka = new Kafka({ clientId: 'weir-clients', brokers: brokers.split(','), logLevel: logLevel.NOTHING })

// carry produces one record and returns it as a consumer got it.
export async function carry(topic, value, headers = {}) {
  const producer = kafka.producer()
  await producer.connect()
  try {
    await producer.send({ topic, messages: [{ value, headers }] })
  } finally {
    await producer.disconnect()
  }
  const consumer = kafka.consumer({ groupId: topic })
  await consumer.connect()
  let timer
  try {
    await consumer.subscribe({ topic, fromBeginning: true })
    return await new Promise((resolve, reject) => {
      timer = setTimeout(() => reject(new Error(`${topic}: nothing after ${patience} ms`)), patience)
      consumer.run({ eachMessage: async ({ message }) => resolve(message) }).catch(reject)
    })
  } finally {
    clearTimeout(timer)
    await consumer.disconnect()
  }
}
