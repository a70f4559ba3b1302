//! What comes first, and why.

#![allow(clippy::unwrap_used)]

use mekong_core::{Aliases, Document, Index, TokenKind};
use mekong_ingest::Writer;
use mekong_query::{EvidenceKind, Query, Searcher, Weights};
use proptest::prelude::*;

/// A searcher over texts; each is its own identifier.
fn texts<T: AsRef<str>>(texts: &[T]) -> Searcher {
    documents(
        texts
            .iter()
            .map(|text| Document::new(text.as_ref()).body(text.as_ref())),
    )
}

fn documents(documents: impl IntoIterator<Item = Document>) -> Searcher {
    let index = Index::in_memory().unwrap();
    let mut writer = Writer::new(&index).unwrap();
    for document in documents {
        writer.upsert(document).unwrap();
    }
    writer.commit().unwrap();
    Searcher::new(&index)
}

fn ids(searcher: &Searcher, query: &str) -> Vec<String> {
    let results = searcher.search(&Query::text(query).limit(100)).unwrap();
    results.hits.iter().map(|hit| hit.id().to_owned()).collect()
}

#[test]
fn every_accent_is_found_and_the_one_that_is_typed_comes_first() {
    let searcher = texts(&["le le le", "lễ", "lề", "lê một hai ba bốn năm sáu", "xa"]);
    for query in ["lê", "lễ", "lề"] {
        let found = ids(&searcher, query);
        assert_eq!(found.len(), 4, "{query}: {found:?}");
        assert!(found[0].starts_with(query), "{query}: {found:?}");
    }
    assert_eq!(ids(&searcher, "le").len(), 4);
}

#[test]
fn two_words_as_typed_come_before_those_that_only_fold_to_them() {
    let searcher = texts(&["Lê Lợi là vua, Le Loi", "lệ lời lệ lời", "lễ lợi", "lê"]);
    assert_eq!(ids(&searcher, "lê lợi")[0], "Lê Lợi là vua, Le Loi");
    assert_eq!(ids(&searcher, "lệ lời")[0], "lệ lời lệ lời");
}

#[test]
fn one_spelling_of_a_word_is_as_good_as_another() {
    for (a, b) in [
        ("hoà", "hòa"),
        ("thuý", "thúy"),
        ("khoẻ", "khỏe"),
        ("kỹ", "kĩ"),
        ("Mỹ", "Mĩ"),
        ("lý", "lí"),
    ] {
        let searcher = texts(&[a, b, "xa"]);
        let query = Query::text(a);
        for id in [a, b] {
            let explanation = searcher.explain(&query, id).unwrap().unwrap();
            let exact = [EvidenceKind::AsTyped, EvidenceKind::Token(TokenKind::Exact)];
            let found: Vec<_> = explanation.evidence.iter().map(|e| e.kind).collect();
            assert!(
                exact.iter().all(|kind| found.contains(kind)),
                "{a} {b}: {found:?}"
            );
        }
    }
    let searcher = texts(&["my", "mi"]);
    assert_eq!(ids(&searcher, "my"), ["my"]);
}

#[test]
fn names_written_as_one_word_or_as_two_find_each_other() {
    for names in [
        &["Vietnam", "Việt Nam", "Viet Nam"][..],
        &["Hanoi", "Hà Nội", "Ha Noi"],
        &["Danang", "Đà Nẵng", "Da Nang"],
        &[
            "TP.HCM",
            "Hồ Chí Minh City",
            "Thành phố Hồ Chí Minh",
            "Sài Gòn",
        ],
        &["Thailand", "Thái Lan", "ไทย", "ໄທ", "ថៃ", "泰国", "泰國"],
    ] {
        let searcher = texts(names);
        for query in names {
            let mut found = ids(&searcher, query);
            found.sort();
            let mut all = names.to_vec();
            all.sort_unstable();
            assert_eq!(found, all, "{query}");
        }
    }
}

