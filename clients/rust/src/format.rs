//! The three schema languages as schema_registry_converter has them. Records
//! go in and come out as JSON values.

use apache_avro::{from_value, types::Value as AvroValue};
use schema_registry_converter::async_impl::avro::{AvroDecoder, AvroEncoder};
use schema_registry_converter::async_impl::json::{JsonDecoder, JsonEncoder};
use schema_registry_converter::async_impl::proto_decoder::ProtoDecoder;
use schema_registry_converter::async_impl::proto_encoder::ProtoEncoder;
use schema_registry_converter::async_impl::schema_registry::SrSettings;
use schema_registry_converter::schema_registry_common::{
    SchemaIdHeader, SchemaType, SubjectNameStrategy, SuppliedReference, SuppliedSchema,
};
use serde_json::Value;

use crate::world::{text, Outcome};

#[derive(Clone, Copy, PartialEq)]
pub enum Format {
    Avro,
    Json,
    Protobuf,
}

pub const FORMATS: [Format; 3] = [Format::Avro, Format::Json, Format::Protobuf];

impl Format {
    pub fn name(self) -> &'static str {
        match self {
            Format::Avro => "avro",
            Format::Json => "json",
            Format::Protobuf => "protobuf",
        }
    }

    fn suffix(self) -> &'static str {
        match self {
            Format::Avro => ".avsc",
            Format::Json => ".schema.json",
            Format::Protobuf => ".proto",
        }
    }

    fn schema_type(self) -> SchemaType {
        match self {
            Format::Avro => SchemaType::Avro,
            Format::Json => SchemaType::Json,
            Format::Protobuf => SchemaType::Protobuf,
        }
    }

    /// The name by which the schema of an invoice refers to that of a customer.
    pub fn reference(self) -> &'static str {
        match self {
            Format::Avro => "shop.Customer",
            Format::Json => "customer.schema.json",
            Format::Protobuf => "customer.proto",
        }
    }

    /// The schema of an order or an invoice, the latter with its reference,
    /// which the library registers too.
    pub fn schema(self, record: &str) -> Outcome<SuppliedSchema> {
        let schema = SuppliedSchema::new(
            Some(full_name(record).to_string()),
            self.schema_type(),
            text(&format!("{record}{}", self.suffix()))?,
        );
        if record == "order" {
            return Ok(schema);
        }
        Ok(schema.with_references(vec![SuppliedReference::new(
            self.reference().to_string(),
            format!("rust-customer{}", self.suffix()),
            text(&format!("customer{}", self.suffix()))?,
        )]))
    }

    /// The payload with the id in front of it.
    pub async fn encode(
        self,
        settings: SrSettings,
        record: &str,
        value: &Value,
        strategy: SubjectNameStrategy,
    ) -> Outcome<Vec<u8>> {
        Ok(match self {
            Format::Avro => AvroEncoder::new(settings).encode_value(avro(value), &strategy).await?,
            Format::Json => JsonEncoder::new(settings).encode(value, strategy).await?,
            Format::Protobuf => {
                ProtoEncoder::new(settings).encode_json(value, full_name(record), &strategy).await?
            }
        })
    }

    /// The bare payload and the header with the GUID.
    pub async fn encode_with_header(
        self,
        settings: SrSettings,
        record: &str,
        value: &Value,
        strategy: SubjectNameStrategy,
    ) -> Outcome<(Vec<u8>, SchemaIdHeader)> {
        Ok(match self {
            Format::Avro => {
                AvroEncoder::new(settings).encode_value_with_header_id(avro(value), &strategy, false).await?
            }
            Format::Json => JsonEncoder::new(settings).encode_with_header_id(value, strategy, false).await?,
            Format::Protobuf => {
                ProtoEncoder::new(settings)
                    .encode_json_with_header_id(value, full_name(record), &strategy, false)
                    .await?
            }
        })
    }

    /// The value of a payload, with the schema taken from the header when
    /// there is one.
    pub async fn decode(self, settings: SrSettings, header: Option<&[u8]>, bytes: &[u8]) -> Outcome<Value> {
        match self {
            Format::Avro => {
                let decoder = AvroDecoder::new(settings);
                Ok(from_value(&decoder.decode_with_header_id(header, Some(bytes)).await?.value)?)
            }
            Format::Json => {
                let decoder = JsonDecoder::new(settings);
                let decoded =
                    decoder.decode_with_header_id(header, Some(bytes)).await?.ok_or("nothing decoded")?;
                decoder.validate(&decoded.schema, &decoded.value)?;
                Ok(decoded.value)
            }
            Format::Protobuf => {
                let decoder = ProtoDecoder::new(settings);
                match decoder.decode_with_header_id(header, Some(bytes)).await? {
                    prost_reflect::Value::Message(message) => Ok(numbers(serde_json::to_value(message)?)),
                    other => Err(format!("not a message: {other:?}").into()),
                }
            }
        }
    }
}

/// The full name of an order or an invoice.
pub fn full_name(record: &str) -> &'static str {
    match record {
        "order" => "shop.Order",
        _ => "shop.Invoice",
    }
}

/// The value as Avro has it, with a long for each whole number.
fn avro(value: &Value) -> AvroValue {
    match value {
        Value::Object(fields) => {
            AvroValue::Record(fields.iter().map(|(name, field)| (name.clone(), avro(field))).collect())
        }
        Value::Array(items) => AvroValue::Array(items.iter().map(avro).collect()),
        Value::String(text) => AvroValue::String(text.clone()),
        Value::Bool(truth) => AvroValue::Boolean(*truth),
        Value::Null => AvroValue::Null,
        Value::Number(number) => match number.as_i64() {
            Some(whole) => AvroValue::Long(whole),
            None => AvroValue::Double(number.as_f64().unwrap_or(f64::NAN)),
        },
    }
}

/// Protobuf's JSON has 64-bit numbers as strings.
fn numbers(mut value: Value) -> Value {
    if let Some(id) = value.get("id").and_then(Value::as_str).and_then(|id| id.parse::<i64>().ok()) {
        value["id"] = id.into();
    }
    value
}
