//! Names of one thing in many languages, in examples that a reader of them can check.

#![allow(clippy::unwrap_used)]

use mekong_core::alias::Key;
use mekong_core::{Aliases, Analyzer};
use proptest::prelude::*;

/// All names that the built-in table has for one.
fn names(name: &str) -> Vec<String> {
    found(&Aliases::builtin(), name)
}

fn found(aliases: &Aliases, name: &str) -> Vec<String> {
    let groups = aliases.find(&Key::of(name));
    groups.flatten().map(|name| name.to_string()).collect()
}

/// The key that a query gives.
fn key_of_tokens(analyzer: &Analyzer, text: &str) -> Key {
    let mut key = Key::default();
    analyzer.analyze(text, None, |token| key.push(token.kind, token.text));
    key
}

fn error(text: &str) -> String {
    let error = Aliases::parse(text).unwrap_err();
    assert!(error.is_invalid_alias(), "{text:?}");
    error.to_string()
}

#[test]
fn a_country_is_known_in_every_language() {
    let all = names("Thailand");
    for name in ["Thái Lan", "ไทย", "ประเทศไทย", "ໄທ", "ថៃ", "ထိုင်း", "泰国"]
    {
        assert!(all.iter().any(|known| known == name), "{name}");
        assert_eq!(names(name), all, "{name}");
    }
    // One spelling with the simplified one for whoever searches.
    assert_eq!(names("泰國"), all);
    for (name, other) in [
        ("Laos", "ສປປ ລາວ"),
        ("Lào", "ลาว"),
        ("Hàn Quốc", "เกาหลีใต้"),
        ("nước Anh", "United Kingdom"),
        ("UK", "สหราชอาณาจักร"),
        ("สหรัฐ", "Hoa Kỳ"),
        ("USA", "အမေရိကန်"),
        ("U.S.", "美国"),
        ("Burma", "Miến Điện"),
        ("พม่า", "ມຽນມາ"),
        ("កម្ពុជា", "Campuchia"),
        ("中国", "Trung Quốc"),
        ("อาเซียน", "ASEAN"),
    ] {
        assert!(names(name).iter().any(|known| known == other), "{name}");
    }
}

#[test]
fn a_city_is_known_in_every_language() {
    for (name, other) in [
        ("Hanoi", "ฮานอย"),
        ("ຮ່າໂນ້ຍ", "Hà Nội"),
        ("TP HCM", "Sài Gòn"),
        ("TP.HCM", "โฮจิมินห์ซิตี้"),
        ("TP Hồ Chí Minh", "Ho Chi Minh City"),
        ("Đà Nẵng", "ดานัง"),
        ("กรุงเทพฯ", "Bangkok"),
        ("กรุงเทพมหานคร", "曼谷"),
        ("Viêng Chăn", "ວຽງຈັນ"),
        ("ភ្នំពេញ", "พนมเปญ"),
        ("ရန်ကုန်", "Rangoon"),
        ("Bắc Kinh", "北京"),
        ("Tokyo", "โตเกียว"),
    ] {
        assert!(names(name).iter().any(|known| known == other), "{name}");
    }
}

#[test]
fn a_language_is_not_its_country() {
    assert!(names("tiếng Thái").contains(&"ภาษาไทย".to_owned()));
    assert!(names("English").contains(&"Tiếng Anh".to_owned()));
    assert!(!names("Thái Lan").contains(&"ภาษาไทย".to_owned()));
    assert_eq!(names("Thai"), [""; 0]);
}

#[test]
fn accents_may_be_left_out_of_names_that_stay_what_they_are() {
    for name in ["viet nam", "VIỆT NAM", "Viê\u{323}t Nam", "vietnam"] {
        assert!(names(name).contains(&"Việt Nam".to_owned()), "{name}");
    }
    for name in ["mỹ", "Mỹ", "Mĩ", "MY\u{303}"] {
        assert!(names(name).contains(&"United States".to_owned()), "{name}");
    }
    assert!(names("nga").contains(&"Russia".to_owned()));
    assert!(names("phap").contains(&"France".to_owned()));
    assert!(names("đức").contains(&"Germany".to_owned()));
    assert!(names("Türkiye").contains(&"Thổ Nhĩ Kỳ".to_owned()));
    assert!(names("bien dong").contains(&"South China Sea".to_owned()));
    // English `my`, ivory, virtue without its accents, to fluctuate.
    for other in ["my", "ngà", "duc", "biến động", "lao"] {
        assert_eq!(names(other), [""; 0], "{other}");
    }
}

#[test]
fn what_is_mostly_something_else_is_no_name() {
    for word in ["anh", "ý", "áo", "y", "ao", "ຊາດ", "ឆែក"] {
        assert_eq!(names(word), [""; 0], "{word}");
    }
    assert!(names("nước Áo").contains(&"Austria".to_owned()));
    assert!(names("nước Ý").contains(&"อิตาลี".to_owned()));
}

#[test]
fn a_built_in_name_leads_to_one_group() {
    let builtin = Aliases::builtin();
    assert!(builtin.iter().count() > 400);
    let mut ambiguous = Vec::new();
    for group in builtin.iter() {
        assert!(group.len() > 1);
        for name in group {
            let found: Vec<_> = builtin.find(&Key::of(name)).collect();
            if found != [group] {
                ambiguous.push(format!(
                    "{name}: {:?}",
                    found.iter().map(|g| &g[0]).collect::<Vec<_>>()
                ));
            }
        }
    }
    assert!(ambiguous.is_empty(), "{ambiguous:#?}");
}

