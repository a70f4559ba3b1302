//! What is found in running text, and what is left alone; one line a case.
//!
//! The right side lists each expression that is likely a date (from 0.6), as it is on 15 December
//! 2025: a day, month or year, or the first and last day of a range.

#![allow(clippy::unwrap_used)]

use mekong_dates::{Date, Era, Expression, Period, Reader, Reading};

fn find(text: &str) -> Vec<Expression> {
    let reader = Reader::new(Date::day(2025, 12, 15).unwrap());
    let found = reader.find(text);
    found
        .filter(|found| found.best().confidence >= 0.6)
        .collect()
}

fn written(reading: &Reading) -> String {
    if let (Some(first), Some(last)) = (reading.first, reading.last) {
        let (year, month, _) = first.first_day();
        let period = match reading.precision {
            Period::Month => Date::month(year, month).unwrap(),
            Period::Year => Date::year(year).unwrap(),
            _ => first,
        };
        if (period.start(), period.end()) == (first.start(), last.end()) {
            return period.to_string();
        }
    }
    reading.to_string()
}

#[track_caller]
fn check(cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        let found: Vec<_> = find(text)
            .iter()
            .map(|found| written(found.best()))
            .collect();
        assert_eq!(found.join(" "), *expected, "in {text:?}");
    }
}

#[test]
fn thai() {
    check(&[
        ("22 พฤศจิกายน 2566", "2023-11-22"),
        ("22 พฤศจิกายน พ.ศ. 2566", "2023-11-22"),
        ("วันศุกร์ที่ ๒๒ เดือนพฤศจิกายน พุทธศักราช ๒๕๖๗", "2024-11-22"),
        ("22พฤศจิกายน2566", "2023-11-22"),
        ("22 พ.ย. 2566", "2023-11-22"),
        ("22 พ.ย. 67", "2024-11-22"),
        ("เมื่อวันที่ 15 ม.ค.64 เวลา 13:00 น.", "2021-01-15"),
        ("วันนี้ (15 ต.ค. 66) ณ ทำเนียบรัฐบาล", "2023-10-15"),
        ("๒๙ กรกฏาคม ๒๕๖๔", "2021-07-29"),
        ("เช้าวันที่ 22 พฤศจิกายน ที่บ้านพักของรัฐบาล", "2025-11-22"),
        ("ระหว่างวันที่ 21-23 พฤศจิกายน |", "2025-11-21/2025-11-23"),
        ("21-23 พฤศจิกายน พ.ศ. 2566", "2023-11-21/2023-11-23"),
        ("21 - 23 พ.ย. 66", "2023-11-21/2023-11-23"),
        ("3/10/2568", "2025-10-03"),
        ("วันที่ 5/3/68", "2025-03-05"),
        ("พฤศจิกายน 2566", "2023-11"),
        ("เดือนตุลาคม พ.ศ. 2568", "2025-10"),
        ("ต.ค. 68", "2025-10"),
        ("ในปี 2567 และปีต่อๆ ไป", "2024"),
        ("ปี พ.ศ. 2568", "2025"),
        ("พ.ศ.๒๕๖๘", "2025"),
        ("ค.ศ. 2025", "2025"),
        ("ค.ศ. 800", "0800"),
        ("ประธานอาเซียนปี 2024", "2024"),
        ("ช่วงปี 2021-2025", "2021-01-01/2025-12-31"),
        ("(ปี 2566 - 2570)", "2023-01-01/2027-12-31"),
        ("22 พ.ย. 2566-30 พ.ย. 2566", "2023-11-22/2023-11-30"),
    ]);
}

#[test]
fn vietnamese() {
    check(&[
        ("ngày 3 tháng 10 năm 2025", "2025-10-03"),
        ("Ngày 3 tháng 10, hai bên", "2025-10-03"),
        ("ngày 3/10/2025", "2025-10-03"),
        (
            "3/10/2025, 3-10-2025, 3.10.2025.",
            "2025-10-03 2025-10-03 2025-10-03",
        ),
        ("được bổ nhiệm ngày 19/9/2025.", "2025-09-19"),
        ("Thứ Hai, ngày 15/12/2025", "2025-12-15"),
        ("tháng 10/2025", "2025-10"),
        ("tháng 10-2025", "2025-10"),
        ("Tháng 10 năm 2025", "2025-10"),
        ("cuối năm 2025", "2025"),
        ("năm 2026 - 2030", "2026-01-01/2030-12-31"),
        ("Chiều 3/10, Bí thư", "2025-10-03"),
        ("chiều nay (3/10)", "2025-10-03"),
        ("ngày 21-23/11", "2025-11-21/2025-11-23"),
        ("từ 1/5/2024 đến 15/6/2024", "2024-05-01/2024-06-15"),
        ("3/10/2025-5/10/2025", "2025-10-03/2025-10-05"),
    ]);
}

