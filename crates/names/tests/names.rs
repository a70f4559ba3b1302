//! Names that a reader of the language can check: which are one, which are not.

#![allow(clippy::unwrap_used)]

use mekong_names::{Name, Scorer, Script, Skeleton};
use proptest::prelude::*;

fn key(text: &str) -> String {
    Name::new(text)
        .unwrap()
        .skeletons()
        .next()
        .unwrap_or_default()
        .to_string()
}

fn keys(text: &str) -> Vec<String> {
    Name::new(text)
        .unwrap()
        .skeletons()
        .map(|key| key.to_string())
        .collect()
}

/// What it costs to take one name for the other, in nats a letter.
fn cost(asked: &str, found: &str) -> f32 {
    let (asked, found) = (Name::new(asked).unwrap(), Name::new(found).unwrap());
    Scorer::builtin()
        .query(&asked)
        .cost(&found, 20.0)
        .unwrap_or(f32::INFINITY)
}

/// Whether one is found by the other: a key is the same or one edit away, and it costs little.
fn finds(asked: &str, found: &str) -> bool {
    let (name, other) = (Name::new(asked).unwrap(), Name::new(found).unwrap());
    let keys: Vec<Skeleton> = other.skeletons().collect();
    let is_near = name
        .skeletons()
        .any(|key| keys.contains(&key) || key.near().iter().any(|near| keys.contains(near)));
    is_near && cost(asked, found) <= Scorer::LIKELY
}

#[test]
fn letters_are_read_as_they_are_heard() {
    for (text, expected) in [
        // Thai: clusters, ห that only raises a tone, ทร, รร, what is silenced, vowels ua and ia.
        ("สมุทรปราการ", "SMTPLKN"),
        ("หนองหาน", "NGHN"),
        ("ใหญ่", "Y"),
        ("ห้วยทราย", "HS"),
        ("สุพรรณ", "SPN"),
        ("ธรรม", "TM"),
        ("จันทร์", "CN"),
        ("ศักดิ์", "SK"),
        ("โพธิ์", "P"),
        ("พวง", "PG"),
        ("เมือง", "MG"),
        ("ไนต์คลับ", "NTKLP"),
        ("ศรี", "S"),
        // Lao: ຫ that only raises a tone, old and new spellings.
        ("ຫຼວງພະບາງ", "LGPG"),
        ("ຫລວງພະບາງ", "LGPG"),
        ("ໜອງຄາຍ", "NGK"),
        ("ສະຫວັນນະເຂດ", "SWNKT"),
        // Khmer: letters below others, ់, nasal vowels, a silent final រ, foreign sounds.
        ("ភ្នំពេញ", "PNMPN"),
        ("កំពង់ចាម", "KMPGCM"),
        ("ត្រពាំង", "TLPG"),
        ("សៀមរាប", "SMLP"),
        ("កណ្ដាល", "KNTN"),
        ("ហ្គាណា", "KN"),
        // Burmese: asat, medials, nasal codas.
        ("အောင်", "G"),
        ("မင်း", "MN"),
        ("ကျောက်", "CK"),
        ("ရွှေ", "SW"),
        // Latin.
        ("Charnvirakul", "CNWLKN"),
        ("Phuangketkeow", "PGKTK"),
        ("Sihasak", "SHSK"),
        ("Bench", "PN"),
    ] {
        assert_eq!(key(text), expected, "{text}");
    }
}

#[test]
fn vietnamese_syllables_have_a_key_of_their_own() {
    assert_eq!(keys("Trương Tấn Sang"), ["TLGTNSG", "CGTNSG"]);
    assert_eq!(keys("Giáp"), ["KP", "SP"]);
    assert_eq!(keys("Hoài"), ["H", "W"]);
    assert_eq!(keys("Đà Nẵng"), ["TNG"]);
    assert_eq!(keys("Dũng"), ["TG", "SG"]);
    assert_eq!(keys("Washington"), ["WSGTN"]);
    assert_eq!(key("Phạm"), key("Pha\u{323}m"), "decomposed");
}

