//! Vietnamese dates: `ngày 3 tháng 10 năm 2025`, `chiều 3/10`, `tháng mười`, `quý III/2025`, `hôm qua`.
//!
//! Words as in CLDR and the news. Typed without accents they are other words too (`nam` is south,
//! `sang` to cross), so that they count only in a text that has no accents at all.

use unicode_normalization::char::decompose_canonical;

use crate::lexicon::{Row, Sense::*};
use crate::period::Period;
use crate::publication::Cues;
use crate::year::Era;

#[rustfmt::skip]
pub(crate) const WORDS: &[Row] = &[
    (MonthWord, &["tháng", "thg", "thg."]),
    (MonthLetter, &["t", "t."]),
    (MonthOf(1), &["giêng"]),
    (MonthOf(12), &["chạp"]),
    (DayWord, &["ngày", "các ngày", "mùng", "mồng", "hôm"]),
    (DayPart, &["sáng", "trưa", "chiều", "tối", "đêm", "sáng sớm", "rạng sáng"]),

    (Weekday(1), &["thứ hai"]),
    (Weekday(2), &["thứ ba"]),
    (Weekday(3), &["thứ tư"]),
    (Weekday(4), &["thứ năm"]),
    (Weekday(5), &["thứ sáu"]),
    (Weekday(6), &["thứ bảy"]),
    (Weekday(7), &["chủ nhật"]),
    (Weekend, &["cuối tuần"]),
    (WeekdayWord, &["thứ"]),
    (ShortWeekday(7), &["cn"]),
    (ShortWeekdayWord, &["t", "th"]),

    (YearWord(None), &["năm", "của năm", "các năm"]),
    (YearWord(Some(Era::Buddhist)), &["phật lịch", "pl.", "pl"]),
    (YearWord(Some(Era::Common)), &["công nguyên", "dương lịch"]),
    (YearAfter(Some(Era::Common)), &["sau công nguyên", "scn"]),
    (Decade, &["thập niên", "thập kỷ", "những năm"]),
    (Quarter, &["quý", "q."]),
    (QuarterName(1), &["qi"]), (QuarterName(2), &["qii"]), (QuarterName(3), &["qiii"]), (QuarterName(4), &["qiv"]),
    (Roman(1), &["i"]), (Roman(2), &["ii"]), (Roman(3), &["iii"]), (Roman(4), &["iv"]),
    (Half(1), &["nửa đầu", "nửa đầu của"]),
    (Half(2), &["nửa cuối", "nửa sau", "nửa cuối của"]),
    (First, &["đầu", "đầu tiên", "đầu tiên của", "đầu của"]),
    (Final, &["cuối", "cuối của"]),

    (Number(1), &["một", "mốt", "nhất"]), (Number(2), &["hai", "nhì"]), (Number(3), &["ba"]),
    (Number(4), &["tư", "bốn"]), (Number(5), &["năm", "lăm"]), (Number(6), &["sáu"]),
    (Number(7), &["bảy", "bẩy"]), (Number(8), &["tám"]), (Number(9), &["chín"]), (Number(10), &["mười"]),
    (Ten, &["mươi"]),

    (Relative(Period::Day, -2), &["hôm kia"]),
    (Relative(Period::Day, -1), &["hôm qua", "ngày hôm qua", "sáng qua", "chiều qua", "tối qua", "đêm qua"]),
    (Relative(Period::Day, 0), &[
        "hôm nay", "ngày hôm nay", "sáng nay", "trưa nay", "chiều nay", "tối nay", "đêm nay",
    ]),
    (Relative(Period::Day, 1), &["ngày mai", "sáng mai", "chiều mai", "tối mai"]),
    (Relative(Period::Day, 2), &["ngày kia", "ngày mốt"]),
    (Relative(Period::Year, -1), &["năm ngoái", "năm trước", "năm qua", "năm vừa qua"]),
    (Relative(Period::Year, -2), &["năm kia"]),
    (Relative(Period::Year, 0), &["năm nay", "năm này"]),
    (Relative(Period::Year, 1), &["năm tới", "năm sau"]),

    (Unit(Period::Day),     &["ngày", "hôm"]),
    (Unit(Period::Week),    &["tuần", "tuần lễ"]),
    (Unit(Period::Month),   &["tháng"]),
    (Unit(Period::Quarter), &["quý"]),
    (Unit(Period::Year),    &["năm"]),
    (AgoUnit(Period::Year), &["năm trước"]),
    (PastUnit(Period::Year), &["năm qua", "năm vừa qua"]),
    (AheadUnit(Period::Year), &["năm tới", "năm sau"]),
    (LastAfter, &["trước", "vừa qua", "vừa rồi", "ngoái", "qua", "rồi"]),
    (ThisAfter, &["này", "nay"]),
    (NextAfter, &["tới", "sắp tới", "sau", "kế tiếp", "tiếp theo"]),
    (Past, &["qua", "vừa qua", "gần đây", "gần nhất", "trở lại đây", "vừa rồi"]),
    (Ago, &["trước", "trước đây", "cách đây"]),
    (Coming, &["tới", "sắp tới", "tiếp theo"]),
    (Ahead, &["nữa", "sau"]),
    (AheadOf, &["sau"]),

    (Since, &["kể từ", "từ sau"]),
    (From, &["từ"]),
    (To, &["đến", "tới", "cho đến", "đến hết", "đến cuối"]),
    (Until, &[
        "đến", "tới", "cho đến", "cho tới", "tính đến", "đến hết", "tới hết", "trước và trong",
        "trước hoặc trong", "muộn nhất", "muộn nhất là", "chậm nhất", "chậm nhất là", "không muộn hơn",
    ]),
    (Before, &["trước", "trước khi"]),
    (After, &["sau"]),
    (Onwards, &["trở đi", "trở lại đây", "về sau", "trở về sau"]),
    (UntilAfter, &["trở về trước", "về trước"]),
    (Between, &["giữa", "trong khoảng", "khoảng"]),
    (And, &["và"]),
    (Now, &["nay", "bây giờ", "hiện tại"]),
    (In, &["vào", "trong", "trong vòng", "cả", "giai đoạn", "nhiệm kỳ", "năm học", "niên khóa"]),
    (Part, &["đầu", "giữa", "cuối"]),
    (Clock, &["h", "g", "giờ", "phút", "giây", "lúc", "sa", "ch"]),
    (Series, &["số", "lần", "lần thứ", "thứ", "điều", "khoản", "khóa", "kỳ", "phiên"]),
    (Opening, &["vào", "trong", "lúc", "cập nhật", "đăng"]),
];

