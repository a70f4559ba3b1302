//! What a newsroom asks of its archive: filters and counts, pages that neither repeat nor skip,
//! passages for a web page, suggestions, articles about the same.
//!
//! `cargo run --release --example newsroom`

use std::time::Duration;

use anyhow::Result;
use mekong::{Count, Document, Facet, Filter, Index, Period, Query, Searcher, Sort, Writer};

fn main() -> Result<()> {
    let index = Index::in_memory()?;
    let mut writer = Writer::new(&index)?;
    for document in archive()? {
        writer.upsert(document)?;
    }
    writer.commit()?;
    let searcher = Searcher::new(&index);

    // Filters are typed, and all of them must hold. Facets count all documents that answer.
    let query = Query::text("\"hợp tác\" -gạo")
        .during("2025-10".parse()?)
        .zone("Asia/Ho_Chi_Minh".parse()?)
        .filter(Filter::key("section").is_any_of(["politics", "economy"]))
        .filter(!Filter::key("author").is("Lan"))
        .facet(Facet::key("author"))
        .facet(Facet::dates(Period::Week))
        .sort(Sort::Recent {
            half_life: Duration::from_secs(30 * 86_400),
        })
        .collapse()
        .count(Count::UpTo(1000))
        .limit(1);

    // A snapshot is one state of the index. Whatever is added meanwhile, its pages go on.
    let snapshot = searcher.snapshot();
    let highlighter = snapshot.highlighter(&query)?;
    let mut page = snapshot.search(&query)?;
    writer.upsert(
        Document::new("late")
            .body("Hợp tác")
            .date("2025-10-31".parse()?),
    )?;
    writer.commit()?;
    if let Some(total) = page.total {
        println!("{} documents answer", total.number());
    }
    for counts in &page.facets {
        for bucket in &counts.buckets {
            println!("{}: {} {}", counts.facet, bucket.value, bucket.count);
        }
    }
    loop {
        for hit in &page {
            let shown = highlighter.document(&hit.document, 3);
            println!("<h2>{}</h2>", shown.title.html());
            for passage in &shown.passages {
                println!("<p>{}</p>", passage.html());
            }
            if hit.copies > 0 {
                println!("<p>and {} more of the same article</p>", hit.copies);
            }
        }
        // A cursor is a short text, for a link.
        let Some(next) = page.next else { break };
        let link = next.to_string();
        page = snapshot.search(&query.clone().after(link.parse()?))?;
    }

    // A date in the text is a filter, which the outcome tells.
    let results = searcher.search(&Query::text("hop tac thang 9/2025"))?;
    if let Some(dates) = &results.parsed.dates {
        println!("\nof {dates}: {} hits", results.hits.len());
    }

    println!("\nbo tru…");
    for suggestion in searcher.complete("bo tru", 3)? {
        println!("  {}", suggestion.text);
    }
    if let Some(correction) = searcher.did_you_mean(&Query::text("bo truogn ngoai giao"))? {
        println!("did you mean {}?", correction.text);
    }
    println!("\nlike the first one:");
    for hit in &searcher.search(&Query::like("1"))? {
        println!("  {}", hit.title());
    }
    Ok(())
}

fn archive() -> Result<Vec<Document>> {
    let wire = "Sáng 3/10, Bộ trưởng Ngoại giao hai nước đã hội đàm tại Hà Nội. Hai bên nhất trí \
                tăng cường hợp tác về thương mại, đầu tư và giao thông, trong đó có tuyến đường \
                sắt nối Vientiane với cảng Vũng Áng.";
    Ok(vec![
        Document::new("1")
            .title("Bộ trưởng Ngoại giao hai nước hội đàm")
            .body(wire)
            .date("2025-10-03".parse()?)
            .source("VNA")
            .meta("section", "politics")
            .meta("author", "Mai"),
        Document::new("2")
            .title("Việt Nam - Lào: thêm bước tiến")
            .body(wire)
            .date("2025-10-04".parse()?)
            .source("Tuổi Trẻ")
            .meta("section", "politics")
            .meta("author", "Nam"),
        Document::new("3")
            .title("Đường sắt Vientiane - Vũng Áng khởi công")
            .body("Dự án hợp tác lớn nhất giữa hai nước về giao thông được khởi công.")
            .date("2025-10-20".parse()?)
            .source("VNA")
            .meta("section", "economy")
            .meta("author", "Mai"),
        Document::new("4")
            .title("Hợp tác xuất khẩu gạo")
            .body("Giá gạo xuất khẩu sang Lào tăng.")
            .date("2025-10-21".parse()?)
            .source("VNA")
            .meta("section", "economy")
            .meta("author", "Lan"),
        Document::new("5")
            .title("ความร่วมมือไทย-ลาว")
            .body("รัฐมนตรีว่าการกระทรวงการต่างประเทศหารือเรื่องรถไฟเวียงจันทน์")
            .date("2025-09-30".parse()?)
            .source("Thai News")
            .meta("section", "politics"),
        Document::new("6")
            .title("Hợp tác giáo dục")
            .body("Hai bộ hợp tác đào tạo giáo viên.")
            .date("2025-09-12".parse()?)
            .source("VNA")
            .meta("section", "politics"),
    ])
}
