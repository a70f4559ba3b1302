//! RSS and Atom: a document an item, and nothing lost by one that is broken.

#![cfg(feature = "feeds")]
#![allow(clippy::unwrap_used)]

use std::fs;

use mekong_core::{Document, Language};
use mekong_ingest::{Error, Read, read};

fn try_feed(bytes: impl AsRef<[u8]>) -> Vec<Result<Read, Error>> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tin.xml");
    fs::write(&path, bytes).unwrap();
    read(&path).collect()
}

fn feed(bytes: impl AsRef<[u8]>) -> Vec<Document> {
    let document = |read: Result<Read, Error>| {
        let read = read.unwrap();
        assert!(read.problems.is_empty(), "{:?}", read.problems);
        read.document
    };
    try_feed(bytes).into_iter().map(document).collect()
}

const RSS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom">
<channel>
  <title>Tin Mê Kông</title>
  <link>https://tin.example/</link>
  <atom:link href="https://tin.example/rss.xml" rel="self" type="application/rss+xml"/>
  <image><title>Biểu trưng</title></image>
  <language>vi-VN</language>
  <item>
    <title>Giá gạo &amp;quot;tăng&amp;quot; &amp; giá cà phê giảm</title>
    <link>https://tin.example/gia-gao?a=1&amp;b=2</link>
    <guid isPermaLink="false">tin-101</guid>
    <pubDate>Mon, 15 Dec 2025 08:30:00 +0700</pubDate>
    <dc:creator><![CDATA[Nguyễn Văn A]]></dc:creator>
    <category>Kinh tế</category><category>Nông nghiệp</category>
    <description>Tóm tắt</description>
    <content:encoded><![CDATA[<p>Giá gạo xuất khẩu tăng tuần thứ ba.</p><p>Cà phê thì <b>giảm</b>&nbsp;nhẹ. </item> không phải là hết.</p><script>x</script>]]></content:encoded>
  </item>
  <!-- <item><title>Không có thật</title></item> -->
  <item>
    <title>Chỉ có đầu đề</title>
    <link>https://tin.example/dau-de</link>
    <pubDate>15 Dec 25 01:30 GMT</pubDate>
    <source url="https://khac.example/rss">Báo Khác</source>
  </item>
  <item>
    <description>&lt;p&gt;Không tên, không địa chỉ,&lt;br/&gt;&amp;agrave; m&#225;y &nbsp; bay &khonghe;.&lt;/p&gt;</description>
  </item>
</channel>
</rss>
"#;

#[test]
fn rss_as_newspapers_write_it() {
    let documents = feed(RSS);
    assert_eq!(documents.len(), 3);
    let [first, second, third] = documents.as_slice() else {
        unreachable!()
    };
    assert_eq!(first.id, "tin-101");
    assert_eq!(
        first.title.as_deref(),
        Some("Giá gạo \"tăng\" & giá cà phê giảm")
    );
    assert_eq!(
        first.body,
        "Giá gạo xuất khẩu tăng tuần thứ ba.\nCà phê thì giảm nhẹ. không phải là hết."
    );
    assert_eq!(first.date.unwrap().to_string(), "2025-12-15T01:30:00Z");
    assert_eq!(first.source.as_deref(), Some("Tin Mê Kông"));
    assert_eq!(
        first.url.as_deref(),
        Some("https://tin.example/gia-gao?a=1&b=2")
    );
    assert_eq!(first.meta["author"], "Nguyễn Văn A");
    assert_eq!(
        first.meta["categories"],
        serde_json::json!(["Kinh tế", "Nông nghiệp"])
    );

    assert_eq!(second.id, "https://tin.example/dau-de");
    assert_eq!(
        (second.title.as_deref(), second.body.as_str()),
        (None, "Chỉ có đầu đề")
    );
    assert_eq!(second.date.unwrap().to_string(), "2025-12-15T01:30:00Z");
    assert_eq!(second.source.as_deref(), Some("Báo Khác"));
    // Its text tells that, so what the channel says is not asked.
    let mut indexed = second.clone();
    indexed.detect_languages();
    assert_eq!(indexed.language, Some(Language::VIETNAMESE));

    assert_eq!(third.id, "tin.xml#3");
    assert_eq!(
        third.body,
        "Không tên, không địa chỉ,\nà máy bay &khonghe;."
    );
}

