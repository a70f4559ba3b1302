//! What is offered while somebody types, and in place of what is mistyped.

#![allow(clippy::unwrap_used)]

use mekong_core::{Document, Index, Language};
use mekong_ingest::Writer;
use mekong_query::{Query, Searcher, Suggestion, SuggestionKind};
use proptest::prelude::*;

const NEWS: [(&str, &str, &str, &str); 9] = [
    (
        "vi1",
        "2025-10-03",
        "Bộ trưởng Ngoại giao thăm Thái Lan",
        "Sáng 3/10, Bộ trưởng Ngoại giao đến Bangkok. Nhà trường và bộ trưởng, trung tâm Hà Nội.",
    ),
    (
        "vi2",
        "2025-11-20",
        "Trường đại học mở cửa",
        "Các trường ở Hà Nội và Hoà Bình đón sinh viên; trường nào cũng đông. Quan hệ với Mỹ.",
    ),
    (
        "th1",
        "2025-10-01",
        "กระทรวงการต่างประเทศแถลงข่าว",
        "โฆษกกระทรวงการต่างประเทศกล่าวว่า นายกรัฐมนตรีจะเดินทางไปเวียดนาม",
    ),
    (
        "th2",
        "2025-10-02",
        "กระทรวงการคลังเสนอแผน",
        "รัฐมนตรีว่าการกระทรวงการคลังเสนอแผนงบประมาณ",
    ),
    (
        "lo",
        "2025-09-01",
        "ກະຊວງການຕ່າງປະເທດ",
        "ລັດຖະມົນຕີກະຊວງການຕ່າງປະເທດລາວ ຢ້ຽມຢາມ",
    ),
    (
        "km",
        "2025-09-02",
        "រដ្ឋមន្ត្រីការបរទេស",
        "រដ្ឋមន្ត្រីការបរទេសកម្ពុជា បានជួបប្រជុំ",
    ),
    (
        "my",
        "2025-09-03",
        "နိုင်ငံခြားရေးဝန်ကြီးဌာန",
        "နိုင်ငံခြားရေးဝန်ကြီးဌာန က ထုတ်ပြန်",
    ),
    (
        "zh",
        "2025-09-04",
        "外交部長會見記者",
        "外交部發言人說，外交部長將訪問越南。東京都知事の会見。",
    ),
    (
        "ko",
        "2025-09-05",
        "외교부 장관 회담",
        "외교부 장관은 회담을 가졌다. The foreign minister met ministers.",
    ),
];

fn writer(index: &Index) -> Writer {
    let mut writer = Writer::new(index).unwrap();
    for (id, date, title, body) in NEWS {
        let document = Document::new(id)
            .title(title)
            .body(body)
            .date(date.parse().unwrap());
        writer.upsert(document).unwrap();
    }
    writer.commit().unwrap();
    writer
}

fn searcher() -> Searcher {
    let index = Index::in_memory().unwrap();
    drop(writer(&index));
    Searcher::new(&index)
}

fn is_words(suggestion: &Suggestion) -> bool {
    matches!(suggestion.kind, SuggestionKind::Words { .. })
}

fn words(searcher: &Searcher, typed: &str) -> Vec<String> {
    let suggestions = searcher.complete(typed, 5).unwrap().into_iter();
    let words = suggestions.filter(is_words);
    words.map(|suggestion| suggestion.text).collect()
}

fn titles(searcher: &Searcher, typed: &str) -> Vec<String> {
    let suggestions = searcher.complete(typed, 5).unwrap();
    let ids = suggestions
        .into_iter()
        .filter_map(|suggestion| match suggestion.kind {
            SuggestionKind::Title { id } => Some(id),
            _ => None,
        });
    ids.collect()
}

