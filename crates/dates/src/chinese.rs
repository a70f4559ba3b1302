//! Chinese dates: `2025年12月15日`, `二〇二五年十二月`, `昨天`, `上周一`, `自2024年以来`.
//!
//! Words in both the simplified and the traditional script.

use crate::lexicon::{Row, Sense::*};
use crate::period::Period;
use crate::year::Era;

#[rustfmt::skip]
pub(crate) const WORDS: &[Row] = &[
    (MonthAfter, &["月", "月份"]),
    (DayAfter, &["日", "号", "號"]),
    (YearAfter(None), &["年", "年度", "年初", "年底", "年末"]),
    (YearWord(Some(Era::Common)), &["公元", "西元", "公元后"]),
    (YearWord(Some(Era::Buddhist)), &["佛历", "佛曆"]),
    (Decade, &["年代"]),

    (Weekday(1), &["星期一", "周一", "週一", "礼拜一", "禮拜一"]),
    (Weekday(2), &["星期二", "周二", "週二", "礼拜二", "禮拜二"]),
    (Weekday(3), &["星期三", "周三", "週三", "礼拜三", "禮拜三"]),
    (Weekday(4), &["星期四", "周四", "週四", "礼拜四", "禮拜四"]),
    (Weekday(5), &["星期五", "周五", "週五", "礼拜五", "禮拜五"]),
    (Weekday(6), &["星期六", "周六", "週六", "礼拜六", "禮拜六"]),
    (Weekday(7), &["星期日", "星期天", "周日", "週日", "礼拜天", "禮拜天"]),
    (Weekend, &["周末", "週末"]),
    (DayPart, &["上午", "下午", "晚上", "晚", "早上", "中午", "凌晨"]),

    (Quarter, &["季度", "季"]),
    (OrdinalMark, &["第"]),
    (Number(1), &["一", "首"]), (Number(2), &["二", "两", "兩"]), (Number(3), &["三"]), (Number(4), &["四"]),
    (Half(1), &["上半年"]),
    (Half(2), &["下半年"]),

    (First, &["前"]),
    (Relative(Period::Day, -3), &["大前天"]),
    (Relative(Period::Day, -2), &["前天", "前日"]),
    (Relative(Period::Day, -1), &["昨天", "昨日", "昨晚"]),
    (Relative(Period::Day, 0),  &["今天", "今日", "今晚", "今早", "今晨"]),
    (Relative(Period::Day, 1),  &["明天", "明日"]),
    (Relative(Period::Day, 2),  &["后天", "後天"]),
    (Relative(Period::Week, -2), &["上上周", "上上週"]),
    (Relative(Period::Month, -2), &["上上个月", "上上個月"]),
    (Relative(Period::Year, -2), &["前年"]),
    (Relative(Period::Year, -1), &["去年", "上年"]),
    (Relative(Period::Year, 0),  &["今年", "本年", "年初", "年底", "年末"]),
    (Relative(Period::Year, 1),  &["明年"]),
    (Relative(Period::Year, 2),  &["后年", "後年"]),

    (Unit(Period::Day),     &["天", "日"]),
    (Unit(Period::Week),    &["周", "週", "星期", "个星期", "個星期", "个礼拜", "個禮拜", "礼拜"]),
    (Unit(Period::Month),   &["月", "个月", "個月"]),
    (Unit(Period::Quarter), &["季度", "季", "个季度", "個季度"]),
    (Unit(Period::Year),    &["年"]),
    (Last, &["上", "上一", "上个", "上個"]),
    (PastOf, &["过去", "過去", "最近", "近", "过去的", "過去的"]),
    (This, &["这", "這", "本", "这个", "這個"]),
    (Next, &["下", "下一", "下个", "下個", "未来", "未來", "今后", "今後"]),
    (Ago, &["前", "以前", "之前"]),
    (Ahead, &["后", "後", "以后", "以後", "之后", "之後"]),

    (Since, &["自", "自从", "自從"]),
    (From, &["从", "從", "自", "由"]),
    (To, &["至", "到", "~"]),
    (Until, &["截至", "截止", "至", "到", "直到"]),
    (Onwards, &["以来", "以來", "起", "开始", "開始", "以来的"]),
    (BeforeAfter, &["前", "以前", "之前"]),
    (AfterAfter, &["后", "後", "以后", "以後", "之后", "之後"]),
    (UntilAfter, &["为止", "為止", "止"]),
    (BetweenAfter, &["之间", "之間", "期间", "期間"]),
    (And, &["和", "与", "與"]),
    (Now, &["现在", "現在", "今"]),
    (In, &["在", "于", "於", "上世纪", "上世紀", "上个世纪", "上個世紀"]),
    (Part, &["初", "中", "底", "末", "年初", "年底", "年末", "上旬", "中旬", "下旬"]),
    (Clock, &["点", "點", "时", "時", "分"]),
    (Series, &["第"]),
    (Counted, &["人", "名", "元", "家", "次", "个", "個", "万", "亿"]),
];
