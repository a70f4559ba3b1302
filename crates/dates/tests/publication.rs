//! When articles were published, from their own words.

#![allow(clippy::unwrap_used)]

use mekong_dates::publication_date;

#[track_caller]
fn check(cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        let date = publication_date(text).map_or(String::new(), |date| date.to_string());
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
        (
            "HÀ NỘI — The minister hosted a reception on March 5, 2025 for",
            "",
        ),
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
