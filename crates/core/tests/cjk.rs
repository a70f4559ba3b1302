//! Chinese, Japanese and Korean: what finds what, told by the tokens that a document and a query
//! have in common.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use mekong_core::script::Script;
use mekong_core::{Analyzer, TokenKind};
use proptest::prelude::*;

/// The tokens of one kind, as indexed.
fn tokens(text: &str, kind: TokenKind) -> Vec<String> {
    let mut all = Vec::new();
    Analyzer::new().analyze(text, None, |token| {
        if token.kind == kind {
            all.push(token.text.to_owned());
        }
    });
    all
}

/// Characters and bigrams: what is found whatever the words of a text are.
fn characters(text: &str) -> [Vec<String>; 2] {
    [TokenKind::Character, TokenKind::Bigram].map(|kind| tokens(text, kind))
}

/// Whether a document has all characters and bigrams of a query.
fn finds(query: &str, document: &str) -> bool {
    let set = |text| -> BTreeSet<String> { characters(text).into_iter().flatten().collect() };
    !set(query).is_empty() && set(query).is_subset(&set(document))
}

#[test]
fn simplified_and_traditional_chinese_find_each_other() {
    for (simplified, traditional) in [
        ("台湾总统府", "臺灣總統府"),
        ("国务院总理出席东盟峰会", "國務院總理出席東盟峰會"),
        ("广东话", "廣東話"),
        ("头发发展", "頭髮發展"),
        ("皇后之后", "皇后之後"),
        ("那里的面条", "那裡的麵條"),
        ("那里的面条", "那裏的麪條"),
        ("看着著名的群众", "看著著名的羣眾"),
        ("干燥的树干", "乾燥的樹幹"),
    ] {
        assert_eq!(characters(simplified), characters(traditional));
    }
    assert!(finds(
        "台湾总统",
        "臺灣總統賴清德今天表示，將於下週出訪友邦。"
    ));
    assert!(finds("東南亞國家聯盟", "中国与东南亚国家联盟举行会议。"));
}

#[test]
fn japanese_forms_are_found_by_chinese_ones_and_back() {
    for (japanese, simplified, traditional) in [
        ("東京都知事", "东京都知事", "東京都知事"),
        ("国際関係", "国际关系", "國際關係"),
        ("広島県", "广岛县", "廣島縣"),
        ("天気", "天气", "天氣"),
        ("経済学", "经济学", "經濟學"),
        ("芸術団体", "艺术团体", "藝術團體"),
        ("弁護士", "辩护士", "辯護士"),
        ("選挙", "选举", "選舉"),
        ("横浜", "横滨", "橫濱"),
        ("発売", "发卖", "發賣"),
    ] {
        assert_eq!(characters(japanese), characters(simplified), "{japanese}");
        assert_eq!(characters(japanese), characters(traditional), "{japanese}");
    }
}

#[test]
fn names_are_found_in_the_forms_that_families_use() {
    for (usual, rare) in [
        ("高橋", "髙橋"),
        ("山崎", "山﨑"),
        ("渡辺", "渡邉"),
        ("渡辺", "渡邊"),
        ("吉野家", "𠮷野家"),
        ("葛城", "葛\u{E0100}城"),
    ] {
        assert_eq!(characters(usual), characters(rare), "{rare}");
    }
}

#[test]
fn a_query_in_chinese_characters_finds_text_with_kana() {
    let document = "東京都知事は10日、定例の記者会見で選挙について述べた。";
    for query in ["東京都知事", "东京都知事", "記者会見", "记者会见", "選擧"] {
        assert!(finds(query, document), "{query}");
    }
    assert!(!finds("京東", document));
}

#[test]
fn korean_text_in_chinese_characters_is_found() {
    let document = "敎育部와 外交部는 靑少年 交流를 說明했다.";
    for query in ["教育部", "外交部", "青少年", "靑少年", "说明", "説明"] {
        assert!(finds(query, document), "{query}");
    }
    // Compatibility ideographs, as the Korean standard has a character once for each reading.
    assert_eq!(characters("\u{F90A}\u{F9E1}\u{F967}"), characters("金李不"));
}