#[test]
fn names_of_one_s_own_are_found_and_can_be_left_out() {
    let searcher = texts(&["Bộ Ngoại giao", "กระทรวงการต่างประเทศ", "Thailand", "ไทย"]);
    let own = Aliases::parse("MOFA = Bộ Ngoại giao = กระทรวงการต่างประเทศ").unwrap();
    let with_own = searcher.clone().with_aliases(Aliases::builtin().and(own));
    assert_eq!(ids(&searcher, "mofa"), [""; 0]);
    assert_eq!(ids(&with_own, "mofa").len(), 2);
    assert_eq!(ids(&with_own, "Thailand"), ["Thailand", "ไทย"]);
    let without = searcher.with_aliases(Aliases::none());
    assert_eq!(ids(&without, "Thailand"), ["Thailand"]);
}

#[test]
fn a_name_within_a_longer_one_is_not_meant() {
    let searcher = texts(&["South Sudan", "ซูดาน", "ซูดานใต้"]);
    let found = ids(&searcher, "South Sudan");
    assert_eq!(found[..2], ["South Sudan", "ซูดานใต้"]);
    let explanation = searcher.explain(&Query::text("South Sudan"), "ซูดาน");
    assert_eq!(explanation.unwrap().unwrap().evidence, []);
}

#[test]
fn forms_of_an_english_word_find_each_other_with_the_one_that_is_typed_first() {
    let words = [
        "minister",
        "ministers",
        "meeting",
        "meetings",
        "meets",
        "news",
        "new",
    ];
    let searcher = texts(&words);
    for (query, expected) in [
        ("minister", ["minister", "ministers"].as_slice()),
        ("ministers", &["ministers", "minister"]),
        ("meetings", &["meetings", "meeting", "meets"]),
        ("news", &["news"]),
        ("new", &["new"]),
    ] {
        assert_eq!(ids(&searcher, query), expected, "{query}");
    }
}

#[test]
fn a_year_is_found_in_either_era() {
    let searcher = texts(&[
        "ประชุมปี ๒๕๖๗",
        "ประชุมปี 2024",
        "ປະຊຸມປີ 2567",
        "Họp năm 2024",
        "2567 người họp",
    ]);
    for query in ["2024", "๒๐๒๔", "năm 2024"] {
        let found = ids(&searcher, query);
        assert_eq!(found.len(), 4, "{query}: {found:?}");
        assert!(!found.contains(&"2567 người họp".to_owned()), "{query}");
    }
    for query in ["ปี 2567", "ปี ๒๕๖๗", "2567"] {
        let found = ids(&searcher, query);
        assert_eq!(found.len(), 5, "{query}: {found:?}");
    }
}

#[test]
fn a_thai_word_with_a_wrong_tone_or_letter_is_still_found() {
    let searcher = texts(&["รัฐมนตรีว่าการกระทรวงการต่างประเทศ", "ทีมฟุตบอลชนะเมื่อคืน"]);
    for query in [
        "กระทรวงการตางประเทศ",
        "กระทรวงการต้างประเทศ",
        "กระทวงการต่างประเทศ",
        "รัฐมนตี",
    ] {
        assert_eq!(
            ids(&searcher, query)[0],
            "รัฐมนตรีว่าการกระทรวงการต่างประเทศ",
            "{query}"
        );
    }
}

#[test]
fn a_title_counts_more_than_a_body() {
    let searcher = documents([
        Document::new("title")
            .title("Mekong dam")
            .body("A river in Asia."),
        Document::new("body")
            .title("A river in Asia")
            .body("Mekong dam."),
    ]);
    assert_eq!(ids(&searcher, "mekong dam"), ["title", "body"]);
    assert_eq!(ids(&searcher, "asia"), ["body", "title"]);
    // A phrase in a title is one as well.
    let phrase = searcher.search(&Query::phrase("mekong dam")).unwrap();
    assert_eq!(phrase.hits.len(), 2);
}

#[test]
fn words_that_stand_together_count_more_than_those_that_do_not() {
    let searcher = texts(&[
        "giao thông và ngoại thương của bộ",
        "bộ ngoại giao và thương thông của",
    ]);
    assert_eq!(
        ids(&searcher, "ngoai giao")[0],
        "bộ ngoại giao và thương thông của"
    );
}