#[test]
fn names_are_found_across_scripts() {
    for names in [
        &[
            "Saleumxay Kommasith",
            "สะเหลิมไซ กมมะสิด",
            "ซาลิมไซ กมมะสิด",
            "ສະເຫຼີມໄຊ ກົມມະສິດ",
            "Saleumxay Kommasid",
        ][..],
        &["สีหศักดิ์ พวงเกตุแก้ว", "Sihasak Phuangketkeow"],
        &["Phạm Minh Chính", "ฟาม มินห์ จินห์", "Pham Minh Chinh"],
        &["Trương Tấn Sang", "เจือง เติ๊น ซาง"],
        &["Lê Hoài Trung", "เล หว่าย จุง"],
        &["Anutin Charnvirakul", "อนุทิน ชาญวีรกูล"],
        &["Thongloun Sisoulith", "ທອງລຸນ ສີສຸລິດ"],
        &["Hun Manet", "ហ៊ុន ម៉ាណែត", "ฮุน มาเนต"],
        &["Min Aung Hlaing", "မင်းအောင်လှိုင်"],
        &["Luang Prabang", "ຫຼວງພຣະບາງ", "หลวงพระบาง"],
        &["Battambang", "បាត់ដំបង"],
    ] {
        for asked in names {
            for found in names.iter().filter(|found| *found != asked) {
                assert!(
                    finds(asked, found),
                    "{asked} {:?} ~ {found} {:?}: {}",
                    keys(asked),
                    keys(found),
                    cost(asked, found)
                );
            }
        }
    }
}

#[test]
fn other_names_are_not() {
    for (asked, found) in [
        ("Saichay Kommasith", "สะเหลิมไซ กมมะสิด"),
        ("Saleumxay Kommasith", "ไซใจ กมมะสิด"),
        ("Saichay Kommasith", "Saleumxay Kommasith"),
        ("Phạm Minh Chính", "ฟาม วัน ดง"),
        ("Hun Sen", "ฮุน มาเนต"),
        ("Nguyễn Phú Trọng", "เหงียน ซวน ฟุก"),
        ("Udon Thani", "อุบลราชธานี"),
    ] {
        assert!(
            !finds(asked, found),
            "{asked} ~ {found}: {}",
            cost(asked, found)
        );
    }
}

#[test]
fn freely_spelled_names_are_found() {
    for (thai, spelled) in [
        ("อภิสิทธิ์", "Abhisit"),
        ("เวชชาชีวะ", "Vejjajiva"),
        ("ชินวัตร", "Shinawatra"),
        ("ยิ่งลักษณ์", "Yingluck"),
        ("จันทร์โอชา", "Chan-ocha"),
        ("ประยุทธ์", "Prayut"),
        ("วงศ์สวัสดิ์", "Wongsawat"),
        ("สมชาย", "Somchai"),
        ("ภูมิใจไทย", "Bhumjaithai"),
        ("สุวรรณภูมิ", "Suvarnabhumi"),
        ("ศรีสุวรรณ", "Srisuwan"),
        ("พิธา", "Pita"),
        ("ลิ้มเจริญรัตน์", "Limjaroenrat"),
        ("ทวีสิน", "Thavisin"),
        ("เปรม", "Prem"),
        ("ติณสูลานนท์", "Tinsulanonda"),
        ("ชวน", "Chuan"),
        ("หลีกภัย", "Leekpai"),
        ("บรรหาร", "Banharn"),
        ("ศิลปอาชา", "Silpa-archa"),
        ("สุดารัตน์", "Sudarat"),
        ("เกยุราพันธุ์", "Keyuraphan"),
        ("ธนาธร", "Thanathorn"),
        ("จึงรุ่งเรืองกิจ", "Juangroongruangkit"),
        ("ประวิตร", "Prawit"),
        ("อนุพงษ์", "Anupong"),
        ("เผ่าจินดา", "Paochinda"),
        ("ดอน", "Don"),
        ("ปรมัตถ์วินัย", "Pramudwinai"),
        ("มาริษ", "Maris"),
        ("เสงี่ยมพงษ์", "Sangiampongsa"),
    ] {
        assert!(
            cost(spelled, thai) <= 1.6,
            "{spelled} ~ {thai}: {}",
            cost(spelled, thai)
        );
    }
}

