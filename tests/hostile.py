"""Hostile input: values nobody means well with, requests sent as raw bytes, and what the application logs of them."""

from __future__ import annotations

import logging
import re
import sys
import traceback
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from io import BytesIO
from random import Random
from typing import Any
from urllib.parse import quote, quote_plus, unquote_to_bytes

import structlog
from flask import Flask
from werkzeug.datastructures import Headers
from werkzeug.test import create_environ, run_wsgi_app

from app import db, logs
from tests.town import GUEST, visitor_as

FORM = "application/x-www-form-urlencoded"

# Numbers at the edges of what columns, counters and calendars hold.
NUMBERS = [
    0, 1, 2, 7, 13, 99, -1, -2, 2**15, 2**31 - 1, 2**31, -(2**31), -(2**31) - 1, 2**32, 2**53, 2**63 - 1, 2**63,
    -(2**63), 2**64, 10**18, 10**40, 10**400,
]  # fmt: skip
LIKE_NUMBERS = [
    "00", "0001", "1.0", "1e3", "1e400", "-0", "+1", " 1", "1 ", "0x10", "1_000", "NaN", "inf", "-Infinity", "٣",
    "１２", "²", "½", "1,5", "1\u00a0000", "0" * 30 + "1",
]  # fmt: skip
DATES = [
    "0000-00-00", "0001-01-01", "9999-12-31", "9999-12-31T23:59", "0001-01-01T00:00", "2027-02-30", "2027-13-01",
    "2027-03-28T02:30", "2026-10-25T02:30", "20270315", "10000-01-01", "-0001-01-01", "1970-01-01T00:00:00Z",
    "2027-03-15T25:61", "2027-W11-1",
]  # fmt: skip
MARKUP = [
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "'><svg/onload=alert(1)>", "{{7*7}}", "${7*7}",
    "{% debug %}", "%(name)s", "%s%n", "{0.__class__}", "javascript:alert(1)", "<!--", "]]>", "&lt;b&gt;", "&#0;",
]  # fmt: skip
QUERIES = [
    "' OR '1'='1", "1; DROP TABLE person; --", "\\'", "1) UNION SELECT NULL--", "%", "_", "%' ESCAPE '", "\\", "$$",
    "1/0", "pg_sleep(9)", "*", "(((((", "[a-", "^(a+)+$",
]  # fmt: skip
PATHS = [
    "../../etc/passwd", "..", ".", "/", "//", "//evil.example", "/\\evil.example", "https://evil.example",
    "https://x.example/\x00", "ht\ntps://x.example/",
    "https://x.example/\u202e", "..\\..\\x", "\\", "C:\\", "file:///etc/passwd",
    "a/b/c", ".git", "~", "?", "#", "?a=b#c", ";", "@", "a@b",
]  # fmt: skip
TEXTS = [
    "", " ", "\t", "x" * 43, "x" * 32, "x" * 300, "x" * 5000, "å" * 400, "null", "None", "undefined", "true", "[]",
    "{}", "admin", "sv", "ar", "en", "sv-simple", "shown", "person:1", "dialogue:1", "survey:1", "question:1",
    "title", "before", "large", "small", "=1+1", "@SUM(A1)", "+46", "-", "--", "\r\nSet-Cookie: a=b", "\n", "\r",
]  # fmt: skip
STRANGE = [
    "\u202e", "\u200f\u200e", "\u2066\u2069", "\u200d", "\ufeff", "\ufffe", "\uffff", "\U0010ffff", "\ue000",
    "\u0301" * 40, "e\u0301", "ﷺ", "İ", "ß", "ﬀ", "\U0001f469\u200d\U0001f4bb", "مرحبا", "𝔞", "\u0085", "\u2028",
    "\x7f", "\x1b[31m", "\x01", "\x0b", "ǅ", "\u00ad",
]  # fmt: skip
BYTES = [
    b"\x00", b"1\x00", b"a\x00b", b"\xff\xfe", b"\xed\xa0\x80", b"\xed\xbf\xbf", b"\xc0\xaf", b"\xc0\x80",
    b"\xf8\x88\x80\x80\x80", b"\xe5", b"1\xe5", b"\xf4\x90\x80\x80", b"%00", b"%2e%2e%2f", b"%", b"%zz", b"%u0000",
]  # fmt: skip
EDGES: tuple[bytes, ...] = tuple(
    dict.fromkeys(
        [str(one).encode() for one in NUMBERS]
        + [one.encode() for one in (*LIKE_NUMBERS, *DATES, *MARKUP, *QUERIES, *PATHS, *TEXTS, *STRANGE)]
        + BYTES
    )
)
FIRST: tuple[bytes, ...] = (
    b"0", b"-1", b"2147483647", b"2147483648", b"9223372036854775808", b"1", b"2", b"13", b"\x00", b"1\x00",
    b"\xff\xfe", b"\xed\xa0\x80", b"' OR '1'='1", "\u202e".encode(), "٣".encode(), b"x" * 5000,
    b"../../etc/passwd", b"",
)  # fmt: skip
ALPHABET = "aåz09AÖ -_.,:;/\\'\"<>{}[]()%&=+@#?!*~^|`$§\t\n\u00a0\u200b\u202e\u0627\u4e2d\U0001f600\u0301"