#[test]
fn vietnamese_without_accents() {
    check(&[
        ("ngay 3 thang 10 nam 2025", "2025-10-03"),
        ("Chieu 3/10", "2025-10-03"),
        ("thang 10 nam 2025", "2025-10"),
        ("nam 2025", "2025"),
        ("Viet Nam 2025", ""),
        ("Quang Nam 2025", ""),
        // Among accents these are other words.
        ("miền nam 2025", ""),
        ("làm ngay 3/10 việc", ""),
        ("bắc thang 10/2025", ""),
    ]);
}

#[test]
fn english() {
    check(&[
        ("15 December 2025", "2025-12-15"),
        ("15th of December, 2025", "2025-12-15"),
        ("December 15, 2025", "2025-12-15"),
        ("DECEMBER 15 2025", "2025-12-15"),
        ("Monday, December 15th, 2025", "2025-12-15"),
        ("Mon, 15 Dec 2025 09:30:00 +0700", "2025-12-15"),
        ("in Hà Nội on March 5 for", "2025-03-05"),
        ("Dec. 15", "2025-12-15"),
        ("his November 16-19 trip", "2025-11-16/2025-11-19"),
        ("March 5–7, 2025", "2025-03-05/2025-03-07"),
        ("Dec 2025", "2025-12"),
        ("Sept. 2025", "2025-09"),
        ("particularly in 2026, when", "2026"),
        ("since 2019", "2019-01-01/.."),
        ("the year 2024", "2024"),
        ("12/31/2025", "2025-12-31"),
    ]);
}

#[test]
fn iso_8601() {
    check(&[
        ("2025-12-15", "2025-12-15"),
        ("at 2025-12-15T09:30:00Z", "2025-12-15"),
        ("2025/12/15", "2025-12-15"),
        ("since 2025-03", "2025-03-01/.."),
        // Gregorian by definition, whatever the number.
        ("2568-12-15", "2568-12-15"),
        // A season, or December.
        ("2011-12", ""),
    ]);
}

#[test]
fn what_the_calendar_lacks_is_left_out_whole() {
    check(&[
        ("31/4/2025", ""),
        ("31/2/2025", ""),
        ("15/15/2025", ""),
        ("2025-02-30", ""),
        ("2025-13-01", ""),
        ("31 พฤศจิกายน 2566", ""),
        ("ngày 30 tháng 2", ""),
        ("tháng 13/2025", ""),
        ("February 30, 2025", ""),
        ("29 February 2025", ""),
        ("29 February", "2024-02-29"),
        ("23-21 November 2025", ""),
        ("ปี 2025-2021", ""),
        ("ค.ศ. 0", ""),
    ]);
}

#[test]
fn numbers_that_are_no_dates_are_left_alone() {
    check(&[
        ("ครั้งที่ 10", ""),
        ("ครั้งที่ 1/2566", ""),
        ("มาตรา 112", ""),
        ("โควิด-19 มกราคม 2564", "2021-01"),
        ("วันที่ 5 มกราคม 60 คน", "2025-01-05"),
        ("11 ม.ค. 10.00 น.", "2025-01-11"),
        ("25 tỷ USD", ""),
        ("lần thứ 4", ""),
        ("trong 3 tháng 10 người", ""),
        ("sáng 8.30", ""),
        ("US$25 billion", ""),
        ("12th joint working group", ""),
        ("the 50th anniversary", ""),
        ("you may 10 times", ""),
        ("may be 2500 people", ""),
        ("By June Wong, in 5 years", ""),
        ("open 24/7", ""),
        ("sau 3 năm triển khai", ""),
        ("ในรอบ 2000 ปี", ""),
        ("ครู คศ.2", ""),
        ("จ.ตาก 12 ราย", ""),
        ("nhà ga T3, 20 tầng", ""),
        ("前3个月", ""),
        ("到2000人", ""),
        ("T2, 20 người", ""),
        ("14 และ 15 คน", ""),
        ("အကြိမ် (၃) ရက်", ""),
        ("from 1 to 2h 30", ""),
        ("the 2024 Agreement", ""),
        ("1/2", ""),
        ("10/2025", ""),
        ("02-123-4567, +66 2 123 4567", ""),
        ("0912.345.678", ""),
        ("192.168.1.1, 1.2.2023.4, v1.2.2023", ""),
        ("3.14, 1,234,567, 09:30", ""),
        ("123/10/2025, 3/10/20255, 3/10-2025", ""),
        ("99999999999999999999999999", ""),
        ("", ""),
    ]);
}

