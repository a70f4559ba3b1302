//! Pages of news sites: their article, and what they say about it.

#![cfg(feature = "html")]
#![allow(clippy::unwrap_used)]

use std::fs;

use mekong_core::{Document, Language};
use mekong_ingest::{Read, ReadOptions, read};

fn try_page(name: &str, html: impl AsRef<[u8]>) -> Result<Read, mekong_ingest::Error> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, html).unwrap();
    let mut documents = read(&path);
    let first = documents.next().unwrap();
    assert!(documents.next().is_none());
    first
}

fn page(html: impl AsRef<[u8]>) -> Document {
    let read = try_page("page.html", html).unwrap();
    assert!(read.problems.is_empty(), "{:?}", read.problems);
    read.document
}

fn body(html: &str) -> String {
    page(format!("<!doctype html><body>{html}")).body
}

const VIETNAMESE: &str = r#"<!DOCTYPE html>
<html lang="vi">
<head>
<meta charset="utf-8">
<title>Việt Nam và Thái Lan mở rộng hợp tác nông nghiệp - Báo Sông Mê Kông</title>
<meta property="og:title" content="Việt Nam và Thái Lan mở rộng hợp tác nông nghiệp">
<meta property="og:site_name" content="Báo Sông Mê Kông">
<meta property="article:published_time" content="2025-10-03T17:45:00+07:00">
<link rel="canonical" href="https://bao.example/viet-nam-thai-lan-123.html">
<script>var quangCao = "<p>Không phải là văn bản của bài</p>";</script>
<style>.a { color: red }</style>
</head>
<body class="page has-sidebar">
<header><div class="logo"><a href="/">Báo Sông Mê Kông</a></div>
<nav><ul><li><a href="/the-gioi">Thế giới</a></li><li><a href="/kinh-te">Kinh tế</a></li></ul></nav></header>
<div class="container">
  <div class="breadcrumb"><a href="/">Trang chủ</a> &raquo; <a href="/kinh-te">Kinh tế</a></div>
  <div class="detail">
    <h1>Việt Nam và Thái Lan mở rộng hợp tác nông nghiệp</h1>
    <div class="meta">Thứ sáu, 03/10/2025, 17:45 (GMT+7)</div>
    <h2 class="sapo">Hai bên nhất trí nâng kim ngạch thương mại nông sản lên gấp đôi trong vòng năm năm tới.</h2>
    <div class="noidung">
      <p>Chiều 3/10, tại H&agrave; Nội, Bộ trưởng Nông nghiệp hai nước đã ký biên bản ghi nhớ về kiểm dịch <b>thực</b> vật và chuỗi cung ứng lạnh.</p>
      <div class="quang-cao"><p>Mua ngay hôm nay để nhận ưu đãi lớn nhất trong năm, chỉ có tại cửa hàng của chúng tôi!</p></div>
      <figure><img src="a.jpg" alt="Ảnh"><figcaption>Lễ ký kết tại Hà Nội. Ảnh: PV</figcaption></figure>
      <p>Theo biên bản, <a href="/thai-lan">Thái Lan</a> sẽ mở cửa cho bưởi, nhãn và vải của Việt Nam,<br>còn Việt Nam nhập thêm sầu riêng.</p>
      <p><a href="/khac">Xem thêm: Giá gạo tăng mạnh</a></p>
      <p>Các chuyên gia cho rằng thỏa thuận sẽ giúp nông dân hai nước tránh cạnh tranh về giá trên thị trường thứ ba.</p>
    </div>
  </div>
  <div class="tin-lien-quan"><h3>Tin liên quan</h3>
    <ul><li><a href="/1">Xuất khẩu gạo lập kỷ lục mới trong chín tháng đầu năm nay</a>
    <p>Kim ngạch xuất khẩu gạo chín tháng đầu năm đạt mức cao nhất từ trước đến nay, theo số liệu của hải quan.</p></li></ul></div>
  <div id="binh-luan"><p>Bạn đọc Nguyễn Văn A: Tôi rất vui khi nông sản của ta có thêm thị trường, mong giá cả ổn định lâu dài.</p></div>
</div>
<footer><p>Giấy phép số 1/GP-BTTTT. Không sao chép nếu chưa được chấp thuận bằng văn bản của tòa soạn báo.</p></footer>
</body></html>"#;

