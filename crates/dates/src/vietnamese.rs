//! Vietnamese dates: `ngày 3 tháng 10 năm 2025`, `chiều 3/10`, `tháng 10/2025`.
//!
//! Words as in CLDR and the news. Typed without accents they are other words too (`nam` is south,
//! `sang` to cross), so that they count only in a text that has no accents at all.

/// The words of one way to type.
pub(crate) struct Words {
    /// A date follows.
    pub(crate) date: &'static [&'static str],
    /// The number of a month follows.
    pub(crate) month: &'static [&'static str],
    /// A year follows, where the value is true; the others end in a word for year by accident.
    pub(crate) year: &'static [(&'static str, bool)],
    /// Words an article may begin with before its date.
    pub(crate) opening: &'static [&'static str],
    /// Words for a year relative to the present one, in years from it.
    pub(crate) relative_years: &'static [(&'static str, i16)],
}

#[rustfmt::skip]
const ACCENTED: Words = Words {
    date: &[
        "ngày", "mùng", "mồng", "hôm", "sáng", "trưa", "chiều", "tối", "đêm",
        "hôm nay", "hôm qua", "sáng nay", "trưa nay", "chiều nay", "tối nay", "đêm qua",
        "thứ hai", "thứ ba", "thứ tư", "thứ năm", "thứ sáu", "thứ bảy", "chủ nhật",
    ],
    month: &["tháng", "thg"],
    year: &[("năm", true), ("thứ năm", false)],
    opening: &["vào", "trong", "lúc"],
    relative_years: &[("năm tới", 1), ("năm sau", 1), ("năm nay", 0), ("năm ngoái", -1)],
};

#[rustfmt::skip]
const BARE: Words = Words {
    date: &[
        "ngay", "mung", "mong", "hom", "sang", "trua", "chieu", "toi", "dem",
        "hom nay", "hom qua", "sang nay", "trua nay", "chieu nay", "toi nay", "dem qua",
        "thu hai", "thu ba", "thu tu", "thu nam", "thu sau", "thu bay", "chu nhat",
    ],
    month: &["thang", "thg"],
    year: &[
        ("nam", true),
        ("viet nam", false), ("dong nam", false), ("mien nam", false), ("phia nam", false),
        ("tay nam", false), ("ha nam", false), ("quang nam", false), ("hai nam", false),
        ("thu nam", false),
    ],
    opening: &["vao", "trong", "luc"],
    relative_years: &[("nam toi", 1), ("nam sau", 1), ("nam nay", 0), ("nam ngoai", -1)],
};

/// The words as a text writes them.
pub(crate) fn words(accentless: bool) -> &'static Words {
    if accentless { &BARE } else { &ACCENTED }
}