#[test]
fn the_last_word_is_completed() {
    let searcher = searcher();
    for (typed, expected) in [
        // The more frequent first, each spelling of its own.
        ("tru", &["trường", "trung", "trưởng"][..]),
        ("bo tru", &["Bộ trưởng"]),
        ("bo truong ng", &["Bộ trưởng Ngoại"]),
        ("foreign min", &["foreign minister"]),
        ("ＢＯ ＴＲ", &["Bộ trưởng"]),
        // After a blank, the word that follows.
        ("bo truong ", &["Bộ trưởng Ngoại"]),
        // Words that do not stand together are kept as they are typed.
        (
            "thai lan tru",
            &["thai lan trường", "thai lan trung", "thai lan trưởng"],
        ),
        ("(\"bo tru", &["(\"Bộ trưởng"]),
        // Wherever a text without blanks ends.
        ("กระทร", &["กระทรวง"]),
        ("กระทรวงกา", &["กระทรวงการ", "กระทรวงการคลัง"]),
        ("นายก", &["นายกรัฐมนตรี"]),
        ("เวี", &["เวียดนาม"]),
        ("ກະຊວ", &["ກະຊວງ"]),
        ("ກະຊວງກາ", &["ກະຊວງການ"]),
        ("រដ្ឋម", &["រដ្ឋមន្ត្រីការបរទេស"]),
        ("နိုင်ငံခ", &["နိုင်ငံခြား"]),
        ("ဝန်ကြီ", &["ဝန်ကြီးဌာန"]),
        // Typed in simplified characters, written in traditional ones.
        ("外交", &["外交部"]),
        ("外交部", &["外交部長", "外交部發言人"]),
        ("东京", &["東京都知事"]),
        ("외교", &["외교부"]),
        ("외교부 장", &["외교부 장관", "외교부 장관은"]),
        // Nothing has it.
        ("xyz", &[]),
        ("กขค", &[]),
        ("", &[]),
        (" . ", &[]),
    ] {
        assert_eq!(words(&searcher, typed), expected, "{typed}");
    }
}

#[test]
fn accents_that_are_typed_are_meant() {
    let searcher = searcher();
    for (typed, expected) in [
        ("trư", &["trường", "trưởng"][..]),
        ("trưở", &["trưởng"]),
        ("bộ trư", &["Bộ trưởng"]),
        ("bố trư", &["bố trường", "bố trưởng"]),
        ("hoà b", &["Hoà Bình"]),
        ("hòa b", &["Hoà Bình"]),
        ("my", &["Mỹ"]),
        ("đa", &["đại"]),
    ] {
        assert_eq!(words(&searcher, typed), expected, "{typed}");
    }
    assert_eq!(titles(&searcher, "ngoại"), ["vi1"]);
    assert_eq!(titles(&searcher, "ngoài"), [] as [&str; 0]);
}

#[test]
fn titles_are_offered_by_their_words() {
    let searcher = searcher();
    for (typed, expected) in [
        ("ngoai giao", &["vi1"][..]),
        ("truong", &["vi2", "vi1"]),
        ("thai ngoai", &["vi1"]),
        ("กระทรวงกา", &["th2", "th1"]),
        ("กระทร", &["th2", "th1"]),
        ("ກະຊວງ", &["lo"]),
        ("រដ្ឋមន្ត្រីកា", &["km"]),
        ("ဝန်ကြီး", &["my"]),
        ("外交部长", &["zh"]),
        ("장관", &["ko"]),
        // Only in the body.
        ("bangkok", &[]),
        // Not where a word begins.
        ("uong", &[]),
    ] {
        assert_eq!(titles(&searcher, typed), expected, "{typed}");
    }
}

#[test]
fn a_document_without_a_title_is_offered_by_its_first_words() {
    let index = Index::in_memory().unwrap();
    let mut writer = Writer::new(&index).unwrap();
    let body = "Hai bên nhất trí.\nChiều 3/10, Bí thư thăm Lào.";
    writer.upsert(Document::new("1").body(body)).unwrap();
    writer.commit().unwrap();
    let suggestions = Searcher::new(&index).complete("nhat t", 5).unwrap();
    let texts: Vec<_> = suggestions.iter().map(|s| s.text.as_str()).collect();
    assert_eq!(texts, ["nhất trí", "Hai bên nhất trí."]);
}

#[test]
fn what_is_deleted_is_not_offered() {
    let index = Index::in_memory().unwrap();
    let mut writer = writer(&index);
    let searcher = Searcher::new(&index);
    assert_eq!(words(&searcher, "ngoai g"), ["Ngoại giao"]);
    writer.delete("vi1");
    writer.commit().unwrap();
    assert_eq!(words(&searcher, "ngoai g"), [] as [&str; 0]);
    assert_eq!(words(&searcher, "tru"), ["trường"]);
    assert_eq!(titles(&searcher, "ngoai g"), [] as [&str; 0]);
    assert_eq!(
        searcher.did_you_mean(&Query::text("ngoai giaoo")).unwrap(),
        None
    );
}

