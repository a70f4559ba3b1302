//! The built-in table of aliases: what Unicode's CLDR calls countries, cities and languages in the
//! languages of Mekong, and what `aliases.txt` adds by hand.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;

use crate::sources::Sources;

/// CLDR's names of the languages whose names are taken, in the order in which they stand.
const LOCALES: [&str; 8] = ["en", "vi", "th", "lo", "km", "my", "zh", "zh-Hant"];

/// Our own rows. One that begins with the first name of a group of CLDR's adds to that group.
const OWN: &str = include_str!("../aliases.txt");

/// Two-letter codes of CLDR that stand for no place.
const NO_PLACES: [&str; 4] = ["QO", "XA", "XB", "ZZ"];
/// Africa, Southeast Asia, Asia, Europe, Latin America (UN M49).
const REGIONS: [&str; 5] = ["002", "035", "142", "150", "419"];

/// Time zones that are named after a capital or another large city.
const CITIES: &str = "
    Africa: Abidjan Accra Addis_Ababa Algiers Asmera Bamako Bangui Banjul Brazzaville Bujumbura
        Cairo Casablanca Conakry Dakar Dar_es_Salaam Freetown Gaborone Harare Johannesburg Juba
        Kampala Khartoum Kigali Kinshasa Lagos Libreville Luanda Lusaka Malabo Maputo Maseru
        Mbabane Mogadishu Monrovia Nairobi Ndjamena Niamey Nouakchott Ouagadougou Porto-Novo
        Tripoli Tunis Windhoek
    America: Asuncion Bogota Buenos_Aires Caracas Chicago Havana La_Paz Lima Los_Angeles Managua
        Mexico_City Montevideo Nassau New_York Paramaribo Port-au-Prince Port_of_Spain Santiago
        Santo_Domingo Sao_Paulo Tegucigalpa Toronto Vancouver
    Asia: Almaty Amman Ashgabat Baghdad Baku Bangkok Beirut Bishkek Calcutta Colombo Damascus Dhaka
        Dili Dubai Dushanbe Gaza Irkutsk Jakarta Jerusalem Kabul Karachi Katmandu Kuala_Lumpur
        Kuching Manila Muscat Nicosia Novosibirsk Phnom_Penh Pyongyang Rangoon Riyadh Saigon
        Samarkand Seoul Shanghai Taipei Tashkent Tbilisi Tehran Thimphu Tokyo Ulaanbaatar Urumqi
        Vientiane Vladivostok Yerevan
    Atlantic: Reykjavik
    Australia: Adelaide Brisbane Melbourne Perth Sydney
    Europe: Amsterdam Athens Belgrade Berlin Bratislava Brussels Bucharest Budapest Chisinau
        Copenhagen Dublin Helsinki Istanbul Kiev Lisbon Ljubljana London Madrid Minsk Moscow Oslo
        Paris Podgorica Prague Riga Rome Sarajevo Skopje Sofia Stockholm Tallinn Tirane Vienna
        Vilnius Warsaw Zagreb Zurich
    Indian: Antananarivo
    Pacific: Apia Auckland Funafuti Honolulu Majuro Port_Moresby
";

/// Languages that are official in a country, have many speakers, or are spoken along the Mekong.
const LANGUAGES: &str = "
    af am ar as az be bg bn bo bs ca ceb cs cy da de el en eo es et eu fa fi fil fr ga gl gu ha he hi
    hmn hr hu hy id ig is it ja jv ka kac kk km kn ko ku ky la lb lo lt lv mg mi mk ml mn mr ms mt my
    ne nl no om or pa pl ps pt qu ro ru sa sd shn si sk sl sm so sq sr su sv sw ta te tg th tk tl tr
    ug uk ur uz vi xh yi yo yue za zh zu";

/// Names that are mostly something else to their readers.
const ORDINARY: [(&str, &str); 17] = [
    ("US", "us, in English"),
    ("Áo", "coat; `nước Áo` stands in its place"),
    ("Jersey", "a garment, New Jersey"),
    ("Réunion", "reunion, once it has no accent; `La Réunion`"),
    ("ຊາດ", "nation; Chad"),
    ("ឆែក", "to check; Czechia"),
    ("มาลี", "a woman's name, jasmine; Mali"),
    ("ကွန်ဂို", "either Congo"),
    ("自由城", "free city; Freetown"),
    ("自由市", "free city; Libreville"),
    ("獅子山", "a mountain; Sierra Leone"),
    ("尼日", "the beginning of 尼日利亚, Nigeria"),
    ("ໂຮຈິມິນ", "the man; Ho Chi Minh City"),
    ("ហូជីមីញ", "the man; Ho Chi Minh City"),
    ("圣地亚哥", "many cities; Santiago"),
    ("聖地牙哥", "many cities; San Diego too"),
    ("Ciudad de México", "Spanish, as CLDR has it in Vietnamese"),
];

