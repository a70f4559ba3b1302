//! Where a text matches: under folding, segmentation and look-alike encodings.

#![allow(clippy::unwrap_used)]

use std::ops::Range;
use std::sync::LazyLock;

use mekong_core::breaks::character_ends;
use mekong_core::{Aliases, Document, Index};
use mekong_ingest::Writer;
use mekong_query::{Highlighter, Query, Searcher, Weights};
use proptest::prelude::*;

/// An index of a few documents, so that words are rare or common.
static SEARCHER: LazyLock<Searcher> = LazyLock::new(|| {
    let index = Index::in_memory().unwrap();
    let mut writer = Writer::new(&index).unwrap();
    for (id, body) in [
        ("a", "the ministers of Laos"),
        ("b", "the trade of the region"),
        ("c", "the Mekong"),
    ] {
        writer.upsert(Document::new(id).body(body)).unwrap();
    }
    for id in ["d", "e", "f", "g", "h", "i"] {
        let body = "the การ là của ความ 的 ການ ការ";
        writer.upsert(Document::new(id).body(body)).unwrap();
    }
    writer.commit().unwrap();
    Searcher::new(&index)
});

fn highlighter(query: &str) -> Highlighter {
    SEARCHER.highlighter(&Query::text(query)).unwrap()
}

fn parts<'a>(text: &'a str, ranges: &[Range<usize>]) -> Vec<&'a str> {
    ranges.iter().map(|range| &text[range.clone()]).collect()
}

fn marked(query: &str, text: &str) -> Vec<String> {
    let ranges = highlighter(query).ranges(text);
    ranges
        .into_iter()
        .map(|range| text[range].to_owned())
        .collect()
}

#[test]
fn matches_are_shown_as_the_text_has_them() {
    for (query, text, expected) in [
        (
            "bo truong",
            "Quyền Bộ trưởng, bộ",
            ["Bộ trưởng", "bộ"].as_slice(),
        ),
        (
            "NGUYỄN",
            "Nguye\u{302}\u{303}n Trãi",
            &["Nguye\u{302}\u{303}n"],
        ),
        ("vietnam", "Quan hệ Việt Nam-Lào", &["Việt Nam"]),
        ("Việt Nam", "Vietnam and Laos", &["Vietnam"]),
        ("2567", "ปี ๒๕๖๗", &["๒๕๖๗"]),
        (
            "กระทรวงการต่างประเทศ",
            "ที่กระทรวงการต่างประเทศลาว",
            &["กระทรวงการต่างประเทศ"],
        ),
        ("จำนวน", "มีจํานวนมาก", &["จํานวน"]),
        ("ประชุม", "การประ\u{200B}ชุมใหญ่", &["ประ\u{200B}ชุม"]),
        ("東京都", "東京都知事と都", &["東京都"]),
        ("都", "東京都知事", &["都"]),
        ("외교부", "외교부 장관", &["외교부"]),
        ("nothing", "Hà Nội", &[]),
        ("hà nội", "", &[]),
    ] {
        assert_eq!(marked(query, text), expected, "{query}");
    }
}

#[test]
fn neighbours_tell_which_word_was_meant() {
    let text = "Bộ trưởng được bổ nhiệm; bộ và trường";
    assert_eq!(marked("bo truong", text), ["Bộ trưởng", "bộ"]);
    // Alone, it may be either.
    assert_eq!(marked("bo", text), ["Bộ", "bổ", "bộ"]);
    // What was typed is meant wherever it is.
    let text = "Đủ an toàn. Quốc hội bàn dự luật.";
    assert_eq!(marked("dự án", text), ["Đủ an", "dự"]);
}

#[test]
fn adjacent_matches_are_one() {
    let text = "Lê Hoài\nTrung và Lê";
    assert_eq!(marked("le hoai trung", text), ["Lê Hoài\nTrung", "Lê"]);
}

#[test]
fn a_snippet_shows_the_part_that_matches_best() {
    let filler = "Hai bên nhất trí tăng cường hợp tác trong các lĩnh vực. ".repeat(40);
    let text = format!("Mekong. {filler}The ministers of Laos met. {filler}");
    let snippet = highlighter("ministers of laos mekong").snippet(&text);
    assert!(
        snippet.text.contains("The ministers of Laos met."),
        "{}",
        snippet.text
    );
    assert_eq!(snippet.text, text[snippet.range.clone()]);
    let shown: Vec<_> = snippet
        .highlights
        .iter()
        .map(|h| &snippet.text[h.clone()])
        .collect();
    assert_eq!(shown, ["ministers of Laos"]);
    assert!(
        snippet.text.chars().count() <= 210,
        "{}",
        snippet.text.chars().count()
    );
    // It begins and ends with whole sentences.
    assert!(
        snippet.text.starts_with("The ministers"),
        "{}",
        snippet.text
    );
    assert!(snippet.text.ends_with("lĩnh vực."), "{}", snippet.text);
}

