//! The subject name strategies (registry-api.md 20), a context (12), and
//! metadata (13).

use std::collections::HashMap;

use schema_registry_converter::async_impl::schema_registry::{post_schema, SrSettings};
use schema_registry_converter::schema_registry_common::SubjectNameStrategy;

use crate::format::{full_name, Format};
use crate::world::{expect, Outcome, World};
use crate::{check, settings};

/// The names of the strategies.
pub const STRATEGIES: [&str; 3] = ["topic", "record", "topic-record"];

/// Registers in a context for each language, because their records have the
/// same name, and so for the whole client.
pub async fn strategy(world: &World, format: Format, name: &str) -> Outcome {
    let context = World {
        brokers: world.brokers.clone(),
        prefix: world.prefix.clone(),
        registry: format!("{}/contexts/:.rust-{}:", world.registry, format.name()),
        records: world.records.clone(),
    };
    let topic = world.topic(&format!("rust-strategy-{}-{name}", format.name()));
    let schema = format.schema("order")?;
    let (strategy, subject) = match name {
        "record" => {
            (SubjectNameStrategy::RecordNameStrategyWithSchema(schema), full_name("order").to_string())
        }
        "topic-record" => (
            SubjectNameStrategy::TopicRecordNameStrategyWithSchema(topic.clone(), schema),
            format!("{topic}-{}", full_name("order")),
        ),
        _ => (
            SubjectNameStrategy::TopicNameStrategyWithSchema(topic.clone(), false, schema),
            format!("{topic}-value"),
        ),
    };
    let sent = format.encode(settings(&context), "order", &world.records["order"], strategy).await?;
    check(&context, format, "order", &topic, &subject, &sent).await?;
    let version = world.latest(&format!(":.rust-{}:{subject}", format.name())).await?;
    expect("subject", &version["subject"], &format!(":.rust-{}:{subject}", format.name()))
}

/// Metadata goes to the registry with the schema and is there afterwards.
pub async fn metadata(world: &World) -> Outcome {
    let properties = HashMap::from([("owner".to_string(), "shop".to_string())]);
    let tags = HashMap::from([("shop.Order.item".to_string(), vec!["PII".to_string()])]);
    let schema = Format::Avro.schema("order")?.with_properties(properties).with_tags(tags);
    let settings = SrSettings::new(world.registry.clone());
    post_schema(&settings, "rust-metadata".to_string(), schema).await?;
    let want = serde_json::json!({
        "tags": {"shop.Order.item": ["PII"]},
        "properties": {"owner": "shop"},
    });
    expect("metadata", &world.latest("rust-metadata").await?["metadata"], &want)
}
