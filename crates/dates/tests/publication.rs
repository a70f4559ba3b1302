//! When articles were published, from their own words.

#![allow(clippy::unwrap_used)]

use mekong_dates::{Date, Evidence, publication_date};

#[track_caller]
fn check(cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        let date = publication_date(text, None).map_or(String::new(), |p| p.date.to_string());
        assert_eq!(date, *expected, "in {text:?}");
    }
}

#[test]
fn an_opening_with_its_year() {
    check(&[
        ("วันจันทร์ที่ 25 มกราคม 2564\nพิมพ์\nกก.วล เห็นชอบ", "2021-01-25"),
        ("วันที่ 15 ตุลาคม 2566 นายกรัฐมนตรี", "2023-10-15"),
        ("วันนี้ (15 ต.ค. 66) ณ ทำเนียบรัฐบาล", "2023-10-15"),
        ("เมื่อเวลา 09.30 น. วันที่ 22 พ.ย. 67 นาย", "2024-11-22"),
        ("ทำเนียบรัฐบาล – วันนี้ 22 พ.ย. 67 นาย", "2024-11-22"),
        ("Chiều ngày 3/10/2025, Bí thư", "2025-10-03"),
        ("(TTXVN) Ngày 3 tháng 10 năm 2025, Bí thư", "2025-10-03"),
        ("Hà Nội, ngày 3 tháng 10 năm 2025", "2025-10-03"),
        ("HÀ NỘI — On December 15, 2025, the minister", "2025-12-15"),
        (
            "BANGKOK, Dec 15, 2025 (Xinhua) — The minister",
            "2025-12-15",
        ),
        ("15/12/2025 09:30\nThe minister", "2025-12-15"),
        ("\n\n  2025-12-15 | The minister", "2025-12-15"),
    ]);
}

#[test]
fn a_date_of_something_else() {
    check(&[
        ("", ""),
        ("Stalin (5 March 1953) was", ""),
        ("Jane Doe (born 5 March 1953) is a writer.", ""),
        ("Võ Nguyên Giáp (25/8/1911 - 4/10/2013) là đại tướng.", ""),
        ("ประกาศ ขสมก. ประจำวันที่ 6 มิถุนายน 2564", ""),
        // What is to come, in a headline.
        ("5 ธันวาคม 2564 พาพ่อขึ้นรถไฟฟ้า MRT ฟรี", ""),
        // Several days.
        ("ระหว่างวันที่ 21-23 พฤศจิกายน 2566 คณะผู้แทน", ""),
        // Not the first line.
        ("Lịch sử\nNgày 17 tháng 6 năm 1985, kênh được phát sóng", ""),
        // Not a day.
        ("พฤศจิกายน 2566", ""),
    ]);
}

#[test]
fn the_year_is_said_by_a_relative_one() {
    check(&[
        (
            "เช้าวันที่ 22 พฤศจิกายน ที่บ้านพัก\nในปีหน้า ลาวจะรับหน้าที่ประธานอาเซียนปี 2024",
            "2023-11-22",
        ),
        (
            "วันที่ 22 พฤศจิกายน นาย\nปีนี้ (2566) และปีที่แล้ว (ปี 2565)",
            "2023-11-22",
        ),
        (
            "Chiều 3/10, hai bên. Năm tới (2026), hai nước",
            "2025-10-03",
        ),
        (
            "Chiều 3/10, hai bên. Trong năm nay 2025, hai nước",
            "2025-10-03",
        ),
        (
            "Chieu 3/10, hai ben. Nam ngoai (nam 2024), hai nuoc",
            "2025-10-03",
        ),
        (
            "On March 5, they met. Next year they will mark, in 2026, the",
            "2025-03-05",
        ),
        // The majority.
        (
            "On March 5, they met. This year (2025). This year 2025. Last year (2023).",
            "2025-03-05",
        ),
        // No majority.
        (
            "On March 5, they met. This year (2025). Last year (2023).",
            "",
        ),
        // A comparison, another sentence, another number, too far.
        ("วันที่ 22 พฤศจิกายน นาย\nปีนี้จะสูงกว่าปี 2563", ""),
        (
            "On March 5, they met. This will end next year. In 2019, they",
            "",
        ),
        (
            "On March 5, they met. Next year 50% of the revenue of 2019",
            "",
        ),
        // No such day that year.
        ("On February 29, they met. This year (2025)", ""),
    ]);
}