#[test]
fn long_gaps_hide_nothing_and_are_not_shown() {
    let text = format!("Intro words here. Mekong{}end", " ".repeat(300));
    assert_eq!(
        highlighter("mekong").snippet(&text).text,
        "Intro words here. Mekong"
    );
    let text = format!("{} mekong", "=".repeat(1000));
    assert_eq!(highlighter("mekong").snippet(&text).text, "mekong");
    let text = format!("{}mekong{}", "=".repeat(1000), "=".repeat(1000));
    assert_eq!(highlighter("mekong").snippet(&text).text, "mekong");
    assert_eq!(
        highlighter("mekong")
            .max_chars(6)
            .snippet("See Mekong, now")
            .text,
        "Mekong,"
    );
}

#[test]
fn a_text_that_does_not_match_shows_its_beginning() {
    let text = "Hai bên nhất trí. ".repeat(40);
    let snippet = highlighter("mekong").snippet(&text);
    assert_eq!(snippet.range.start, 0);
    assert!(snippet.highlights.is_empty());
    assert!((150..=210).contains(&snippet.text.chars().count()));
    assert_eq!(highlighter("mekong").snippet("Short.").text, "Short.");
    assert_eq!(highlighter("mekong").snippet("").text, "");
    assert_eq!(highlighter("mekong").snippet("!?").text, "!?");
}

#[test]
fn a_date_is_not_cut() {
    let text = "Hai bên nhất trí ngày 19/9/2025 tại Mekong ngày 20/10/2025 và sau đó.";
    for max_chars in 10..60 {
        let snippet = highlighter("mekong").max_chars(max_chars).snippet(text);
        let words: Vec<_> = text.split(' ').collect();
        for word in snippet.text.split(' ') {
            assert!(words.contains(&word), "{max_chars}: {}", snippet.text);
        }
    }
}

#[test]
fn wide_blanks_are_blanks() {
    let filler = "Hai bên nhất trí ".repeat(20);
    for blank in ["\u{A0}", "\u{3000}", "\u{2009}", "\u{85}"] {
        let text = format!("{filler}tại{blank}Mekong{blank}và sau đó. {filler}");
        for max_chars in 5..40 {
            let snippet = highlighter("mekong").max_chars(max_chars).snippet(&text);
            assert_eq!(snippet.text, text[snippet.range.clone()]);
            if max_chars > 8 {
                assert_eq!(&snippet.text[snippet.highlights[0].clone()], "Mekong");
            }
        }
    }
}

#[test]
fn a_match_that_every_document_held_is_shown_still() {
    let index = Index::in_memory().unwrap();
    let mut writer = Writer::new(&index).unwrap();
    let filler = "Hai bên nhất trí. ".repeat(40);
    for _ in 0..3 {
        let document = Document::new("a").body(format!("{filler}Mekong {filler}"));
        writer.upsert(document).unwrap();
        writer.commit().unwrap();
    }
    let searcher = Searcher::new(&index);
    let query = Query::text("mekong");
    let body = searcher
        .search(&query)
        .unwrap()
        .hits
        .remove(0)
        .document
        .body;
    let snippet = searcher.highlighter(&query).unwrap().snippet(&body);
    assert!(snippet.text.contains("Mekong"), "{}", snippet.text);
}

#[test]
fn a_text_of_matches_alone_is_shown_in_no_time() {
    let text = "a ".repeat(100_000);
    let highlighter = highlighter("a");
    assert_eq!(highlighter.snippet(&text).highlights.len(), 1);
    let all = highlighter.max_chars(usize::MAX).snippet(&text);
    assert_eq!(all.text.len(), text.len() - 1);
}

#[test]
fn thai_is_cut_between_words() {
    let text = "กระทรวงการต่างประเทศ".repeat(100);
    let snippet = highlighter("กระทรวง").max_chars(50).snippet(&text);
    let chars = snippet.text.chars().count();
    assert!((30..=50).contains(&chars), "{chars}");
    assert!(snippet.text.starts_with("กระทรวง"), "{}", snippet.text);
}

