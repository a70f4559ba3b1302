//! Years and the eras they are counted in.

use std::fmt;

use crate::tokens::Number;

/// How a year was counted where it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "lowercase")
)]
#[non_exhaustive]
pub enum Era {
    /// The Common Era (AD, ค.ศ.).
    #[default]
    Common,
    /// The Buddhist Era of Thailand (พ.ศ.): 543 years ahead of the Common Era.
    Buddhist,
}

impl fmt::Display for Era {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Era::Common => "common",
            Era::Buddhist => "buddhist",
        })
    }
}

/// A year of the Common Era and how it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Year {
    pub(crate) value: i16,
    pub(crate) era: Era,
}

impl Year {
    const BUDDHIST_AHEAD: i16 = 543;

    /// The year in its era, or in the one that its number tells.
    pub(crate) fn new(number: Number, era: Option<Era>) -> Option<Year> {
        let Number { value, digits, .. } = number;
        let (era, value, is_year) = match era {
            Some(Era::Common) => (Era::Common, value, digits <= 4),
            // พ.ศ. 67 may be short for 2567.
            Some(Era::Buddhist) => {
                let value = value.saturating_sub(Year::BUDDHIST_AHEAD);
                (Era::Buddhist, value, (3..=4).contains(&digits))
            }
            None => {
                let era = match value {
                    1000..=2100 => Era::Common,
                    2400..=2699 => Era::Buddhist,
                    _ => return None,
                };
                return Year::new(number, Some(era)).filter(|_| digits == 4);
            }
        };
        is_year.then_some(Year { value, era })
    }

    /// The year as it is counted in its era.
    pub(crate) fn written(self) -> i16 {
        match self.era {
            Era::Common => self.value,
            Era::Buddhist => self.value.saturating_add(Year::BUDDHIST_AHEAD),
        }
    }

    /// The year with these last two digits in its era, within the hundred years from `pivot` on.
    pub(crate) fn two_digits(number: Number, era: Era, pivot: i16) -> Option<Year> {
        let ahead = match era {
            Era::Buddhist => Year::BUDDHIST_AHEAD,
            Era::Common => 0,
        };
        let after_pivot = (number.value - pivot - ahead).rem_euclid(100);
        (number.digits == 2).then_some(Year {
            value: pivot + after_pivot,
            era,
        })
    }
}