#[test]
fn an_explanation_adds_up_to_the_score_and_names_its_evidence() {
    let searcher = documents([
        Document::new("a")
            .title("Việt Nam")
            .body("Vietnam và Thái Lan, 2025"),
        Document::new("b").body("ประเทศไทย 2568"),
    ]);
    for query in ["viet nam", "Việt Nam", "Thái Lan 2025", "ประเทศไทย", "lê"]
    {
        let query = Query::text(query);
        for hit in &searcher.search(&query).unwrap() {
            let explanation = searcher.explain(&query, hit.id()).unwrap().unwrap();
            let sum: f32 = explanation.evidence.iter().map(|e| e.score).sum();
            assert!(
                (sum - hit.score).abs() < 1e-3 * hit.score.max(1.0),
                "{query:?}"
            );
            assert!(explanation.evidence.iter().all(|e| e.score > 0.0));
            assert!(explanation.to_string().ends_with("in all"));
        }
    }
    let of = |query: &str, id: &str| {
        let explanation = searcher.explain(&Query::text(query), id).unwrap().unwrap();
        let evidence = explanation.evidence.into_iter();
        evidence.map(|e| (e.kind, e.text)).collect::<Vec<_>>()
    };
    let has = |evidence: &[(EvidenceKind, String)], kind, text: &str| {
        evidence.iter().any(|(k, t)| *k == kind && t == text)
    };
    let viet_nam = of("Việt Nam", "a");
    assert!(has(&viet_nam, EvidenceKind::AsTyped, "viêt\u{323} nam"));
    assert!(has(&viet_nam, EvidenceKind::Joined, "vietnam"));
    assert!(has(
        &viet_nam,
        EvidenceKind::Token(TokenKind::Pair),
        "vietnam"
    ));
    let thai = of("Thái Lan 2025", "b");
    assert!(has(&thai, EvidenceKind::Token(TokenKind::Stem), "2025"));
    assert!(thai.iter().any(|(kind, _)| *kind == EvidenceKind::Alias));
    assert_eq!(searcher.explain(&Query::text("x"), "none").unwrap(), None);
    let phrase = searcher
        .explain(&Query::phrase("thai lan"), "a")
        .unwrap()
        .unwrap();
    assert_eq!(phrase.evidence[0].kind, EvidenceKind::Phrase);
}

#[test]
fn weights_change_the_order_and_are_checked() {
    let searcher = texts(&["hoa hoa", "hóa xa"]);
    let mut weights = Weights::default();
    weights.exact = 0.0;
    weights.word = f32::NAN;
    let error = searcher.clone().with_weights(weights).unwrap_err();
    assert!(error.is_invalid_weights());
    assert!(error.to_string().contains("`word`"), "{error}");
    weights.word = -1.0;
    assert!(searcher.clone().with_weights(weights).is_err());
    weights = serde_json::from_str(r#"{"exact": 0, "exact_accented": 0, "as_typed": 0}"#).unwrap();
    let indifferent = searcher.clone().with_weights(weights).unwrap();
    assert_eq!(ids(&searcher, "hóa"), ["hóa xa", "hoa hoa"]);
    assert_eq!(ids(&indifferent, "hóa"), ["hoa hoa", "hóa xa"]);
    assert!(serde_json::from_str::<Weights>(r#"{"exakt": 1}"#).is_err());
}

proptest! {
    /// A document with the spelling that is typed ranks above all that only fold to it, however
    /// often they do.
    #[test]
    fn the_spelling_that_is_typed_comes_first(
        bodies in prop::collection::vec("(le|lê|lề|lễ|loi|lợi|lời|xa){1}( (le|lê|lề|lễ|loi|lợi|lời|xa)){0,7}", 1..12),
        query in "(lê|lề|lễ|lợi|lời)( (lê|lợi|le|loi))?",
    ) {
        let mut bodies = bodies;
        bodies.sort();
        bodies.dedup();
        let searcher = texts(&bodies);
        let as_typed = |id: &String| query.split(' ').all(|word| id.split(' ').any(|w| w == word));
        let found = ids(&searcher, &query);
        let first = found.iter().take_while(|id| as_typed(id)).count();
        prop_assert_eq!(found[first..].iter().filter(|id| as_typed(id)).count(), 0, "{:?}", found);
        prop_assert_eq!(first, bodies.iter().filter(|id| as_typed(id)).count());
    }
}
