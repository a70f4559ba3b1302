//! Vietnamese in encodings older than Unicode: decoded where it is clear, left alone where not.

#![allow(clippy::unwrap_used)]

mod encode;
mod languages;

use std::fs;
use std::path::{Path, PathBuf};

use encode::{as_windows_1252, tcvn3, vni, windows_1258, windows_1258_composed};
use languages::LANGUAGES;
use mekong_core::{Index, Language};
use mekong_ingest::{Encoding, Read, Report, Writer, read};
use proptest::prelude::*;
use tempfile::TempDir;

/// Article 1 of the Universal Declaration of Human Rights, and a few sentences of ours.
const TEXT: &str = "Tất cả mọi người sinh ra đều được tự do và bình đẳng về nhân phẩm và quyền. \
    Mọi con người đều được tạo hóa ban cho lý trí và lương tâm và cần phải đối xử với nhau trong \
    tình bằng hữu.\nChiều 3/10, Quyền Bộ trưởng Ngoại giao đã có cuộc điện đàm. Ông Đỗ Văn Ửng ở \
    Ấp Đông, huyện Vĩnh Hưng, kỵ mã giỏi, thuở nhỏ hay nghĩ ngợi; bà Ỷ Lan khuya ngồi gỡ lưới.";

fn file(folder: &TempDir, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    path
}

fn only(path: &Path) -> Read {
    let mut documents = read(path);
    let document = documents.next().unwrap().unwrap();
    assert!(documents.next().is_none());
    document
}

fn ingest(path: &Path) -> Report {
    let index = Index::in_memory().unwrap();
    let mut writer = Writer::new(&index).unwrap();
    writer.ingest(path).unwrap()
}

/// The text in each encoding, and what is expected back: TCVN3 has few accented capitals.
fn encoded(text: &str) -> [(Encoding, Vec<u8>, String); 4] {
    let small = |c: char| {
        if c.is_ascii() || "ĂÂÊÔƠƯĐ".contains(c) {
            c
        } else {
            c.to_lowercase().next().unwrap()
        }
    };
    let (in_tcvn3, all) = (text.chars().map(small).collect(), || text.to_owned());
    [
        (Encoding::VNI, vni(text).unwrap(), all()),
        (Encoding::TCVN3, tcvn3(text).unwrap(), in_tcvn3),
        (Encoding::WINDOWS_1258, windows_1258(text).unwrap(), all()),
        (
            Encoding::WINDOWS_1258,
            windows_1258_composed(text).unwrap(),
            all(),
        ),
    ]
}

#[test]
fn files_in_these_encodings_are_decoded() {
    let folder = tempfile::tempdir().unwrap();
    for (encoding, bytes, expected) in encoded(TEXT) {
        let read = only(&file(&folder, "a.txt", bytes));
        assert_eq!(read.document.body, expected);
        assert_eq!(read.encoding, Some(encoding));
    }
}

#[test]
fn text_that_was_read_as_windows_1252_is_decoded() {
    let folder = tempfile::tempdir().unwrap();
    for (encoding, bytes, expected) in encoded(TEXT) {
        let read = only(&file(&folder, "a.txt", as_windows_1252(&bytes)));
        assert_eq!(read.document.body, expected);
        assert_eq!(read.document.title, None);
        assert_eq!(read.encoding, Some(encoding));
    }
}

#[test]
fn one_line_is_enough() {
    let folder = tempfile::tempdir().unwrap();
    let expected = "Cộng hòa xã hội chủ nghĩa Việt Nam";
    for text in [
        "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam",
        "Céng hßa x· héi chñ nghÜa ViÖt Nam",
        "Côòng hoÌa xaÞ hôòi chuÒ nghiÞa Viêòt Nam",
    ] {
        assert_eq!(only(&file(&folder, "a.txt", text)).document.body, expected);
        let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(text);
        assert_eq!(only(&file(&folder, "a.txt", bytes)).document.body, expected);
    }
}

#[test]
fn records_are_decoded_with_their_titles_and_dates() {
    let folder = tempfile::tempdir().unwrap();
    let body = format!("Hà Nội, ngày 3 tháng 10 năm 2025 - {TEXT}");
    for (encoding, bytes, body) in encoded(&body) {
        let (_, title, expected_title) = encoded("Bộ trưởng Ngoại giao")
            .into_iter()
            .find(|(of, ..)| *of == encoding)
            .unwrap();
        let (title, text) = (as_windows_1252(&title), as_windows_1252(&bytes));
        let record = serde_json::json!({"id": "a", "title": title, "body": text}).to_string();
        let as_bytes = encoding_rs::WINDOWS_1252.encode(&record).0.into_owned();
        for line in [record.into_bytes(), as_bytes] {
            let read = only(&file(&folder, "a.jsonl", line));
            assert_eq!(read.document.title.as_ref(), Some(&expected_title));
            assert_eq!(read.document.body, body);
            assert_eq!(read.encoding, Some(encoding));
            assert_eq!(read.document.date.unwrap().to_string(), "2025-10-03");
        }
    }
}

