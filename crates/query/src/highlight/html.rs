//! Snippets for web pages.

use super::Snippet;

impl Snippet {
    /// The text for a web page: its matches in `<mark>`, and what HTML would take for its own
    /// escaped (`&`, `<`, `>`, `"`, `'`), so that it may stand between tags and in attributes.
    ///
    /// ```
    /// use mekong_core::Index;
    /// use mekong_query::{Query, Searcher};
    ///
    /// let index = Index::in_memory()?;
    /// let highlighter = Searcher::new(&index).highlighter(&Query::text("hà nội"))?;
    /// let snippet = highlighter.snippet("Hà Nội & \"Huế\"");
    /// assert_eq!(snippet.html(), "<mark>Hà Nội</mark> &amp; &quot;Huế&quot;");
    /// assert_eq!(snippet.html_with("<b>", "</b>"), "<b>Hà Nội</b> &amp; &quot;Huế&quot;");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn html(&self) -> String {
        self.html_with("<mark>", "</mark>")
    }

    /// The same with other tags around the matches. They are not escaped.
    #[must_use]
    pub fn html_with(&self, open: &str, close: &str) -> String {
        let mut html = String::with_capacity(self.text.len() + 64);
        let mut end = 0;
        for highlight in &self.highlights {
            escape(&self.text[end..highlight.start], &mut html);
            html.push_str(open);
            escape(&self.text[highlight.clone()], &mut html);
            html.push_str(close);
            end = highlight.end;
        }
        escape(&self.text[end..], &mut html);
        html
    }
}

fn escape(text: &str, html: &mut String) {
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            _ => html.push(c),
        }
    }
}