#[test]
fn items_of_rss_1_stand_beside_their_channel() {
    let documents = feed(
        r#"<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://ข่าว.example/"><title>ข่าวแม่โขง</title><items><rdf:Seq><rdf:li resource="a"/></rdf:Seq></items></channel>
<item rdf:about="https://ข่าว.example/1"><title>ราคาข้าว</title><link>https://ข่าว.example/1</link>
<description>ราคาข้าวส่งออกเพิ่มขึ้น</description><dc:date>2025-12-15T08:30:00+07:00</dc:date><dc:subject>เศรษฐกิจ</dc:subject></item>
</rdf:RDF>"#,
    );
    let [document] = documents.as_slice() else {
        unreachable!()
    };
    assert_eq!(document.id, "https://ข่าว.example/1");
    assert_eq!(document.title.as_deref(), Some("ราคาข้าว"));
    assert_eq!(document.body, "ราคาข้าวส่งออกเพิ่มขึ้น");
    assert_eq!(document.source.as_deref(), Some("ข่าวแม่โขง"));
    assert_eq!(document.date.unwrap().to_string(), "2025-12-15T01:30:00Z");
    assert_eq!(document.meta["categories"], serde_json::json!(["เศรษฐกิจ"]));
}

#[test]
fn atom_of_all_three_types() {
    let documents = feed(
        r#"<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
<title>Mekong Post</title><link rel="self" href="https://post.example/feed"/><updated>2025-12-16T00:00:00Z</updated>
<author><name>The editors</name></author>
<entry>
  <id>urn:uuid:1</id><title type="html">Rivers &amp;amp; &lt;em&gt;dams&lt;/em&gt;</title>
  <link rel="enclosure" href="https://post.example/1.mp3"/><link href="https://post.example/1"/>
  <published>2025-12-15T08:30:00Z</published><updated>2025-12-16T00:00:00Z</updated>
  <author><name>A. Writer</name><email>a@post.example</email></author>
  <author><name>B. Writer</name></author>
  <category term="env" label="Environment"/>
  <summary>Short</summary>
  <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Water <b>levels</b> fell.</p><p>Dams &amp; weirs.</p></div></content>
</entry>
<entry>
  <id>urn:uuid:2</id><title>If a &lt; b</title><updated>2025-12-14T00:00:00Z</updated>
  <summary type="text">Plain &lt;b&gt; text</summary>
  <source><id>urn:x</id><title>Elsewhere</title></source>
</entry>
</feed>"#,
    );
    let [first, second] = documents.as_slice() else {
        unreachable!()
    };
    assert_eq!(first.id, "urn:uuid:1");
    assert_eq!(first.title.as_deref(), Some("Rivers & dams"));
    assert_eq!(first.body, "Water levels fell.\nDams & weirs.");
    assert_eq!(first.date.unwrap().to_string(), "2025-12-15T08:30:00Z");
    assert_eq!(first.url.as_deref(), Some("https://post.example/1"));
    assert_eq!(first.source.as_deref(), Some("Mekong Post"));
    assert_eq!(first.meta["author"], "A. Writer, B. Writer");
    assert_eq!(first.meta["categories"], serde_json::json!(["Environment"]));
    assert_eq!(second.title.as_deref(), Some("If a < b"));
    assert_eq!(second.body, "Plain <b> text");
    assert_eq!(second.date.unwrap().to_string(), "2025-12-14T00:00:00Z");
    assert_eq!(second.source.as_deref(), Some("Elsewhere"));
    assert_eq!(second.url, None);
}

