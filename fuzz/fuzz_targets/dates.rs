//! No text makes the reader of dates panic, and what it finds lies in the text.

#![no_main]

use libfuzzer_sys::fuzz_target;
use mekong::Date;
use mekong::dates::Reader;

fuzz_target!(|text: &str| {
    let today = Date::day(2025, 12, 15).expect("a day of the calendar");
    let reader = Reader::new(today);
    let mut end = 0;
    for expression in reader.find(text) {
        assert!(expression.range.start >= end && !expression.range.is_empty());
        assert!(text.get(expression.range.clone()).is_some());
        end = expression.range.end;
    }
    let _ = reader.read(text);
    let _ = text.parse::<Date>();
});