#[test]
fn a_text_of_megabytes_is_looked_at_in_part() {
    let text = "Hà Nội ".repeat(1 << 20);
    let snippet = highlighter("mekong").snippet(&text);
    assert!(snippet.range.end <= 256 * 1024);
}

#[test]
fn forms_and_other_names_of_a_word_are_shown() {
    for (query, text, expected) in [
        (
            "nations",
            "the United Nation of nations",
            ["Nation", "nations"].as_slice(),
        ),
        (
            "Thailand",
            "ประเทศไทย và Thái Lan, Thai",
            &["ประเทศไทย", "Thái Lan"],
        ),
        ("ไทย", "Thailand and thailand", &["Thailand", "thailand"]),
        ("2024", "ปี ๒๕๖๗ และ 2024", &["๒๕๖๗", "2024"]),
        ("関西", "关西", &["关西"]),
    ] {
        assert_eq!(marked(query, text), expected, "{query}");
    }
}

#[test]
fn names_of_several_words_are_marked_whole() {
    for (query, text, expected) in [
        (
            "United States",
            "สหรัฐอเมริกา và Hoa Kỳ, 美国; kỳ thi ở Mỹ",
            ["สหรัฐอเมริกา", "Hoa Kỳ, 美国", "Mỹ"].as_slice(),
        ),
        ("Viet Nam", "เวียดนาม ຫວຽດນາມ", &["เวียดนาม ຫວຽດນາມ"]),
    ] {
        let ranges = highlighter(query).ranges(text);
        let marked: Vec<_> = parts(text, &ranges);
        assert_eq!(
            marked.join("|").replace(", ", "|"),
            expected.join("|").replace(", ", "|")
        );
    }
    let own = Aliases::parse("MOFA = Bộ Ngoại giao = กระทรวงการต่างประเทศ = ASEAN office").unwrap();
    let searcher = SEARCHER.clone().with_aliases(own);
    let text = "Bộ Ngoại giao (bộ và ngoại giao), office; กระทรวงการต่างประเทศลาว, กระทรวงการคลัง";
    let ranges = |searcher: &Searcher| {
        let highlighter = searcher.highlighter(&Query::text("mofa")).unwrap();
        highlighter.ranges(text)
    };
    assert_eq!(
        parts(text, &ranges(&searcher)),
        ["Bộ Ngoại giao", "กระทรวงการต่างประเทศ"]
    );
    // What counts for nothing is not marked.
    let mut weights = Weights::default();
    weights.alias = 0.0;
    assert!(ranges(&searcher.with_weights(weights).unwrap()).is_empty());
}

#[test]
fn a_phrase_is_one_range_and_its_words_elsewhere_are_none() {
    for (phrase, text, expected) in [
        (
            "bo truong ngoai giao",
            "Bộ trưởng Ngoại giao, Bộ trưởng (Ngoại giao); bộ trưởng và ngoại giao.",
            ["Bộ trưởng Ngoại giao", "Bộ trưởng (Ngoại giao"].as_slice(),
        ),
        ("new york", "New York-style, York new", &["New York"]),
        ("hà nội", "Hà Nội\nHà Nội. Nội", &["Hà Nội\nHà Nội"]),
        // A form of a word is not the word.
        ("minister of laos", "ministers of Laos", &[]),
        (
            "กระทรวงการต่างประเทศ",
            "การต่างประเทศของกระทรวงการต่างประเทศไทย",
            &["กระทรวงการต่างประเทศ"],
        ),
        // Divided otherwise by what is around it: ตา กลม, ตาก ลม.
        ("ตากลม", "เด็กตากลมโต", &["ตากลม"]),
        ("外交部", "外交部长,外交和部", &["外交部"]),
        ("國務院", "国务院总理", &["国务院"]),
        (
            "นายก Hun Manet",
            "นายก Hun Manet และ Hun Manet, นายก",
            &["นายก Hun Manet"],
        ),
        // As the search has it: the words of each script one after another.
        (
            "นายก Hun Manet",
            "Hun Manet, นายก, Hun",
            &["Hun Manet", "นายก"],
        ),
        ("", "Hà Nội", &[]),
        ("!", "Hà Nội!", &[]),
    ] {
        let highlighter = SEARCHER.highlighter(&Query::phrase(phrase)).unwrap();
        assert_eq!(parts(text, &highlighter.ranges(text)), expected, "{phrase}");
    }
}

