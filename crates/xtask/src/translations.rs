//! Texts that were translated into many languages and come under free licences: those of Chrome's
//! developer tools and of Android, which people read as sentences.

use anyhow::{Context, Result};
use mekong_segment::Script;
use serde_json::Value;

use crate::android;
use crate::run::Run;
use crate::sources::Sources;

/// Sentences as people meet them: words may be counted in them. `locale` has two letters.
pub(crate) fn sentences(script: Script, sources: &Sources, locale: &str) -> Result<Vec<Run>> {
    let mut texts = json(
        sources,
        &format!("devtools/front_end/core/i18n/locales/{locale}.json"),
    )?;
    texts.sort();
    texts.dedup();
    let resources = "android/resources.arsc";
    let android = android::texts(&sources.bytes(resources)?, locale);
    texts.extend(android.with_context(|| format!("{resources} cannot be understood"))?);
    let runs = texts.iter().flat_map(|text| Run::all(script, text));
    Ok(runs.collect())
}

/// Every string in a JSON file.
fn json(sources: &Sources, name: &str) -> Result<Vec<String>> {
    fn collect(value: Value, texts: &mut Vec<String>) {
        match value {
            Value::String(text) => texts.push(text),
            Value::Array(values) => values.into_iter().for_each(|value| collect(value, texts)),
            Value::Object(fields) => fields
                .into_iter()
                .for_each(|(_, value)| collect(value, texts)),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
    let value = serde_json::from_str(&sources.text(name)?);
    let mut texts = Vec::new();
    collect(
        value.with_context(|| format!("{name} is no JSON"))?,
        &mut texts,
    );
    Ok(texts)
}