#[test]
fn one_broken_item_costs_no_other() {
    let reads = try_feed(
        "<rss><channel>\n\
         <item><title>một</title></item>\n\
         <item><title>hai</title><!x></item>\n\
         <item><title>ba</title><pubDate>không rõ</pubDate></item>\n\
         <item><title>bốn</title>\n\
         <item><title>năm</title></item>\n\
         <item></item>\n\
         <item><title>A & B <br> C &lt; D</title><description>tin <b>nóng</description></item>\n\
         </channel></rss>",
    );
    let told: Vec<_> = reads
        .iter()
        .map(|read| match read {
            Ok(read) => read.document.body.clone(),
            Err(error) => format!("{}: {error}", error.line().unwrap())
                .replace(&*error.path().unwrap().to_string_lossy(), "F"),
        })
        .collect();
    assert_eq!(told[0], "một");
    assert!(
        told[1].starts_with("3: F:3: the item is not well-formed XML at byte"),
        "{}",
        told[1]
    );
    assert_eq!(told[2], "ba");
    assert_eq!(
        reads[2].as_ref().unwrap().problems[0].error().line(),
        Some(4)
    );
    assert!(
        told[3].starts_with("5: F:5: the item at byte 145 does not end before the next"),
        "{}",
        told[3]
    );
    assert_eq!(told[4], "năm");
    assert!(
        told[5].contains("neither a title nor a text"),
        "{}",
        told[5]
    );
    assert_eq!(told[6], "tin nóng");
    assert_eq!(told.len(), 7);
}

#[test]
fn a_feed_that_breaks_off_gives_what_is_before() {
    for end in [
        "<item><title>ba",
        "<item><title>ba</title",
        "<!-- ",
        "</channel>",
        "<item><![CDATA[ </item>",
    ] {
        let reads = try_feed(format!(
            "<rss><channel>\n<item><title>một</title></item>\n{end}"
        ));
        assert_eq!(reads.len(), 2, "{end}");
        assert_eq!(reads[0].as_ref().unwrap().document.body, "một");
        let error = reads[1].as_ref().unwrap_err();
        assert!(error.is_invalid());
        assert_eq!(error.line(), Some(3), "{end}");
        assert!(error.to_string().contains("cut off at byte"), "{error}");
    }
    assert!(feed("<rss><channel><title>trống</title></channel></rss>").is_empty());
}

#[test]
fn encodings_of_feeds() {
    let text = "<rss><channel><title>x</title><item><title>ข่าววันนี้</title></item></channel></rss>";
    let mut bytes = b"<?xml version='1.0' encoding='windows-874'?>".to_vec();
    bytes.extend(text.chars().map(|c| {
        if c.is_ascii() {
            c as u8
        } else {
            (u32::from(c) - 0x0E00 + 0xA0) as u8
        }
    }));
    assert_eq!(feed(bytes)[0].body, "ข่าววันนี้");

    let text = format!("\u{FEFF}<?xml version='1.0' encoding='utf-16'?>{text}");
    let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(feed(bytes)[0].body, "ข่าววันนี้");

    let reads = try_feed(b"<rss><channel>\n<item><title>a</title></item>\n<item><title>\xFF\xFE</title></item><item><title>b</title></item></channel></rss>");
    let error = reads[1].as_ref().unwrap_err();
    assert!(error.is_encoding());
    assert_eq!(error.line(), Some(3));
    assert!(error.to_string().contains("byte 58 "), "{error}");
    assert_eq!(reads[2].as_ref().unwrap().document.body, "b");
}

#[test]
fn bombs_are_no_problem() {
    let entities =
        (1..30).map(|n| format!("<!ENTITY a{n} '{}'>", format!("&a{};", n - 1).repeat(10)));
    let entities: String = entities.collect();
    let bomb = format!(
        "<!DOCTYPE rss [<!ENTITY a0 'ha'>{entities}]><rss><channel><item><title>sâu &a29;</title></item></channel></rss>"
    );
    for item in [
        "<a>".repeat(100_000),
        "<a></b>".repeat(100_000),
        format!("<description>{}", "<b>".repeat(100_000)),
        "<category>x</category>".repeat(100_000),
        "<![CDATA[".repeat(100_000) + "]]>",
        format!("<x {}/>", "a='b' ".repeat(100_000)),
    ] {
        let begun = std::time::Instant::now();
        let documents = try_feed(format!(
            "<rss><channel><item><title>sâu</title>{item}</item></channel></rss>"
        ));
        assert_eq!(
            documents[0].as_ref().unwrap().document.body,
            "sâu",
            "{}",
            &item[..20]
        );
        let seconds = begun.elapsed().as_secs_f32();
        assert!(seconds < 10.0, "{seconds} s: {}", &item[..20]);
    }
    let bomb = try_feed(bomb);
    assert_eq!(bomb[0].as_ref().unwrap().document.body, "sâu &a29;");
}