#[rustfmt::skip]
pub(crate) const CUES: Cues = Cues {
    ahead: &["sẽ", "sắp", "dự kiến", "sắp tới", "chuẩn bị", "theo kế hoạch"],
    said: &["cho biết", "rằng", "khẳng định", "nhấn mạnh", "thông báo", "cho hay", "quyết định", "đề nghị", "yêu cầu", "cam kết"],
    life: &["sinh ngày", "sinh vào", "sinh năm", "ra đời", "thành lập", "là một", "là", "phát hành", "công chiếu", "sinh", "được thành lập", "thiết lập", "xảy ra", "qua đời", "phát hiện"],
    news: &["thủ tướng", "bộ trưởng", "chủ tịch", "tổng bí thư", "phó thủ tướng", "đại sứ", "đoàn đại biểu", "bí thư", "thứ trưởng", "chính phủ", "công an", "bộ ngoại giao", "ubnd", "người phát ngôn"],
};

/// Words that end in one for a year when written without accents, and are names.
#[rustfmt::skip]
pub(crate) const BARE_OTHERS: &[&str] = &[
    "viet nam", "dong nam", "mien nam", "phia nam", "tay nam", "ha nam", "quang nam", "hai nam",
];

/// A letter without its accent.
pub(crate) fn bare(c: char) -> char {
    let mut first = None;
    decompose_canonical(c, |part| {
        first.get_or_insert(part);
    });
    match first {
        Some('đ') | None => 'd',
        Some(c) => c,
    }
}
