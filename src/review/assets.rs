//! The files of the page, which need no build and fetch nothing from elsewhere.

/// A file of the page: its name, kind and bytes.
pub(super) type Asset = (&'static str, &'static str, &'static str);

const HTML: &str = "text/html; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";
const JS: &str = "text/javascript; charset=utf-8";

/// All of them; the first is what the address itself shows.
pub(super) const ASSETS: [Asset; 10] = [
    ("index.html", HTML, include_str!("page/index.html")),
    ("page.css", CSS, include_str!("page/page.css")),
    ("app.js", JS, include_str!("page/app.js")),
    ("card.js", JS, include_str!("page/card.js")),
    ("data.js", JS, include_str!("page/data.js")),
    ("dom.js", JS, include_str!("page/dom.js")),
    ("list.js", JS, include_str!("page/list.js")),
    ("document.js", JS, include_str!("page/document.js")),
    ("panes.js", JS, include_str!("page/panes.js")),
    ("words.js", JS, include_str!("page/words.js")),
];
