//! Web archives: their pages, also where the archive is damaged.

#![cfg(feature = "warc")]
#![allow(clippy::unwrap_used)]

use std::fs;
use std::io::Write as _;

use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};
use mekong_ingest::{Error, Read, read};

fn try_archive(name: &str, bytes: impl AsRef<[u8]>) -> Vec<Result<Read, Error>> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    read(&path).collect()
}

fn record(kind: &str, uri: &str, media: &str, block: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {uri}\r\n\
         WARC-Date: 2025-12-20T01:02:03Z\r\nWARC-Record-ID: <urn:uuid:0>\r\n\
         Content-Type: {media}\r\nContent-Length: {}\r\n\r\n",
        block.len()
    );
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

fn response(uri: &str, status: &str, fields: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("HTTP/1.1 {status}\r\n{fields}\r\n");
    let block = [head.as_bytes(), body].concat();
    record(
        "response",
        uri,
        "application/http; msgtype=response",
        &block,
    )
}

fn page(n: u32) -> Vec<u8> {
    let html = format!(
        "<!doctype html><html><head><title>Tin {n}</title>\
         <meta property=article:published_time content=2025-12-15></head>\
         <body><nav><a href=/>Trang chủ</a></nav><p>Nội dung của bài {n}.</p></body></html>"
    );
    let uri = format!("https://tin.example/{n}");
    response(
        &uri,
        "200 OK",
        "Content-Type: text/html; charset=utf-8\r\n",
        html.as_bytes(),
    )
}

fn bodies(reads: &[Result<Read, Error>]) -> Vec<&str> {
    let read = reads.iter().filter_map(|read| read.as_ref().ok());
    read.map(|read| read.document.body.as_str()).collect()
}

fn errors(reads: &[Result<Read, Error>]) -> Vec<String> {
    let errors = reads.iter().filter_map(|read| read.as_ref().err());
    errors
        .map(|error| {
            let text = error.to_string();
            text.split_once("a.warc:").unwrap().1.to_owned()
        })
        .collect()
}

fn archive() -> Vec<u8> {
    let info = b"software: crawler\r\n";
    [
        record("warcinfo", "", "application/warc-fields", info),
        record(
            "request",
            "https://tin.example/1",
            "application/http",
            b"GET /1 HTTP/1.1\r\n\r\n",
        ),
        page(1),
        response(
            "https://tin.example/anh.jpg",
            "200 OK",
            "Content-Type: image/jpeg\r\n",
            b"\xFF\xD8",
        ),
        response(
            "https://tin.example/mat",
            "404 Not Found",
            "Content-Type: text/html\r\n",
            b"<p>Khong co",
        ),
        response(
            "https://tin.example/robots.txt",
            "200 OK",
            "Content-Type: text/plain\r\n",
            b"User-agent: *",
        ),
        response(
            "https://tin.example/loi.txt",
            "200",
            "content-type: TEXT/PLAIN\n",
            "Lời ngỏ\ncủa báo".as_bytes(),
        ),
        record(
            "resource",
            "file:///tin.html",
            "text/html",
            "<p>Một tệp".as_bytes(),
        ),
        record(
            "conversion",
            "https://tin.example/wet",
            "text/plain",
            "Đã thành chữ".as_bytes(),
        ),
        record("revisit", "https://tin.example/1", "application/http", b""),
    ]
    .concat()
}

#[test]
fn pages_are_documents() {
    let reads = try_archive("a.warc", archive());
    assert!(errors(&reads).is_empty());
    assert_eq!(
        bodies(&reads),
        [
            "Nội dung của bài 1.",
            "Lời ngỏ\ncủa báo",
            "Một tệp",
            "Đã thành chữ"
        ]
    );
    let read = reads[0].as_ref().unwrap();
    let document = &read.document;
    assert_eq!(document.id, "https://tin.example/1");
    assert_eq!(document.url.as_deref(), Some("https://tin.example/1"));
    assert_eq!(document.title.as_deref(), Some("Tin 1"));
    assert_eq!(document.date.unwrap().to_string(), "2025-12-15");
    assert_eq!(document.meta["crawled"], "2025-12-20T01:02:03Z");
    assert_eq!(read.line, Some(24));
    // A crawl says nothing about when a page was published.
    assert_eq!(reads[1].as_ref().unwrap().document.date, None);
}