#[test]
fn korean_words_are_found_without_their_particles() {
    let document = "외교부는 오늘 베트남과의 정상회담에서 논의된 내용을 발표했다.";
    assert_eq!(
        tokens("외교부는 오늘", TokenKind::Word),
        ["외교부는", "오늘"],
        "without a dictionary blanks alone part words"
    );
    for query in ["외교부", "베트남", "정상회담", "회담", "내용", "발표"] {
        assert!(finds(query, document), "{query}");
    }
    assert!(!finds("교외", document));
}

#[test]
fn half_and_full_width_are_one() {
    for (half, full) in [
        ("ｶﾞｿﾘﾝ", "ガソリン"),
        ("ﾊﾟｰﾃｨｰ", "パーティー"),
        ("ｺﾝﾋﾟｭｰﾀ", "コンピュータ"),
        ("ｳﾞｪﾄﾅﾑ", "ヴェトナム"),
        ("新型ｺﾛﾅ感染", "新型コロナ感染"),
        ("か\u{3099}くせい", "がくせい"),
        ("ﾡￂ", "ㄱㅏ"),
    ] {
        for kind in [TokenKind::Word, TokenKind::Character, TokenKind::Bigram] {
            assert_eq!(tokens(half, kind), tokens(full, kind), "{half}");
        }
    }
    let mixed = "ＡＢＣ株式会社２０２５年ﾄﾖﾀ";
    assert_eq!(tokens(mixed, TokenKind::Folded), ["abc", "2025"]);
    assert_eq!(
        tokens(mixed, TokenKind::Character).concat(),
        "株式会社年トヨタ"
    );
}

#[test]
fn what_differs_in_sound_stays_apart() {
    for (a, b) in [
        ("カナ", "かな"),
        ("ビル", "ビール"),
        ("びよういん", "びょういん"),
        ("ハハ", "パパ"),
        ("人々", "人人"),
    ] {
        assert_ne!(characters(a), characters(b));
    }
}

#[test]
fn words_are_those_of_the_text_as_written() {
    // A range is of the original, its token of the folded form, also where that has fewer bytes.
    let text = "𠮷野家で髙橋さんとｶﾞｿﾘﾝ";
    let mut found = Vec::new();
    Analyzer::new().analyze(text, None, |token| {
        if matches!(token.kind, TokenKind::Character | TokenKind::Word) {
            found.push((token.text.to_owned(), text[token.range].to_owned()));
        }
    });
    for (token, part) in [
        ("吉", "𠮷"),
        ("野", "野"),
        ("で", "で"),
        ("桥", "橋"),
        ("さん", "さん"),
        ("ガ", "ｶﾞ"),
        ("ガソリン", "ｶﾞｿﾘﾝ"),
    ] {
        assert!(
            found.contains(&(token.to_owned(), part.to_owned())),
            "{token} {part}: {found:?}"
        );
    }
}

/// With dictionaries of a few words, which are built here.
#[cfg(any(feature = "japanese", feature = "korean"))]
mod dictionaries {
    use std::fs;
    use std::path::Path;

    use lindera::dictionary::{DictionaryBuilder, Metadata};
    use mekong_core::{Analyzer, Dictionaries, Language, TokenKind};

    /// The words of a text, by the dictionary of one language from these sources.
    fn words(language: Language, sources: &Path, text: &str) -> Vec<String> {
        let folder = tempfile::tempdir().unwrap();
        DictionaryBuilder::new(Metadata::default())
            .build_dictionary(sources, folder.path())
            .unwrap();
        let mut dictionaries = Dictionaries::default();
        dictionaries.insert(language, folder.path());
        let analyzer = Analyzer::with_dictionaries(&dictionaries).unwrap();
        let mut words = Vec::new();
        analyzer.analyze(text, None, |token| {
            if token.kind == TokenKind::Word {
                words.push(token.text.to_owned());
            }
        });
        words
    }