#[test]
fn segments_are_taken_together() {
    let index = Index::in_memory().unwrap();
    let mut writer = Writer::new(&index).unwrap();
    for (id, body) in [
        ("1", "trung"),
        ("2", "trường"),
        ("3", "trường trưởng"),
        ("4", "trường"),
    ] {
        writer.upsert(Document::new(id).body(body)).unwrap();
        writer.commit().unwrap();
    }
    let suggestions = Searcher::new(&index).complete("tr", 5).unwrap();
    let words: Vec<_> = suggestions.into_iter().filter(is_words).collect();
    let texts: Vec<_> = words.iter().map(|s| s.text.as_str()).collect();
    assert_eq!(texts, ["trường", "trung", "trưởng"]);
    assert_eq!(words[0].kind, SuggestionKind::Words { documents: 3 });
}

#[test]
fn limits_hold() {
    let searcher = searcher();
    assert_eq!(searcher.complete("t", 0).unwrap(), []);
    let suggestions = searcher.complete("t", 1).unwrap();
    assert_eq!(suggestions.iter().filter(|s| is_words(s)).count(), 1);
    assert_eq!(suggestions.len(), 2);
    assert!(searcher.complete("t", usize::MAX).unwrap().len() > 2);
    let too_long = "x".repeat(Query::MAX_TEXT_BYTES + 1);
    let error = searcher.complete(&too_long, 5).unwrap_err();
    assert!(error.is_invalid_query());
}

#[test]
fn mistyped_words_are_put_right() {
    let searcher = searcher();
    for (typed, expected) in [
        ("bo truonng", "Bộ trưởng"),
        ("ngoai gaio", "Ngoại giao"),
        ("thai lann", "Thái Lan"),
        ("ministr", "minister"),
        ("minster of Bangkok", "minister of Bangkok"),
        // A blank too few, a blank too many.
        ("ngoaigiao", "Ngoại giao"),
        ("ngo ai giao", "Ngoại giao"),
        // Of several near words the one that stands beside the others.
        ("ha moi", "Hà Nội"),
        // Numbers, operators and signs stay, and what is excluded does.
        ("\"bo truonng\" 2026", "\"Bộ trưởng\" 2026"),
        ("+ministr OR (ministar)!", "+minister OR (minister)!"),
        (
            "ministr -ministar title:외교부",
            "minister -ministar title:외교부",
        ),
        ("กระทวงการต่างประเทศ", "กระทรวงการต่างประเทศ"),
        ("กระทรวงการครัง", "กระทรวงการคลัง"),
        ("นายกรัฐมนตี", "นายกรัฐมนตรี"),
        ("เวียดนาน", "เวียดนาม"),
        ("ກະຊວງການຕາງປະເທດ", "ກະຊວງການຕ່າງປະເທດ"),
        ("រដ្ឋមន្ត្រីការបរតេស", "រដ្ឋមន្ត្រីការបរទេស"),
        ("နိုင်ငံခြာရေး", "နိုင်ငံခြားရေး"),
        ("外交步", "外交部"),
        ("외교뷰 장관", "외교부 장관"),
    ] {
        let correction = searcher.did_you_mean(&Query::text(typed)).unwrap();
        let correction = correction.map(|correction| correction.text);
        assert_eq!(correction.as_deref(), Some(expected), "{typed}");
    }
}

#[test]
fn what_is_right_or_unlike_anything_stays() {
    let searcher = searcher();
    for typed in [
        "",
        "bo truong",
        "Bộ trưởng Ngoại giao",
        "ministers",
        "xyzzy",
        // A number means what it says.
        "2026",
        "กระทรวงการต่างประเทศ",
        "外交部長",
        "外交部长",
        "외교부 장관",
        "-ministr",
        "ministr* ministr~",
    ] {
        assert_eq!(
            searcher.did_you_mean(&Query::text(typed)).unwrap(),
            None,
            "{typed}"
        );
    }
}

#[test]
fn a_correction_says_what_is_new() {
    let searcher = searcher();
    let correction = searcher.did_you_mean(&Query::text("Bangkok, xx ministr? mnister!"));
    let correction = correction.unwrap().unwrap();
    assert_eq!(correction.text, "Bangkok, xx minister? minister!");
    let changes: Vec<_> = correction
        .changes
        .iter()
        .map(|change| &correction.text[change.clone()])
        .collect();
    assert_eq!(changes, ["minister", "minister"]);
}

