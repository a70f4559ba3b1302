//! What holds for every segmenter, whatever its words are: one macro gives each the same tests.

#![allow(clippy::unwrap_used)]

use mekong_segment::{Normalized, Normalizer, Piece, Script, Segmenter, Strength, is_ignorable};
use proptest::prelude::*;

/// All that must be true of the pieces of any text.
fn check(segmenter: &Segmenter, text: &str) {
    let words: Vec<Piece> = segmenter.words(text).collect();
    let parts: Vec<Piece> = segmenter.parts(text).collect();
    for pieces in [&words, &parts] {
        let mut end = 0;
        for piece in pieces {
            assert_eq!(piece.range.start, end, "pieces tile {text:?}");
            assert!(!piece.range.is_empty());
            assert!(text.is_char_boundary(piece.range.end));
            let is_own = |c| Script::of(c) == Some(segmenter.script());
            let piece_text = &text[piece.range.clone()];
            if piece.is_word {
                assert!(piece_text.chars().all(|c| is_own(c) || is_ignorable(c)));
            } else {
                assert!(!piece_text.chars().any(is_own));
            }
            end = piece.range.end;
        }
        assert_eq!(end, text.len(), "pieces spell {text:?}");
    }
    assert!(words.iter().all(|word| word.end.parts_words()));
    // Where a word ends, a part ends, just as sure.
    let ends = |pieces: &[Piece]| -> Vec<(usize, Strength)> {
        let of_words = pieces.iter().filter(|piece| piece.end.parts_words());
        of_words.map(|piece| (piece.range.end, piece.end)).collect()
    };
    assert_eq!(ends(&parts), ends(&words));
    assert_eq!(
        segmenter.words(text).collect::<Vec<_>>(),
        words,
        "same answer twice"
    );
    // A text and its normalised twin have the same words.
    let spelt: String = Normalizer::new(segmenter.script(), text)
        .map(|(c, _)| c)
        .collect();
    let normal = |pieces: &[Piece], text: &str| -> Vec<String> {
        pieces
            .iter()
            .map(|piece| normalized(segmenter.script(), &text[piece.range.clone()]))
            .filter(|piece| !piece.is_empty())
            .collect()
    };
    let twins: Vec<Piece> = segmenter.words(&spelt).collect();
    if is_written(segmenter.script(), text) {
        assert_eq!(normal(&twins, &spelt), normal(&words, text), "{text:?}");
    }
    let mut buffer = Normalized::default();
    buffer.fill(segmenter.script(), &spelt);
    let of_buffer: Vec<Piece> = segmenter.parts_of(&buffer, Strength::SUBWORD).collect();
    assert_eq!(of_buffer, segmenter.parts(&spelt).collect::<Vec<_>>());
}

fn normalized(script: Script, text: &str) -> String {
    Normalizer::new(script, text).map(|(c, _)| c).collect()
}

/// Whether no mark of the script stands beside a character of another: such a mark belongs to no
/// letter, and how it is read depends on where the text is cut.
fn is_written(script: Script, text: &str) -> bool {
    let own: Vec<Option<Script>> = text
        .chars()
        .filter(|&c| !is_ignorable(c))
        .map(Script::of)
        .collect();
    own.iter().all(|of| *of == Some(script))
}

/// Ten megabytes of words without a blank are read to the end.
fn read_without_blanks(segmenter: &Segmenter, words: &[&str]) {
    let text = words.concat().repeat(10_000_000 / words.concat().len());
    let count = segmenter.words(&text).filter(|word| word.is_word).count();
    let least = text.chars().count() / 20;
    assert!(count > least, "{count} words");
    assert_eq!(segmenter.words(&text).last().unwrap().range.end, text.len());
}

macro_rules! segmenter_tests {
    ($language:ident, $block:expr, $words:expr) => {
        mod $language {
            use super::*;

            const WORDS: &[&str] = $words;

            fn segmenter() -> Segmenter {
                Segmenter::$language()
            }

            fn words(text: &str) -> Vec<&str> {
                let words = segmenter().words(text).map(|word| &text[word.range]);
                words.collect()
            }

            #[test]
            fn finds_words() {
                assert_eq!(words(&WORDS.concat()), WORDS);
                check(&segmenter(), &WORDS.concat());
            }

            #[test]
            fn takes_what_has_no_words() {
                for text in ["", " ", "a", "2567", "😰", "\u{200B}", "\0", "\u{301}"] {
                    check(&segmenter(), text);
                    assert!(segmenter().words(text).all(|word| !word.is_word));
                }
            }

            #[test]
            fn takes_marks_alone() {
                let own = ($block).filter_map(char::from_u32);
                for c in own {
                    check(&segmenter(), &c.to_string());
                    check(&segmenter(), &c.to_string().repeat(100));
                    check(&segmenter(), &format!("{c} a{c}1"));
                }
            }

            #[test]
            fn takes_mixed_scripts() {
                let first = WORDS[0];
                let text = format!("Lào 老挝{first}2567{first}ລາວ ไทย{first}ខ្មែរ မြန်မာ");
                check(&segmenter(), &text);
                let found = segmenter().words(&text).filter(|word| word.is_word);
                assert!(found.into_iter().any(|word| &text[word.range] == first));
            }

            #[test]
            fn reads_ten_megabytes_without_a_blank() {
                read_without_blanks(&segmenter(), WORDS);
            }

            #[test]
            fn ignores_characters_without_a_width() {
                let text = WORDS.concat();
                let spread: String = text.chars().flat_map(|c| [c, '\u{200B}']).collect();
                let found: Vec<String> = segmenter()
                    .words(&spread)
                    .map(|word| spread[word.range].replace('\u{200B}', ""))
                    .collect();
                assert_eq!(found, WORDS);
            }

            #[test]
            fn is_shared_between_threads() {
                let (segmenter, text) = (segmenter(), WORDS.concat());
                let count = || segmenter.words(&text).count();
                std::thread::scope(|scope| {
                    let other = scope.spawn(count);
                    assert_eq!(count(), WORDS.len());
                    assert_eq!(other.join().unwrap(), WORDS.len());
                });
            }

            proptest! {
                #[test]
                fn takes_any_text(text in any::<String>()) {
                    check(&segmenter(), &text);
                }

                #[test]
                fn takes_any_letters(
                    text in prop::collection::vec(
                        prop_oneof![
                            9 => $block,
                            1 => prop::sample::select(vec![0x20, 0x61, 0x200B, 0xE50]),
                        ],
                        0..60,
                    )
                ) {
                    let text: String = text.into_iter().filter_map(char::from_u32).collect();
                    check(&segmenter(), &text);
                }
            }
        }
    };
}

segmenter_tests!(
    thai,
    0xE01..0xE5C_u32,
    &["รัฐมนตรี", "กล่าว", "ว่า", "เศรษฐกิจ", "ไทย", "จะ", "ประชุม"]
);
segmenter_tests!(
    lao,
    0xE81..0xEE0_u32,
    &["ລັດຖະບານ", "ລາວ", "ຈະ", "ພັດທະນາ", "ເສດຖະກິດ"]
);
segmenter_tests!(
    khmer,
    0x1780..0x17E0_u32,
    &["ខ្ញុំ", "ចង់", "ទៅ", "ផ្សារ", "ជាមួយ", "ម្តាយ"]
);
segmenter_tests!(
    burmese,
    0x1000..0x10A0_u32,
    &["ကျွန်တော်", "ရန်ကုန်", "ကို", "သွား", "တယ်"]
);
