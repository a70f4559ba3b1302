//! `Date` and `DateRange` as the text that `Display` writes and `FromStr` reads.

use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

use serde::de::{Deserialize, Deserializer, Error, Visitor};
use serde::ser::{Serialize, Serializer};

use crate::{Date, DateRange};

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
        deserializer.deserialize_str(FromText("a date", PhantomData))
    }
}

impl Serialize for DateRange {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for DateRange {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<DateRange, D::Error> {
        deserializer.deserialize_str(FromText("two dates parted by a slash", PhantomData))
    }
}

struct FromText<T>(&'static str, PhantomData<T>);

impl<T: FromStr<Err: fmt::Display>> Visitor<'_> for FromText<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        text.parse().map_err(E::custom)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use crate::{Date, DateRange, Precision};

    #[test]
    fn dates_are_iso_text() {
        let day = Date::day(2025, 12, 15).unwrap();
        assert_eq!(serde_json::to_string(&day).unwrap(), r#""2025-12-15""#);
        assert_eq!(
            serde_json::from_str::<Date>(r#""15 ธ.ค. 68""#).unwrap(),
            day
        );
        let error = serde_json::from_str::<Date>(r#""2025-13""#).unwrap_err();
        assert!(error.to_string().contains("no month 13"), "{error}");
        assert!(serde_json::from_str::<Date>("2025").is_err());
    }

    #[test]
    fn ranges_are_iso_intervals() {
        let range = DateRange::before(Date::year(2025).unwrap());
        let json = r#""../2025-01-01T00:00:00Z""#;
        assert_eq!(serde_json::to_string(&range).unwrap(), json);
        assert_eq!(serde_json::from_str::<DateRange>(json).unwrap(), range);
        assert_eq!(
            serde_json::to_string(&Precision::Month).unwrap(),
            r#""month""#
        );
    }
}