#[test]
fn a_correction_has_hits_behind_the_filters() {
    let searcher = searcher();
    let query = || Query::text("bo truonng");
    assert!(searcher.did_you_mean(&query()).unwrap().is_some());
    let october = query().during("2025-10".parse().unwrap());
    assert!(searcher.did_you_mean(&october).unwrap().is_some());
    let september = query().during("2025-09".parse().unwrap());
    assert_eq!(searcher.did_you_mean(&september).unwrap(), None);
    let thai = query().language(Language::THAI);
    assert_eq!(searcher.did_you_mean(&thai).unwrap(), None);
    // Others of the query's words have hits, but the one that is put right has none.
    let query = Query::text("การ bo truonng").language(Language::THAI);
    assert_eq!(searcher.did_you_mean(&query).unwrap(), None);
}

#[test]
fn a_correction_is_the_same_on_each_page() {
    let searcher = searcher();
    let query = Query::text("bộ truonng").limit(1);
    let first = searcher.did_you_mean(&query).unwrap();
    assert!(first.is_some());
    let next = searcher.search(&query).unwrap().next.unwrap();
    let second = searcher.did_you_mean(&query.after(next).offset(9)).unwrap();
    assert_eq!(second, first);
}

#[test]
fn a_snapshot_suggests_what_it_holds() {
    let index = Index::in_memory().unwrap();
    let mut writer = Writer::new(&index).unwrap();
    let snapshot = Searcher::new(&index).snapshot();
    let document = Document::new("1").title("Bộ trưởng thăm Lào");
    writer.upsert(document).unwrap();
    writer.commit().unwrap();
    assert_eq!(snapshot.complete("bo tru", 5).unwrap(), []);
    let query = Query::text("truonng");
    assert_eq!(snapshot.did_you_mean(&query).unwrap(), None);
    assert!(
        Searcher::new(&index)
            .did_you_mean(&query)
            .unwrap()
            .is_some()
    );
}

#[test]
fn a_rare_word_may_be_a_mistake_in_a_document() {
    let index = Index::in_memory().unwrap();
    let mut writer = Writer::new(&index).unwrap();
    for number in 0..900 {
        let body = match number {
            0 => "the minitser spoke",
            1 => "the sinister plan",
            _ => "the minister spoke",
        };
        writer
            .upsert(Document::new(number.to_string()).body(body))
            .unwrap();
    }
    writer.commit().unwrap();
    let searcher = Searcher::new(&index);
    let corrected = |text| {
        let correction = searcher.did_you_mean(&Query::text(text)).unwrap();
        correction.map(|correction| correction.text)
    };
    assert_eq!(corrected("minitser").as_deref(), Some("minister"));
    assert_eq!(corrected("plan"), None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_is_offered_has_hits(
        texts in prop::collection::vec(
            prop_oneof![
                "\\PC{0,12}",
                "[bB]o tr?u?|hoa? ?b?|m[yi]n?|ngo?a? ?i? gi?ao?|tr[uư]?o?[nm]{0,2}g?",
                "กระ?ท?ร?วง?ก?า?ร?ค?|เวียดน?า?[นม]?|รัฐม?น?ตร?ี?",
                "外?交?[部步]?[长長]?|외교?[부뷰]?|រដ្ឋម?ន?្?ត?|နိုင်?ငံ?",
            ],
            1..4,
        ),
    ) {
        thread_local!(static SEARCHER: Searcher = searcher());
        let text = texts.join(" ");
        SEARCHER.with(|searcher| -> Result<(), TestCaseError> {
            for suggestion in searcher.complete(&text, 8).unwrap() {
                let hits = searcher.search(&Query::words(&suggestion.text)).unwrap().hits;
                prop_assert!(!hits.is_empty(), "{:?}: {:?}", text, suggestion);
                if let SuggestionKind::Title { id } = suggestion.kind {
                    let hit = hits.iter().find(|hit| hit.id() == id);
                    prop_assert_eq!(hit.map(|hit| hit.title()), Some(&*suggestion.text));
                }
            }
            if let Some(correction) = searcher.did_you_mean(&Query::text(&text)).unwrap() {
                let hits = searcher.search(&Query::text(&correction.text)).unwrap().hits;
                prop_assert!(!hits.is_empty(), "{:?}: {:?}", text, correction);
                for change in &correction.changes {
                    let new = &correction.text[change.clone()];
                    let hits = searcher.search(&Query::phrase(new)).unwrap().hits;
                    prop_assert!(!hits.is_empty(), "{:?}: {:?}", text, correction);
                }
            }
            Ok(())
        })?;
    }
}
