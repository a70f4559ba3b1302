//! What is offered while somebody types.

#![allow(clippy::unwrap_used)]

use mekong_core::{Document, Index};
use mekong_ingest::Writer;
use mekong_query::{Query, Searcher, SuggestionKind};

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

fn searcher() -> Searcher {
    let index = Index::in_memory().unwrap();
    let mut writer = Writer::new(&index).unwrap();
    for (id, date, title, body) in NEWS {
        let document = Document::new(id)
            .title(title)
            .body(body)
            .date(date.parse().unwrap());
        writer.upsert(document).unwrap();
    }
    writer.commit().unwrap();
    Searcher::new(&index)
}

#[test]
fn explore() {
    let searcher = searcher();
    for typed in [
        "bo tru",
        "tru",
        "trư",
        "trươ",
        "bộ trư",
        "bo truong ng",
        "bo truong ",
        "hoà b",
        "m",
        "my",
        "Mỹ",
        "กระทรวงกา",
        "กระทร",
        "กระทรวงก",
        "กระทรวง",
        "เวีย",
        "นายก",
        "ກະຊວງກາ",
        "ກະຊວ",
        "រដ្ឋម",
        "រដ្ឋមន្ត្រីកា",
        "နိုင်ငံခ",
        "ဝန်ကြီ",
        "外",
        "外交",
        "外交部",
        "外交部长",
        "東京",
        "外교",
        "외교",
        "외교부 장",
        "minis",
        "foreign min",
        "ngoai giao",
        "thai lan tham",
        "(bo tru",
        "ＢＯ ＴＲ",
    ] {
        println!("{typed:?}");
        for s in searcher.complete(typed, 5).unwrap() {
            match s.kind {
                SuggestionKind::Words { documents } => println!("     {}  ({documents})", s.text),
                SuggestionKind::Title { id } => println!("     T {}  [{id}]", s.text),
                _ => {}
            }
        }
    }
}

#[test]
fn explore_did_you_mean() {
    let searcher = searcher();
    for typed in [
        "bo truonng",
        "ngoaigiao",
        "ngoai gaio",
        "thai lann",
        "ministr",
        "minster of",
        "ngo ai giao",
        "vietnamm",
        "bo truong",
        "xyzzy",
        "hà nội",
        "ha noi",
        "ha moi",
        "กระทวงการต่างประเทศ",
        "กระทรวงการครัง",
        "นายกรัฐมนตี",
        "เวียดนาน",
        "ກະຊວງການຕາງປະເທດ",
        "រដ្ឋមន្ត្រីការបរតេស",
        "ဝန်ကြီးဌာာန",
        "နိုင်ငံခြာရေး",
        "外交步",
        "外交部長",
        "외교뷰 장관",
        "truongdaihoc",
        "bo truong 2026 ngoai gioa",
    ] {
        println!(
            "{typed:?}  -> {:?}",
            searcher
                .did_you_mean(&Query::text(typed))
                .unwrap()
                .map(|c| c.text)
        );
    }
}
