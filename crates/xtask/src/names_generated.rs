//! Units that the pairs of names have too few of: those of [`names.txt`](../names.txt), and for Lao,
//! of which there are few pairs, what the same letters are written with in Thai.

use anyhow::{Context, Result};
use mekong_names::{Script, training};

/// Units written by hand.
const OWN: &str = include_str!("../names.txt");

/// Lao letters and the Thai ones that sound the same; of several, the first that Thai spells so.
#[rustfmt::skip]
const LETTERS: &[(char, &str)] = &[
    ('ກ', "ก"), ('ຂ', "ข"), ('ຄ', "ค"), ('ງ', "ง"), ('ຈ', "จ"), ('ສ', "ส"), ('ຊ', "ซช"), ('ຍ', "ยญ"),
    ('ດ', "ด"), ('ຕ', "ต"), ('ຖ', "ถ"), ('ທ', "ท"), ('ນ', "น"), ('ບ', "บ"), ('ປ', "ป"), ('ຜ', "ผ"),
    ('ຝ', "ฝ"), ('ພ', "พ"), ('ຟ', "ฟ"), ('ມ', "ม"), ('ຢ', "ย"), ('ຣ', "ร"), ('ລ', "ล"), ('ວ', "ว"),
    ('ຫ', "ห"), ('ອ', "อ"), ('ຮ', "ฮ"), ('ະ', "ะ"), ('ັ', "ั"), ('າ', "า"), ('ຳ', "ำ"), ('ິ', "ิ"),
    ('ີ', "ี"), ('ຶ', "ึ"), ('ື', "ื"), ('ຸ', "ุ"), ('ູ', "ู"), ('ເ', "เ"), ('ແ', "แ"), ('ໂ', "โ"),
    ('ໄ', "ไ"), ('ໃ', "ใ"), ('໌', "์"), ('^', "^"), ('$', "$"),
];

/// What a Lao unit is worth that was made from a Thai one.
const OF_THAI: f64 = 0.3;

/// A unit, Latin letters, and how likely it is at least written with them; all as text.
pub(crate) type Unit = (String, String, f64);

/// The units of `names.txt` for a script.
pub(crate) fn own(script: Script) -> Result<Vec<Unit>> {
    let section = format!("[{}]", training::section(script));
    let lines = OWN.lines().skip_while(|line| *line != section).skip(1);
    let lines = lines.take_while(|line| !line.starts_with('['));
    let mut units = Vec::new();
    for line in lines.filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (native, spellings) = line
            .split_once('\t')
            .with_context(|| format!("names.txt: no tab: {line:?}"))?;
        let spellings: Vec<&str> = spellings.split(' ').collect();
        for spelling in spellings.chunks(2) {
            let [latin, share] = spelling else {
                anyhow::bail!("names.txt: spellings and shares come in pairs: {line:?}");
            };
            let share: f64 = share
                .parse()
                .with_context(|| format!("names.txt: no number in {line:?}"))?;
            let latin = if *latin == "-" { "" } else { latin };
            anyhow::ensure!(
                native.chars().count() <= 2 && latin.len() <= 3,
                "names.txt: more than two letters, or three Latin ones: {line:?}"
            );
            units.push((native.to_owned(), latin.to_owned(), share / 100.0));
        }
    }
    Ok(units)
}

/// Lao units made from Thai ones.
pub(crate) fn lao(thai: &[Unit]) -> Vec<Unit> {
    let lao = |letter: char| {
        LETTERS
            .iter()
            .filter(move |(_, thai)| thai.contains(letter))
            .map(|&(lao, _)| lao)
    };
    let mut units = Vec::new();
    for (native, latin, likely) in thai {
        let mut spelled = vec![String::new()];
        for letter in native.chars() {
            spelled = spelled
                .iter()
                .flat_map(|before| lao(letter).map(move |letter| format!("{before}{letter}")))
                .collect();
        }
        let unit = |native| (native, latin.clone(), likely * OF_THAI);
        units.extend(spelled.into_iter().map(unit));
    }
    units
}
