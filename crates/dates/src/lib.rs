//! Dates as people write them, in Thai, Vietnamese and English.
//!
//! [`Date`] is a date at the precision it is known to, [`DateRange`] a half-open range of time,
//! [`Zone`] the clock by which a day is a day, and [`Period`] a step of the calendar.
//! A text that is one date is parsed; [`find`] finds the dates in running text; and
//! [`publication_date`] tells from an article's own words when it was published.
//!
//! ```
//! use mekong_dates::{Date, find, publication_date};
//!
//! // Buddhist years are understood: 2567 is 2024.
//! assert_eq!("22 พ.ย. 67".parse::<Date>()?, Date::day(2024, 11, 22)?);
//!
//! let mention = find("Hai bên gặp nhau ngày 3 tháng 10 năm 2025.").next().unwrap();
//! assert_eq!(mention.date(), Some(Date::day(2025, 10, 3)?));
//!
//! let article = "Chiều 3/10, hai Bộ trưởng điện đàm. Ông được bổ nhiệm ngày 19/9/2025.";
//! assert_eq!(publication_date(article), Some(Date::day(2025, 10, 3)?));
//! # Ok::<(), mekong_dates::Error>(())
//! ```
//!
//! # Sources
//!
//! Names of months and days and words for relative years are those of the Unicode CLDR. Dates and
//! intervals are written as in ISO 8601; RFC 3339 and RFC 2822 are read too. The calendar is the
//! proleptic Gregorian one in UTC; a year of the Thai Buddhist Era is 543 ahead of it.
//!
//! # Features
//!
//! `serde`: `Serialize` and `Deserialize` for [`Date`] and [`DateRange`], as ISO 8601 text, and for
//! [`Precision`] and [`Period`].

mod cursor;
mod date;
mod english;
mod error;
mod find;
mod mention;
mod parse;
mod period;
mod publication;
mod range;
#[cfg(feature = "serde")]
mod serde;
mod thai;
mod vietnamese;
mod year;
mod zone;

pub use date::{Date, Precision};
pub use error::Error;
pub use find::find;
pub use mention::{Era, Mention};
pub use period::Period;
pub use publication::publication_date;
pub use range::DateRange;
pub use zone::Zone;