def values(key: str, count: int, near: str = "") -> list[bytes]:
    """So many values, the same for the same key: the worst first, then a draw of the edges and of what comes near."""
    draw = Random(key)
    found = dict.fromkeys(FIRST[: max(1, count // 2)])
    for one in draw.sample(EDGES, min(len(EDGES), count // 2)):
        found[one] = None
    while len(found) < count:
        found[_drawn(draw, near)] = None
    return list(found)[:count]


def _drawn(draw: Random, near: str) -> bytes:
    kind = draw.randrange(6)
    if kind == 0:
        return str(draw.randrange(1, 60)).encode()  # often the id of something else
    if kind == 1:
        return str(draw.choice((1, -1)) * draw.getrandbits(draw.randrange(1, 80))).encode()
    if kind == 2:
        return "".join(draw.choices(ALPHABET, k=draw.randrange(1, 40))).encode()
    if kind == 3:
        return "".join(chr(_scalar(draw)) for _ in range(draw.randrange(1, 12))).encode()
    if kind == 4:
        return draw.randbytes(draw.randrange(1, 12))
    place = draw.randrange(len(near) + 1)
    return near[:place].encode() + draw.choice(EDGES) + near[place:].encode()


def _scalar(draw: Random) -> int:
    point = draw.randrange(1, 0x110000)
    return 0xFFFD if 0xD800 <= point < 0xE000 else point


def encoded(fields: list[tuple[str, bytes]]) -> bytes:
    """Fields as a browser sends them, except that nothing is too strange to be sent."""
    return "&".join(f"{quote_plus(name)}={quote_plus(value)}" for name, value in fields).encode()


def in_path(value: bytes) -> str:
    return quote(value, safe="")


@dataclass(frozen=True)
class Answer:
    """What came back, unparsed."""

    status: int
    headers: Headers
    data: bytes

    @property
    def text(self) -> str:
        return self.data.decode("utf-8", "replace")


class Sender:
    """A signed-in browser (or a guest) whose requests are sent byte for byte, each undone afterwards."""

    def __init__(self, app: Flask, role: str) -> None:
        self.app, self.role = app, role
        visitor = visitor_as(app, role)
        visitor.strict = False
        page = visitor.get("/logga-in" if role == GUEST else "/konto")
        self.token = next(one.token for one in forms_in(page.text) if one.token)
        cookies = visitor.client._cookies.values()
        self.cookie = "; ".join(f"{cookie.key}={cookie.value}" for cookie in cookies)
        self.environ = create_environ("/", "http://localhost")
        self.sent = 0

    @property
    def with_token(self) -> tuple[str, bytes]:
        """The field that every form carries."""
        return "csrf_token", self.token.encode()

    def get(self, address: str) -> Answer:
        return self._sent("GET", address, b"", None)

    def post(self, address: str, body: bytes, kind: str | None = FORM, **head: str) -> Answer:
        """Send it; whatever it wrote is rolled back, so that the next one finds the same world."""
        pinned = db._state.pinned
        assert pinned is not None, "only inside a test that rolls back"
        savepoint = pinned.begin_nested()
        try:
            return self._sent("POST", address, body, kind, **head)
        finally:
            savepoint.rollback()

    def _sent(self, method: str, address: str, body: bytes, kind: str | None, **head: str) -> Answer:
        path, _, query = address.partition("?")
        environ = {
            **self.environ,
            "REQUEST_METHOD": method,
            "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
            "QUERY_STRING": query,
            "HTTP_COOKIE": self.cookie,
            "wsgi.input": BytesIO(body),
        }
        if kind is not None:
            environ |= {"CONTENT_TYPE": kind, "CONTENT_LENGTH": str(len(body))}
        environ |= head
        self.sent += 1
        chunks, status, headers = run_wsgi_app(self.app, environ, buffered=True)
        return Answer(int(status[:3]), headers, b"".join(chunks))


@dataclass
class Control:
    """One field of a form, as the page shows it."""

    name: str
    kind: str
    values: list[str] = field(default_factory=list)  # what a browser sends if nobody touches it
    choices: list[str] = field(default_factory=list)
    longest: int | None = None
    multiple: bool = False


@dataclass
class FoundForm:
    """One form on a page."""

    action: str
    method: str
    multipart: bool
    controls: dict[str, Control] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    @property
    def token(self) -> str:
        control = self.controls.get("csrf_token")
        return control.values[0] if control else ""


class _FormReader(HTMLParser):
    """Reads forms and links; much cheaper than a tree of the page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[FoundForm] = []
        self.links: list[str] = []
        self._form: FoundForm | None = None
        self._area: Control | None = None
        self._select: Control | None = None

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        got = {name: value or "" for name, value in attributes}
        if tag == "a" and "href" in got:
            self.links.append(got["href"])
        elif tag == "img":
            self.links.append(got.get("src", ""))
        elif tag == "form":
            multipart = got.get("enctype") == "multipart/form-data"
            self._form = FoundForm(got.get("action", ""), got.get("method", "get").lower(), multipart)
            self.forms.append(self._form)
        elif self._form is not None:
            self._control(self._form, tag, got)

    def _control(self, form: FoundForm, tag: str, got: dict[str, str]) -> None:
        name = got.get("name", "")
        if tag == "option" and self._select is not None:
            self._select.choices.append(got.get("value", ""))
            if "selected" in got:
                self._select.values = [*self._select.values, got.get("value", "")]
            return
        if not name or "disabled" in got or tag not in ("input", "select", "textarea", "button"):
            return
        kind = got.get("type", "text") if tag == "input" else tag
        if tag == "button" or kind == "submit":
            form.buttons.append((name, got.get("value", "")))
            return
        control = form.controls.setdefault(name, Control(name, kind))
        control.longest = int(got["maxlength"]) if "maxlength" in got else control.longest
        control.multiple = control.multiple or "multiple" in got or kind == "checkbox"
        if kind in ("radio", "checkbox"):
            control.choices.append(got.get("value", "on"))
            if "checked" in got:
                control.values.append(got.get("value", "on"))
        elif tag == "select":
            self._select = control
        elif tag == "textarea":
            self._area = control
            control.values.append("")
        elif kind != "file":
            control.values.append(got.get("value", ""))

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self._area.values[-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "textarea" and self._area is not None:
            self._area.values[-1] = re.sub(r"^\r?\n", "", self._area.values[-1])  # as browsers do
            self._area = None
        elif tag == "select" and self._select is not None:
            if not self._select.values and not self._select.multiple:
                self._select.values = self._select.choices[:1]
            self._select = None


def read(html: str) -> tuple[list[str], list[FoundForm]]:
    """The links and the forms of a page."""
    reader = _FormReader()
    reader.feed(html)
    return reader.links, reader.forms


def forms_in(html: str) -> list[FoundForm]:
    return read(html)[1]


@dataclass
class Errors(logging.Handler):
    """What was logged as an error, with where it came from."""

    lines: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(logging.ERROR)

    __hash__ = object.__hash__

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())

    def structured(self, _logger: object, method: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        if method in ("error", "exception", "critical"):
            last = "".join(traceback.format_exception(*sys.exc_info())[-6:])
            self.lines.append(f"{line.get('event')}\n{last[-1800:]}")
        raise structlog.DropEvent


@contextmanager
def errors_logged() -> Iterator[Errors]:
    """Collects errors logged meanwhile; other lines are dropped, which also makes thousands of requests cheaper."""
    errors = Errors()
    root = logging.getLogger()
    root.addHandler(errors)
    structlog.configure(processors=[errors.structured], cache_logger_on_first_use=False)
    try:
        yield errors
    finally:
        root.removeHandler(errors)
        logs.configure()
