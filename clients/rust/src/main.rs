//! schema_registry_converter with rdkafka against weir and a broker.
//!
//! Each case registers a schema on the way, sends a record, and decodes it
//! with a client of its own, so with empty caches. The id or GUID in the
//! record is the one that the registry has, and the value comes back.

mod broker;
mod format;
mod strategy;
mod world;

use std::process::ExitCode;

use schema_registry_converter::async_impl::schema_registry::{get_schema_by_id, SrSettings};
use schema_registry_converter::schema_registry_common::SubjectNameStrategy;

use broker::carry;
use format::{Format, FORMATS};
use strategy::{metadata, strategy, STRATEGIES};
use world::{expect, Outcome, World};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let world = match World::open() {
        Ok(world) => world,
        Err(fault) => {
            eprintln!("{fault}");
            return ExitCode::FAILURE;
        }
    };
    let mut outcomes = Vec::new();
    for format in FORMATS {
        for record in ["order", "invoice"] {
            outcomes.push((format!("{}-{record}", format.name()), round_trip(&world, format, record).await));
        }
        outcomes.push((format!("{}-latest", format.name()), latest(&world, format).await));
        outcomes.push((format!("{}-header", format.name()), header(&world, format).await));
        for name in STRATEGIES {
            outcomes.push((format!("{}-{name}", format.name()), strategy(&world, format, name).await));
        }
    }
    outcomes.push(("metadata".to_string(), metadata(&world).await));
    outcomes.push(("unknown-id".to_string(), unknown_id(&world).await));
    outcomes.push(("unparsable".to_string(), unparsable(&world).await));

    let mut failed = 0;
    for (name, outcome) in &outcomes {
        if let Err(fault) = outcome {
            failed += 1;
            println!("FAILED {name}: {fault}");
        }
    }
    println!("Rust schema_registry_converter: {} passed, {failed} failed", outcomes.len() - failed);
    if failed > 0 {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    }
}

/// A producer that registers the schema, and the one that it refers to.
async fn round_trip(world: &World, format: Format, record: &str) -> Outcome {
    let topic = world.topic(&format!("rust-{}-{record}", format.name()));
    let strategy =
        SubjectNameStrategy::TopicNameStrategyWithSchema(topic.clone(), false, format.schema(record)?);
    let sent = format.encode(settings(world), record, &world.records[record], strategy).await?;
    let version = check(world, format, record, &topic, &format!("{topic}-value"), &sent).await?;
    let names: Vec<_> = version["references"]
        .as_array()
        .map(|references| references.iter().map(|reference| reference["name"].clone()).collect())
        .unwrap_or_default();
    let want = if record == "order" { vec![] } else { vec![format.reference()] };
    expect("references", &names, &want)
}

/// A producer that takes the latest version of what is registered.
async fn latest(world: &World, format: Format) -> Outcome {
    let topic = world.topic(&format!("rust-{}-order", format.name()));
    let strategy = SubjectNameStrategy::TopicNameStrategy(topic.clone(), false);
    let sent = format.encode(settings(world), "order", &world.records["order"], strategy).await?;
    check(world, format, "order", &topic, &format!("{topic}-value"), &sent).await?;
    Ok(())
}

/// Carries a record, compares its id with that of the latest version of the
/// subject, which is returned, and its value with what was sent.
async fn check(
    world: &World,
    format: Format,
    record: &str,
    topic: &str,
    subject: &str,
    sent: &[u8],
) -> Outcome<serde_json::Value> {
    let arrived = carry(&world.brokers, topic, sent, &[]).await?;
    let version = world.latest(subject).await?;
    expect("first byte", &arrived.value[0], &0)?;
    let id = u32::from_be_bytes(arrived.value[1..5].try_into()?);
    expect("id", &version["id"], &id)?;
    let value = format.decode(settings(world), None, &arrived.value).await?;
    expect("value", &value, &world.records[record])?;
    Ok(version)
}

/// The GUID in a header and a bare payload (registry-api.md 21).
async fn header(world: &World, format: Format) -> Outcome {
    let topic = world.topic(&format!("rust-{}-header", format.name()));
    let strategy =
        SubjectNameStrategy::TopicNameStrategyWithSchema(topic.clone(), false, format.schema("order")?);
    let (sent, header) =
        format.encode_with_header(settings(world), "order", &world.records["order"], strategy).await?;
    let arrived = carry(&world.brokers, &topic, &sent, &[(header.name, &header.value)]).await?;
    let version = world.latest(&format!("{topic}-value")).await?;
    let (name, value) = arrived.headers.first().ok_or("no header arrived")?;
    expect("name of the header", &name.as_str(), &"__value_schema_id")?;
    let mut want = "01".to_string() + &version["guid"].as_str().unwrap_or_default().replace('-', "");
    if format == Format::Protobuf {
        want += "0202";
    }
    let hex: String = value.iter().map(|byte| format!("{byte:02x}")).collect();
    expect("value of the header", &hex, &want)?;
    let value = format.decode(settings(world), Some(value), &arrived.value).await?;
    expect("value", &value, &world.records["order"])
}

async fn unknown_id(world: &World) -> Outcome {
    match get_schema_by_id(987_654_321, &settings(world)).await {
        Ok(schema) => Err(format!("found {schema:?}").into()),
        Err(fault) if fault.to_string().contains("40403") => Ok(()),
        Err(fault) => Err(format!("{fault}, want the code 40403").into()),
    }
}

/// Refused, and not an answer that the library would try again.
async fn unparsable(world: &World) -> Outcome {
    let mut schema = Format::Protobuf.schema("order")?;
    schema.schema = "message {".to_string();
    let strategy =
        SubjectNameStrategy::TopicNameStrategyWithSchema("rust-unparsable".to_string(), false, schema);
    match Format::Protobuf.encode(settings(world), "order", &world.records["order"], strategy).await {
        Ok(_) => Err("a schema that is none was taken".into()),
        Err(fault) if fault.to_string().contains("42201") => Ok(()),
        Err(fault) => Err(format!("{fault}, want the code 42201").into()),
    }
}

fn settings(world: &World) -> SrSettings {
    SrSettings::new(world.registry.clone())
}
