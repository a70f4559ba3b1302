//! Texts that are one date, and those that are not, with the reasons.

#![allow(clippy::unwrap_used)]

use mekong_dates::{Date, Error};

#[test]
fn one_date_is_read_whole() {
    let cases = [
        // ISO 8601
        ("2025", "2025"),
        ("2568", "2568"),
        ("2025-12", "2025-12"),
        ("2011-12", "2011-12"),
        (" 2025-12-15\n", "2025-12-15"),
        ("20251215", "2025-12-15"),
        ("0001-01-01", "0001-01-01"),
        // RFC 3339
        ("2025-12-15T02:30:00Z", "2025-12-15T02:30:00Z"),
        ("2025-12-15t02:30:00z", "2025-12-15T02:30:00Z"),
        ("2025-12-15T09:30:00+07:00", "2025-12-15T02:30:00Z"),
        ("2025-12-15 09:30:00.123456+07:00", "2025-12-15T02:30:00Z"),
        ("2025-12-15T00:30:00+07:00", "2025-12-14T17:30:00Z"),
        ("2025-12-15T20:30:00-05:00", "2025-12-16T01:30:00Z"),
        ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z"),
        ("2025-12-15 09:30", "2025-12-15T09:30:00Z"),
        // RFC 2822
        ("Mon, 15 Dec 2025 09:30:00 +0700", "2025-12-15T02:30:00Z"),
        ("15 Dec 2025 02:30 GMT", "2025-12-15T02:30:00Z"),
        // As people write
        ("15 December 2025", "2025-12-15"),
        ("Dec 2025", "2025-12"),
        ("year 2025", "2025"),
        ("12/31/2025", "2025-12-31"),
        ("ngày 3 tháng 10 năm 2025", "2025-10-03"),
        ("tháng 10/2025", "2025-10"),
        ("10/2025", "2025-10"),
        ("10/2568", "2025-10"),
        ("năm 2025", "2025"),
        ("22 พ.ย. 67", "2024-11-22"),
        ("วันจันทร์ที่ ๒๒ พฤศจิกายน พ.ศ. ๒๕๖๖", "2023-11-22"),
        ("พ.ศ. 2568", "2025"),
    ];
    for (text, expected) in cases {
        match text.parse::<Date>() {
            Ok(date) => assert_eq!(date.to_string(), expected, "{text}"),
            Err(error) => panic!("{text}: {error}"),
        }
    }
}

#[track_caller]
fn refuse(text: &str, is_right: fn(&Error) -> bool) -> String {
    let error = text.parse::<Date>().unwrap_err();
    assert!(is_right(&error), "{text}: {error}");
    error.to_string()
}

#[test]
fn the_impossible_says_why() {
    let cases = [
        (
            "2025-02-30",
            "there is no day 30: February 2025 has 28 days",
        ),
        ("31/4/2025", "there is no day 31: April 2025 has 30 days"),
        (
            "31 พฤศจิกายน 2566",
            "there is no day 31: November 2023 has 30 days",
        ),
        (
            "30 February",
            "there is no day 30: February has at most 29 days",
        ),
        ("2025-13", "there is no month 13: months are 1 to 12"),
        ("13/2025", "there is no month 13: months are 1 to 12"),
        ("15/15/2025", "there is no month 15: months are 1 to 12"),
        ("0000", "there is no year 0: years are 1 to 9999"),
        ("พ.ศ. 543", "there is no year 0: years are 1 to 9999"),
    ];
    for (text, reason) in cases {
        assert_eq!(refuse(text, Error::is_impossible), reason);
    }
    refuse("2025-12-15T25:00:00Z", Error::is_impossible);
    refuse("2025-12-15T09:30:00+99:00", Error::is_impossible);
    refuse("9999-12-31T23:00:00-07:00", Error::is_impossible);
    refuse("0001-01-01T00:00:00+07:00", Error::is_impossible);
}

#[test]
fn what_is_no_single_date_is_refused() {
    let texts = [
        "",
        "IUU",
        "ครั้งที่ 10",
        "25 tỷ USD",
        "before 2024",
        "15 December 2025 and more",
        "on 15 December 2025",
        "15 December 2025, 16 December 2025",
        "2025-12-15T",
        "2025-12-15T09",
        "2025-12-15T09:30:00.Z",
        "2025-12-15T09:30:00 Hanoi",
        "2025-12T09:30:00Z",
        "2025-1-5",
        "-2025",
        "12345",
    ];
    for text in texts {
        refuse(text, Error::is_unreadable);
    }
    refuse("21-23 November 2025", Error::is_unreadable);
    refuse("ปี 2021-2025", Error::is_unreadable);
    refuse("23-21 November 2025", Error::is_reversed);
    refuse("Chiều 3/10", Error::is_without_year);
    refuse("March 5", Error::is_without_year);
    assert!(
        refuse(&"ก".repeat(1000), Error::is_unreadable)
            .chars()
            .count()
            < 200
    );
}
