//! Sends single records through the broker with rdkafka.

use std::time::Duration;

use rdkafka::config::ClientConfig;
use rdkafka::consumer::{Consumer, StreamConsumer};
use rdkafka::message::{Header, Headers, Message, OwnedHeaders};
use rdkafka::producer::{FutureProducer, FutureRecord};
use rdkafka::{Offset, TopicPartitionList};
use tokio::time::timeout;

use crate::world::Outcome;

/// How long a record may be on its way. The first one waits for the topic to
/// be made.
const PATIENCE: Duration = Duration::from_secs(30);

/// A record as a consumer got it.
pub struct Arrived {
    pub value: Vec<u8>,
    pub headers: Vec<(String, Vec<u8>)>,
}

/// Produces one record and returns it as a consumer got it.
pub async fn carry(brokers: &str, topic: &str, value: &[u8], headers: &[(&str, &[u8])]) -> Outcome<Arrived> {
    let producer: FutureProducer = ClientConfig::new().set("bootstrap.servers", brokers).create()?;
    let mut sent = OwnedHeaders::new();
    for (key, value) in headers {
        sent = sent.insert(Header { key, value: Some(*value) });
    }
    let record: FutureRecord<(), [u8]> = FutureRecord::to(topic).payload(value).headers(sent);
    let place = producer.send(record, PATIENCE).await.map_err(|(fault, _)| fault)?;

    let consumer: StreamConsumer =
        ClientConfig::new().set("bootstrap.servers", brokers).set("group.id", topic).create()?;
    // Assigned and not subscribed, because nothing here is about groups; and
    // where it was put, because others may be in the topic.
    let mut partitions = TopicPartitionList::new();
    partitions.add_partition_offset(topic, place.partition, Offset::Offset(place.offset))?;
    consumer.assign(&partitions)?;
    let message = timeout(PATIENCE, consumer.recv()).await??;
    let headers = message.headers().map(|headers| {
        headers
            .iter()
            .map(|header| (header.key.to_string(), header.value.unwrap_or_default().to_vec()))
            .collect()
    });
    Ok(Arrived {
        value: message.payload().unwrap_or_default().to_vec(),
        headers: headers.unwrap_or_default(),
    })
}