#[test]
fn a_vietnamese_article_without_what_is_around_it() {
    let document = page(VIETNAMESE);
    assert_eq!(
        document.title.as_deref(),
        Some("Việt Nam và Thái Lan mở rộng hợp tác nông nghiệp")
    );
    assert_eq!(
        document.body,
        "Hai bên nhất trí nâng kim ngạch thương mại nông sản lên gấp đôi trong vòng năm năm tới.\n\
         Chiều 3/10, tại Hà Nội, Bộ trưởng Nông nghiệp hai nước đã ký biên bản ghi nhớ về kiểm dịch thực vật và chuỗi cung ứng lạnh.\n\
         Lễ ký kết tại Hà Nội. Ảnh: PV\n\
         Theo biên bản, Thái Lan sẽ mở cửa cho bưởi, nhãn và vải của Việt Nam,\n\
         còn Việt Nam nhập thêm sầu riêng.\n\
         Các chuyên gia cho rằng thỏa thuận sẽ giúp nông dân hai nước tránh cạnh tranh về giá trên thị trường thứ ba."
    );
    assert_eq!(document.date.unwrap().to_string(), "2025-10-03T10:45:00Z");
    assert_eq!(document.source.as_deref(), Some("Báo Sông Mê Kông"));
    assert_eq!(
        document.url.as_deref(),
        Some("https://bao.example/viet-nam-thai-lan-123.html")
    );
    assert_eq!(document.id, "page.html");
}

#[test]
fn a_thai_article_told_by_json_ld() {
    let document = page(
        r#"<!doctype html><html lang="th"><head><meta charset=utf-8>
<title>รัฐมนตรีต่างประเทศไทยเยือนเวียงจันทน์ | ข่าวแม่โขง</title>
<script type="application/ld+json">
{"@context":"https://schema.org","@graph":[
 {"@type":"WebSite","name":"ข่าวแม่โขง","datePublished":"2001-01-01"},
 {"@type":["NewsArticle"],"headline":"รัฐมนตรีต่างประเทศไทยเยือนเวียงจันทน์",
  "datePublished":"2025-12-15T08:30:00+07:00","author":[{"@type":"Person","name":"สมชาย ใจดี"}],
  "publisher":{"@type":"Organization","name":"ข่าวแม่โขง"}}]}
</script></head><body>
<ul class="menu"><li><a href=/>หน้าแรก</a><li><a href=/news>ข่าว</a></ul>
<main><article itemscope>
<header><h1>รัฐมนตรีต่างประเทศไทยเยือนเวียงจันทน์</h1><p class="byline">สมชาย ใจดี</p></header>
<div itemprop="articleBody">
<p>เมื่อวันที่ 15 ธันวาคม 2568 รัฐมนตรีว่าการกระทรวงการต่างประเทศเดินทางเยือนกรุงเวียงจันทน์ เพื่อหารือเรื่องความร่วมมือด้านพลังงาน
<p>ทั้งสองฝ่ายเห็นพ้องที่จะเร่งก่อสร้างสะพานมิตร<i>ภาพ</i>แห่งใหม่ข้ามแม่น้ำโขงให้แล้วเสร็จภายในสองปี
<aside><p>ข่าวที่เกี่ยวข้อง: ราคาน้ำมันปรับขึ้นอีกครั้งในสัปดาห์นี้ตามตลาดโลก ผู้ใช้รถเตรียมรับมือ</p></aside>
<p>การค้าชายแดนในปีนี้มีมูลค่าเพิ่มขึ้นร้อยละ 12 เมื่อเทียบกับปีที่ผ่านมา
</div></article></main>
<section class="comments"><p>ความคิดเห็นจากผู้อ่าน: ขอให้สร้างเสร็จตามกำหนดเวลา จะได้เดินทางสะดวกขึ้นกว่าเดิมมาก</p></section>
<footer>สงวนลิขสิทธิ์</footer>"#,
    );
    assert_eq!(
        document.title.as_deref(),
        Some("รัฐมนตรีต่างประเทศไทยเยือนเวียงจันทน์")
    );
    // `สะพานมิตรภาพ` stays one word although a part of it is in italics.
    assert_eq!(
        document.body,
        "เมื่อวันที่ 15 ธันวาคม 2568 รัฐมนตรีว่าการกระทรวงการต่างประเทศเดินทางเยือนกรุงเวียงจันทน์ เพื่อหารือเรื่องความร่วมมือด้านพลังงาน\n\
         ทั้งสองฝ่ายเห็นพ้องที่จะเร่งก่อสร้างสะพานมิตรภาพแห่งใหม่ข้ามแม่น้ำโขงให้แล้วเสร็จภายในสองปี\n\
         การค้าชายแดนในปีนี้มีมูลค่าเพิ่มขึ้นร้อยละ 12 เมื่อเทียบกับปีที่ผ่านมา"
    );
    assert_eq!(document.date.unwrap().to_string(), "2025-12-15T01:30:00Z");
    assert_eq!(document.source.as_deref(), Some("ข่าวแม่โขง"));
    assert_eq!(document.meta["author"], "สมชาย ใจดี");
}

