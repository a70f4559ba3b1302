//! What holds for every text and every date.

#![allow(clippy::unwrap_used)]

use mekong_dates::{Date, DateRange, Reader, Zone, publication_date};
use proptest::prelude::*;

/// Pieces that dates are made of, so that random texts come near to them.
const PIECES: &[&str] = &[
    " ",
    "  ",
    "\u{a0}",
    "\u{200b}",
    "\n",
    "/",
    "-",
    "–",
    ".",
    ",",
    ":",
    "(",
    ")",
    "T",
    "Z",
    "+",
    "0",
    "1",
    "3",
    "10",
    "12",
    "21-23",
    "31",
    "67",
    "99",
    "112",
    "2025",
    "2567",
    "9999",
    "20251215",
    "๓",
    "๒๕๖๘",
    "3/10",
    "2025-12",
    "2021-2025",
    "00:00",
    "วันที่",
    "ที่",
    "เดือน",
    "พฤศจิกายน",
    "พ.ย.",
    "ม.ค",
    "ปี",
    "พ.ศ.",
    "ค.ศ.",
    "ปีหน้า",
    "วันนี้",
    "คน",
    "\u{e48}",
    "ngày",
    "ngay",
    "tháng",
    "thang",
    "năm",
    "nam",
    "Chiều",
    "năm tới",
    "\u{301}",
    "December",
    "Dec.",
    "may",
    "May",
    "Mon",
    "in",
    "year",
    "next year",
    "th",
    "of",
    "x",
    "from",
    "to",
    "since",
    "before",
    "last",
    "7",
    "days",
    "ago",
    "week",
    "Q3",
    "III",
    "quý",
    "hai",
    "mười",
    "từ",
    "đến",
    "trước",
    "tuần",
    "thứ",
    "hôm qua",
    "ตั้งแต่",
    "ถึง",
    "ที่ผ่านมา",
    "ປີ",
    "ຕຸລາ",
    "ກ່ອນ",
    "ខែ",
    "ថ្ងៃ",
    "មុន",
    "៣",
    "၂၀၂၅",
    "ခုနှစ်",
    "လ",
    "မှ",
    "အထိ",
    "年",
    "月",
    "日",
    "十二",
    "上",
    "周",
    "前",
    "~",
    "𝟙",
    "İ",
    "ﬁ",
    "９",
];

fn soup() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 0..24).prop_map(|pieces| pieces.concat())
}

fn any_second() -> impl Strategy<Value = i64> {
    Date::year(1).unwrap().start()..Date::year(9999).unwrap().end()
}

/// Of the years 1902 to 2037.
const NEWS_SECONDS: std::ops::Range<i64> = -(1 << 31)..1 << 31;

/// Any date of any precision.
fn any_date() -> impl Strategy<Value = Date> {
    (any_second(), 0..4).prop_map(|(second, precision)| {
        let second = Date::from_unix_seconds(second).unwrap();
        let (year, month, day) = second.first_day();
        match precision {
            0 => Date::year(year).unwrap(),
            1 => Date::month(year, month).unwrap(),
            2 => Date::day(year, month, day).unwrap(),
            _ => second,
        }
    })
}

fn reader() -> Reader {
    Reader::new(Date::day(2025, 12, 15).unwrap())
}

fn check(text: &str) {
    for reader in [
        reader(),
        reader().language("en-US"),
        reader().language("th").pivot(1),
    ] {
        let mut floor = 0;
        for found in reader.find(text) {
            let range = found.range.clone();
            assert!(floor <= range.start && range.start < range.end, "{text:?}");
            assert!(text.get(range.clone()).is_some(), "{text:?}");
            assert!(!found.readings.is_empty(), "{text:?}");
            let mut confidence = 1.0;
            for reading in &found.readings {
                assert!(
                    reading.confidence > 0.0 && reading.confidence <= confidence,
                    "{text:?}"
                );
                assert!(
                    reading.first.is_some() || reading.last.is_some(),
                    "{text:?}"
                );
                assert!(!reading.range_in(&Zone::UTC).is_empty(), "{text:?}");
                confidence = reading.confidence;
            }
            floor = range.end;
        }
        if let Ok(found) = reader.read(text) {
            assert!(text.get(found.range.clone()).is_some(), "{text:?}");
        }
    }
    let _ = publication_date(text, None);
    let _ = text.parse::<Date>();
    let _ = text.parse::<DateRange>();
    let _ = text.parse::<Zone>();
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn expressions_are_in_order_and_inside_the_text(text in soup()) {
        check(&text);
    }

    #[test]
    fn any_text_is_safe(text in any::<String>()) {
        check(&text);
    }

    #[test]
    fn letters_and_digits_are_safe(text in "[0-9๐-๙ก-๏a-zà-ỹ /.:,T+-]{0,80}") {
        check(&text);
    }

    #[test]
    fn a_date_comes_back_from_its_text(date in any_date()) {
        prop_assert_eq!(date.to_string().parse::<Date>().unwrap(), date);
    }

    #[test]
    fn a_date_has_a_length(date in any_date()) {
        prop_assert!(date.start() < date.end());
        prop_assert!(DateRange::from(date).contains(date.start()));
        prop_assert!(!DateRange::from(date).contains(date.end()));
    }

    #[test]
    fn a_range_comes_back_from_its_text(first in any_date(), last in any_date()) {
        let (first, last) = (first.min(last), first.max(last));
        for range in [
            DateRange::new(Some(first), Some(last)).unwrap(),
            DateRange::through(Some(first), Some(last)).unwrap(),
        ] {
            prop_assert_eq!(range.to_string().parse::<DateRange>().unwrap(), range);
        }
    }

    #[test]
    fn a_day_is_found_as_it_was_written(second in NEWS_SECONDS) {
        let (year, month, day) = Date::from_unix_seconds(second).unwrap().first_day();
        let buddhist = year + 543;
        for text in [
            format!("{year}-{month:02}-{day:02}"),
            format!("{day}/{month}/{year}"),
            format!("ngày {day} tháng {month} năm {year}"),
            format!("วันที่ {day}/{month}/{year}"),
            format!("พ.ศ. {buddhist}"),
        ] {
            let found = reader().find(&text).next().unwrap();
            prop_assert_eq!(found.range.clone(), 0..text.len());
            let (first, day) = (found.best().first.unwrap(), Date::day(year, month, day).unwrap());
            prop_assert!(first == day || first == Date::day(year, 1, 1).unwrap());
        }
    }
}