#[test]
fn a_mistyped_word_is_marked_where_its_letters_are() {
    // นายกรัฐมนตรี without a letter: what is before it and behind it is found.
    let text = "นายกรัฐมนตรีไทยกล่าวว่า";
    assert_eq!(marked("นายกรัฐมตรี", text), ["นายกรัฐม"]);
    // A mark is not parted from its letter, and a found word is marked as ever.
    let text = "ในการเปลี่ยนแปลงของประเทศ";
    for mark in marked("เปลี่ยนแปง ประเทศ", text) {
        let start = text.find(&mark).unwrap();
        assert!(character_ends(text).any(|end| end == start + mark.len()));
    }
    assert_eq!(marked("เปลี่ยนแปง ประเทศ", text).last().unwrap(), "ประเทศ");
    // Letters of words that are found say nothing of other words.
    assert_eq!(marked("ประเทศ", "ประเทศและประเภท"), ["ประเทศ"]);
}

#[test]
fn common_words_alone_are_not_marked_beside_rare_ones() {
    assert_eq!(
        marked(
            "the ministers of the Mekong",
            "The Mekong and the ministers at the end"
        ),
        ["The Mekong", "the ministers"]
    );
    assert_eq!(marked("การทูต", "การทูตและการค้า"), ["การทูต"]);
    // Where there is nothing else, they are all there is to show.
    assert_eq!(
        marked("the ministers", "The end of the day"),
        ["The", "the"]
    );
}

#[test]
fn a_character_of_a_word_is_marked_where_nothing_else_is() {
    assert_eq!(marked("外交部", "外交与外国"), ["外交"]);
    assert_eq!(marked("外交部", "外国"), ["外"]);
    assert_eq!(marked("國務院", "国务院"), ["国务院"]);
    assert_eq!(marked("体育", "體育"), ["體育"]);
}

#[test]
fn spellings_that_look_alike_are_marked_as_they_stand() {
    for (query, text, expected) in [
        ("hoà bình", "Hòa  bình", ["Hòa  bình"].as_slice()),
        (
            "nuoc",
            "nu\u{31B}o\u{31B}\u{301}c nước NƯỚC",
            &["nu\u{31B}o\u{31B}\u{301}c nước NƯỚC"],
        ),
        // Sara am as two characters, and a tone before the vowel that it follows.
        ("น้ำ", "น\u{E49}\u{E4D}\u{E32}", &["น\u{E49}\u{E4D}\u{E32}"]),
        ("แม่น้ำ", "เเม่น้ำโขง", &["เเม่น้ำ"]),
        ("meeting", "Meetings met", &["Meetings"]),
        ("ｍｅｋｏｎｇ", "Mekong", &["Mekong"]),
        ("2024", "พ.ศ. 2567", &["2567"]),
        ("ປີ 2567", "2024", &["2024"]),
        ("ស្ត្រី", "ស្ត្រីកម្ពុជា", &["ស្ត្រី"]),
        ("သတင်း", "သတင်းဌာန", &["သတင်း"]),
    ] {
        assert_eq!(marked(query, text), expected, "{query}");
    }
}

#[test]
fn passages_are_sentences_and_the_best_ones_come_first() {
    let text = "Laos is a country. It has rivers and hills. The ministers of Laos met in Vientiane. \
        They spoke about trade. Nothing came of it. The Mekong is a river. Boats go on it all day.";
    let highlighter = highlighter("ministers Laos Mekong").max_chars(45);
    let passages = highlighter.passages(text, 3);
    let texts: Vec<_> = passages.iter().map(|p| p.text.as_str()).collect();
    assert_eq!(
        texts,
        [
            "The ministers of Laos met in Vientiane.",
            "The Mekong is a river. Boats go on it all day.",
            "Laos is a country. It has rivers and hills."
        ]
    );
    assert_eq!(
        passages[0].html(),
        "The <mark>ministers</mark> of <mark>Laos</mark> met in Vientiane."
    );
    assert_eq!(highlighter.passages(text, 1), passages[..1]);
    assert_eq!(highlighter.snippet(text), passages[0]);
    assert!(highlighter.passages(text, 0).is_empty());
    assert!(highlighter.passages("Nothing came of it.", 3).is_empty());
    // An abbreviation ends no sentence.
    let text = "Hôm qua trời mưa to. Tại TP. Hồ Chí Minh, ông đã gặp báo chí. Sau đó ông về nước.";
    let snippet = SEARCHER
        .highlighter(&Query::text("gặp báo chí"))
        .unwrap()
        .max_chars(50)
        .snippet(text);
    assert_eq!(snippet.text, "Tại TP. Hồ Chí Minh, ông đã gặp báo chí.");
}

