//! Whether Burmese text is in Zawgyi, the encoding before Unicode that uses the same code points
//! for other letters.
//!
//! Zawgyi stores what the eye sees from left to right: the vowel ေ and the medial ြ before their
//! consonant; its U+1039 is what U+103A is in Unicode, its U+103A to U+103D are other medials.
//! Each encoding therefore has sequences that the other cannot have (Unicode Technical Note #11;
//! The Unicode Standard, chapter 16.3). This file counts both kinds and reports, it never
//! converts.

/// Sequences that speak for Zawgyi which a text must have before it is called so; one of them at
/// least must be impossible in Unicode.
const ENOUGH: usize = 2;
/// How many of them must stand against one that is impossible in Zawgyi.
const PREPONDERANCE: usize = 8;

/// The row of letters that stack with many others.
const NO_ROW: u8 = 5;
/// The row of letters that stack with themselves at most.
const LONER: u8 = 6;

/// What a character is, as far as evidence goes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sign {
    /// Nothing of the Myanmar script.
    Outside,
    /// A letter of Burmese, in both encodings, and its row in the Indic alphabet: ka 0, ca 1,
    /// ta 2 and 3, pa 4; ya and nnya [`LONER`], the rest [`NO_ROW`].
    Letter(u8),
    /// U+1031, ေ.
    VowelE,
    /// U+102B to U+1030, U+1032, U+1036: a vowel or anusvara in both encodings.
    Vowel,
    /// U+1037, U+1038: tone in both encodings.
    Tone,
    /// U+1039: virama, asat in Zawgyi.
    Sign1039,
    /// U+103A: asat, medial ya in Zawgyi.
    Sign103A,
    /// U+103B: medial ya, in Zawgyi medial ra, which stands before its letter.
    Sign103B,
    /// U+103C to U+103E: medials in both encodings.
    Medial,
    /// U+1060 to U+1097, stacked letters and variants in Zawgyi, other languages in Unicode; and
    /// all the rest of the script.
    Other,
}

impl Sign {
    fn of(c: char) -> Self {
        match c {
            '\u{1000}'..='\u{1009}' => Self::Letter((c as u32 - 0x1000) as u8 / 5),
            '\u{100B}'..='\u{1019}' => Self::Letter((c as u32 - 0x1001) as u8 / 5),
            '\u{100A}' | '\u{101A}' => Self::Letter(LONER),
            '\u{1000}'..='\u{102A}' => Self::Letter(NO_ROW),
            '\u{102B}'..='\u{1030}' | '\u{1032}' | '\u{1036}' => Self::Vowel,
            '\u{1031}' => Self::VowelE,
            '\u{1037}' | '\u{1038}' => Self::Tone,
            '\u{1039}' => Self::Sign1039,
            '\u{103A}' => Self::Sign103A,
            '\u{103B}' => Self::Sign103B,
            '\u{103C}'..='\u{103E}' => Self::Medial,
            '\u{1033}'..='\u{109F}' | '\u{A9E0}'..='\u{A9FE}' | '\u{AA60}'..='\u{AA7F}' => {
                Self::Other
            }
            _ => Self::Outside,
        }
    }
}

/// Whether a text is written in Zawgyi, the encoding that Burmese text had before Unicode.
///
/// True only on clear evidence: two sequences that speak for Zawgyi, one of which Unicode cannot
/// have, and to eight of them at most one that Zawgyi cannot have. Short or mixed text, text in other scripts, and
/// Shan, Mon or Karen in Unicode are not called Zawgyi. Time is linear.
///
/// ```
/// // Both are drawn as ကျွန်တော်က မြန်မာစာကို လေ့လာနေပါတယ်။, each with a font of its own.
/// assert!(mekong_segment::is_zawgyi("ကၽြန္ေတာ္က ျမန္မာစာကို ေလ့လာေနပါတယ္။"));
/// assert!(!mekong_segment::is_zawgyi("ကျွန်တော်က မြန်မာစာကို လေ့လာနေပါတယ်။"));
/// ```
#[must_use]
pub fn is_zawgyi(text: &str) -> bool {
    let (mut zawgyi, mut rather_zawgyi, mut unicode) = (0usize, 0usize, 0usize);
    let [mut earlier, mut before, mut here] = [Sign::Outside; 3];
    let signs = text
        .chars()
        .filter(|&c| !crate::script::is_ignorable(c))
        .map(Sign::of);
    for after in signs.chain([Sign::Outside]) {
        match evidence(earlier, before, here, after) {
            Some(Encoding::Zawgyi) => zawgyi += 1,
            Some(Encoding::RatherZawgyi) => rather_zawgyi += 1,
            Some(Encoding::Unicode) => unicode += 1,
            None => {}
        }
        (earlier, before, here) = (before, here, after);
    }
    let all = zawgyi + rather_zawgyi;
    zawgyi > 0 && all >= ENOUGH && all >= unicode.saturating_mul(PREPONDERANCE)
}

#[derive(Clone, Copy)]
enum Encoding {
    Zawgyi,
    /// Never in Burmese in Unicode, but in other languages (Mon ပ္ဍဲ).
    RatherZawgyi,
    Unicode,
}

