//! Which language a text is in: golden cases, and what is filtered by it.

#![allow(clippy::unwrap_used)]

use mekong_core::engine::IndexWriter;
use mekong_core::language::{detect, detect_with_confidence};
use mekong_core::{Document, Filter, Index, Language};
use proptest::prelude::*;

#[track_caller]
fn check(cases: &[(&str, &str)]) {
    for (text, code) in cases {
        let found = detect(text).map_or("", Language::code);
        assert_eq!(found, *code, "{text}");
    }
}

#[test]
fn titles_of_news() {
    check(&[
        ("Hội nghị cấp cao ASEAN", "vi"),
        ("Giá vàng hôm nay", "vi"),
        ("Tháng 10", "vi"),
        (
            "Chu\u{309} ti\u{323}ch nu\u{31b}o\u{301}c tha\u{306}m La\u{300}o",
            "vi",
        ),
        ("CHỦ TỊCH NƯỚC THĂM LÀO", "vi"),
        ("Thu tuong tham chinh thuc Lao", "vi"),
        ("Gia vang hom nay tang manh", "vi"),
        ("Prime Minister to visit Laos in October", "en"),
        ("The price of gold is up", "en"),
        (
            "Lê Hoài Trung meets with the foreign minister of Laos",
            "en",
        ),
        (
            "Việt Nam and Laos agree on a new bridge over the Mekong",
            "en",
        ),
        ("ครม. เห็นชอบ MOU กับ ASEAN", "th"),
        ("ນາຍົກລັດຖະມົນຕີ ຢ້ຽມຢາມ ຫວຽດນາມ", "lo"),
        ("នាយករដ្ឋមន្ត្រី ទស្សនកិច្ច នៅវៀតណាម", "km"),
        ("ဝန်ကြီးချုပ် ဗီယက်နမ် ခရီးစဉ်", "my"),
        ("国务院总理会见老挝总理", "zh"),
        ("總統他們這次訪問老撾", "zh"),
        ("首相がラオスを訪問", "ja"),
        ("총리 라오스 방문", "ko"),
    ]);
}

#[test]
fn too_little_to_tell() {
    check(&[
        ("", ""),
        ("2025-10-03", ""),
        ("Covid", ""),
        ("Mekong 2025", ""),
        ("Chan-o-cha", ""),
        ("東京都知事", ""),
        ("VTV1 HD", ""),
    ]);
}

#[test]
fn other_languages_of_the_latin_script() {
    check(&[
        (
            "Der Minister traf sich am Montag mit seinem laotischen Amtskollegen in Hanoi.",
            "de",
        ),
        (
            "Le ministre a rencontré lundi à Hanoï son homologue laotien, là où tout a été signé.",
            "fr",
        ),
        (
            "De minister sprak maandag in Hanoi met zijn collega over de handel van het land.",
            "nl",
        ),
        (
            "El ministro se reunió el lunes en Hanói con su homólogo de Laos para la firma.",
            "es",
        ),
        (
            "O ministro não se reuniu com o seu homólogo, mas a reunião foi marcada para amanhã.",
            "pt",
        ),
        (
            "Menteri itu bertemu dengan rekannya dari Laos pada hari Senin untuk membahas perdagangan.",
            "id",
        ),
    ]);
}

#[test]
fn the_text_of_a_mixture_decides() {
    check(&[
        // The other script only in names, quotes and lists.
        (
            "นาย Bui Thanh Son ให้การต้อนรับนาย Saleumxay Kommasid รองนายกรัฐมนตรีลาว ณ กรุงฮานอย",
            "th",
        ),
        (
            "ทีมกีฬามืออาชีพในแคลิฟอร์เนียใต้มาจาก NFL (Los Angeles Rams), NBA (Los Angeles Lakers), MLB (Los Angeles Angels)",
            "th",
        ),
        ("ໄທ (ປະເທດໄທ, ไทย) ເປັນປະເທດໃນອາຊີ", "lo"),
        ("Thủ tướng (นายกรัฐมนตรี) Thái Lan thăm Việt Nam", "vi"),
        (
            "The word สวัสดี is what one says in Thailand to greet other people",
            "en",
        ),
        (
            "东京（とうきょう）是日本的首都，也是该国最大的城市之一。",
            "zh",
        ),
        ("東京（とうきょう）は日本の首都", "ja"),
        // Vietnamese with a list of English names.
        (
            "Danh sách các công ty lớn của Anh: Barclays, British Airways, Marks and Spencer, Rolls \
          Royce, Royal Bank of Scotland, Standard Chartered, Virgin Media, Vodafone",
            "vi",
        ),
    ]);
}

#[test]
fn more_of_a_language_is_surer() {
    let sure = |text: &str| detect_with_confidence(text).map_or(0.0, |found| found.confidence);
    let vietnamese = "Hai bên nhất trí phối hợp chặt chẽ để thu xếp các chuyến thăm.";
    assert!(sure("Tháng 10") < sure("Tháng mười tới"));
    assert!(sure("Tháng mười tới") <= sure(vietnamese));
    assert!(sure(vietnamese) > 0.99);
    let thai = "รัฐมนตรีว่าการกระทรวงการต่างประเทศ";
    assert!(sure(&format!("{thai} Ministry of Foreign Affairs")) < sure(thai));
    assert!(sure(thai) > 0.99);
}

/// The documents that deleting by a filter leaves.
fn left(filter: Filter) -> String {
    let index = Index::in_memory().unwrap();
    let mut writer = IndexWriter::new(&index, 0).unwrap();
    let thai = "คณะรัฐมนตรีเห็นชอบโครงการก่อสร้างสะพานข้ามแม่น้ำโขง";
    let documents = [
        Document::new("plain").title(thai).body(thai),
        Document::new("titled")
            .title("The cabinet approved a new bridge")
            .body(thai),
        Document::new("declared")
            .title(thai)
            .body(thai)
            .language(Language::ENGLISH),
        Document::new("untitled").body(thai),
        Document::new("short").body("Covid"),
    ];
    let ids = documents.clone().map(|document| document.id);
    for mut document in documents {
        document.detect_languages();
        writer.upsert(&document).unwrap();
    }
    writer.delete_matching(&[filter]).unwrap();
    writer.commit().unwrap();
    let left = ids
        .into_iter()
        .filter(|id| index.get(id).unwrap().is_some());
    left.collect::<Vec<_>>().join(" ")
}

#[test]
fn languages_are_filtered_by() {
    let thai = || Filter::language().is("th");
    assert_eq!(left(!thai()), "plain titled untitled");
    assert_eq!(left(!Filter::title_language().is("en")), "titled");
    assert_eq!(left(Filter::title_language().exists()), "untitled short");
    assert_eq!(left(!Filter::sure_language(0.9)), "plain titled untitled");
    assert_eq!(
        left(!Filter::sure_language(0.0)),
        "plain titled declared untitled"
    );
}

proptest! {
    #[test]
    fn any_text_has_a_language_or_none(text in any::<String>()) {
        let found = detect_with_confidence(&text);
        prop_assert_eq!(found.map(|found| found.language), detect(&text));
        if let Some(found) = found {
            prop_assert!((0.0..=1.0).contains(&found.confidence));
        }
    }
}
