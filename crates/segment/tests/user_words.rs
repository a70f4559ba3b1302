//! Words of the user's own.

#![allow(clippy::unwrap_used)]

use mekong_segment::{Script, Segmenter, UserWords};
use proptest::prelude::*;

fn words<'t>(segmenter: &Segmenter, text: &'t str) -> Vec<&'t str> {
    segmenter
        .words(text)
        .map(|word| &text[word.range])
        .collect()
}

#[test]
fn a_name_stays_whole() {
    let text = "แอปชิมช้อปใช้ของรัฐบาล";
    assert!(!words(&Segmenter::thai(), text).contains(&"ชิมช้อปใช้"));
    let names = UserWords::parse("ชิมช้อปใช้\n").unwrap();
    let with = Segmenter::thai().with_user_words(names);
    assert_eq!(words(&with, text), ["แอป", "ชิมช้อปใช้", "ของ", "รัฐบาล"]);
    // However it is typed.
    let typed = "แอปชิมช\u{E49}\u{200B}อปใช\u{E49}ของรัฐบาล";
    assert_eq!(words(&with, typed).len(), 4);
    // No part of it is found either.
    assert_eq!(with.parts("ชิมช้อปใช้").count(), 1);
}

#[test]
fn the_longer_word_counts_and_none_within_it() {
    let names = UserWords::parse("กขค\nกขคงจ\nคงจ\n").unwrap();
    let with = Segmenter::thai().with_user_words(names);
    assert_eq!(words(&with, "กขคงจ"), ["กขคงจ"]);
    assert_eq!(words(&with, "กขคงจกขค"), ["กขคงจ", "กขค"]);
}

#[test]
fn words_serve_their_own_script() {
    let names = UserWords::parse("ກຂຄງ\nកខគឃ\nကခဂဃ\n").unwrap();
    for (script, text) in [
        (Script::Lao, "ກຂຄງກຂຄງ"),
        (Script::Khmer, "កខគឃកខគឃ"),
        (Script::Burmese, "ကခဂဃကခဂဃ"),
    ] {
        let with = Segmenter::new(script).with_user_words(names.clone());
        assert_eq!(with.words(text).count(), 2, "{script:?}");
    }
}

#[test]
fn errors_name_the_line_and_what_would_be_right() {
    let long = "ก".repeat(65);
    for (file, line, message) in [
        ("ไทย\n\n# note\nabc\n", 4, "no letter of Thai"),
        ("ไทย ชนะ\n", 1, "' '"),
        ("ไทยลาວ\n", 1, "'ວ'"),
        (
            "ไทย\tmuch\n",
            1,
            "\"much\" is no bonus, expected a number above 0",
        ),
        ("ไทย\t-1\n", 1, "no bonus"),
        ("ไทย\tNaN\n", 1, "no bonus"),
        ("ก\n", 1, "1 characters, expected 2 to 64"),
        (long.as_str(), 1, "65 characters"),
    ] {
        let error = UserWords::parse(file).unwrap_err();
        assert!(error.is_malformed() && !error.is_io());
        assert_eq!(error.line(), Some(line), "{file}");
        let text = error.to_string();
        assert!(text.starts_with(&format!("line {line}: ")), "{text}");
        assert!(text.contains(message), "{text}");
    }
}

#[test]
fn a_file_that_cannot_be_read_is_named() {
    let folder = std::env::temp_dir();
    let missing = folder.join("mekong-no-such-words.txt");
    let error = UserWords::open(&missing).unwrap_err();
    assert!(error.is_io());
    assert!(error.to_string().contains("mekong-no-such-words.txt"));
    assert!(std::error::Error::source(&error).is_some());
}

#[test]
fn words_come_back_as_they_were_given() {
    let names = UserWords::parse("\u{FEFF}จํานวน\r\nไทยชนะ\t12.5\r\n").unwrap();
    let all: Vec<_> = names.iter().collect();
    assert_eq!(all, [("จำนวน", UserWords::BONUS), ("ไทยชนะ", 12.5)]);
    assert!(UserWords::parse("# none\n").unwrap().is_empty());
}

proptest! {
    #[test]
    fn any_file_is_read_or_refused(text in any::<String>()) {
        if let Ok(names) = UserWords::parse(&text) {
            let with = Segmenter::thai().with_user_words(names);
            let end = with.words(&text).last().map_or(0, |word| word.range.end);
            prop_assert_eq!(end, text.len());
        }
    }

    #[test]
    fn any_words_tile_the_text(
        names in prop::collection::vec("[ก-ง][ก-งาี่]{1,5}", 0..6),
        text in "[ก-งาี่ ]{0,40}",
    ) {
        let mut words = UserWords::new();
        for name in names {
            words.add(&name).unwrap();
        }
        let with = Segmenter::thai().with_user_words(words);
        for pieces in [with.words(&text).collect::<Vec<_>>(), with.parts(&text).collect()] {
            let mut end = 0;
            for piece in pieces {
                prop_assert_eq!(piece.range.start, end);
                end = piece.range.end;
            }
            prop_assert_eq!(end, text.len());
        }
    }
}