#[test]
fn the_year_is_that_of_the_other_dates() {
    let opening = "Chiều 3/10, Bí thư đã điện đàm.";
    let cases = [
        (
            "Ông được bổ nhiệm ngày 19/9/2025. Cuối năm 2025, giai đoạn 2026 - 2030.",
            "2025-10-03",
        ),
        // Of the last two weeks; earlier, and named once only.
        ("Ông được bổ nhiệm ngày 19/9/2025.", "2025-10-03"),
        ("Ông được bổ nhiệm ngày 18/9/2025.", ""),
        // A later year is named, too.
        (
            "Ông được bổ nhiệm ngày 19/9/2025, từ năm 2025. Năm 2026, hai nước",
            "",
        ),
        // The dates disagree.
        (
            "Ông sinh ngày 19/9/1960, được bổ nhiệm ngày 19/9/2025, năm 2025.",
            "",
        ),
        // Only after, or long before.
        ("Hội nghị diễn ra ngày 19/11/2025, năm 2025.", ""),
        ("Ông được bổ nhiệm ngày 1/2/2025, năm 2025.", ""),
        ("", ""),
    ];
    for (rest, expected) in cases {
        check(&[(&format!("{opening}\n{rest}"), expected)]);
    }
}

#[track_caller]
fn check_evidence(cases: &[(&str, &str, Evidence)]) {
    for (text, expected, evidence) in cases {
        let published = publication_date(text, None);
        let Some(published) = published else {
            panic!("no date in {text:?}");
        };
        assert_eq!(published.date.to_string(), *expected, "in {text:?}");
        assert_eq!(published.evidence, *evidence, "in {text:?}");
        assert!((0.0..=1.0).contains(&published.confidence));
    }
}

#[test]
fn datelines_of_each_language() {
    use Evidence::Dateline;
    check_evidence(&[
        (
            "HANOI, March 5, 2024 (VNA) — The minister will visit Laos.",
            "2024-03-05",
            Dateline,
        ),
        (
            "VIENTIANE - On 5 March 2024, the two ministers met.",
            "2024-03-05",
            Dateline,
        ),
        (
            "Ministers meet in Vientiane\nMarch 5, 2024 09:30\nThe two ministers met.",
            "2024-03-05",
            Dateline,
        ),
        (
            "Hà Nội, ngày 3/10/2025 - Bộ trưởng sẽ thăm Lào.",
            "2025-10-03",
            Dateline,
        ),
        (
            "Hai Bộ trưởng gặp nhau\n03/10/2025 14:05 GMT+7\nHai bên trao đổi.",
            "2025-10-03",
            Dateline,
        ),
        (
            "(TTXVN) Ngày 3/10/2025, Bộ trưởng tiếp Đại sứ.",
            "2025-10-03",
            Dateline,
        ),
        (
            "วันพุธที่ 22 พฤศจิกายน 2566\nรัฐมนตรีจะเดินทางไปลาว",
            "2023-11-22",
            Dateline,
        ),
        (
            "รัฐมนตรีต้อนรับคณะ\nวันนี้ (22 พฤศจิกายน 2566) ที่ทำเนียบรัฐบาล",
            "2023-11-22",
            Dateline,
        ),
        (
            "ວຽງຈັນ, ວັນທີ 3 ຕຸລາ 2025 - ທ່ານນາຍົກລັດຖະມົນຕີ",
            "2025-10-03",
            Dateline,
        ),
        ("ວັນທີ 3 ຕຸລາ 2025\nທ່ານນາຍົກລັດຖະມົນຕີ", "2025-10-03", Dateline),
        (
            "ភ្នំពេញ, ថ្ងៃទី៣ ខែតុលា ឆ្នាំ២០២៥ - នាយករដ្ឋមន្ត្រី",
            "2025-10-03",
            Dateline,
        ),
        ("ថ្ងៃទី៣ ខែតុលា ឆ្នាំ២០២៥\nនាយករដ្ឋមន្ត្រី", "2025-10-03", Dateline),
        ("၂၀၂၅ ခုနှစ် အောက်တိုဘာလ ၃ ရက်\nဝန်ကြီးချုပ်", "2025-10-03", Dateline),
        (
            "2025年10月3日\n外交部长将访问老挝。",
            "2025-10-03",
            Dateline,
        ),
    ]);
}