#[test]
fn an_english_article_on_a_page_without_hints() {
    let document = page(
        r#"<html><head><title>River levels fall for a third month - Mekong Post</title></head><body>
<div id="top"><a href="/">Home</a> <a href="/world">World</a> <a href="/sport">Sport</a></div>
<div id="wrap"><div id="left">
<h1>River levels fall for a third month</h1>
<div class="by">By a staff reporter</div>
<time datetime="2025-11-20T06:00:00Z">20 Nov</time>
<div id="story">
<p>Water levels along the lower Mekong have fallen for a third month in a row, the river commission said on Thursday.</p>
<p>Fishermen in four provinces reported catches down by half, and farmers have begun to pump water from further away.</p>
<ul><li>Vientiane: 1.2 metres below the average</li><li>Nakhon Phanom: 0.9 metres below</li></ul>
<table><tr><th>Station<th>Level<tr><td>Chiang Saen<td>2.1 m</table>
<p>The commission expects <em>un</em>usual weather to last until the end of the year, its officials told reporters in Vientiane.</p>
</div></div>
<div id="right"><h3>Most viewed</h3>
<p><a href="/a">A new bridge opens to traffic between the two banks of the river after six years of work</a></p>
<p><a href="/b">Football: the cup final goes to extra time and is decided by a penalty in the last minute</a></p>
<p><time datetime="2025-01-01">1 Jan</time></p>
</div></div>
<div id="bottom">Copyright 2025</div></body></html>"#,
    );
    assert_eq!(
        document.title.as_deref(),
        Some("River levels fall for a third month")
    );
    assert_eq!(
        document.body,
        "Water levels along the lower Mekong have fallen for a third month in a row, the river commission said on Thursday.\n\
         Fishermen in four provinces reported catches down by half, and farmers have begun to pump water from further away.\n\
         Vientiane: 1.2 metres below the average\n\
         Nakhon Phanom: 0.9 metres below\n\
         Station\tLevel\n\
         Chiang Saen\t2.1 m\n\
         The commission expects unusual weather to last until the end of the year, its officials told reporters in Vientiane."
    );
    assert_eq!(document.date.unwrap().to_string(), "2025-11-20T06:00:00Z");
}

#[test]
fn blocks_are_lines_and_words_stay_apart() {
    assert_eq!(body("<p>một</p><p>hai</p>"), "một\nhai");
    assert_eq!(body("<div>một<div>hai</div>ba</div>"), "một\nhai\nba");
    assert_eq!(body("một<br>hai<hr/>ba"), "một\nhai\nba");
    assert_eq!(body("<ul><li>một<li>hai</ul>ba"), "một\nhai\nba");
    assert_eq!(body("<dl><dt>một<dd>hai</dl>"), "một\nhai");
    assert_eq!(
        body("<table><tr><td>một<td>hai<tr><td>ba</table>"),
        "một\thai\nba"
    );
    assert_eq!(body("ม<b>ี</b>น<span>า</span>คม"), "มีนาคม");
    assert_eq!(
        body("Hà\n   Nội,&nbsp; &quot;thủ đô&quot; &#x2014; &amp; c&ocirc;ng viên"),
        "Hà Nội, \"thủ đô\" — & công viên"
    );
    assert_eq!(body("<pre>một\n  hai</pre>ba"), "một\n  hai\nba");
    assert_eq!(body("co\u{AD}operation"), "co\u{AD}operation");
    assert_eq!(
        body("<ruby>東<rt>とう</rt>京<rt>きょう</rt></ruby>都"),
        "東京都"
    );
    assert_eq!(body("a &lt;b&gt; c < d"), "a <b> c < d");
}

#[test]
fn what_no_reader_sees_is_left_out() {
    for hidden in [
        "<script>x</script>",
        "<style>x</style>",
        "<noscript>x</noscript>",
        "<template><p>x</p></template>",
        "<svg><title>x</title><text>x</text></svg>",
        "<svg/>",
        "<button>x</button>",
        "<select><option>x<option>y</select>",
        "<textarea>x</textarea>",
        "<iframe>x</iframe>",
        "<div hidden>x</div>",
        "<span style='display: none'>x</span>",
        "<p aria-hidden=true>x</p>",
        "<!-- x -->",
    ] {
        assert_eq!(
            body(&format!("<p>một {hidden}hai</p>")).replace('\n', " "),
            "một hai",
            "{hidden}"
        );
    }
}