#[test]
fn thai_passages_begin_and_end_at_pauses() {
    let text = "ฝนตกหนักทั่วทุกภาค ประชาชนเดินทางลำบาก นายกรัฐมนตรีเดินทางไปเยือนลาว \
        เพื่อหารือเรื่องการค้า รถไฟสายใหม่เปิดแล้ว";
    let snippet = highlighter("นายกรัฐมนตรี").max_chars(60).snippet(text);
    assert_eq!(snippet.text, "นายกรัฐมนตรีเดินทางไปเยือนลาว เพื่อหารือเรื่องการค้า");
    let text = "国务院总理出席会议。外交部长访问老挝。双方讨论了贸易。".repeat(3);
    let snippet = highlighter("外交部长").max_chars(12).snippet(&text);
    assert_eq!(snippet.text, "外交部长访问老挝。");
}

#[test]
fn a_match_that_is_too_long_is_shown_in_part() {
    let phrase = "Bộ trưởng Ngoại giao nước Cộng hòa Dân chủ Nhân dân Lào";
    let highlighter = SEARCHER.highlighter(&Query::phrase(phrase)).unwrap();
    let snippet = highlighter
        .max_chars(20)
        .snippet(&format!("Hôm qua, {phrase} đã nói."));
    assert_eq!(snippet.html(), "<mark>Bộ trưởng Ngoại giao</mark>");
}

#[test]
fn a_document_is_marked_in_its_title_and_its_text() {
    let highlighter = highlighter("mekong laos");
    let document = Document::new("a")
        .title("  The Mekong <today>\n")
        .body("Boats. Laos. Nets.");
    let highlights = highlighter.document(&document, 2);
    assert_eq!(highlights.title.text, document.headline());
    assert_eq!(
        highlights.title.html(),
        "The <mark>Mekong</mark> &lt;today&gt;"
    );
    assert_eq!(highlights.title.range, 2..20);
    assert_eq!(highlights.passages.len(), 1);
    assert_eq!(
        highlights.passages[0].html(),
        "Boats. <mark>Laos</mark>. Nets."
    );
    // Without a title the text begins with one, as for a hit.
    let document = Document::new("a").body("\nOn the Mekong. Boats.");
    let highlights = highlighter.document(&document, 1);
    assert_eq!(highlights.title.html(), "On the <mark>Mekong</mark>.");
    assert_eq!(highlights.title.range, 1..15);
    // What does not match is shown from its beginning.
    let document = Document::new("a").title("Boats").body("Nets & fish.");
    let highlights = highlighter.document(&document, 3);
    assert_eq!(highlights.title.html(), "Boats");
    assert_eq!(highlights.passages[0].html(), "Nets &amp; fish.");
    assert!(
        highlighter
            .document(&Document::new("a"), 3)
            .passages
            .is_empty()
    );
}

#[test]
fn what_is_hostile_takes_no_longer() {
    let text = "a b ".repeat(5000);
    for query in [
        Query::phrase("a ".repeat(4000)),
        Query::phrase("a b ".repeat(3999) + "c"),
    ] {
        let highlighter = SEARCHER.highlighter(&query).unwrap();
        assert!(highlighter.ranges(&text).len() <= 1);
    }
    let marks = format!("a{}", "\u{301}".repeat(10_000));
    assert!(highlighter("a").ranges(&marks).len() <= 1);
    assert_eq!(highlighter("a b").passages(&text, usize::MAX).len(), 100);
}

/// Whether bytes of a text are where characters begin or end, as readers see them.
fn is_whole(text: &str, ranges: &[Range<usize>]) -> bool {
    let ends: Vec<usize> = std::iter::once(0).chain(character_ends(text)).collect();
    let mut bounds = ranges.iter().flat_map(|range| [range.start, range.end]);
    bounds.all(|at| ends.binary_search(&at).is_ok())
}

fn unescaped(html: &str) -> String {
    html.replace("<mark>", "")
        .replace("</mark>", "")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}

