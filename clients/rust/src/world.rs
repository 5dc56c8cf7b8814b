//! Where the broker and the registry are, the schemas and records of ../shop,
//! and a look into the registry beside the client under test.

use std::{env, error::Error, fmt::Debug, fs, path::Path};

use serde_json::Value;

/// What a case gives back; any error fails it.
pub type Outcome<T = ()> = Result<T, Box<dyn Error>>;

/// The broker and the registry of one run.
pub struct World {
    pub brokers: String,
    pub registry: String,
    /// Keeps the topics of runs apart that share the broker.
    pub prefix: String,
    /// The values that travel, by the name of their kind.
    pub records: Value,
}

impl World {
    pub fn open() -> Outcome<World> {
        Ok(World {
            brokers: variable("KAFKA_BROKERS")?,
            registry: variable("WEIR_URL")?,
            prefix: variable("TOPIC_PREFIX")?,
            records: serde_json::from_str(&text("records.json")?)?,
        })
    }

    /// The name of a topic of this run alone.
    pub fn topic(&self, name: &str) -> String {
        format!("{}{name}", self.prefix)
    }

    /// The latest version of the subject, read with a plain request.
    pub async fn latest(&self, subject: &str) -> Outcome<Value> {
        let url = format!("{}/subjects/{subject}/versions/latest", self.registry);
        let answer = reqwest::get(url).await?.error_for_status()?;
        Ok(answer.json().await?)
    }
}

/// The text of a file of ../shop.
pub fn text(name: &str) -> Outcome<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shop").join(name);
    Ok(fs::read_to_string(path)?)
}

fn variable(name: &str) -> Outcome<String> {
    env::var(name).map_err(|_| format!("{name} is not set: run this program through clients/run").into())
}

/// Fails the case where the two differ.
pub fn expect<G, W>(what: &str, got: &G, want: &W) -> Outcome
where
    G: Debug + PartialEq<W>,
    W: Debug,
{
    if got == want {
        return Ok(());
    }
    Err(format!("{what}: {got:?}, want {want:?}").into())
}
