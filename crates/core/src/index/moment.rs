//! When a document was published, as the index is sorted by it.

use mekong_dates::{Date, Precision};

/// When a document was published: the start of its date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment {
    /// Seconds since 1970-01-01T00:00:00Z.
    pub seconds: i64,
    /// Whether the date is an instant, the same all over the world. Otherwise it is a day, a month
    /// or a year, which begins at another instant in each time zone; `seconds` is its start in UTC.
    pub is_instant: bool,
}

impl Moment {
    /// The number in the column `date`, in the order of moments: twice the seconds, and one more
    /// for an instant.
    #[must_use]
    pub fn to_column(self) -> i64 {
        // Dates are of the years 1 to 9999.
        self.seconds
            .saturating_mul(2)
            .saturating_add(i64::from(self.is_instant))
    }

    /// The moment of a number in the column `date`.
    #[must_use]
    pub fn from_column(number: i64) -> Self {
        Self {
            seconds: number.div_euclid(2),
            is_instant: number.rem_euclid(2) == 1,
        }
    }
}

impl From<Date> for Moment {
    fn from(date: Date) -> Self {
        Self {
            seconds: date.start(),
            is_instant: date.precision() > Precision::Day,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_keep_their_order_in_the_column() {
        let dates = ["0001", "1969-12-31", "1969-12-31T23:59:59Z", "1970-01-01"];
        let dates = [
            &dates[..],
            &["1970-01-01T00:00:00Z", "9999-12-31T23:59:59Z"],
        ]
        .concat();
        let moments: Vec<Moment> = dates
            .iter()
            .map(|date| date.parse::<Date>().unwrap().into())
            .collect();
        let numbers: Vec<i64> = moments.iter().map(|moment| moment.to_column()).collect();
        assert!(numbers.is_sorted_by(|a, b| a < b), "{numbers:?}");
        let back: Vec<Moment> = numbers.into_iter().map(Moment::from_column).collect();
        assert_eq!(back, moments);
    }
}
