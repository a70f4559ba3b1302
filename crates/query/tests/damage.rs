//! An index whose files are damaged: `verify` finds it, and searches give an error or the answer
//! they gave before, never another one, a panic, a hang, or the end of the program.
//!
//! `MEKONG_DAMAGES` says how many places are damaged, one at a time.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::error::Error as _;
use std::fmt::Debug;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;
use std::{env, fs, thread};

use mekong_core::engine;
use mekong_core::{Document, Index, Language};
use mekong_dates::Period;
use mekong_ingest::Writer;
use mekong_query::{Count, Error, Facet, Filter, Query, Searcher, Sort};

const DAMAGES: usize = 100;
/// What one damaged index may take.
const TIME: Duration = Duration::from_secs(60);
/// Of address space; a search of this index takes a hundredth.
const MEMORY_KB: usize = 4 << 20;

/// The folder with the index, for the process that reads it damaged.
const FOLDER: &str = "MEKONG_DAMAGE_FOLDER";

/// Numbers that look random and are the same each time (splitmix64).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) as usize % limit
    }
}

const TEXTS: [&str; 7] = [
    "Chiều 3/10, Bộ trưởng Ngoại giao đã điện đàm với người đồng cấp Thái Lan.",
    "กระทรวงการต่างประเทศแถลงว่ารัฐมนตรีจะเดินทางเยือนเวียดนาม",
    "ກະຊວງການຕ່າງປະເທດ ຖະແຫຼງຂ່າວ",
    "ក្រសួងការបរទេស និងសហប្រតិបត្តិការអន្តរជាតិ",
    "နိုင်ငံခြားရေးဝန်ကြီးဌာန က ထုတ်ပြန်သည်",
    "The foreign ministers agreed on trade and the railway to Vientiane.",
    "外交部长会谈铁路合作",
];

/// Two segments with all languages, of the first of which documents are deleted. The store is
/// longer than what has one checksum.
fn write(path: &Path) {
    let index = Index::create(path).unwrap();
    let mut writer = Writer::new(&index).unwrap();
    let mut numbers = Numbers(1);
    for batch in 0..2 {
        for n in 0..40 {
            let text = TEXTS[n % TEXTS.len()];
            let noise: String = (0..400)
                .map(|_| format!(" {:x}", numbers.below(1 << 30)))
                .collect();
            let mut document = Document::new(format!("{batch}-{n}"))
                .title(text.chars().take(30).collect::<String>())
                .body(format!("{text}{noise}"))
                .source(["VNA", "NNT"][n % 2])
                .meta("section", ["politics", "trade", "sport"][n % 3]);
            if n % 5 > 0 {
                document = document.date(format!("2025-10-{:02}", n % 28 + 1).parse().unwrap());
            }
            writer.upsert(document).unwrap();
        }
        writer.commit().unwrap();
    }
    writer.delete("0-3");
    writer.delete("0-17");
    writer.close().unwrap();
    assert_eq!(engine::searcher(&index).segment_readers().len(), 2);
    index.verify().unwrap();
}

fn files(path: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(path).unwrap();
    let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_none_or(|e| e != "lock"));
    files.sort();
    files
}

/// Damages a file and says how.
fn damage(file: &Path, numbers: &mut Numbers) -> String {
    let mut bytes = fs::read(file).unwrap();
    let place = numbers.below(bytes.len());
    let how = match numbers.below(8) {
        0..4 => {
            let bit = numbers.below(8);
            bytes[place] ^= 1 << bit;
            format!("bit {bit} of byte {place} flipped")
        }
        4..6 => {
            bytes.truncate(place);
            format!("cut to {place} bytes")
        }
        6 => {
            let end = bytes.len().min(place + 512);
            bytes[place..end].iter_mut().for_each(|byte| *byte = !*byte);
            format!("bytes {place} to {end} turned over")
        }
        _ => {
            bytes.extend((0..1 + numbers.below(100)).map(|_| 0));
            "made longer".to_owned()
        }
    };
    fs::write(file, bytes).unwrap();
    how
}