/// The names of one thing, each once, in the order in which they came.
type Group = Vec<String>;

/// The file of the built-in table.
pub(crate) fn table(sources: &Sources) -> Result<String> {
    let mut sections = [
        ("Countries and territories", territories(sources)?),
        ("Cities", cities(sources)?),
        ("Languages", languages(sources)?),
    ];
    let others = add_own(&mut sections)?;
    let mut text = header(sources)?;
    let mut taken = BTreeSet::new();
    for (title, groups) in sections
        .into_iter()
        .chain([("Others, from crates/xtask/aliases.txt", others)])
    {
        text.push_str(&format!("\n# {title}\n"));
        for group in unambiguous(groups, &mut taken) {
            text.push_str(&group.join(" = "));
            text.push('\n');
        }
    }
    Ok(text)
}

fn header(sources: &Sources) -> Result<String> {
    let version = |package: &str| -> Result<String> {
        let package = json(sources, &format!("cldr/{package}/package.json"))?;
        let version = package["version"].as_str();
        Ok(version.context("a package has no version")?.to_owned())
    };
    let (names, dates) = (
        version("cldr-localenames-full")?,
        version("cldr-dates-full")?,
    );
    Ok(format!(
        "# Names of countries, cities and languages. Made by `xtask aliases`, not edited by hand, from\n\
         # Unicode CLDR: npm packages cldr-localenames-full {names} and cldr-dates-full {dates},\n\
         # under Unicode-3.0 (LICENSE-unicode);\n\
         # and from crates/xtask/aliases.txt, which is the project's own.\n"
    ))
}

fn territories(sources: &Sources) -> Result<Vec<Group>> {
    let names = display_names(sources, "territories")?;
    let codes: BTreeSet<&str> = names[0].keys().map(|key| code(key)).collect();
    let is_place = |code: &str| {
        REGIONS.contains(&code) || code.len() == 2 && code.is_ascii() && !NO_PLACES.contains(&code)
    };
    let mut groups = Vec::new();
    for place in codes.into_iter().filter(|code| is_place(code)) {
        let mut group = Group::new();
        for (locale, names) in LOCALES.iter().zip(&names) {
            for (_, name) in names.iter().filter(|(key, _)| code(key) == place) {
                add(&mut group, locale, name);
            }
        }
        groups.push(group);
    }
    Ok(groups)
}

/// The code of a key such as `US` or `US-alt-short`.
fn code(key: &str) -> &str {
    key.split_once("-alt-").map_or(key, |(code, _)| code)
}

fn cities(sources: &Sources) -> Result<Vec<Group>> {
    let mut zones = Vec::new();
    for locale in LOCALES {
        let name = format!("cldr/cldr-dates-full/main/{locale}/timeZoneNames.json");
        let mut names = json(sources, &name)?;
        zones.push(names["main"][locale]["dates"]["timeZoneNames"]["zone"].take());
    }
    let mut groups = Vec::new();
    let mut continent = "";
    for word in CITIES.split_whitespace() {
        if let Some(name) = word.strip_suffix(':') {
            continent = name;
            continue;
        }
        ensure!(
            zones.iter().any(|zone| zone[continent].get(word).is_some()),
            "CLDR has no zone {continent}/{word}"
        );
        let mut group = Group::new();
        for (locale, zone) in LOCALES.iter().zip(&zones) {
            match zone[continent][word]["exemplarCity"].as_str() {
                Some(name) => add(&mut group, locale, name),
                // By CLDR's rule the identifier is the name.
                None => add(&mut group, locale, &word.replace('_', " ")),
            }
        }
        groups.push(group);
    }
    Ok(groups)
}

fn languages(sources: &Sources) -> Result<Vec<Group>> {
    let names = display_names(sources, "languages")?;
    let mut groups = Vec::new();
    for language in LANGUAGES.split_whitespace() {
        let mut group = Group::new();
        for (locale, names) in LOCALES.iter().zip(&names) {
            let Some(name) = names.get(language) else {
                continue;
            };
            // Many a language is called as its country, or as what is from there.
            let name = match *locale {
                "en" => format!("{name} language"),
                "th" => format!("ภาษา{name}"),
                "lo" => format!("ພາສາ{name}"),
                "km" => format!("ភាសា{name}"),
                "my" => format!("{name}ဘာသာ"),
                _ => name.clone(),
            };
            add(&mut group, locale, &name);
        }
        groups.push(group);
    }
    Ok(groups)
}

