//! What the analyzer makes of text, in examples that somebody who knows the language can read, and
//! in properties that hold for any text.

#![allow(clippy::unwrap_used)]

use mekong_core::script::Script;
use mekong_core::{Analyzer, Language, Token, TokenKind, UserWords};
use proptest::prelude::*;

/// The tokens of one kind, as indexed.
fn tokens(text: &str, kind: TokenKind) -> Vec<String> {
    collect(text, kind, |token| token.text.to_owned())
}

/// The parts of the text that the tokens of one kind stand for.
fn parts(text: &str, kind: TokenKind) -> Vec<String> {
    collect(text, kind, |token| text[token.range.clone()].to_owned())
}

fn collect(text: &str, kind: TokenKind, map: impl Fn(&Token<'_>) -> String) -> Vec<String> {
    let mut all = Vec::new();
    Analyzer::new().analyze(text, None, |token| {
        if token.kind == kind {
            all.push(map(&token));
        }
    });
    all
}

#[test]
fn vietnamese_is_found_without_accents_and_told_apart_with_them() {
    let text = "Bộ trưởng Lê Hoài Trung";
    assert_eq!(
        tokens(text, TokenKind::Folded),
        ["bo", "truong", "le", "hoai", "trung"]
    );
    assert_eq!(tokens(text, TokenKind::Exact)[2], "lê");
    assert_ne!(
        tokens("lê", TokenKind::Exact),
        tokens("lề", TokenKind::Exact)
    );
    assert_eq!(
        tokens("hoà", TokenKind::Exact),
        tokens("hòa", TokenKind::Exact)
    );
}

#[test]
fn syllables_are_joined_to_pairs() {
    assert_eq!(
        tokens("Việt Nam-Lào", TokenKind::Pair),
        ["vietnam", "namlao"]
    );
    assert_eq!(
        parts("Việt Nam-Lào", TokenKind::Pair),
        ["Việt Nam", "Nam-Lào"]
    );
    // Not across the end of a sentence, nor across another script.
    assert_eq!(tokens("Hà Nội. Ngày", TokenKind::Pair), ["hanoi"]);
    assert_eq!(tokens("Sihasak ไทย Lao", TokenKind::Pair), [""; 0]);
}

#[test]
fn thai_is_segmented_in_every_encoding() {
    let expected = ["กระทรวง", "การ", "ต่าง", "ประเทศ"];
    assert_eq!(tokens("กระทรวงการต่างประเทศ", TokenKind::Word), expected);
    assert_eq!(
        tokens("กระทรวงการ\u{200B}ต่างประเทศ", TokenKind::Word),
        expected
    );
    assert_eq!(
        tokens("จํานวน", TokenKind::Word),
        tokens("จำนวน", TokenKind::Word)
    );
    assert_eq!(
        tokens("เเผ่นดินไหว", TokenKind::Word),
        tokens("แผ่นดินไหว", TokenKind::Word)
    );
    assert_eq!(parts("จํานวนเเรก", TokenKind::Word).concat(), "จํานวนเเรก");
}

#[test]
fn lao_khmer_and_burmese_are_segmented() {
    for (text, words) in [
        ("ບັນດາຂົງເຂດບຸລິມະສິດ", ["ບັນດາ", "ຂົງເຂດ", "ບຸລິມະສິດ"].as_slice()),
        ("នាយករដ្ឋមន្ត្រីកម្ពុជា", &["នាយករដ្ឋមន្ត្រី", "កម្ពុជា"]),
        ("မြန်မာနိုင်ငံသည်", &["မြန်မာ", "နိုင်ငံ", "သည်"]),
    ] {
        assert_eq!(parts(text, TokenKind::Word), words);
    }
}

#[test]
fn a_word_stands_at_its_first_subword() {
    let mut found = Vec::new();
    Analyzer::new().analyze("ห้องน้ำไทย", None, |token| {
        if token.kind != TokenKind::Gram {
            found.push((token.kind, token.text.to_owned(), token.position));
        }
    });
    found.sort();
    let expected = [
        (TokenKind::Word, "ห้องน้ำ", 0),
        (TokenKind::Word, "ไทย", 2),
        (TokenKind::Subword, "น้ำ", 1),
        (TokenKind::Subword, "ห้อง", 0),
        (TokenKind::Subword, "ไทย", 2),
    ];
    assert_eq!(
        found,
        expected.map(|(kind, text, at)| (kind, text.to_owned(), at))
    );
}

#[test]
fn user_words_stay_whole() {
    let mut words = UserWords::new();
    words.add("ชิมช้อปใช้").unwrap();
    let analyzer = Analyzer::new().with_user_words(words);
    let mut found = Vec::new();
    analyzer.analyze(
        "โครงการชิมช้อปใช้",
        None,
        |token| {
            found.push((token.kind, token.text.to_owned()));
        },
    );
    for kind in [TokenKind::Word, TokenKind::Subword] {
        assert!(found.contains(&(kind, "ชิมช้อปใช้".to_owned())), "{found:?}");
    }
    assert_ne!(analyzer.fingerprint(), Analyzer::new().fingerprint());
}

#[test]
fn native_digits_are_ascii() {
    for text in ["ปี ๒๕๖๗", "ປີ໒໕໖໗", "ឆ្នាំ២៥៦៧", "၂၅၆၇", "２５６７"]
    {
        assert_eq!(tokens(text, TokenKind::Folded), ["2567"], "{text}");
    }
}

#[test]
fn chinese_and_japanese_have_words_characters_and_bigrams() {
    assert_eq!(tokens("東京都", TokenKind::Character), ["东", "京", "都"]);
    assert_eq!(tokens("東京都", TokenKind::Bigram), ["东京", "京都"]);
    assert_eq!(tokens("食べる", TokenKind::Bigram), ["食べ", "べる"]);
    assert_eq!(
        parts("こんにちは世界", TokenKind::Word),
        ["こんにちは", "世界"]
    );
}

#[test]
fn korean_has_words_and_bigrams_in_any_unicode_form() {
    assert_eq!(tokens("외교부 장관", TokenKind::Word), ["외교부", "장관"]);
    assert_eq!(tokens("외교부", TokenKind::Bigram), ["외교", "교부"]);
    let decomposed = "\u{110B}\u{116C}\u{1100}\u{116D}";
    assert_eq!(tokens(decomposed, TokenKind::Bigram), ["외교"]);
    assert_eq!(parts(decomposed, TokenKind::Bigram), [decomposed]);
}

#[test]
fn positions_count_the_smallest_units() {
    let mut positions = Vec::new();
    Analyzer::new().analyze(
        "Tokyo 東京 กระทรวงการ",
        None,
        |token| {
            positions.push((token.kind, token.text.to_owned(), token.position));
        },
    );
    for (kind, text, position) in [
        (TokenKind::Folded, "tokyo", 0),
        (TokenKind::Character, "东", 1),
        (TokenKind::Word, "东京", 1),
        (TokenKind::Character, "京", 2),
        (TokenKind::Word, "กระทรวง", 3),
        (TokenKind::Subword, "กระทรวง", 3),
        (TokenKind::Word, "การ", 4),
        (TokenKind::Subword, "การ", 4),
    ] {
        assert!(
            positions.contains(&(kind, text.to_owned(), position)),
            "{positions:?}"
        );
    }
}

#[test]
fn signs_alone_give_no_token() {
    for text in [
        "",
        "  \n",
        "!?…“”",
        "\u{301}\u{301}",
        "\u{200B}",
        "ๆ ฯ",
        "🙂 © ½",
    ] {
        let mut count = 0;
        Analyzer::new().analyze(text, None, |token| {
            assert_eq!(token.text, "½", "{text}");
            count += 1;
        });
        assert!(count <= 3, "{text}");
    }
}

#[test]
fn a_buddhist_year_is_also_a_common_one() {
    for (text, years) in [
        ("ปี ๒๕๖๗", ["2567", "2024"].as_slice()),
        ("2567 ปี", &["2567", "2024"]),
        ("ປີ 2567", &["2567", "2024"]),
        ("2567", &["2567", "2024"]),
        ("năm 2567", &["nam", "2567"]),
        ("2567 người", &["2567", "nguoi"]),
        ("ปี 2700", &["2700"]),
        ("ปี 25670", &["25670"]),
    ] {
        let mut stems = Vec::new();
        Analyzer::new().analyze(text, None, |token| {
            if token.kind == TokenKind::Stem {
                stems.push(token.text.to_owned());
            }
        });
        assert_eq!(stems, years, "{text}");
    }
    // A table of such numbers takes time in proportion to its length.
    let mut count = 0;
    Analyzer::new().analyze(&"2500 ".repeat(200_000), None, |_| count += 1);
    assert_eq!(count, 200_000 * 5 - 1);
}

#[test]
fn fifty_megabytes_without_a_blank_are_analysed() {
    for (unit, kind) in [
        ("a", TokenKind::Folded),
        ("๒", TokenKind::Folded),
        ("東", TokenKind::Character),
    ] {
        let bytes = if kind == TokenKind::Folded {
            50 << 20
        } else {
            1 << 20
        };
        let text = unit.repeat(bytes / unit.len());
        let (mut count, mut longest) = (0, 0);
        Analyzer::new().analyze(&text, Some(Language::CHINESE), |token| {
            count += usize::from(token.kind == kind);
            longest = longest.max(token.text.len());
        });
        assert!(longest <= 512, "{longest}");
        let expected = if kind == TokenKind::Folded {
            1
        } else {
            text.len() / unit.len()
        };
        assert_eq!(count, expected);
    }
}

#[test]
fn the_fingerprint_is_that_of_the_rules() {
    // Where this fails, tokens have changed: raise ANALYZER_VERSION, then write the new one here.
    assert_eq!(Analyzer::new().fingerprint(), Analyzer::new().fingerprint());
    assert_eq!(Analyzer::new().fingerprint(), "3-1bbd1e5983b890e9");
}

/// Text as it comes: all scripts, marks in the wrong place, controls.
fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-zA-Z0-9àáảãạăâêôơưđĐ ]{0,8}",
        "[\u{300}\u{301}\u{302}\u{303}\u{306}\u{309}\u{31B}\u{323}a-e]{0,6}",
        "[ก-๛]{0,12}",
        "[ກ-ໟ]{0,8}",
        "[ក-៹]{0,8}",
        "[က-႟]{0,8}",
        "[一-鿿ぁ-ヿ]{0,8}",
        "[가-힣\u{1100}-\u{11FF}]{0,6}",
        "[ \n\t\u{200B}-\u{200F}\u{FEFF}.,;:-]{0,4}",
        any::<String>(),
    ];
    proptest::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn ranges_lie_on_characters_inside_the_text(text in any_text()) {
        Analyzer::new().analyze(&text, None, |token| {
            assert!(token.range.start < token.range.end, "{token:?}");
            assert!(text.get(token.range.clone()).is_some(), "{token:?}");
            assert!(!token.text.is_empty());
        });
    }

    #[test]
    fn units_ascend_and_do_not_overlap(text in any_text()) {
        let (mut end, mut position) = (0, 0);
        Analyzer::new().analyze(&text, None, |token| {
            let is_unit = matches!(
                token.kind,
                TokenKind::Folded | TokenKind::Subword | TokenKind::Character
            );
            assert_eq!(token.is_unit(), is_unit);
            if is_unit {
                assert!(token.range.start >= end, "{token:?}");
                assert_eq!(token.position, position);
                end = token.range.end;
                position += 1;
            }
        });
    }

    #[test]
    fn no_letter_is_lost(text in any_text()) {
        let mut covered = vec![false; text.len()];
        Analyzer::new().analyze(&text, None, |token| {
            covered[token.range.clone()].fill(true);
        });
        for (at, c) in text.char_indices() {
            if c.is_alphanumeric() && Script::of(c) != Script::Common {
                assert!(covered[at], "{c:?} at {at} of {text:?}");
            }
        }
    }

    #[test]
    fn two_passes_agree(text in any_text()) {
        let analyzer = Analyzer::new();
        let pass = || {
            let mut all = Vec::new();
            analyzer.analyze(&text, None, |token| {
                all.push((token.text.to_owned(), token.kind, token.position, token.range));
            });
            all
        };
        prop_assert_eq!(pass(), pass());
    }

    #[test]
    fn folded_words_stay_as_they_are(text in any_text()) {
        for token in tokens(&text, TokenKind::Folded) {
            prop_assert_eq!(tokens(&token, TokenKind::Folded), [token]);
        }
    }
}