#[test]
fn first_sentences_of_each_language() {
    use Evidence::Sentence;
    check_evidence(&[
        (
            "On 5 March 2024, the ministry said it will build a bridge.",
            "2024-03-05",
            Sentence,
        ),
        (
            "HÀ NỘI — The minister hosted a reception on March 5, 2025 for guests.",
            "2025-03-05",
            Sentence,
        ),
        (
            "Prime Minister Sonexay received the delegation on 5 March 2024 in Vientiane.",
            "2024-03-05",
            Sentence,
        ),
        (
            "Ngày 3/10/2025, tại Hà Nội, hai bên hội đàm.",
            "2025-10-03",
            Sentence,
        ),
        (
            "Bộ trưởng Ngoại giao tiếp Đại sứ Lào ngày 3/10/2025 tại Hà Nội.",
            "2025-10-03",
            Sentence,
        ),
        (
            "วันที่ 22 พฤศจิกายน 2566 ณ ทำเนียบรัฐบาล คณะผู้แทนเข้าพบ",
            "2023-11-22",
            Sentence,
        ),
        (
            "นายกรัฐมนตรีต้อนรับคณะผู้แทนลาว เมื่อวันที่ 22 พฤศจิกายน 2566 ณ ทำเนียบรัฐบาล",
            "2023-11-22",
            Sentence,
        ),
        (
            "ວັນທີ 3 ຕຸລາ 2025 ນີ້, ທ່ານນາຍົກລັດຖະມົນຕີ ໄດ້ຕ້ອນຮັບ",
            "2025-10-03",
            Sentence,
        ),
        (
            "ທ່ານນາຍົກລັດຖະມົນຕີ ໄດ້ຕ້ອນຮັບຄະນະຜູ້ແທນ ໃນວັນທີ 3 ຕຸລາ 2025 ທີ່ວຽງຈັນ",
            "2025-10-03",
            Sentence,
        ),
        (
            "នៅថ្ងៃទី៣ ខែតុលា ឆ្នាំ២០២៥ នាយករដ្ឋមន្ត្រី បានទទួលជួប",
            "2025-10-03",
            Sentence,
        ),
        (
            "នាយករដ្ឋមន្ត្រី បានទទួលជួបគណៈប្រតិភូ នៅថ្ងៃទី៣ ខែតុលា ឆ្នាំ២០២៥ នៅភ្នំពេញ",
            "2025-10-03",
            Sentence,
        ),
        (
            "၂၀၂၅ ခုနှစ် အောက်တိုဘာလ ၃ ရက်တွင် ဝန်ကြီးချုပ်က တွေ့ဆုံခဲ့သည်။",
            "2025-10-03",
            Sentence,
        ),
        (
            "2025年10月3日，外交部长会见老挝大使。",
            "2025-10-03",
            Sentence,
        ),
        (
            "外交部长于2025年10月3日会见老挝大使。",
            "2025-10-03",
            Sentence,
        ),
    ]);
}

#[test]
fn years_of_each_language() {
    use Evidence::Resolved;
    check_evidence(&[
        (
            "HANOI, March 5 (VNA) — The two met. Next year (2026) they",
            "2025-03-05",
            Resolved,
        ),
        (
            "Sáng 3/10, hai bên hội đàm. Năm ngoái (2024), hai nước",
            "2025-10-03",
            Resolved,
        ),
        (
            "วันนี้ (22 พ.ย.) นายกรัฐมนตรี ในปีหน้า (2567)",
            "2023-11-22",
            Resolved,
        ),
        ("ວັນທີ 3 ຕຸລາ, ທ່ານນາຍົກ. ປີກາຍ (2024)", "2025-10-03", Resolved),
        ("ថ្ងៃទី៣ ខែតុលា នាយករដ្ឋមន្ត្រី។ ឆ្នាំមុន (២០២៤)", "2025-10-03", Resolved),
        (
            "အောက်တိုဘာလ ၃ ရက်တွင် တွေ့ဆုံခဲ့သည်။ ယခုနှစ် (၂၀၂၅)",
            "2025-10-03",
            Resolved,
        ),
        (
            "10月3日，外交部长会见大使。今年（2025年）",
            "2025-10-03",
            Resolved,
        ),
        // By the day of the week: of the years named it was so in the last one.
        (
            "วันพุธที่ 22 พฤศจิกายน\nยอดขายปี 2564 และ 2566",
            "2023-11-22",
            Resolved,
        ),
        (
            "Thứ Sáu, ngày 3/10\nKế hoạch năm 2024 và năm 2025",
            "2025-10-03",
            Resolved,
        ),
    ]);
}

