// @confluentinc/schemaregistry against weir and a broker; kafkajs carries the
// records. The cases are in the files imported here.

import './confluent/serde.js'
import './confluent/strategy.js'
import './confluent/setting.js'
import './confluent/contract.js'
import './confluent/payload.js'
import { main } from './lib/cases.js'

await main('Node @confluentinc/schemaregistry')