    #[test]
    #[cfg(feature = "japanese")]
    fn words_are_looked_up_as_they_are_written() {
        let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/tiny_japanese");
        // The dictionary has 東京都, 会見 and 関西; indexed are their folded forms.
        assert_eq!(
            words(Language::JAPANESE, &sources, "東京都知事の会見でした"),
            ["东京都", "知事", "の", "会见", "でした"]
        );
        assert_eq!(
            words(Language::JAPANESE, &sources, "𠮷の関西空港"),
            ["吉", "の", "关西", "空港"]
        );
    }

    #[test]
    #[cfg(feature = "korean")]
    fn korean_words_lose_their_particles() {
        let sources = tempfile::tempdir().unwrap();
        let lexicon = ["외교부,0,0,1000,NNG", "는,0,0,500,JX", "장관,0,0,1000,NNG"];
        let details = ",*,*,*,*,*,*,*,*\n";
        for (name, text) in [
            ("lex.csv", lexicon.join(details) + details),
            ("unk.def", format!("DEFAULT,0,0,9000,UNKNOWN{details}")),
            ("char.def", "DEFAULT 0 1 0\n".to_owned()),
            ("matrix.def", "1 1\n0 0 0\n".to_owned()),
        ] {
            fs::write(sources.path().join(name), text).unwrap();
        }
        for (text, expected) in [
            ("외교부는", ["외교부", "는"]),
            ("외교부장관", ["외교부", "장관"]),
        ] {
            assert_eq!(words(Language::KOREAN, sources.path(), text), expected);
        }
    }
}

/// Chinese, Japanese and Korean text as it may come: all widths, marks anywhere, rare characters.
fn any_cjk() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[一-鿿㐀-䶿]{0,8}",
        "[𠀀-𠃿𠮷𫝈𪠟𝌆\u{2F800}-\u{2FA1F}\u{F900}-\u{FAFF}⼀-⿕]{0,4}",
        "[ぁ-ゖァ-ヺー々〆〇゛゜]{0,8}",
        "[ｦ-ﾟ\u{3099}\u{309A}か]{0,8}",
        "[가-힣ㄱ-ㆎ\u{1100}-\u{11FF}]{0,6}",
        "[\u{FFA0}-\u{FFDC}]{0,4}",
        "[\u{FE00}-\u{FE0F}\u{E0100}-\u{E0105}\u{200B}\u{FEFF} 、。0-9Ａ-Ｚ]{0,3}",
    ];
    proptest::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn ranges_lie_on_characters_and_units_ascend(text in any_cjk()) {
        let (mut end, mut position) = (0, 0);
        Analyzer::new().analyze(&text, None, |token| {
            assert!(token.range.start < token.range.end, "{token:?}");
            assert!(text.get(token.range.clone()).is_some(), "{token:?}");
            assert!(!token.text.is_empty(), "{token:?}");
            if token.is_unit() {
                assert!(token.range.start >= end, "{token:?}");
                assert_eq!(token.position, position);
                end = token.range.end;
                position += 1;
            }
        });
    }

    #[test]
    fn words_tile_the_characters(text in any_cjk()) {
        let of = |kind| {
            let mut all = String::new();
            Analyzer::new().analyze(&text, None, |token| {
                if token.kind == kind && token.script.is_cjk() {
                    all.push_str(token.text);
                }
            });
            all
        };
        prop_assert_eq!(of(TokenKind::Word), of(TokenKind::Character));
    }

    #[test]
    fn tokens_of_tokens_are_the_same(text in any_cjk()) {
        for token in tokens(&text, TokenKind::Character) {
            prop_assert_eq!(tokens(&token, TokenKind::Character), [token]);
        }
    }

    #[test]
    fn no_letter_is_lost(text in any_cjk()) {
        let mut covered = vec![false; text.len()];
        Analyzer::new().analyze(&text, None, |token| covered[token.range].fill(true));
        for (at, c) in text.char_indices() {
            if c.is_alphanumeric() && Script::of(c) != Script::Common {
                assert!(covered[at], "{c:?} at {at} of {text:?}");
            }
        }
    }
}