/// Adds a name as people write it, unless it is there or explains itself in brackets.
fn add(group: &mut Group, locale: &str, name: &str) {
    let name = name.replace('\u{200B}', "");
    let name = match locale {
        "en" => name.replace(" & ", " and "),
        _ => name,
    };
    if !name.contains(['(', '（', '=']) && !group.contains(&name) {
        group.push(name);
    }
}

/// Adds our own rows to the groups whose first name they begin with, and gives the others.
fn add_own(sections: &mut [(&str, Vec<Group>)]) -> Result<Vec<Group>> {
    let mut others = Vec::new();
    let lines = OWN.lines().map(str::trim);
    for line in lines.filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let row: Vec<&str> = line.split('=').map(str::trim).collect();
        if row.len() < 2 || row.contains(&"") {
            bail!("aliases.txt: {line:?} is not two names or more with `=` between them");
        }
        let groups = sections.iter_mut().flat_map(|(_, groups)| groups);
        match groups
            .into_iter()
            .find(|group| group.first().map(String::as_str) == row.first().copied())
        {
            Some(group) => {
                for name in row {
                    if !group.iter().any(|known| known == name) {
                        group.push(name.to_owned());
                    }
                }
            }
            None => others.push(row.into_iter().map(str::to_owned).collect()),
        }
    }
    Ok(others)
}

/// The groups without ordinary words, without the names that an earlier section has, and without
/// those that two of them have; what is left with one name is no group. `taken` remembers the names
/// of all sections.
fn unambiguous(groups: Vec<Group>, taken: &mut BTreeSet<String>) -> Vec<Group> {
    let mut here = BTreeMap::<String, usize>::new();
    for group in &groups {
        let keys: BTreeSet<String> = group.iter().map(|name| key(name)).collect();
        for key in keys {
            *here.entry(key).or_default() += 1;
        }
    }
    let groups = groups
        .into_iter()
        .map(|mut group| {
            group.retain(|name| {
                let key = key(name);
                !ORDINARY.iter().any(|(ordinary, _)| ordinary == name)
                    && here.get(&key) == Some(&1)
                    && !taken.contains(&key)
            });
            group
        })
        .filter(|group| group.len() > 1)
        .collect();
    taken.extend(here.into_keys());
    groups
}

/// A name in lower case without blanks and hyphens. The engine takes more for alike; a test of
/// mekong-core tells of names that are ambiguous all the same.
fn key(name: &str) -> String {
    let lower = name.chars().flat_map(char::to_lowercase);
    lower.filter(|c| !c.is_whitespace() && *c != '-').collect()
}

/// For each locale CLDR's names by their keys.
fn display_names(sources: &Sources, kind: &str) -> Result<Vec<BTreeMap<String, String>>> {
    let mut all = Vec::new();
    for locale in LOCALES {
        let name = format!("cldr/cldr-localenames-full/main/{locale}/{kind}.json");
        let mut names = json(sources, &name)?;
        let names = names["main"][locale]["localeDisplayNames"][kind].take();
        all.push(serde_json::from_value(names).with_context(|| format!("{name} has no {kind}"))?);
    }
    Ok(all)
}

fn json(sources: &Sources, name: &str) -> Result<Value> {
    serde_json::from_str(&sources.text(name)?).with_context(|| format!("{name} is no JSON"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn groups(rows: &[&str]) -> Vec<Group> {
        let names = |row: &&str| row.split(" = ").map(str::to_owned).collect();
        rows.iter().map(names).collect()
    }

    #[test]
    fn a_name_of_two_things_is_left_to_the_earlier_section_or_to_none() {
        let mut taken = BTreeSet::new();
        let countries = groups(&[
            "Luxembourg = 卢森堡",
            "Congo = ຄອງໂກ = 刚果",
            "Congo = 布 = 布拉",
        ]);
        assert_eq!(
            unambiguous(countries, &mut taken),
            groups(&["Luxembourg = 卢森堡", "ຄອງໂກ = 刚果", "布 = 布拉"])
        );
        let cities = groups(&["Luxembourg = 卢森堡 = ລຸກ", "Rome = 罗马"]);
        assert_eq!(unambiguous(cities, &mut taken), groups(&["Rome = 罗马"]));
        let ordinary = groups(&["Austria = Áo = nước Áo"]);
        assert_eq!(
            unambiguous(ordinary, &mut taken),
            groups(&["Austria = nước Áo"])
        );
    }

    #[test]
    fn our_own_rows_add_to_what_they_begin_with() {
        let mut sections = [("Countries", groups(&["Thailand = ไทย", "Myanmar = 缅甸"]))];
        let others = add_own(&mut sections).unwrap_or_default();
        let [(_, countries)] = sections;
        assert!(countries[0].contains(&"ประเทศไทย".to_owned()));
        assert!(countries[1].contains(&"Burma".to_owned()));
        assert!(others.iter().any(|group| group[0] == "Hanoi"));
    }
}
