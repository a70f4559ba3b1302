//! Dates as people write them, in Vietnamese, Thai, Lao, Khmer, Burmese, English and Chinese.
//!
//! [`Date`] is a date at the precision it is known to, [`DateRange`] a half-open range of time,
//! [`Zone`] the clock by which a day is a day, and [`Period`] a step of the calendar.
//! A text that is one date is parsed; [`Reader`] reads expressions of all kinds, alone or in running
//! text; and [`publication_date`] tells from an article's own words when it was published.
//!
//! ```
//! use mekong_dates::{Date, Evidence, Reader, publication_date};
//!
//! // Buddhist years are understood: 2567 is 2024.
//! assert_eq!("22 พ.ย. 67".parse::<Date>()?, Date::day(2024, 11, 22)?);
//!
//! let reader = Reader::new(Date::day(2025, 12, 15)?);
//! let found = reader.find("Hai bên gặp nhau từ ngày 3 đến 5 tháng 10 năm 2025.").next().unwrap();
//! assert_eq!(found.best().to_string(), "2025-10-03/2025-10-05");
//! assert_eq!(reader.read("เมื่อวานนี้")?.best().to_string(), "2025-12-14");
//!
//! let article = "Chiều 3/10, hai Bộ trưởng điện đàm. Ông được bổ nhiệm ngày 19/9/2025.";
//! let published = publication_date(article, None).unwrap();
//! assert_eq!(published.date, Date::day(2025, 10, 3)?);
//! assert_eq!(published.evidence, Evidence::Resolved);
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
//! [`Precision`], [`Period`] and [`Era`].

mod burmese;
mod calendar;
mod chinese;
mod clock;
mod date;
mod english;
mod error;
mod expression;
mod figures;
mod khmer;
mod lao;
mod lexicon;
mod parse;
mod parser;
mod partial;
mod period;
mod publication;
mod range;
mod reader;
mod relative;
#[cfg(feature = "serde")]
mod serde;
mod thai;
mod tokens;
mod vietnamese;
mod year;
mod zone;

pub use date::{Date, Precision};
pub use error::Error;
pub use period::Period;
pub use publication::{Evidence, Publication, publication_date};
pub use range::DateRange;
pub use reader::{Expression, Reader, Reading};
pub use year::Era;
pub use zone::Zone;