/// What searches of all kinds answer, each of which may fail by itself.
fn answers(index: &Index) -> Vec<Result<String, Error>> {
    fn text<T: Debug>(result: Result<T, Error>) -> Result<String, Error> {
        result.map(|answer| format!("{answer:?}"))
    }
    let searcher = Searcher::new(index);
    let section = || Filter::key("section");
    let day = |day: &str| day.parse().unwrap();
    let mut queries: Vec<_> = [
        "bo truong ngoai giao",
        "Bộ trưởng",
        "การต่างประเทศ",
        "ກະຊວງ",
        "ការបរទេស",
        "ဝန်ကြီးဌာန",
        "外交",
        "Thailand railway",
        "\"ngoại giao\"",
        "minis*",
        "minister~1 -trade",
        "title:foreign OR source:VNA",
        "tháng 10/2025",
        "milnisters",
    ]
    .map(Query::text)
    .into();
    queries.extend([
        Query::text("railway").language(Language::ENGLISH),
        Query::text("railway")
            .since(day("2025-10-05"))
            .before(day("2025-10-20")),
        Query::text("").sort(Sort::Newest).count(Count::Exact),
        Query::text("ngoai giao").sort(Sort::Oldest).limit(50),
        Query::text("the").sort(Sort::Recent {
            half_life: Duration::from_secs(86_400),
        }),
        Query::text("giao")
            .filter(section().is("trade"))
            .source("VNA"),
        Query::text("trade")
            .facet(Facet::language())
            .facet(Facet::key("section"))
            .facet(Facet::dates(Period::Month)),
        Query::text("ministers").collapse(),
        Query::like("1-5"),
    ]);
    let mut answers: Vec<_> = queries
        .iter()
        .map(|query| text(searcher.search(query)))
        .collect();
    for query in &queries[..12] {
        answers.push(text(searcher.explain(query, "1-0")));
        answers.push(text(searcher.did_you_mean(query)));
        let hits = searcher.search(query).and_then(|results| {
            let highlighter = searcher.highlighter(query)?;
            let marked = results
                .hits
                .iter()
                .map(|hit| highlighter.document(&hit.document, 2));
            Ok(marked.collect::<Vec<_>>())
        });
        answers.push(text(hits));
    }
    answers.extend(["bo tru", "กระทร", "forei"].map(|typed| text(searcher.complete(typed, 5))));
    answers
}

/// Writes to the index, and merges all of it. That may fail, but not make damage into new segments.
fn write_to(index: &Index) -> Result<(), mekong_ingest::Error> {
    let mut writer = Writer::new(index)?;
    for n in 0..20 {
        writer.upsert(Document::new(format!("1-{n}")).body("Hà Nội"))?;
    }
    writer.delete("0-0");
    writer.close()
}

fn messages(error: &mekong_core::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        text.push_str(&format!(": {error}"));
        source = error.source();
    }
    text
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir(to).unwrap();
    for file in files(from) {
        fs::copy(&file, to.join(file.file_name().unwrap())).unwrap();
    }
}

