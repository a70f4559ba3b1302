//! What elements and classes of HTML are, by their names.

/// How an element stands among others.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Within a line.
    Inline,
    Paragraph,
    ListItem,
    /// `dt`, `dd`.
    Term,
    /// A list: the item that is open outside of it stays so.
    List,
    Table,
    Row,
    Cell,
    Heading(u8),
    Preformatted,
    Block,
}

impl Kind {
    pub(super) fn of(name: &[u8]) -> Self {
        match name {
            b"p" => Self::Paragraph,
            b"li" => Self::ListItem,
            b"dt" | b"dd" => Self::Term,
            b"ul" | b"ol" | b"dl" | b"menu" => Self::List,
            b"table" => Self::Table,
            b"tr" | b"thead" | b"tbody" | b"tfoot" | b"caption" => Self::Row,
            b"td" | b"th" => Self::Cell,
            b"h1" => Self::Heading(1),
            b"h2" => Self::Heading(2),
            b"h3" => Self::Heading(3),
            b"h4" => Self::Heading(4),
            b"h5" => Self::Heading(5),
            b"h6" => Self::Heading(6),
            b"pre" | b"listing" => Self::Preformatted,
            b"address" | b"article" | b"aside" | b"blockquote" | b"center" | b"details"
            | b"dialog" | b"div" | b"fieldset" | b"figcaption" | b"figure" | b"footer"
            | b"form" | b"header" | b"hgroup" | b"legend" | b"main" | b"nav" | b"search"
            | b"section" | b"summary" | b"template" | b"button" | b"select" | b"option"
            | b"optgroup" | b"frameset" | b"dir" => Self::Block,
            _ => Self::Inline,
        }
    }
}

/// Elements whose text is not on the page, or is for using it. `rt` tells how `ruby` is spoken.
pub(super) fn is_hidden(name: &[u8]) -> bool {
    matches!(
        name,
        b"template"
            | b"svg"
            | b"object"
            | b"video"
            | b"audio"
            | b"canvas"
            | b"button"
            | b"select"
            | b"datalist"
            | b"dialog"
            | b"map"
            | b"rt"
            | b"rp"
            | b"applet"
            | b"noframes"
    )
}

/// Elements that have no end tag.
pub(super) fn is_void(name: &[u8]) -> bool {
    matches!(
        name,
        b"area"
            | b"base"
            | b"col"
            | b"embed"
            | b"img"
            | b"input"
            | b"param"
            | b"source"
            | b"track"
            | b"wbr"
            | b"meta"
            | b"link"
            | b"frame"
            | b"basefont"
            | b"bgsound"
    )
}

/// Words of class names and ids of what stands around articles.
const ASIDE_WORDS: &[&str] = &[
    "ad",
    "ads",
    "adv",
    "advert",
    "advertisement",
    "advertising",
    "banner",
    "breadcrumb",
    "breadcrumbs",
    "cmt",
    "comment",
    "comments",
    "cookie",
    "cookies",
    "disqus",
    "footer",
    "login",
    "menu",
    "nav",
    "navbar",
    "navigation",
    "newsletter",
    "outbrain",
    "pager",
    "pagination",
    "paging",
    "popular",
    "popup",
    "promo",
    "promotion",
    "rating",
    "recommend",
    "recommendation",
    "recommendations",
    "recommended",
    "related",
    "share",
    "sharing",
    "sidebar",
    "social",
    "sponsor",
    "sponsored",
    "subscribe",
    "subscription",
    "taboola",
    "tags",
    "toolbar",
    "trending",
];

/// Names of more than one word, without what is between them. Vietnamese: related, comments,
/// advertising, most read, more, share, other news.
const ASIDE_NAMES: &[&str] = &[
    "binhluan",
    "chiase",
    "docnhieu",
    "lienquan",
    "mostread",
    "mostviewed",
    "quangcao",
    "readmore",
    "seealso",
    "tinkhac",
    "tinlienquan",
    "xemnhieu",
    "xemthem",
];

/// Whether a class or id is that of something around an article.
pub(super) fn is_aside(names: &str) -> bool {
    names.split_ascii_whitespace().any(|name| {
        let mut joined = String::with_capacity(name.len());
        let mut word = String::new();
        let mut found = false;
        let mut was_lower = false;
        for c in name.chars().chain(['-']) {
            let ends = !c.is_ascii_alphanumeric() || c.is_ascii_uppercase() && was_lower;
            if ends {
                found |= ASIDE_WORDS.contains(&word.as_str());
                joined.push_str(&word);
                word.clear();
            }
            if c.is_ascii_alphanumeric() {
                word.push(c.to_ascii_lowercase());
            }
            was_lower = c.is_ascii_lowercase();
        }
        found || ASIDE_NAMES.iter().any(|name| joined.contains(name))
    })
}
