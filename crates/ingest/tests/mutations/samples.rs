//! A good file of each format, in several languages.

pub(crate) const ARTICLE: &str = " date 2025-10-03 HÀ NỘI — Chiều 3/10, Quyền Bộ trưởng Ngoại giao đã điện đàm.\n\
    กรุงเทพฯ 3 ต.ค. 2568 — รัฐมนตรีว่าการกระทรวงการต่างประเทศหารือทางโทรศัพท์\n\
    ວຽງຈັນ — ກອງປະຊຸມ. ភ្នំពេញ — កិច្ចប្រជុំ. ရန်ကုန် — အစည်းအဝေး. 河内——会议举行。\n";

pub(crate) const THAI: &str = "กระทรวงการต่างประเทศแถลงว่า รัฐมนตรีว่าการกระทรวงการต่างประเทศ \
    ได้หารือทางโทรศัพท์กับรัฐมนตรีว่าการกระทรวงการต่างประเทศเวียดนาม เมื่อวันที่ 3 ตุลาคม 2568\n";

pub(crate) const MARKDOWN: &str = "---\ntitle: Hội nghị\ndate: 2025-10-03\ntags: [a, b]\n---\n\n\
    # Hội nghị tại *Hà Nội*\n\nĐoạn một, [liên kết](https://example.org/?a=1&b=2).\n\n\
    - การประชุม\n- ກອງປະຊຸມ\n\n> 会议 <b>举行</b>\n\n```\ncode\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n";

pub(crate) const HTML: &str = "<!DOCTYPE html>\n<html lang=\"vi\"><head><meta charset=\"utf-8\">\n\
    <title>Hội nghị &amp; họp báo</title>\n\
    <meta property=\"article:published_time\" content=\"2025-10-03T08:00:00+07:00\">\n\
    <script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"datePublished\":\"2025-10-03\"}</script>\n\
    </head><body><nav><a href=\"/\">Trang chủ</a></nav><article><h1>Hội nghị</h1>\n\
    <time datetime=\"2025-10-03\">3/10</time><p>Chiều 3/10, hai bên nhất trí tăng cường hợp tác.</p>\n\
    <p>การประชุมที่กรุงเทพฯ<br>ກອງປະຊຸມ &#3585; <!-- chú thích --></p><p>会议在河内举行。</p>\n\
    </article><footer>© 2025</footer></body></html>\n";

pub(crate) const JSON_LINES: &str = "{\"id\":\"vi\",\"title\":\"Hội nghị\",\"body\":\"Hai bên \\\"nhất trí\\\"\\n tăng cường.\",\"date\":\"2025-10-03\"}\n\
    {\"id\":\"th\",\"body\":\"ประชุมที่กรุงเทพฯ\",\"date\":\"3 ต.ค. 2568\",\"lang\":\"th\"}\n\
    {\"id\":\"lo\",\"body\":\"ກອງປະຊຸມ\",\"tags\":[\"a\",{\"b\":[1,2.5e3,null,true]}]}\n\
    {\"id\":\"zh\",\"body\":\"\\u4f1a\\u8bae\\ud842\\udfb7\",\"url\":\"https://example.org\"}\n";

pub(crate) const JSON: &str = "[\n  {\n    \"id\": \"vi\",\n    \"title\": \"Hội nghị [Hà Nội]\",\n    \
    \"body\": \"Hai bên {nhất trí}, tăng cường.\",\n    \"date\": \"2025-10-03\"\n  },\n  \
    {\"id\": \"th\", \"body\": \"ประชุมที่กรุงเทพฯ\", \"tags\": [\"a\", {\"b\": []}]},\n  \
    {\"id\": \"km\", \"body\": \"កិច្ចប្រជុំ\"},\n  {\"id\": \"zh\", \"body\": \"会议\\\\\"}\n]\n";

