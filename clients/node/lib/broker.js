// Sends single records through the broker with kafkajs.

import { Kafka, logLevel } from 'kafkajs'

import { brokers } from './world.js'

// How long a record may be on its way.
const patience = 30_000

const kafka = new Kafka({ clientId: 'weir-clients', brokers: brokers.split(','), logLevel: logLevel.NOTHING })

// carry produces one record and returns it as a consumer got it.
export async function carry(topic, value, headers = {}) {
  const producer = kafka.producer()
  let offset
  await producer.connect()
  try {
    const [report] = await producer.send({ topic, messages: [{ value, headers }] })
    offset = report.baseOffset
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
      // Others may be in the topic; there is one partition.
      const eachMessage = async ({ message }) => message.offset === offset && resolve(message)
      consumer.run({ eachMessage }).catch(reject)
    })
  } finally {
    clearTimeout(timer)
    await consumer.disconnect()
  }
}
