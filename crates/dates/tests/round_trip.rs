//! Every day of two centuries, written in the patterns of the CLDR, is read as it was written.
//!
//! A debug build takes one day in 23, a release build all of them.

#![allow(clippy::unwrap_used)]

use mekong_dates::{Date, Reader};

/// Names and patterns of a language in the CLDR, those of the Buddhist calendar for Thai.
struct Locale {
    language: &'static str,
    months: [&'static str; 12],
    short_months: [&'static str; 12],
    /// From Sunday on.
    weekdays: [&'static str; 7],
    full: &'static str,
    long: &'static str,
    medium: &'static str,
    short: &'static str,
    zero: char,
    years_ahead: i16,
}

#[rustfmt::skip]
const LOCALES: [Locale; 6] = [
    Locale {
        language: "vi",
        months: ["tháng 1", "tháng 2", "tháng 3", "tháng 4", "tháng 5", "tháng 6", "tháng 7", "tháng 8", "tháng 9", "tháng 10", "tháng 11", "tháng 12"],
        short_months: ["thg 1", "thg 2", "thg 3", "thg 4", "thg 5", "thg 6", "thg 7", "thg 8", "thg 9", "thg 10", "thg 11", "thg 12"],
        weekdays: ["Chủ Nhật", "Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy"],
        full: "EEEE, d MMMM, y", long: "d MMMM, y", medium: "d MMM, y", short: "d/M/yy",
        zero: '0', years_ahead: 0,
    },
    Locale {
        language: "th",
        months: ["มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน", "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม"],
        short_months: ["ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค."],
        weekdays: ["วันอาทิตย์", "วันจันทร์", "วันอังคาร", "วันพุธ", "วันพฤหัสบดี", "วันศุกร์", "วันเสาร์"],
        full: "EEEEที่ d MMMM G y", long: "d MMMM G y", medium: "d MMM y", short: "d/M/yy",
        zero: '๐', years_ahead: 543,
    },
    Locale {
        language: "lo",
        months: ["ມັງກອນ", "ກຸມພາ", "ມີນາ", "ເມສາ", "ພຶດສະພາ", "ມິຖຸນາ", "ກໍລະກົດ", "ສິງຫາ", "ກັນຍາ", "ຕຸລາ", "ພະຈິກ", "ທັນວາ"],
        short_months: ["ມ.ກ.", "ກ.ພ.", "ມ.ນ.", "ມ.ສ.", "ພ.ພ.", "ມິ.ຖ.", "ກ.ລ.", "ສ.ຫ.", "ກ.ຍ.", "ຕ.ລ.", "ພ.ຈ.", "ທ.ວ."],
        weekdays: ["ວັນອາທິດ", "ວັນຈັນ", "ວັນອັງຄານ", "ວັນພຸດ", "ວັນພະຫັດ", "ວັນສຸກ", "ວັນເສົາ"],
        full: "EEEE, d MMMM y", long: "d MMMM y", medium: "d MMM y", short: "d/M/y",
        zero: '໐', years_ahead: 0,
    },
    Locale {
        language: "km",
        months: ["មករា", "កុម្ភៈ", "មីនា", "មេសា", "ឧសភា", "មិថុនា", "កក្កដា", "សីហា", "កញ្ញា", "តុលា", "វិច្ឆិកា", "ធ្នូ"],
        short_months: ["មករា", "កុម្ភៈ", "មីនា", "មេសា", "ឧសភា", "មិថុនា", "កក្កដា", "សីហា", "កញ្ញា", "តុលា", "វិច្ឆិកា", "ធ្នូ"],
        weekdays: ["អាទិត្យ", "ច័ន្ទ", "អង្គារ", "ពុធ", "ព្រហស្បតិ៍", "សុក្រ", "សៅរ៍"],
        full: "EEEE d MMMM y", long: "d MMMM y", medium: "d MMM y", short: "d/M/yy",
        zero: '០', years_ahead: 0,
    },
    Locale {
        language: "my",
        months: ["ဇန်နဝါရီ", "ဖေဖော်ဝါရီ", "မတ်", "ဧပြီ", "မေ", "ဇွန်", "ဇူလိုင်", "ဩဂုတ်", "စက်တင်ဘာ", "အောက်တိုဘာ", "နိုဝင်ဘာ", "ဒီဇင်ဘာ"],
        short_months: ["ဇန်", "ဖေ", "မတ်", "ဧ", "မေ", "ဇွန်", "ဇူ", "ဩ", "စက်", "အောက်", "နို", "ဒီ"],
        weekdays: ["တနင်္ဂနွေ", "တနင်္လာ", "အင်္ဂါ", "ဗုဒ္ဓဟူး", "ကြာသပတေး", "သောကြာ", "စနေ"],
        full: "y MMMM d EEEE", long: "y MMMM d", medium: "y MMM d", short: "d/M/yy",
        zero: '၀', years_ahead: 0,
    },
    Locale {
        language: "en",
        months: ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"],
        short_months: ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
        weekdays: ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"],
        full: "EEEE, MMMM d, y", long: "MMMM d, y", medium: "MMM d, y", short: "M/d/yy",
        zero: '0', years_ahead: 0,
    },
];

const DAY: i64 = 86_400;

fn days(first: i16, last: i16) -> impl Iterator<Item = Date> {
    let stride = if cfg!(debug_assertions) { 23 } else { 1 };
    let (start, end) = (
        Date::year(first).unwrap().start(),
        Date::year(last).unwrap().end(),
    );
    (start / DAY..end / DAY).step_by(stride).map(|day| {
        let (year, month, day) = Date::from_unix_seconds(day * DAY).unwrap().first_day();
        Date::day(year, month, day).unwrap()
    })
}

impl Locale {
    /// The day in a pattern, in European or native digits.
    fn write(&self, pattern: &str, date: Date, is_native: bool) -> String {
        let (year, month, day) = date.first_day();
        let year = year + self.years_ahead;
        let index = usize::try_from(month - 1).unwrap();
        let weekday = usize::try_from((date.start() / DAY + 4).rem_euclid(7)).unwrap();
        let fields = [
            ("EEEE", self.weekdays[weekday].to_owned()),
            ("MMMM", self.months[index].to_owned()),
            ("MMM", self.short_months[index].to_owned()),
            ("M", month.to_string()),
            ("d", day.to_string()),
            ("yy", format!("{:02}", year % 100)),
            ("y", year.to_string()),
            (
                "G",
                if is_native {
                    "พุทธศักราช"
                } else {
                    "พ.ศ."
                }
                .to_owned(),
            ),
        ];
        let mut rest = pattern;
        let mut text = String::new();
        while let Some(c) = rest.chars().next() {
            let field = fields.iter().find(|(field, _)| rest.starts_with(field));
            rest = if let Some((field, value)) = field {
                text += value;
                &rest[field.len()..]
            } else {
                text.push(c);
                &rest[c.len_utf8()..]
            };
        }
        if !is_native {
            return text;
        }
        let native = |digit: u32| char::from_u32(u32::from(self.zero) + digit).unwrap();
        text.chars()
            .map(|c| c.to_digit(10).map_or(c, native))
            .collect()
    }
}

fn reader() -> Reader {
    Reader::new(Date::day(2025, 12, 15).unwrap())
}

#[test]
fn full_long_and_medium_patterns_without_a_word_on_the_language() {
    let reader = reader();
    for locale in &LOCALES {
        for pattern in [locale.full, locale.long, locale.medium] {
            for (index, date) in days(1900, 2100).enumerate() {
                let text = locale.write(pattern, date, index % 2 == 0);
                let found = reader.read(&text).unwrap();
                let best = found.best();
                assert_eq!((best.first, best.last), (Some(date), Some(date)), "{text}");
                assert_eq!(
                    (found.range, found.readings.len()),
                    (0..text.len(), 1),
                    "{text}"
                );
            }
        }
    }
}

#[test]
fn short_patterns_with_the_pivot_of_1950() {
    for locale in &LOCALES {
        let reader = reader().language(locale.language);
        for (index, date) in days(1950, 2049).enumerate() {
            let text = locale.write(locale.short, date, index % 2 == 0);
            let found = reader.read(&text).unwrap();
            let (_, month, day) = date.first_day();
            // English has both orders, where both are dates.
            let is_ambiguous = locale.language == "en" && day <= 12 && day != month;
            assert_eq!(
                found.readings.len(),
                if is_ambiguous { 2 } else { 1 },
                "{text}"
            );
            let reading = found.readings.last().unwrap();
            assert_eq!(
                (reading.first, reading.last),
                (Some(date), Some(date)),
                "{text}"
            );
        }
    }
    let american = reader().language("en-US");
    for date in days(1950, 2049) {
        let text = LOCALES[5].write("M/d/yy", date, false);
        assert_eq!(
            american.read(&text).unwrap().best().first,
            Some(date),
            "{text}"
        );
    }
}
