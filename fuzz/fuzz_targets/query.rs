//! No text of a query makes the parser or a search panic or fail.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use mekong::{Document, Index, Query, Searcher, Writer};

static SEARCHER: LazyLock<Searcher> = LazyLock::new(|| {
    let index = Index::in_memory().expect("an index in memory");
    let mut writer = Writer::new(&index).expect("its only writer");
    for (id, title, body) in [
        ("vi", "Bộ trưởng Ngoại giao", "Giá gạo và giá lúa tăng"),
        ("th", "กระทรวงการต่างประเทศ", "รัฐมนตรีแถลงข่าวเรื่องข้าว"),
        ("zh", "东盟外长会议", "越南与泰国合作"),
    ] {
        let document = Document::new(id).title(title).body(body).source("VNA");
        writer.upsert(document).expect("a small document");
    }
    writer.commit().expect("a commit in memory");
    Searcher::new(&index)
});

fuzz_target!(|text: &str| {
    let query = Query::text(text);
    match SEARCHER.search(&query) {
        Ok(results) => {
            for note in &results.parsed.notes {
                assert!(text.get(note.range.clone()).is_some());
            }
            let highlighter = SEARCHER.highlighter(&query).expect("what was searched");
            for hit in &results {
                let _ = highlighter.document(&hit.document, 2);
            }
        }
        Err(error) => assert!(error.is_invalid_query(), "{error}"),
    }
});