/// Pieces of text in all scripts, well spelled and not.
const PIECES: [&str; 36] = [
    "Bộ trưởng",
    "bo truong",
    "Nguye\u{302}\u{303}n",
    "Việt Nam",
    "Vietnam",
    "TP. Hồ Chí Minh",
    "Thailand",
    "the ",
    "meetings",
    "meeting",
    "19/9/2025",
    "2567",
    "๒๕๖๗",
    "กระทรวงการต่างประเทศ",
    "กระทวงการต่างประเทศ",
    "ประเทศไทย",
    "น\u{E49}\u{E4D}\u{E32}",
    "เเม่น้ำ",
    "ๆ",
    "\u{E34}\u{E48}",
    "ກະຊວງການຕ່າງປະເທດ",
    "ປະເທດລາວ",
    "ព្រះរាជាណាចក្រកម្ពុជា",
    "ស្ត្រី",
    "\u{17D2}",
    "မြန်မာနိုင်ငံ",
    "\u{1039}",
    "國務院",
    "国务院",
    "外交部长",
    "カﾞ東京",
    "외교부",
    "\u{1112}\u{1161}\u{11AB}",
    "\u{301}",
    "\u{200B}",
    "👩\u{200D}👩",
];
const SIGNS: [&str; 12] = [
    " ", " ", " ", "", "", ". ", "。", "\n", "\u{A0}", "<&>", "\"'", " – ",
];

fn texts(pieces: Range<usize>) -> impl Strategy<Value = String> {
    let pair = (
        prop::sample::select(&PIECES[..]),
        prop::sample::select(&SIGNS[..]),
    );
    prop::collection::vec(pair, pieces).prop_map(|pairs| {
        pairs
            .into_iter()
            .flat_map(|(piece, sign)| [piece, sign])
            .collect()
    })
}

proptest! {
    #[test]
    fn marks_and_passages_are_whole_and_apart(
        text in prop_oneof![
            texts(0..40),
            "([a-zA-ZàáạêơưđĐ ]{0,6}|[ก-๛]{0,6}|[ក-៓]{0,6}|[က-၏]{0,6}|[一-龯ぁ-ん]{0,4}|[\u{300}\u{323}\u{200B}\u{A0}\u{3000}.\n]{0,2}){0,40}",
        ],
        query in prop_oneof![texts(0..5), "([a-zêđ]{1,3} ?|[ก-ฮ]{1,3}|[က-အ]{1,3}|[一-龯]{1,2}){0,4}"],
        is_phrase: bool,
        max_chars in 0..80_usize,
        count in 0..6_usize,
    ) {
        let query = if is_phrase { Query::phrase(query) } else { Query::text(query) };
        let highlighter = SEARCHER.highlighter(&query).unwrap().max_chars(max_chars);
        let whole = highlighter.mark(&text);
        prop_assert_eq!(&whole.text, &text);
        prop_assert!(is_whole(&text, &whole.highlights), "{:?}", parts(&text, &whole.highlights));
        prop_assert_eq!(unescaped(&whole.html()), text.clone());

        let passages = highlighter.passages(&text, count);
        prop_assert!(passages.len() <= count);
        let snippet = highlighter.snippet(&text);
        if count > 0 && !passages.is_empty() {
            prop_assert_eq!(&snippet, &passages[0]);
        }
        for shown in passages.iter().chain([&snippet, &whole]) {
            prop_assert_eq!(text.get(shown.range.clone()), Some(shown.text.as_str()));
            prop_assert!(is_whole(&text, std::slice::from_ref(&shown.range)), "{:?}", shown.text);
            prop_assert_eq!(unescaped(&shown.html()), shown.text.clone());
            let mut end = None;
            for highlight in &shown.highlights {
                prop_assert!(shown.text.get(highlight.clone()).is_some_and(|part| !part.is_empty()));
                prop_assert!(end.is_none_or(|end| end < highlight.start));
                end = Some(highlight.end);
            }
        }
        for (i, passage) in passages.iter().enumerate() {
            prop_assert!(!passage.highlights.is_empty());
            for other in &passages[..i] {
                let (a, b) = (&passage.range, &other.range);
                prop_assert!(a.end <= b.start || b.end <= a.start);
            }
        }
    }
}

/// Beside `Lan` itself `lần` is no part of a name.
#[test]
fn another_word_is_not_meant_beside_the_one_that_is() {
    let index = Index::in_memory().unwrap();
    let searcher = Searcher::new(&index);
    let highlighter = searcher.highlighter(&Query::text("thai lan")).unwrap();
    let marked = highlighter.mark("Thăm Thái Lan lần thứ hai, một lần nữa");
    assert_eq!(
        marked.html(),
        "Thăm <mark>Thái Lan</mark> lần thứ hai, một lần nữa"
    );
}
