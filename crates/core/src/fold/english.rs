//! English: what the forms of a word have in common, by a light stemmer.
//!
//! It takes off plural and verb endings alone (the S-stemmer of Harman, "How effective is
//! suffixing?", JASIS 1991, and -ed, -ing), so that words stay apart which an aggressive stemmer
//! makes one (`university`, `universe`). Two forms of one word need the same stem; the stem need
//! not be a word.

/// A stem is not shorter than so many letters.
const MIN_STEM: usize = 3;

/// The stem of a folded word: a part of it, or what is put into `buffer`.
pub(crate) fn stem<'a>(folded: &'a str, buffer: &'a mut String) -> &'a str {
    // Most words end in other letters than those that can be taken off.
    let may_change = match folded.as_bytes() {
        [.., b's' | b'e'] | [.., b'e', b'd'] | [.., b'i', b'n', b'g'] => true,
        [.., a, b] => a == b,
        _ => false,
    };
    if !may_change || folded.len() <= MIN_STEM || !folded.bytes().all(|b| b.is_ascii_lowercase()) {
        return folded;
    }
    if folded.len() > MIN_STEM + 1
        && let Some(left) = folded.strip_suffix("ies").or(folded.strip_suffix("ied"))
    {
        // studies, studied: study
        buffer.clear();
        buffer.push_str(left);
        buffer.push('y');
        return buffer;
    }
    let is_plural = !["ss", "us", "is"].iter().any(|end| folded.ends_with(end)) && folded != "news";
    let singular = match folded.strip_suffix('s') {
        Some(singular) if is_plural => singular,
        _ => folded,
    };
    let verb = cut(singular, "ing").or_else(|| {
        let is_noun = singular.ends_with("eed");
        if is_noun { None } else { cut(singular, "ed") }
    });
    // houses, house: hous
    let stem = verb.or_else(|| cut(singular, "e")).unwrap_or(singular);
    match stem.as_bytes() {
        // planned, plan: plan; classes, class: clas
        [.., a, b] if a == b && stem.len() > MIN_STEM && !is_vowel(*b) => &stem[..stem.len() - 1],
        _ => stem,
    }
}

/// A word without an ending if a stem with a vowel is left: not that of `string`.
fn cut<'a>(word: &'a str, ending: &str) -> Option<&'a str> {
    word.strip_suffix(ending)
        .filter(|left| left.len() >= MIN_STEM && left.bytes().any(is_vowel))
}

fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}

#[cfg(test)]
mod tests {
    fn stem(word: &str) -> String {
        super::stem(word, &mut String::new()).to_owned()
    }

    #[test]
    fn forms_of_a_word_have_one_stem() {
        for forms in [
            &["nation", "nations"][..],
            &["country", "countries"],
            &["study", "studies", "studied", "studying"],
            &["house", "houses", "housed", "housing"],
            &["plan", "plans", "planned", "planning"],
            &["class", "classes"],
            &["box", "boxes", "boxed", "boxing"],
            &["create", "creates", "created", "creating"],
            &["control", "controls", "controlled", "controlling"],
            &["install", "installs", "installed"],
            &["hero", "heroes"],
            &["bus", "buses"],
        ] {
            for form in forms {
                assert_eq!(stem(form), stem(forms[0]), "{form}");
            }
        }
    }

    #[test]
    fn different_words_stay_apart() {
        for (a, b) in [
            ("new", "news"),
            ("string", "str"),
            ("thing", "th"),
            ("king", "k"),
            ("use", "us"),
            ("university", "universe"),
            ("policy", "police"),
            ("speed", "spe"),
        ] {
            assert_ne!(stem(a), stem(b), "{a} {b}");
        }
        for word in ["đi", "việt", "москва", "4g", "2025", "", "a"] {
            assert_eq!(stem(word), word);
        }
    }
}