pub(crate) const CSV: &str = "id,title,text,published,chuyên mục\r\n\
    vi,Hội nghị,\"Hai bên \"\"nhất trí\"\",\ntăng cường.\",2025-10-03,Ngoại giao\r\n\
    th,ประชุม,ประชุมที่กรุงเทพฯ,3 ต.ค. 2568,\r\n\
    my,,\"အစည်းအဝေး\",,x\r\nzh,会议,会议在河内举行。,,\r\n";

pub(crate) const TSV: &str = "id\ttitle\tbody\tdate\n\
    vi\tHội nghị\t\"Nhất trí\" là một từ.\t2025-10-03\n\
    th\tประชุม\t\"ประชุมที่\tกรุงเทพฯ\"\t\nlo\t\tກອງປະຊຸມ\t\nzh\t会议\t会议在河内举行。\t\n";

pub(crate) const RSS: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
    <rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" \
    xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n<channel><title>Tin</title><link>https://example.org</link>\n\
    <item><title>Hội nghị</title><link>https://example.org/1</link><guid>1</guid>\
    <pubDate>Fri, 03 Oct 2025 08:00:00 +0700</pubDate>\
    <description>Hai bên &lt;b&gt;nhất trí&lt;/b&gt; &amp;amp; tăng cường.</description></item>\n\
    <item><title><![CDATA[ประชุม]]></title><guid>2</guid><content:encoded><![CDATA[<p>ประชุมที่กรุงเทพฯ</p>]]>\
    </content:encoded><dc:date>2025-10-03</dc:date></item>\n\
    <item><title>会议</title><guid>3</guid><description>会议在河内举行。</description></item>\n\
    </channel></rss>\n";

pub(crate) const ATOM: &str = "<?xml version='1.0'?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"vi\">\n\
    <title>Tin</title><updated>2025-10-03T08:00:00Z</updated>\n\
    <entry><id>urn:1</id><title>Hội nghị</title><link href=\"https://example.org/1\"/>\
    <published>2025-10-03T08:00:00+07:00</published>\
    <content type=\"html\">&lt;p&gt;Hai bên nhất trí.&lt;/p&gt;</content></entry>\n\
    <entry><id>urn:2</id><title>ประชุม</title><content type=\"xhtml\">\
    <div xmlns=\"http://www.w3.org/1999/xhtml\"><p>ประชุมที่กรุงเทพฯ</p></div></content></entry>\n\
    <entry><id>urn:3</id><title>会议</title><summary>会议在河内举行。</summary></entry>\n</feed>\n";

/// A web archive with a page, a page in another encoding, and what is no page.
pub(crate) fn warc() -> Vec<u8> {
    let mut archive = Vec::new();
    let mut record = |kind: &str, target: &str, content_type: &str, block: &[u8]| {
        let head = format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {target}\r\n\
            WARC-Date: 2025-10-03T01:00:00Z\r\nWARC-Record-ID: <urn:uuid:{}>\r\n\
            Content-Type: {content_type}\r\nContent-Length: {}\r\n\r\n",
            block.len(),
            block.len()
        );
        archive.extend(head.as_bytes());
        archive.extend(block);
        archive.extend(b"\r\n\r\n");
    };
    let http = "application/http; msgtype=response";
    let page = |head: &str, body: &[u8]| [head.as_bytes(), b"\r\n\r\n", body].concat();
    record(
        "warcinfo",
        "",
        "application/warc-fields",
        b"software: x\r\n",
    );
    let html = page(
        "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8",
        HTML.as_bytes(),
    );
    record("response", "https://example.org/1", http, &html);
    let thai = format!("<html><body><p>{THAI}</p></body></html>");
    let (thai, ..) = encoding_rs::WINDOWS_874.encode(&thai);
    let thai = page(
        "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=tis-620",
        &thai,
    );
    record("response", "https://example.org/2", http, &thai);
    let image = page(
        "HTTP/1.1 200 OK\r\nContent-Type: image/png",
        b"\x89PNG\r\n\x1A\n\0\0",
    );
    record("response", "https://example.org/3.png", http, &image);
    record(
        "request",
        "https://example.org/1",
        "application/http; msgtype=request",
        b"GET / HTTP/1.1\r\n\r\n",
    );
    archive
}