#[test]
fn the_range_covers_the_words_of_the_date() {
    let cases = [
        ("เช้าวันที่ 22 พฤศจิกายน ที่", "เช้าวันที่ 22 พฤศจิกายน"),
        ("พบกันวันจันทร์ที่ 22 พ.ย. 66)", "วันจันทร์ที่ 22 พ.ย. 66"),
        ("ในเดือนตุลาคม พ.ศ. 2568 นี้", "เดือนตุลาคม พ.ศ. 2568"),
        ("ช่วงปี 2021-2025 โดย", "ปี 2021-2025"),
        ("vào ngày 3 tháng 10 năm 2025.", "ngày 3 tháng 10 năm 2025"),
        ("(Chiều 3/10, Bí thư", "Chiều 3/10"),
        (
            "on Monday, December 15, 2025, the",
            "Monday, December 15, 2025",
        ),
        ("in 2025, the", "2025"),
    ];
    for (text, expected) in cases {
        let found: Vec<_> = find(text)
            .into_iter()
            .map(|found| &text[found.range])
            .collect();
        assert_eq!(found, [expected]);
    }
}

#[test]
fn the_era_is_how_the_year_was_written() {
    let cases = [
        ("พ.ศ. 2568", Era::Buddhist),
        ("22 พ.ย. 67", Era::Buddhist),
        ("3/10/2568", Era::Buddhist),
        ("ปี 2567", Era::Buddhist),
        ("ปี 2024", Era::Common),
        ("ค.ศ. 2568", Era::Common),
        ("15 December 2025", Era::Common),
        ("Chiều 3/10", Era::Common),
    ];
    for (text, era) in cases {
        assert_eq!(
            find(text).first().map(|found| found.best().era),
            Some(era),
            "{text}"
        );
    }
}

/// The expressions of a query that are more likely a date than not.
#[test]
fn queries_become_words_and_dates() {
    let cases: &[(&str, &str)] = &[
        ("Thai Lan tháng 10/2025", "tháng 10/2025"),
        ("Thai Lan thang 10/2025", "thang 10/2025"),
        ("ความร่วมมือ พ.ศ. 2568", "พ.ศ. 2568"),
        ("ข่าวเมื่อวานนี้", "เมื่อวานนี้"),
        ("asean summit october 2025", "october 2025"),
        ("asean summit since 2023", "since 2023"),
        ("tin tức hôm qua", "hôm qua"),
        (
            "biển Đông từ 1/5/2024 đến 15/6/2024",
            "từ 1/5/2024 đến 15/6/2024",
        ),
        ("xuất khẩu gạo quý III/2025", "quý III/2025"),
        ("新闻 2025年10月", "2025年10月"),
        ("last 7 days flood", "last 7 days"),
        // No dates.
        ("ครั้งที่ 10", ""),
        ("25 tỷ", ""),
        ("มาตรา 112", ""),
        ("COVID-19", ""),
        ("Area 51", ""),
        ("Windows 10", ""),
        ("24/7", ""),
        ("9/11", ""),
        ("9/11 attacks", ""),
        ("1984", ""),
        ("george orwell 1984", ""),
        ("may", ""),
        ("march of the penguins", ""),
        ("may 10 years", ""),
        ("black friday", ""),
        ("boeing 737-800", ""),
        ("iphone 15 pro", ""),
        ("nghị định 15/2020/NĐ-CP", ""),
        ("sân bay quốc tế thứ hai", ""),
        ("năm người", ""),
        ("tháng cô hồn", ""),
        ("người đứng đầu năm tỉnh", ""),
        ("vòng 2", ""),
        ("ปีใหม่", ""),
        ("วันแม่", ""),
        ("30/4", ""),
        ("G20 2.0 3.5", ""),
        ("top 10 2-1 3-0", ""),
        ("week", ""),
        ("from 1000 to 2500 dollars", ""),
        ("từ 1000 người", ""),
        ("this day in history", ""),
        ("the day after", ""),
        ("second half", ""),
        ("第10届", ""),
    ];
    let reader = Reader::new(Date::day(2025, 12, 15).unwrap());
    for (query, expected) in cases {
        let dates: Vec<_> = reader
            .find(query)
            .filter(|found| found.best().confidence >= 0.6)
            .map(|found| &query[found.range])
            .collect();
        assert_eq!(dates.join(" | "), *expected, "{query}");
    }
}

