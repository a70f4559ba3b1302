//! Mekong in your program: index three documents, search them.
//!
//! `cargo run --release --example embed`

use anyhow::Result;
use mekong::{Document, Index, Query, Searcher, Writer};

fn main() -> Result<()> {
    // A folder keeps an index: `Index::open_or_create("archive")`.
    let index = Index::in_memory()?;

    let mut writer = Writer::new(&index)?;
    writer.upsert(
        Document::new("vi-1")
            .body("Bộ trưởng Ngoại giao Việt Nam điện đàm với người đồng cấp Thái Lan.")
            .date("2025-10-03".parse()?),
    )?;
    writer.upsert(
        Document::new("th-1")
            .body("รัฐมนตรีว่าการกระทรวงการต่างประเทศเวียดนามให้การต้อนรับรัฐมนตรีลาว")
            .date("22 พฤศจิกายน 2566".parse()?),
    )?;
    writer.upsert(Document::new("en-1").body("Vietnam and Laos strengthen defence ties."))?;
    writer.commit()?;

    let searcher = Searcher::new(&index);
    for text in ["bo truong ngoai giao", "กระทรวงการต่างประเทศ", "Viet Nam"]
    {
        let query = Query::text(text).limit(5);
        let highlighter = searcher.highlighter(&query)?;
        println!("{text}");
        for hit in searcher.search(&query)? {
            let snippet = highlighter.snippet(&hit.document.body);
            println!("  {:.2} {} {}", hit.score, hit.id(), snippet.text);
        }
    }
    Ok(())
}
