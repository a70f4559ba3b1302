//! Thai dates: `วันจันทร์ที่ 22 พฤศจิกายน พ.ศ. 2566`, `22 พ.ย. 66`.
//!
//! Names of months and weekdays as in CLDR, with the spellings that news adds: abbreviations
//! without their dots, and ฏ written for the ฎ of กรกฎาคม. Thai is written without blanks, so that a word
//! may follow and be followed by anything.

use crate::Era;

#[rustfmt::skip]
pub(crate) const MONTHS: &[(&str, i8)] = &[
    ("มกราคม", 1),     ("ม.ค.", 1),   ("ม.ค", 1),   ("มค.", 1),
    ("กุมภาพันธ์", 2),    ("ก.พ.", 2),   ("ก.พ", 2),   ("กพ.", 2),
    ("มีนาคม", 3),      ("มี.ค.", 3),   ("มี.ค", 3),   ("มีค.", 3),
    ("เมษายน", 4),     ("เม.ย.", 4),  ("เม.ย", 4),  ("เมย.", 4),
    ("พฤษภาคม", 5),   ("พ.ค.", 5),   ("พ.ค", 5),   ("พค.", 5),
    ("มิถุนายน", 6),     ("มิ.ย.", 6),   ("มิ.ย", 6),   ("มิย.", 6),
    ("กรกฎาคม", 7),    ("ก.ค.", 7),   ("ก.ค", 7),   ("กค.", 7),   ("กรกฏาคม", 7),
    ("สิงหาคม", 8),     ("ส.ค.", 8),   ("ส.ค", 8),   ("สค.", 8),
    ("กันยายน", 9),     ("ก.ย.", 9),   ("ก.ย", 9),   ("กย.", 9),
    ("ตุลาคม", 10),     ("ต.ค.", 10),  ("ต.ค", 10),  ("ตค.", 10),
    ("พฤศจิกายน", 11), ("พ.ย.", 11),  ("พ.ย", 11),  ("พย.", 11),
    ("ธันวาคม", 12),    ("ธ.ค.", 12),  ("ธ.ค", 12),  ("ธค.", 12),
];

/// May stand before the name of a month.
pub(crate) const MONTH_WORDS: &[&str] = &["เดือน"];

/// A date follows.
#[rustfmt::skip]
pub(crate) const DATE_WORDS: &[&str] = &[
    "วันที่",
    "วันจันทร์ที่", "วันอังคารที่", "วันพุธที่", "วันพฤหัสบดีที่", "วันศุกร์ที่", "วันเสาร์ที่", "วันอาทิตย์ที่",
    "วันจันทร์", "วันอังคาร", "วันพุธ", "วันพฤหัสบดี", "วันศุกร์", "วันเสาร์", "วันอาทิตย์",
];

/// A year follows, in the era that the word names.
pub(crate) const YEAR_WORDS: &[(&str, Option<Era>)] = &[
    ("ปี", None),
    ("พ.ศ.", Some(Era::Buddhist)),
    ("พ.ศ", Some(Era::Buddhist)),
    ("พุทธศักราช", Some(Era::Buddhist)),
    ("ค.ศ.", Some(Era::Common)),
    ("ค.ศ", Some(Era::Common)),
    ("คริสต์ศักราช", Some(Era::Common)),
];

/// What is counted: a number of two digits before one of these is no year.
#[rustfmt::skip]
pub(crate) const COUNTED: &[&str] = &[
    "คน", "ราย", "ตัว", "แห่ง", "ครั้ง", "จังหวัด", "อำเภอ", "ตำบล", "ประเทศ", "โครงการ", "หน่วย", "ครัวเรือน",
    "พัน", "หมื่น", "แสน", "ล้าน", "บาท", "ดอลลาร์", "เปอร์เซ็นต์", "ร้อยละ", "วัน", "ปี", "ชั่วโมง", "นาที", "น.",
    "กิโลเมตร", "กม.", "เมตร", "ไร่", "ตัน", "โดส",
];

/// Words an article may begin with before its date.
#[rustfmt::skip]
pub(crate) const OPENING_WORDS: &[&str] = &[
    "วันนี้", "วานนี้", "เมื่อ", "ใน", "ณ", "เวลา", "น.", "ของ", "เช้า", "สาย", "เที่ยง", "บ่าย", "เย็น", "ค่ำ", "คืน",
    "ช่วง", "ตอน",
];

/// Words for a year relative to the present one, in years from it.
pub(crate) const RELATIVE_YEARS: &[(&str, i16)] = &[("ปีหน้า", 1), ("ปีนี้", 0), ("ปีที่แล้ว", -1)];