#[test]
fn a_day_is_a_day_in_the_zone() {
    let reader = Reader::new(Date::day(2025, 12, 15).unwrap());
    let bangkok: mekong_dates::Zone = "Asia/Bangkok".parse().unwrap();
    let late = "2025-12-15T23:30:00Z";
    assert_eq!(reader.read(late).unwrap().best().to_string(), "2025-12-15");
    let there = reader.zone(bangkok.clone());
    let read = there.read(late).unwrap();
    assert_eq!(read.best().to_string(), "2025-12-16");
    assert_eq!(
        read.best().range_in(&bangkok).to_string(),
        "2025-12-15T17:00:00Z/2025-12-16T17:00:00Z"
    );
    let found = there.find("at 2025-12-15T23:30:00Z, they").next().unwrap();
    assert_eq!(found.range, 3..23);
}

#[test]
fn what_may_be_two_dates_has_two_readings() {
    let reader = Reader::new(Date::day(2025, 12, 15).unwrap());
    let read = |reader: &Reader, text: &str| {
        let readings = reader.read(text).unwrap().readings;
        readings
            .iter()
            .map(|r| format!("{r} {:.1}", r.confidence))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        read(&reader, "3/4/2025"),
        ["2025-04-03 0.6", "2025-03-04 0.4"]
    );
    let american = reader.clone().language("en-US");
    assert_eq!(
        read(&american, "3/4/2025"),
        ["2025-03-04 0.6", "2025-04-03 0.4"]
    );
    let vietnamese = reader.clone().language("vi");
    assert_eq!(read(&vietnamese, "3/4/2025"), ["2025-04-03 0.9"]);
    for text in [
        "ngày 3/4/2025",
        "13/4/2025",
        "4/4/2025",
        "๓/๔/๒๕๖๘",
        "2025-04-03",
    ] {
        assert_eq!(read(&reader, text).len(), 1, "{text}");
    }
}

#[test]
fn accents_typed_apart_and_signs_of_full_width_are_the_same() {
    let reader = Reader::new(Date::day(2025, 12, 15).unwrap());
    for (text, expected) in [
        (
            "nga\u{300}y 3 tha\u{301}ng mu\u{31b}o\u{31b}\u{300}i na\u{306}m 2025",
            "2025-10-03",
        ),
        ("tu\u{31b}\u{300} tha\u{301}ng 10/2025", "2025-10-01/.."),
        ("２０２５／１２／１５", "2025-12-15"),
        ("22\u{a0}พ.ย.\u{200b} 67", "2024-11-22"),
        ("ថ្ងៃ\u{200b}ស្អែក", "2025-12-16"),
    ] {
        let found = reader.read(text).unwrap();
        assert_eq!(found.best().to_string(), expected, "{text}");
        assert_eq!(found.range, 0..text.len(), "{text}");
    }
}

#[test]
fn two_digits_are_a_year_of_the_pivot() {
    let reader = Reader::new(Date::day(2025, 12, 15).unwrap()).language("vi");
    let year = |reader: &Reader, text: &str| {
        let found = reader.read(text).unwrap();
        found.best().first.unwrap().first_day().0
    };
    assert_eq!(year(&reader, "3/10/50"), Reader::PIVOT);
    assert_eq!(year(&reader, "3/10/49"), 2049);
    assert_eq!(year(&reader.clone().pivot(1930), "3/10/49"), 1949);
    assert_eq!(year(&reader.language("th"), "3/10/68"), 2025);
}

#[test]
fn a_date_without_its_year_is_near_the_reference() {
    let cases = [
        ("2025-12-15", "3 October", "2025-10-03"),
        ("2025-12-15", "1 March", "2025-03-01"),
        ("2026-01-05", "20 December", "2025-12-20"),
        ("2025-10-03", "25 December", "2025-12-25"),
        ("2025-12-15", "29 February", "2024-02-29"),
        ("2026-01-05", "Dec 20 - Jan 3", "2025-12-20/2026-01-03"),
    ];
    for (reference, text, expected) in cases {
        let reader = Reader::new(reference.parse().unwrap());
        assert_eq!(
            reader.read(text).unwrap().best().to_string(),
            expected,
            "{text}"
        );
    }
}