#[cfg(feature = "compression")]
#[test]
fn archives_are_packed_record_by_record() {
    let mut packed = Vec::new();
    for n in 1..4 {
        let mut encoder = GzEncoder::new(&mut packed, Compression::fast());
        encoder.write_all(&page(n)).unwrap();
        encoder.finish().unwrap();
    }
    let whole = try_archive("a.warc.gz", &packed);
    assert_eq!(bodies(&whole).len(), 3);
    // Broken off within the third one.
    let cut = try_archive("a.warc.gz", &packed[..packed.len() - 40]);
    assert_eq!(bodies(&cut).len(), 2);
    assert!(cut[2].as_ref().unwrap_err().is_io());
    assert_eq!(cut.len(), 3);
}

#[test]
fn what_http_packs_is_unpacked() {
    let html = "<!doctype html><p>Nội dung</p>".as_bytes();
    let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
    gzip.write_all(html).unwrap();
    let gzip = gzip.finish().unwrap();
    let mut zlib = ZlibEncoder::new(Vec::new(), Compression::fast());
    zlib.write_all(html).unwrap();
    let mut deflate = DeflateEncoder::new(Vec::new(), Compression::fast());
    deflate.write_all(html).unwrap();
    let chunked = |bytes: &[u8]| {
        let (a, b) = bytes.split_at(7);
        [
            b"7;x=y\r\n",
            a,
            b"\r\n",
            format!("{:X}\r\n", b.len()).as_bytes(),
            b,
            b"\r\n0\r\n\r\n",
        ]
        .concat()
    };
    for (fields, body) in [
        ("Content-Encoding: gzip\r\n", gzip.clone()),
        ("Content-Encoding: deflate\r\n", zlib.finish().unwrap()),
        ("Content-Encoding: deflate\r\n", deflate.finish().unwrap()),
        ("Transfer-Encoding: chunked\r\n", chunked(html)),
        (
            "Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n",
            chunked(&gzip),
        ),
        // The crawler has undone it and kept the header.
        ("Content-Encoding: gzip\r\n", html.to_vec()),
        ("Content-Encoding: br\r\n", html.to_vec()),
        ("Transfer-Encoding: chunked\r\n", html.to_vec()),
    ] {
        let fields = format!("Content-Type: text/html\r\n{fields}");
        let reads = try_archive(
            "a.warc",
            response("http://x.example/", "200 OK", &fields, &body),
        );
        assert_eq!(bodies(&reads), ["Nội dung"], "{fields}");
    }
    let fields = "Content-Type: text/html\r\nContent-Encoding: br\r\n";
    let reads = try_archive(
        "a.warc",
        response("http://x.example/", "200 OK", fields, b"\x0B\x02\x80"),
    );
    assert_eq!(
        errors(&reads),
        ["1: http://x.example/ cannot be read: it is packed with `br`, expected gzip or deflate"]
    );
}

#[test]
fn a_page_without_a_media_type_is_looked_at() {
    let one = response(
        "http://x.example/",
        "200 OK",
        "",
        b"<!DOCTYPE HTML><p>Mot</p>",
    );
    let two = response("http://x.example/2", "200 OK", "", b"\x00\x01");
    assert_eq!(bodies(&try_archive("a.warc", [one, two].concat())), ["Mot"]);
}

#[test]
fn encodings_of_pages() {
    let thai: Vec<u8> = "ข่าววันนี้"
        .chars()
        .map(|c| (u32::from(c) - 0x0E00 + 0xA0) as u8)
        .collect();
    let by_http = response(
        "http://x.example/1",
        "200 OK",
        "Content-Type: text/html; charset=\"TIS-620\"\r\n",
        &thai,
    );
    let html = [b"<meta charset=windows-874><p>", thai.as_slice()].concat();
    let by_page = response(
        "http://x.example/2",
        "200 OK",
        "Content-Type: text/html\r\n",
        &html,
    );
    let bad = response(
        "http://x.example/3",
        "200 OK",
        "Content-Type: text/plain\r\n",
        b"a\xFF\xFE",
    );
    let start = by_http.len() + by_page.len();
    let reads = try_archive("a.warc", [by_http, by_page, bad, page(1)].concat());
    assert_eq!(bodies(&reads), ["ข่าววันนี้", "ข่าววันนี้", "Nội dung của bài 1."]);
    let error = reads[2].as_ref().unwrap_err();
    assert!(error.is_encoding());
    let head = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\na".len();
    let bad = record(
        "response",
        "http://x.example/3",
        "application/http; msgtype=response",
        b"",
    );
    // Its length has two figures instead of one.
    let byte = start + bad.len() - 4 + 1 + head;
    assert!(
        error.to_string().contains(&format!("byte {byte} ")),
        "{error} {byte}"
    );
}