/// Which encoding can have the sign `here` between its neighbours, if but one can.
fn evidence(earlier: Sign, before: Sign, here: Sign, after: Sign) -> Option<Encoding> {
    use Encoding::{RatherZawgyi, Unicode, Zawgyi};
    use Sign::{Letter, Medial, Other, Outside, Sign103A, Sign103B, Sign1039, Tone, Vowel, VowelE};
    match (before, here, after) {
        // ေ before its letter, with none before it to bear it.
        (Outside | Vowel | Tone | Sign1039 | Sign103A, VowelE, Letter(_) | Sign103B) => {
            Some(Zawgyi)
        }
        // ေ that has its letter before it, and none after.
        (Letter(_) | Medial | Sign103B | Other, VowelE, Vowel | Tone | Outside) => Some(Unicode),
        // Asat, where virama would need a letter to stack.
        (Letter(_) | Medial | Vowel | Sign103A, Sign1039, Outside | VowelE | Tone | Sign103B) => {
            Some(Zawgyi)
        }
        // Letters stack within their row; asat stands between any two.
        (Letter(upper), Sign1039, Letter(lower))
            if upper != lower && (upper == LONER || upper < NO_ROW && lower < NO_ROW) =>
        {
            Some(RatherZawgyi)
        }
        // Medial ya with a vowel; asat has none but those below.
        (Letter(_), Sign103A, Vowel) => Some(Zawgyi),
        // Asat at the end of a syllable, where medial ya would need a vowel after it or ေ before.
        (Letter(_) | Vowel | Tone | Other, Sign103A, Tone | Outside) if earlier != VowelE => {
            Some(Unicode)
        }
        (Vowel | Tone, Sign103A, _) => Some(Unicode),
        // Medial ra before its letter, with none before it to bear it.
        (Outside | Vowel | VowelE | Tone | Sign1039, Sign103B, Letter(_)) => Some(Zawgyi),
        // Kinzi.
        (Sign103A, Sign1039, Letter(_)) => Some(Unicode),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn zawgyi_is_known_by_its_order() {
        for text in [
            // မြန်မာနိုင်ငံ ပြည်ထောင်စု
            "ျမန္မာႏိုင္ငံ ျပည္ေထာင္စု",
            // ကြောင့်၊ ကျောင်းသားများ
            "ေၾကာင့္၊ ေက်ာင္းသားမ်ား",
            // မြန်မာ
            "ျမန္မာ",
            // သင် ဘယ်ကို သွားမလဲ။
            "သင္ ဘယ္ကို သြားမလဲ။",
            // ဒီမှာ ထိုင်ပါ၊ ကျေးဇူးပြုပြီး ခဏစောင့်ပေးပါ။
            "ဒီမွာ ထိုင္ပါ၊ ေက်းဇူးျပဳၿပီး ခဏေစာင့္ေပးပါ။",
            // English words between do not hide it.
            "Facebook ေပၚမွာ ေတြ႕ခဲ့တဲ့ post ေတြကို share လုပ္ပါ",
        ] {
            assert!(is_zawgyi(text), "{text}");
        }
    }

    #[test]
    fn unicode_is_not_zawgyi() {
        for text in [
            "မြန်မာနိုင်ငံ ပြည်ထောင်စု",
            "ကြောင့်၊ ကျောင်းသားများ",
            "ဒီမှာ ထိုင်ပါ၊ ကျေးဇူးပြုပြီး ခဏစောင့်ပေးပါ။",
            "အင်္ဂလိပ်စာနှင့် ယောက်ျားလေးများ၊ ကျွန်ုပ်တို့",
            // Pali stacks.
            "ဗုဒ္ဓံ သရဏံ ဂစ္ဆာမိ။ ဓမ္မံ သရဏံ ဂစ္ဆာမိ။ သံဃံ သရဏံ ဂစ္ဆာမိ။",
            // Shan, Mon, S'gaw Karen.
            "ၵႂၢမ်းတႆး မိူင်းတႆး ပဵၼ် ၽႃႇသႃႇ ၼိုင်ႈ",
            "ဘာသာမန် ပ္ဍဲ ပ္ဍဲ ဍုၚ်ဗၟာ ဂွံ က္တဵု ပ္တိတ် ကၠုၚ်",
            "ကညီကျိာ် ဟံၣ်ဒီး ပှၤကညီ အိၣ်ဝဲ လၢကီၢ်ပယီၤ",
        ] {
            assert!(!is_zawgyi(text), "{text}");
        }
    }

    #[test]
    fn what_is_short_mixed_or_foreign_stays_undecided() {
        for text in [
            "",
            "hello",
            "กขค",
            "ေ",
            "ျပန",
            "Zawgyi ဖြင့် ေရးသည်ကို Unicode ဖြင့် ရေးသည်ဟု ပြောကြသည်။",
        ] {
            assert!(!is_zawgyi(text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_judged(text in any::<String>(), marks in "[\u{1000}-\u{109F} ]{0,40}") {
            let _ = (is_zawgyi(&text), is_zawgyi(&marks));
        }
    }
}