/// Damages one place after another, and says before each which.
fn damage_all(folder: &Path, damages: usize) {
    let whole = folder.join("whole");
    let expected = answers(&Index::open(&whole).unwrap());
    assert!(expected.iter().all(Result::is_ok), "{expected:?}");
    let files = files(&whole);
    let (mut refused, mut failed, mut answered, mut written) = (0, 0, 0, 0);
    for case in 0..damages {
        let mut numbers = Numbers(case as u64 * 1_000_003);
        let path = folder.join(format!("case-{case}"));
        copy(&whole, &path);
        let name = files[case % files.len()].file_name().unwrap();
        let name = name.to_str().unwrap();
        let case = format!(
            "case {case}: {name} {}",
            damage(&path.join(name), &mut numbers)
        );
        println!("{case}");

        let checked = Index::open(&path).and_then(|index| index.verify());
        let error = checked.expect_err(&case);
        let messages = messages(&error);
        assert!(messages.contains(name), "{case}: {messages}");
        // What is left of the number of the format may be another one.
        let is_told = error.is_corrupt() || name == "mekong.json" && error.is_other_version();
        assert!(is_told, "{case}: {messages}");

        match Index::open(&path) {
            Err(_) => refused += 1,
            Ok(index) => {
                for (n, (answer, expected)) in answers(&index).iter().zip(&expected).enumerate() {
                    match answer {
                        Ok(answer) => {
                            assert_eq!(answer, expected.as_ref().unwrap(), "{case}, search {n}");
                            answered += 1;
                        }
                        Err(error) => {
                            let corrupt = error.index_error().is_some_and(|e| e.is_corrupt());
                            assert!(corrupt, "{case}, search {n}: {error:?}");
                            failed += 1;
                        }
                    }
                }
                written += usize::from(write_to(&index).is_ok());
            }
        }
        fs::remove_dir_all(path).unwrap();
    }
    println!(
        "end: of {damages} damaged indexes {refused} were refused; of the searches of others \
         {answered} gave the answer and {failed} an error; {written} could be written to"
    );
}

#[test]
fn damage_is_found_and_survived() {
    if let Some(folder) = env::var_os(FOLDER) {
        return damage_all(Path::new(&folder), damages());
    }
    let folder = tempfile::tempdir().unwrap();
    write(&folder.path().join("whole"));

    // In a process of its own, which may hang or end without harm.
    let program = env::current_exe().unwrap();
    let mut child = if cfg!(unix) {
        let mut shell = Command::new("sh");
        let limited = format!("ulimit -v {MEMORY_KB}; exec \"$0\" \"$@\"");
        shell.args(["-c", &limited]).arg(program);
        shell
    } else {
        Command::new(program)
    };
    let mut child = child
        .args(["--exact", "damage_is_found_and_survived", "--nocapture"])
        .env(FOLDER, folder.path())
        .stdout(Stdio::piped())
        .stderr(fs::File::create(folder.path().join("stderr")).unwrap())
        .spawn()
        .unwrap();
    let output = BufReader::new(child.stdout.take().unwrap());
    let (sender, lines) = mpsc::channel();
    thread::spawn(move || {
        output
            .lines()
            .map_while(Result::ok)
            .try_for_each(|l| sender.send(l))
    });
    let mut last = String::new();
    loop {
        match lines.recv_timeout(TIME) {
            Ok(line) if line.starts_with("case") || line.starts_with("end") => last = line,
            Ok(_) => {}
            Err(mpsc::RecvTimeoutError::Disconnected) => break,
            Err(mpsc::RecvTimeoutError::Timeout) => {
                child.kill().unwrap();
                panic!("{last}: it hangs");
            }
        }
    }
    let status = child.wait().unwrap();
    let mut errors = fs::read_to_string(folder.path().join("stderr")).unwrap();
    let start = errors.floor_char_boundary(errors.len().saturating_sub(4000));
    errors.drain(..start);
    assert!(
        status.success() && last.starts_with("end"),
        "{last}: {status}\n{errors}"
    );
    println!("{last}");
}

fn damages() -> usize {
    env::var("MEKONG_DAMAGES").map_or(DAMAGES, |number| number.parse().unwrap())
}

/// A file that is gone.
#[test]
fn a_missing_file_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let whole = folder.path().join("whole");
    write(&whole);
    for file in files(&whole) {
        let name = file.file_name().unwrap().to_str().unwrap();
        let path = folder.path().join("without");
        copy(&whole, &path);
        fs::remove_file(path.join(name)).unwrap();
        let checked = Index::open(&path).and_then(|index| index.verify());
        let error = checked.expect_err(name);
        if name == "mekong.json" {
            assert!(error.is_not_an_index(), "{error:?}");
        } else {
            assert!(error.is_corrupt(), "{name}: {error:?}");
            assert!(messages(&error).contains(name), "{name}: {error:?}");
        }
        fs::remove_dir_all(path).unwrap();
    }
}
