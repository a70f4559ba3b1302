//! English: what the forms of a word have in common, by a light stemmer.
//!
//! It takes off plural and verb endings alone (the S-stemmer of Harman, "How effective is
//! suffixing?", JASIS 1991, and -ed, -ing), so that words stay apart which an aggressive stemmer
//! makes one (`university`, `universe`). Two forms of one word need the same stem; the stem need
//! not be a word.

/// A stem is not shorter than so many letters.
const MIN_STEM: usize = 3;

/// The stem of a folded word: the word itself, or what is put into `buffer`.
pub(crate) fn stem<'a>(folded: &'a str, buffer: &'a mut String) -> &'a str {
    // What most words are no longer in doubt after.
    let may_change = match folded.as_bytes() {
        [_, _, _, .., b's' | b'e'] => true,
        [_, _, .., b'e', b'd'] | [_, .., b'i', b'n', b'g'] => true,
        [_, _, .., a, b] => a == b,
        _ => false,
    };
    if !may_change || folded.len() <= MIN_STEM || !folded.bytes().all(|b| b.is_ascii_lowercase()) {
        return folded;
    }
    buffer.clear();
    buffer.push_str(folded);
    cut_endings(folded, buffer);
    buffer
}

/// Makes `stem`, which is the word itself as yet, its stem.
fn cut_endings(folded: &str, stem: &mut String) {
    if folded.len() > MIN_STEM + 1 && (folded.ends_with("ies") || folded.ends_with("ied")) {
        // studies, studied: study
        stem.truncate(folded.len() - 3);
        stem.push('y');
        return;
    }
    let is_plural = folded.ends_with('s')
        && !["ss", "us", "is"].iter().any(|end| folded.ends_with(end))
        && folded != "news";
    if is_plural {
        stem.pop();
    }
    if !(cut(stem, "ing") || !stem.ends_with("eed") && cut(stem, "ed")) {
        // houses, house: hous
        cut(stem, "e");
    }
    let end = stem.as_bytes();
    if let [.., a, b] = end
        && a == b
        && end.len() > MIN_STEM
        && !is_vowel(*b)
    {
        // planned, plan: plan; classes, class: clas
        stem.pop();
    }
}

/// Takes an ending off if a stem with a vowel is left: not that of `string`.
fn cut(stem: &mut String, ending: &str) -> bool {
    let Some(left) = stem.strip_suffix(ending) else {
        return false;
    };
    let length = left.len();
    let cuts = length >= MIN_STEM && left.bytes().any(is_vowel);
    if cuts {
        stem.truncate(length);
    }
    cuts
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