#[test]
fn a_name_has_the_key_of_its_tokens() {
    let analyzer = Analyzer::new();
    for name in Aliases::builtin().iter().flatten() {
        assert_eq!(Key::of(name), key_of_tokens(&analyzer, name), "{name}");
    }
}

#[test]
fn groups_of_two_sources_stay_apart() {
    let own = Aliases::parse("Georgia = Atlanta's state = Peach State").unwrap();
    let both = Aliases::builtin().and(own.clone());
    let groups: Vec<_> = both.find(&Key::of("Georgia")).collect();
    assert_eq!(groups.len(), 2);
    assert!(groups[0].iter().any(|name| &**name == "จอร์เจีย"));
    assert_eq!(groups[1].len(), 3);
    assert_eq!(found(&own.clone().and(own), "peach state").len(), 3);
    assert_eq!(found(&Aliases::none(), "Thailand"), [""; 0]);
    assert_eq!(
        found(&Aliases::default(), "Thailand"),
        found(&Aliases::builtin(), "Thailand")
    );
}

#[test]
fn groups_are_read_from_text() {
    let text = "\u{FEFF}# ministries\r\n\r\nMOFA=Bộ Ngoại giao = กระทรวงการต่างประเทศ\r\n  # more\nTP.HCM = TP HCM = HCMC";
    let aliases = Aliases::parse(text).unwrap();
    let groups: Vec<_> = aliases.iter().collect();
    assert_eq!(groups.len(), 2);
    assert_eq!(
        groups[0].iter().map(|name| &**name).collect::<Vec<_>>(),
        ["MOFA", "Bộ Ngoại giao", "กระทรวงการต่างประเทศ"]
    );
    // Of two spellings that nobody tells apart, the first.
    assert_eq!(
        groups[1].iter().map(|name| &**name).collect::<Vec<_>>(),
        ["TP.HCM", "HCMC"]
    );
    assert_eq!(Aliases::parse("").unwrap().iter().count(), 0);
}

#[test]
fn an_error_says_which_line_is_wrong_and_what_would_be_right() {
    assert_eq!(
        error("Hà Nội = Hanoi\n\nASEAN\n"),
        "line 3: \"ASEAN\" is one name alone, expected two or more, like `Hanoi = Hà Nội`"
    );
    assert_eq!(
        error("# one\nASEAN = Asean"),
        "line 2: \"ASEAN\" is one name alone, expected two or more, like `Hanoi = Hà Nội`"
    );
    assert_eq!(
        error("Hà Nội = = Hanoi"),
        "line 1: a name is empty, expected one on both sides of each `=`"
    );
    assert_eq!(
        error("Hà Nội = …"),
        "line 1: \"…\" has no letter and no digit, expected a name"
    );
    assert!(
        error(&format!("a = {}", "b ".repeat(17))).ends_with("has 17 words, expected 16 at most")
    );
    assert!(
        error(&format!("a = {}", "ก".repeat(129)))
            .ends_with("has 129 characters, expected 128 at most")
    );
    let most = format!("a = {} = {}", "b ".repeat(16), "ก".repeat(128));
    assert_eq!(Aliases::parse(&most).unwrap().iter().count(), 1);
}

#[test]
fn an_error_names_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("names.txt");
    let shown = path.display().to_string();
    let open = |bytes: &[u8]| {
        std::fs::write(&path, bytes).unwrap();
        Aliases::open(&path)
    };
    assert_eq!(open("Huế = เว้\n".as_bytes()).unwrap().iter().count(), 1);
    let alone = open(b"a = b\nc\n").unwrap_err();
    assert!(alone.is_invalid_alias());
    assert!(alone.to_string().starts_with(&format!("{shown}, line 2: ")));
    let latin1 = open(b"a = b\nc = Qu\xE9bec\n").unwrap_err();
    assert!(latin1.is_invalid_alias());
    assert_eq!(
        latin1.to_string(),
        format!("{shown}, byte 12: not UTF-8, expected text in UTF-8")
    );
    let missing = Aliases::open(folder.path().join("none.txt")).unwrap_err();
    assert!(missing.is_invalid_alias());
    assert!(missing.to_string().contains("none.txt"));
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,60}|[=#a-zỹไทยລາវន中\u{301}\u{200B} \n]{0,60}") {
        if let Ok(aliases) = Aliases::parse(&text) {
            let groups: Vec<_> = aliases.iter().collect();
            // Written again, the groups are the same, and each is found by each of its names.
            let again: Vec<_> = groups.iter().map(|group| group.join(" = ")).collect();
            let again = Aliases::parse(&again.join("\n")).unwrap();
            prop_assert_eq!(&groups, &again.iter().collect::<Vec<_>>());
            for group in groups {
                for name in group {
                    prop_assert!(again.find(&Key::of(name)).any(|found| found == group));
                }
            }
        }
    }

    #[test]
    fn any_text_has_the_key_of_its_tokens(text in "\\PC{0,40}|[a-zA-Zđỹ0-9ກໄທเ ํา้ṇကြီးខ្មែរ한국中ガー. \u{301}\u{200B}]{0,20}") {
        prop_assert_eq!(Key::of(&text), key_of_tokens(&Analyzer::new(), &text));
    }
}

#[test]
fn aliases_are_shared_between_threads() {
    fn shared<T: Clone + Send + Sync + Default + std::fmt::Debug>() {}
    shared::<Aliases>();
}
