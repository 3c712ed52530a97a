"""Markdown in, clean HTML out: the one call of bleach. Cleaned on the way in, so that no view can forget."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

import bleach
from bleach.sanitizer import Cleaner
from markdown_it import MarkdownIt
from markupsafe import Markup
from sqlalchemy import Dialect, Text, TypeDecorator

TAGS = frozenset({"p", "br", "strong", "em", "ul", "ol", "li", "a", "blockquote", "h3", "h4", "hr",
                  "table", "thead", "tbody", "tr", "th", "td"})  # fmt: skip
ATTRIBUTES = {"a": ["href", "title"], "th": ["scope"]}
SCHEMES = frozenset({"https", "http", "mailto", "tel"})
BIDI_CONTROLS = dict.fromkeys(map(ord, "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))
OTHER_HOST = re.compile(r'href="\s*(?://|\\\\|/\\)', re.IGNORECASE)


class CleanHtml(TypeDecorator[Markup]):
    """A column that holds what `from_markdown` returned; anything else is refused."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Markup | None, _dialect: Dialect) -> str | None:
        if value is not None and not isinstance(value, Markup):
            raise TypeError("only cleaned HTML is stored here: use richtext.from_markdown")
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, _dialect: Dialect) -> Markup | None:
        return None if value is None else Markup(value)  # noqa: S704  # it was cleaned on the way in


def from_markdown(source: str) -> Markup:
    """Turn a Markdown subset into HTML without scripts, styles, pictures or foreign schemes.

    Headings begin at h3, because the page owns h1 and h2. Raw HTML in the source comes out as text.
    """
    rendered = _markdown().render(plain(source))
    rendered = re.sub(r"<(/?)h[12]>", r"<\1h3>", re.sub(r"<(/?)h[56]>", r"<\1h4>", rendered))
    rendered = rendered.replace("<th>", '<th scope="col">')
    return Markup(OTHER_HOST.sub('href="#', clean_html(rendered)))  # noqa: S704  # cleaned in this very line


def raised(html: Markup) -> Markup:
    """The same text with its headings a level up: for a page where it stands right below the h1."""
    return Markup(re.sub(r"<(/?)h([34])>", lambda tag: f"<{tag[1]}h{int(tag[2]) - 1}>", html))  # noqa: S704  # still clean


def clean_html(html: str) -> str:
    """The only call of bleach: exchange it here the day another cleaner is wanted."""
    return _cleaner().clean(html)


def plain(text: str) -> str:
    """Normalise what a person typed: NFC, no control characters, no direction overrides, Unix line ends."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = text.translate(BIDI_CONTROLS)
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs", "Co", "Cn"))


def one_line(text: str) -> str:
    """As plain(), for names and titles: one line, nothing invisible but the joiners scripts need."""
    kept = "".join(c for c in plain(text) if unicodedata.category(c) != "Cf" or c in "\u200c\u200d")
    return " ".join(kept.split())


@cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "typographer": False}).enable("table").disable("image")


def _cleaner() -> Cleaner:
    # A cleaner keeps parser state while it works, so each call has its own.
    return bleach.Cleaner(tags=TAGS, attributes=ATTRIBUTES, protocols=SCHEMES, strip=True, strip_comments=True)