#[test]
fn a_page_that_is_no_article_keeps_its_text() {
    assert_eq!(body("<nav><a href=/>Trang chủ</a></nav>"), "Trang chủ");
    assert_eq!(
        body("<nav><a href=/>Trang chủ</a></nav><ul><li><a href=1>Một tin ngắn</a></ul>"),
        "Một tin ngắn"
    );
    assert_eq!(body("Chỉ có chữ"), "Chỉ có chữ");
    let error = try_page("a.html", "<!doctype html><title>Không có gì</title>").unwrap_err();
    assert!(error.is_empty());
}

#[test]
fn a_short_article_is_not_lost_among_long_comments() {
    let body = body(
        "<h1>Hát bài mới</h1><div><p>Thơ ngắn.</p><p>Chỉ hai dòng.</p></div><div>\
         <p>Bạn đọc A: tôi rất thích bài thơ này, nó làm tôi nhớ đến những ngày còn nhỏ ở quê nhà.</p>\
         <p>Bạn đọc B: cảm ơn tác giả đã viết, mong được đọc thêm nhiều bài hay như thế này nữa.</p></div>",
    );
    assert!(body.starts_with("Thơ ngắn.\nChỉ hai dòng.\n"), "{body}");
}

#[test]
fn a_line_below_the_title_dates_a_page_that_says_it_no_other_way() {
    let document = page(
        "<!doctype html><h1>Cầu mới thông xe</h1><div>Thứ hai, 15/12/2025, 08:30 (GMT+7)</div>\
         <p>Sáng nay cây cầu bắc qua sông Mê Kông nối hai tỉnh chính thức thông xe sau sáu năm xây dựng.</p>\
         <p>Ngay trong ngày đầu tiên đã có hơn năm nghìn lượt xe qua cầu, theo đơn vị quản lý công trình.</p>",
    );
    assert_eq!(document.date.unwrap().to_string(), "2025-12-15T01:30:00Z");
    assert!(document.body.starts_with("Sáng nay"));
}

#[test]
fn a_page_that_scripts_fill_in_has_its_text_in_json_ld() {
    let document = page(
        r#"<!doctype html><div id=app></div><script type="application/ld+json">
        {"@type":"NewsArticle","headline":"Giá gạo tăng","articleBody":"Giá gạo xuất khẩu tăng tuần thứ ba liên tiếp."}</script>"#,
    );
    assert_eq!(document.title.as_deref(), Some("Giá gạo tăng"));
    assert_eq!(
        document.body,
        "Giá gạo xuất khẩu tăng tuần thứ ba liên tiếp."
    );
}

#[test]
fn the_name_of_the_site_is_no_part_of_the_title() {
    for (head, title) in [
        ("<title>Giá gạo tăng - bao.example</title>", "Giá gạo tăng"),
        (
            "<title>Giá gạo tăng | Báo Mới</title><meta property=og:site_name content='Báo Mới'>",
            "Giá gạo tăng",
        ),
        (
            "<title>Giá gạo tăng - Kinh tế - Báo</title></head><h1>Giá gạo tăng</h1>",
            "Giá gạo tăng",
        ),
        // A dash alone is no evidence.
        ("<title>Hà Nội - Sài Gòn</title>", "Hà Nội - Sài Gòn"),
        ("<meta property=og:title content='  Giá   gạo '>", "Giá gạo"),
        ("<h1>Giá gạo</h1>", "Giá gạo"),
    ] {
        let document = page(format!("<!doctype html><head>{head}<p>Nội dung của bài."));
        assert_eq!(document.title.as_deref(), Some(title), "{head}");
        assert_eq!(document.body, "Nội dung của bài.");
    }
}