#[test]
fn a_name_needs_a_letter() {
    for text in ["", " ", "12", "…", "漢字", "₫", "่"] {
        assert_eq!(Name::new(text), None, "{text:?}");
    }
    assert_eq!(Script::of_name("(Xi) ສີ"), Some(Script::Lao));
}

#[test]
fn a_scorer_is_shared_by_threads() {
    fn is_shared<T: Send + Sync>(_: &T) {}
    is_shared(Scorer::builtin());
}

#[test]
fn near_keys_are_one_letter_away() {
    let near: Vec<String> = Name::new("Kan")
        .unwrap()
        .skeletons()
        .next()
        .unwrap()
        .near()
        .iter()
        .map(Skeleton::to_string)
        .collect();
    for key in ["K", "N", "KNT", "KT", "SKN", "KSN", "GN"] {
        assert!(near.contains(&key.to_owned()), "{key}");
    }
    assert!(!near.contains(&"KN".to_owned()));
    assert!(near.is_sorted());
}

/// Text that is mostly letters of the scripts that are read, their marks in any order.
fn text() -> impl Strategy<Value = String> {
    let letters = prop_oneof![
        proptest::char::range('\u{E00}', '\u{E7F}'),
        proptest::char::range('\u{E80}', '\u{EFF}'),
        proptest::char::range('\u{1780}', '\u{17FF}'),
        proptest::char::range('\u{1000}', '\u{109F}'),
        proptest::char::range('a', 'z'),
        proptest::char::range('\u{1E00}', '\u{1EFF}'),
        any::<char>(),
    ];
    prop_oneof![
        proptest::collection::vec(letters, 0..40).prop_map(|letters| letters.into_iter().collect()),
        proptest::collection::vec(proptest::char::range('\u{E00}', '\u{E4F}'), 0..40)
            .prop_map(|letters| letters.into_iter().collect()),
        proptest::collection::vec(proptest::char::range('\u{1780}', '\u{17E9}'), 0..40)
            .prop_map(|letters| letters.into_iter().collect()),
        proptest::collection::vec(proptest::char::range('\u{1000}', '\u{104F}'), 0..40)
            .prop_map(|letters| letters.into_iter().collect()),
    ]
}

proptest! {
    #[test]
    fn any_text_is_read(a in text(), b in text()) {
        let (a, b) = (Name::new(&a), Name::new(&b));
        if let (Some(a), Some(b)) = (a, b) {
            prop_assert_eq!(&a, &a.clone());
            let first = Scorer::builtin().query(&a).cost(&b, 5.0);
            prop_assert_eq!(first, Scorer::builtin().query(&a).cost(&b, 5.0));
            for key in a.skeletons() {
                prop_assert!(key.len() <= Skeleton::MAX);
                prop_assert!(key.near().iter().all(|near| *near != key));
            }
        }
    }

    #[test]
    fn a_limit_only_cuts_off(a in text(), b in text()) {
        if let (Some(a), Some(b)) = (Name::new(&a), Name::new(&b)) {
            let mut query = Scorer::builtin().query(&a);
            let (low, high) = (query.cost(&b, 1.0), query.cost(&b, 10.0));
            prop_assert_eq!(low.is_some(), high.is_some_and(|cost| cost <= 1.0));
        }
    }
}

#[test]
fn a_long_text_takes_time_by_its_length() {
    for letter in ["a", "กา", "ກາ", "កា", "ကာ", "ร", "์", "្ក"] {
        let long = letter.repeat(200_000);
        let name = Name::new(&long);
        assert!(name.is_none_or(|name| name.letter_count() <= 200));
    }
}
