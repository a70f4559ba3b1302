//! The words of all languages, with what each may mean in a date.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::period::Period;
use crate::year::Era;
use crate::{burmese, chinese, english, khmer, lao, thai, vietnamese};

/// What a word may mean. Which of its senses counts, the place in the expression decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sense {
    /// The name of a month.
    Month(i8),
    /// Short for the name of a month, and other words as well: counts only between year and day.
    ShortMonth(i8),
    /// The name of a month only after a word for month (`tháng giêng`).
    MonthOf(i8),
    /// A month follows (`tháng`, `เดือน`).
    MonthWord,
    /// The figure of a month follows at once, and its year (`T10/2025`).
    MonthLetter,
    /// A month came before (`月`, `လ`).
    MonthAfter,
    /// A day of the week, Monday being 1.
    Weekday(i8),
    /// Short for a weekday, and other words as well: counts only before a date.
    ShortWeekday(i8),
    /// The number of a weekday follows, and a date (`T2, 15/12`).
    ShortWeekdayWord,
    /// Saturday and Sunday.
    Weekend,
    /// The number of a day follows (`ngày`, `วันที่`).
    DayWord,
    /// The number of a day came before (`日`, `ရက်`).
    DayAfter,
    /// As `DayWord`, but only after a weekday (`วันจันทร์ที่`).
    DayMark,
    /// The number of a weekday follows (`thứ 2`).
    WeekdayWord,
    /// A part of a day (`chiều`, `morning`): may stand before or after it.
    DayPart,
    /// A year follows, in the era that the word names.
    YearWord(Option<Era>),
    /// A year came before, in the era that the word names.
    YearAfter(Option<Era>),
    /// The end of a word for something else, which looks like a word for a year.
    NoYear,
    /// The number of a quarter stands beside.
    Quarter,
    /// A quarter with its number, where its year follows (`QIII`).
    QuarterName(i8),
    /// The number of a week follows (`2025-W50`).
    WeekLetter,
    /// One of the halves of a year.
    Half(i8),
    /// The number of a half stands right before it, its year after it (`1H 2025`).
    HalfLetter,
    /// A Roman number, of a quarter.
    Roman(i8),
    /// A number in letters.
    Number(i8),
    /// Tens in letters (`mươi`).
    Ten,
    /// The end of an ordinal (`15th`).
    Ordinal,
    /// A number follows an ordinal mark (`第`, `ที่`).
    OrdinalMark,
    /// Ten years from one on (`1990s`).
    Decade,
    /// Joins the parts of a date (`of`).
    Of,
    /// A period that is counted.
    Unit(Period),
    /// Periods from the present one: `yesterday` is (Day, -1).
    Relative(Period, i32),
    /// Makes the period or the weekday after it the last one, the present one, the next one.
    Last,
    This,
    Next,
    /// The same for the one before it.
    LastAfter,
    ThisAfter,
    NextAfter,
    /// So many periods up to now (`7 ngày qua`), when the words come after the number.
    Past,
    /// Makes the counted periods lie back or ahead (`ago`, `nữa`).
    Ago,
    Ahead,
    /// As `Past`, before the number or the period.
    PastOf,
    /// A period and one of these in one word.
    PastUnit(Period),
    AgoUnit(Period),
    AheadUnit(Period),
    /// So many periods from now on (`7 ngày tới`), after the number.
    Coming,
    /// As `Ahead`, but before the number (`in 3 days`, `อีก 3 วัน`).
    AheadOf,
    /// The first, the last months of a year (`6 tháng đầu năm 2025`).
    First,
    Final,
    /// All from here on.
    Since,
    /// From here on, where an end may follow.
    From,
    /// To here, where a beginning came before.
    To,
    /// Up to the end of this, and no beginning.
    Until,
    /// The same, or who did it (`by June`).
    By,
    /// Up to, and not including, this.
    Before,
    /// From the end of this on.
    After,
    /// As these, but after the date (`trở đi`, `以前`).
    Onwards,
    UntilAfter,
    BeforeAfter,
    AfterAfter,
    /// Belongs to a `From` before the date (`from May on`).
    Tail,
    /// Two ends follow.
    Between,
    /// Between those two.
    And,
    /// After the second of them (`之间`).
    BetweenAfter,
    /// The present, as an end (`đến nay`).
    Now,
    /// A year may follow the word, which is no part of the date (`in`).
    In,
    /// A part of a period (`early`, `cuối`): stands before it, or after it in Chinese.
    Part,
    /// Belongs to a time of day.
    Clock,
    /// A number of something else follows (`ครั้งที่`, `số`).
    Series,
    /// What is counted: a short number before it is no year.
    Counted,
    /// An article may begin with it, before its date.
    Opening,
}

/// Words of one sense.
pub(crate) type Row = (Sense, &'static [&'static str]);

struct Entry {
    letters: Vec<char>,
    /// Its senses in any text.
    senses: Vec<Sense>,
    /// Those and the ones it has in a Vietnamese text without accents.
    bare_senses: Vec<Sense>,
}

/// By their first letters, the longest of a letter first.
struct Lexicon(HashMap<char, Vec<Entry>>);

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut lexicon = Lexicon(HashMap::new());
    let tables = [
        english::WORDS,
        vietnamese::WORDS,
        thai::WORDS,
        lao::WORDS,
        khmer::WORDS,
        burmese::WORDS,
        chinese::WORDS,
    ];
    for (sense, words) in tables.into_iter().flatten() {
        for word in *words {
            lexicon.add(word.chars().collect(), *sense, false);
        }
    }
    for (sense, words) in vietnamese::WORDS {
        for word in *words {
            lexicon.add(word.chars().map(vietnamese::bare).collect(), *sense, true);
        }
    }
    for word in vietnamese::BARE_OTHERS {
        lexicon.add(word.chars().collect(), Sense::NoYear, true);
    }
    for entries in lexicon.0.values_mut() {
        entries.sort_by_key(|entry| std::cmp::Reverse(entry.letters.len()));
    }
    lexicon
});

impl Lexicon {
    fn add(&mut self, letters: Vec<char>, sense: Sense, is_bare: bool) {
        let Some(first) = letters.first() else { return };
        let entries = self.0.entry(*first).or_default();
        let entry = match entries.iter().position(|entry| entry.letters == letters) {
            Some(index) => entries.get_mut(index),
            None => {
                entries.push(Entry {
                    letters,
                    senses: Vec::new(),
                    bare_senses: Vec::new(),
                });
                entries.last_mut()
            }
        };
        let Some(entry) = entry else { return };
        if !is_bare && !entry.senses.contains(&sense) {
            entry.senses.push(sense);
        }
        if !entry.bare_senses.contains(&sense) {
            entry.bare_senses.push(sense);
        }
    }
}

/// The longest word that the letters begin with: how many letters it has and its senses.
/// `is_whole` says of a length whether a word may end there.
pub(crate) fn longest(
    letters: impl Iterator<Item = char> + Clone,
    is_bare: bool,
    is_whole: impl Fn(usize) -> bool,
) -> Option<(usize, &'static [Sense])> {
    let entries = LEXICON.0.get(&letters.clone().next()?)?;
    entries.iter().find_map(|entry| {
        let senses = if is_bare {
            &entry.bare_senses
        } else {
            &entry.senses
        };
        let length = entry.letters.len();
        let is_here = !senses.is_empty()
            && letters
                .clone()
                .take(length)
                .eq(entry.letters.iter().copied())
            && is_whole(length);
        is_here.then_some((length, senses.as_slice()))
    })
}