#[test]
fn a_title_takes_after_its_body() {
    let folder = tempfile::tempdir().unwrap();
    let body = as_windows_1252(&vni(TEXT).unwrap());
    for (title, expected) in [
        ("Vieät Nam", "Việt Nam"),
        // A word by itself either way.
        ("Sôn La", "Sơn La"),
        // In Unicode already, or no Vietnamese.
        ("Việt Nam", "Việt Nam"),
        ("Pokémon à la carte", "Pokémon à la carte"),
        ("Reuters", "Reuters"),
    ] {
        let record = serde_json::json!({"id": "a", "title": title, "body": body}).to_string();
        let read = only(&file(&folder, "a.jsonl", record));
        assert_eq!(read.document.title.as_deref(), Some(expected));
        assert_eq!(read.document.body, TEXT);
    }
    // A long one tells by itself.
    let title = "Nöôùc Vieät Nam coù quyeàn höôûng töï do vaø ñoäc laäp, Pokémon noùi";
    let record = serde_json::json!({"id": "a", "title": title, "body": "x"}).to_string();
    let title = only(&file(&folder, "a.jsonl", record)).document.title;
    assert!(
        title
            .unwrap()
            .starts_with("Nước Việt Nam có quyền hưởng tự do và độc lập")
    );
}

#[test]
fn decoded_documents_are_counted_by_encoding() {
    let folder = tempfile::tempdir().unwrap();
    for (at, (_, bytes, _)) in encoded(TEXT).into_iter().enumerate() {
        file(&folder, &format!("{at}.txt"), bytes);
    }
    file(&folder, "unicode.txt", TEXT);
    let mut report = ingest(folder.path());
    assert_eq!(report.documents, 5);
    assert!(report.is_clean());
    report.merge(ingest(&folder.path().join("0.txt")));
    let counts: Vec<_> = report
        .decoded
        .iter()
        .map(|(encoding, count)| (encoding.to_string(), *count))
        .collect();
    let expected = [("TCVN3", 1), ("VNI", 2), ("windows-1258", 2)];
    assert_eq!(counts, expected.map(|(name, n)| (name.to_owned(), n)));
}

#[test]
fn decoded_text_is_known_to_be_vietnamese() {
    let folder = tempfile::tempdir().unwrap();
    let index = Index::in_memory().unwrap();
    let mut writer = Writer::new(&index).unwrap();
    for (_, bytes, _) in encoded(TEXT) {
        let read = only(&file(&folder, "a.txt", bytes));
        assert_eq!(
            mekong_core::language::detect(&read.document.body),
            Some(Language::VIETNAMESE)
        );
        writer.upsert(read.document).unwrap();
    }
}

#[test]
fn other_languages_are_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    for (language, text) in LANGUAGES {
        let sentences = text.split_inclusive(". ");
        for text in sentences.chain([*text]) {
            let read = only(&file(&folder, "a.txt", text));
            assert_eq!(read.encoding, None, "{language}: {text}");
            assert_eq!(read.document.body, text.trim());
            // In windows-1252 it is an error as before.
            let (bytes, _, lossy) = encoding_rs::WINDOWS_1252.encode(text);
            if !lossy && !bytes.is_ascii() {
                let error = read_error(&file(&folder, "b.txt", bytes));
                assert!(error.is_encoding(), "{language}: {error}");
            }
        }
    }
}

fn read_error(path: &Path) -> mekong_ingest::Error {
    read(path).next().unwrap().unwrap_err()
}

#[test]
fn what_is_short_or_symbols_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    for text in [
        "Vieät Nam",
        "ViÖt Nam",
        "Cá voi, chú và cô",
        "· 5 µm\n· 10 µm\n· ½ µl\n· µg ® © § ¶ «a» ¹ ² ³ · µm µ µm µ",
        "Chú Tí có ba bò, bà có hai cá và tôi có hoa. Cô thì có na và chú Ba có mía.",
    ] {
        let read = only(&file(&folder, "a.txt", text));
        assert_eq!((read.document.body.as_str(), read.encoding), (text, None));
    }
}

#[test]
fn text_with_letters_of_unicode_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    for (_, bytes, _) in encoded(TEXT) {
        let text = format!("{} Việt Nam", as_windows_1252(&bytes));
        let read = only(&file(&folder, "a.txt", &text));
        assert_eq!((read.document.body, read.encoding), (text, None));
    }
}

#[test]
fn what_cannot_be_decoded_is_told_with_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let mut damaged = b"H\xE0 N\xE1\xBB\x99i\n".to_vec();
    damaged.extend((0..4096u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8 | 1));
    let error = read_error(&file(&folder, "a.txt", damaged));
    assert!(error.is_encoding());
    assert_eq!(error.line(), Some(1));
    assert!(error.to_string().contains("byte 1 "), "{error}");
    assert!(error.to_string().contains("TCVN3"), "{error}");

    let mut lines = b"{\"id\": \"a\", \"body\": \"".to_vec();
    lines.extend(tcvn3("Mọi người đều được tự do và bình đẳng về quyền").unwrap());
    lines.extend(b"\"}\n{\"id\": \"b\", \"body\": \"caf\xE9\"}\n");
    let report = ingest(&file(&folder, "a.jsonl", lines));
    assert_eq!((report.documents, report.skipped), (1, 1));
    assert_eq!(report.problems[0].error().line(), Some(2));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_bytes_are_read_or_told(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let folder = tempfile::tempdir().unwrap();
        for name in ["a.txt", "a.jsonl"] {
            for _ in read(file(&folder, name, &bytes)) {}
        }
    }

    #[test]
    fn what_is_decoded_is_composed_and_stays(text in "([aeouyAEOÔôöÖñiktnhc]{1,3}[ùøûõïâáàåãäêéèúüë] ?){20,60}") {
        let folder = tempfile::tempdir().unwrap();
        let once = only(&file(&folder, "a.txt", &text)).document.body;
        prop_assert!(unicode_normalization::is_nfc(&once));
        let twice = only(&file(&folder, "a.txt", &once)).document.body;
        prop_assert_eq!(once, twice);
    }
}
