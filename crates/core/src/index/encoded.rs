//! A document as the engine indexes it.

use tantivy::schema::{Document as EngineDocument, Field, OwnedValue};

use super::Moment;
use super::budget::Held;
use crate::sketch::Sketched;

/// What the engine indexes of a document: the values of its fields, in order of their fields or
/// not. Made by any thread ([`Encoder`](super::Encoder)), written by one.
pub struct Encoded {
    pub(super) values: Vec<(Field, OwnedValue)>,
    /// What its text has in common with others; not yet among the values.
    pub(super) sketched: Option<Sketched>,
    pub(super) moment: Option<Moment>,
    /// Given back when the engine has made the document part of a segment.
    pub(super) held: Option<Held>,
}

impl Encoded {
    pub(super) fn add(&mut self, field: Field, value: impl Into<OwnedValue>) {
        self.values.push((field, value.into()));
    }

    /// The bytes that it takes, about.
    pub(super) fn bytes(&self) -> usize {
        let values = self.values.iter().map(|(_, value)| match value {
            OwnedValue::Str(text) => text.len(),
            OwnedValue::Bytes(bytes) => bytes.len(),
            _ => 0,
        });
        size_of::<Self>()
            + self.values.len() * size_of::<(Field, OwnedValue)>()
            + values.sum::<usize>()
    }

    /// The text of a field that has one.
    pub(super) fn text(&self, field: Field) -> Option<&str> {
        self.values.iter().find_map(|(of, value)| match value {
            OwnedValue::Str(text) if *of == field => Some(text.as_str()),
            _ => None,
        })
    }
}

impl EngineDocument for Encoded {
    type Value<'a> = &'a OwnedValue;
    type FieldsValuesIter<'a> = Values<'a>;

    fn iter_fields_and_values(&self) -> Values<'_> {
        Values(self.values.iter())
    }
}

/// The fields of a document and their values.
pub struct Values<'a>(std::slice::Iter<'a, (Field, OwnedValue)>);

impl<'a> Iterator for Values<'a> {
    type Item = (Field, &'a OwnedValue);

    fn next(&mut self) -> Option<Self::Item> {
        let (field, value) = self.0.next()?;
        Some((*field, value))
    }
}