#[test]
fn what_is_to_come_is_not_published_yet() {
    check(&[
        ("On March 15, 2026, the city will host a fair.", ""),
        (
            "The fair is scheduled to be held on March 15, 2026, the minister said.",
            "",
        ),
        ("Ngày 15/3/2026, thành phố sẽ tổ chức hội chợ.", ""),
        (
            "Hội chợ do Bộ trưởng chủ trì dự kiến diễn ra ngày 15/3/2026 tại Hà Nội.",
            "",
        ),
        ("วันที่ 15 มีนาคม 2569 กรุงเทพฯ จะจัดงานแสดงสินค้า", ""),
        ("รัฐมนตรีเชิญชวนร่วมงานที่จะจัดขึ้นในวันที่ 15 มีนาคม 2569 ณ กรุงเทพฯ", ""),
        ("ວັນທີ 15 ມີນາ 2026 ຈະມີງານວາງສະແດງສິນຄ້າ", ""),
        ("ថ្ងៃទី១៥ ខែមីនា ឆ្នាំ២០២៦ នឹងមានពិព័រណ៍", ""),
        ("၂၀၂၆ ခုနှစ် မတ်လ ၁၅ ရက်တွင် ပြပွဲ ကျင်းပမည်။", ""),
        ("2026年3月15日，河内将举办展览会。", ""),
        ("外交部长预计于2026年3月15日访问老挝。", ""),
        // A time that ends, or begins.
        (
            "The ministry is open to the public until March 15, 2026.",
            "",
        ),
        (
            "Bộ trưởng nhận hồ sơ từ ngày 1/3/2026 đến ngày 15/3/2026.",
            "",
        ),
    ]);
}

#[test]
fn history_is_not_news() {
    check(&[
        (
            "On October 6, 1973, Syria and Egypt launched an attack on Israel.",
            "",
        ),
        (
            "Somchai was born on 5 March 1995 in Bangkok, the son of a minister.",
            "",
        ),
        (
            "The ministry was established on 5 March 1995 in Vientiane.",
            "",
        ),
        (
            "Nhà văn, Thứ trưởng Nguyễn Văn A sinh ngày 5/3/1995 tại Hà Nội.",
            "",
        ),
        ("สมชาย เกิดเมื่อวันที่ 5 มีนาคม 2538 เป็นรัฐมนตรี", ""),
        ("ທ່ານ ສົມຊາຍ ເກີດວັນທີ 5 ມີນາ 1995 ທີ່ວຽງຈັນ", ""),
        ("លោក សុខ កើតនៅថ្ងៃទី៥ ខែមីនា ឆ្នាំ១៩៩៥", ""),
        ("部长李明于1995年3月5日出生。", ""),
        // Notes, and what happened later.
        (
            "On 9 April 2017, police removed a passenger.[1] He had refused to leave.[2]",
            "",
        ),
        (
            "On 28 February 2008, the two signed. Parliament passed it on 18 March 2008.",
            "",
        ),
        // Lists.
        (
            "Tháng tám\n8-8-1997 - Ngày thành lập\n9-8-1995 - Ngày hội",
            "",
        ),
    ]);
    // Plans of news lie ahead of it.
    check(&[(
        "On 28 February 2008, the two signed. It will be in force from 18 March 2008.",
        "2008-02-28",
    )]);
}

#[test]
fn a_day_of_the_week_must_fit() {
    check(&[
        (
            "On Wednesday, 5 March 2025, the ministry met.",
            "2025-03-05",
        ),
        ("On Tuesday, 5 March 2025, the ministry met.", ""),
        ("วันพุธที่ 22 พฤศจิกายน\nปีนี้ (2565)", ""),
    ]);
}

#[test]
fn nothing_is_published_after_it_was_read() {
    let text = "Chiều 3/10/2025, hai bên điện đàm.";
    let until = |day: &str| publication_date(text, Some(day.parse::<Date>().unwrap()));
    assert!(until("2025-10-03").is_some());
    assert!(until("2025").is_some());
    assert!(until("2025-10-02").is_none());
    let text = "วันพุธที่ 22 พฤศจิกายน\nแผนปี 2566 ถึงปี 2577";
    let published = publication_date(text, Date::year(2025).ok()).unwrap();
    assert_eq!(published.date.to_string(), "2023-11-22");
}

#[test]
fn the_seed_articles_give_their_date_or_none() {
    let cases = [
        ("000_130f840e6a3ef097.txt", ""),
        ("001_b1c00de37c62c6ed.txt", "2025-10-03"),
        ("002_4ff4c6b450b448af.txt", "2023-11-22"),
        ("003_a72c7f43e9bda1d4.txt", ""),
        ("004_24a8044211fb2556.txt", ""),
    ];
    for (name, expected) in cases {
        let path = format!("{}/../../seeds/{name}", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(path).unwrap();
        // The header names the date; here the article has to.
        let article = match text.strip_prefix(" date ") {
            Some(dated) => &dated["YYYY-MM-DD".len()..],
            None => &text,
        };
        check(&[(article, expected)]);
    }
}