#[test]
fn damage_costs_what_is_damaged() {
    let (one, two, three) = (page(1), page(2), page(3));
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();

    // Something else between the records.
    let reads = try_archive(
        "a.warc",
        [&one, b"rubbish\nmore\n".as_slice(), &two].concat(),
    );
    assert_eq!(bodies(&reads).len(), 2);
    let start = one.len();
    assert_eq!(
        errors(&reads),
        [format!(
            "14: no record begins at byte {start}, the next one at {}",
            start + 13
        )]
    );

    // A part of a record is missing: its length is that of more than there is.
    let cut = [&one[..one.len() - 60], b"\r\n\r\n", &two, &three].concat();
    let reads = try_archive("a.warc", &cut);
    assert_eq!(
        bodies(&reads),
        ["Nội dung của bài 2.", "Nội dung của bài 3."]
    );
    assert_eq!(
        errors(&reads),
        ["1: the record at byte 0 is not as long as it says"]
    );

    // More than it says: on a new line, and in the middle of one.
    for (more, bodies_left) in [("</html>\nthêm", 3), ("</html>thêm", 2)] {
        let long = text(&two).replace("</html>", more);
        let reads = try_archive("a.warc", [&one, long.as_bytes(), &three].concat());
        assert_eq!(bodies(&reads).len(), bodies_left, "{more}");
        assert_eq!(*bodies(&reads).last().unwrap(), "Nội dung của bài 3.");
        assert!(!errors(&reads).is_empty());
    }

    // Without a length, and with none that is one.
    for bad in [
        "Content-Length: x",
        "No-Length: 7",
        "Content-Length: 99999999999999999999",
    ] {
        let at = text(&two).find("Content-Length").unwrap();
        let line = text(&two)[at..].split_once("\r\n").unwrap().0.to_owned();
        let bad = text(&two).replace(&line, bad);
        let reads = try_archive("a.warc", [&one, bad.as_bytes(), &three].concat());
        assert_eq!(
            bodies(&reads),
            ["Nội dung của bài 1.", "Nội dung của bài 3."]
        );
        assert!(errors(&reads)[0].contains("does not tell its length"));
    }

    // Broken off: in a page, in a head.
    for cut in [30, two.len() - 40] {
        let reads = try_archive("a.warc", [&one, &two[..cut]].concat());
        assert_eq!(bodies(&reads), ["Nội dung của bài 1."]);
        assert_eq!(errors(&reads).len(), 1);
        assert!(errors(&reads)[0].contains(&format!("byte {}", one.len())));
    }

    // An answer that is none, and one without a text.
    let odd = record(
        "response",
        "http://x.example/",
        "application/http",
        b"ICY 200 OK\r\n\r\n",
    );
    let blank = response(
        "http://x.example/b",
        "200 OK",
        "Content-Type: text/html\r\n",
        b"<p> ",
    );
    let reads = try_archive("a.warc", [odd, blank, one].concat());
    assert_eq!(bodies(&reads), ["Nội dung của bài 1."]);
    assert_eq!(
        errors(&reads),
        [
            "1: http://x.example/ cannot be read: its answer is not HTTP",
            "13: http://x.example/b has no text"
        ]
    );
}

#[test]
fn lengths_that_are_all_wrong_are_no_problem() {
    // Each record claims all that follows.
    let mut archive = String::new();
    for _ in 0..5_000 {
        archive.push_str("WARC/1.0\r\nWARC-Type: resource\r\nContent-Length: 200000000\r\n\r\n");
    }
    let begun = std::time::Instant::now();
    let reads = try_archive("a.warc", archive);
    assert!(bodies(&reads).is_empty());
    assert!(!reads.is_empty());
    let seconds = begun.elapsed().as_secs_f32();
    assert!(seconds < 20.0, "{seconds} s");

    let bomb = "WARC/1.0\r\n".to_owned() + &"a: b\r\n".repeat(100_000);
    assert_eq!(errors(&try_archive("a.warc", bomb)).len(), 2);
}