#[test]
fn dates_of_pages() {
    for (html, date) in [
        (
            "<meta name=pubdate content='2025-12-15T08:30:00+0700'>",
            "2025-12-15T01:30:00Z",
        ),
        (
            "<meta name='DC.date.issued' content='2025-12-15'>",
            "2025-12-15",
        ),
        (
            "<meta itemprop=datePublished content=2025-12-15>",
            "2025-12-15",
        ),
        (
            "<meta property=article:modified_time content=2025-12-16><meta name=date content='15/12/2025'>",
            "2025-12-15",
        ),
        (
            "<article><time datetime=2025-12-15>hôm qua</time><p>Bài</article>",
            "2025-12-15",
        ),
        (
            "<article><time class='entry-date published' datetime='2025-12-15'></time></article><time datetime=2024-01-01></time>",
            "2025-12-15",
        ),
        (
            "<span itemprop=datePublished content='2025-12-15'>x</span>",
            "2025-12-15",
        ),
        (
            "<article><time>15 ธันวาคม 2568</time><p>ข่าว</article>",
            "2025-12-15",
        ),
        (
            "<div class=related><time datetime=2020-01-01>1</time></div><article><time datetime=2025-12-15>2</time><p>Bài</article>",
            "2025-12-15",
        ),
    ] {
        let document = page(format!("<!doctype html>{html}<p>Nội dung."));
        assert_eq!(
            document.date.map(|d| d.to_string()).as_deref(),
            Some(date),
            "{html}"
        );
    }
    // Of other articles, and of two that are as good as each other.
    for html in [
        "<div class=related><time datetime=2020-01-01>1</time></div>",
        "<ul class=comments><li><time datetime=2020-01-01>1</time></ul>",
        "<meta property=article:modified_time content=2025-12-16>",
    ] {
        assert_eq!(
            page(format!("<!doctype html>{html}<p>Nội dung.")).date,
            None,
            "{html}"
        );
    }
    let read = try_page(
        "a.html",
        "<!doctype html><meta name=date content='32/13/2025'><p>Nội dung.",
    )
    .unwrap();
    assert_eq!(read.document.date, None);
    let problem = read.problems[0].to_string();
    assert!(
        problem.contains("the date is none: `32/13/2025`"),
        "{problem}"
    );
}

#[test]
fn the_language_that_a_page_claims_counts_where_its_text_is_silent() {
    let of = |html: &str| page(html).language;
    assert_eq!(
        of("<!doctype html><html lang=en><p>ข่าวจากเวียงจันทน์วันนี้"),
        None
    );
    assert_eq!(
        of("<!doctype html><html lang=vi><p>Mai"),
        Some(Language::VIETNAMESE)
    );
    assert_eq!(of("<!doctype html><html lang=xx-tlh><p>Mai"), None);
}

#[test]
fn declared_encodings_are_read() {
    let thai = "ข่าวจากกรุงเวียงจันทน์";
    let mut bytes = b"<!doctype html><html><head><meta http-equiv=Content-Type content='text/html; charset=TIS-620'><title>x</title><p>".to_vec();
    bytes.extend(thai.chars().map(|c| (u32::from(c) - 0x0E00 + 0xA0) as u8));
    let read = try_page("a.html", bytes).unwrap();
    assert_eq!(read.document.body, thai);
    assert_eq!(read.encoding.unwrap().name(), "windows-874");
}

#[test]
fn a_million_tags_are_no_problem() {
    for html in [
        "<div>".repeat(100_000) + "sâu",
        "<b>".repeat(100_000) + "sâu",
        "<p><b>".repeat(100_000) + "sâu",
        "<a href=x><div>".repeat(100_000) + "sâu",
        "<table><tr><td>".repeat(100_000) + "sâu",
        "<ul><li>".repeat(100_000) + "sâu",
        "<span hidden=until-found>".repeat(100_000) + "sâu",
        "</div></p></b>".repeat(100_000) + "sâu",
        "<div class=ad>".repeat(100_000) + "sâu",
        "<article>".repeat(100_000) + "sâu",
        "<p>sâu".repeat(100_000),
        "<svg><title>".repeat(50_000) + "</title></svg>sâu",
        format!("<p {}>sâu", "a=b ".repeat(100_000)),
        "&amp".repeat(100_000) + "sâu",
        "< ".repeat(100_000) + "sâu",
        format!(
            "<script type=application/ld+json>{}</script>sâu",
            "[".repeat(100_000)
        ),
        format!(
            "<script type=application/ld+json>{}</script>sâu",
            "{\"@graph\":".repeat(100_000)
        ),
    ] {
        let begun = std::time::Instant::now();
        let document = page(format!("<!doctype html><body>{html}"));
        assert!(document.body.contains("sâu"), "{}", &html[..20]);

        let seconds = begun.elapsed().as_secs_f32();
        assert!(seconds < 10.0, "{seconds} s: {}", &html[..20]);
    }
}

#[test]
fn whatever_is_read_as_html_does_no_harm() {
    let options = ReadOptions::default().format(mekong_ingest::Format::Html);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("page");
    // Every prefix is a page that broke off.
    let cuts = (0..VIETNAMESE.len())
        .step_by(7)
        .filter(|at| VIETNAMESE.is_char_boundary(*at));
    for cut in cuts {
        fs::write(&path, &VIETNAMESE[..cut]).unwrap();
        for read in options.read(&path).flatten() {
            assert!(!read.document.body.contains("quangCao"));
        }
    }
}
