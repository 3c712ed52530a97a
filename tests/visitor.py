"""A browser without JavaScript: follows links, fills in forms, and checks that the HTML is sound."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree as ET

import html5lib
from flask import Flask

from app import clock, db
from app.accounts.models import Person, SignInSession

X = "{http://www.w3.org/1999/xhtml}"


@dataclass
class Page:
    """An answer, parsed."""

    status: int
    text: str
    headers: Any
    path: str
    tree: ET.Element | None = None

    def find_all(self, tag: str) -> list[ET.Element]:
        return [] if self.tree is None else list(self.tree.iter(X + tag))

    @property
    def words(self) -> str:
        """What one reads, spaces folded."""
        body = self.find_all("body")
        return " ".join(" ".join(body[0].itertext()).split()) if body else self.text

    @property
    def title(self) -> str:
        return " ".join("".join(self.find_all("title")[0].itertext()).split())

    def links(self) -> list[str]:
        return [a.get("href", "") for a in self.find_all("a")]

    def form(self, holding: str | None = None) -> ET.Element:
        """The form in main, or the one that has a field or button with this name, or this action."""
        forms = self.find_all("form")
        for form in forms:
            names = {e.get("name") for e in form.iter() if e.get("name")}
            if holding is not None and (holding in names or holding == form.get("action")):
                return form
        if holding is not None:
            raise AssertionError(f"no form with {holding!r} on {self.path}: {self.words[:300]}")
        mains = self.find_all("main")
        inside = [f for main in mains for f in main.iter(X + "form")]
        if not inside:
            raise AssertionError(f"no form on {self.path}: {self.words[:300]}")
        return inside[0]


@dataclass
class Visitor:
    """One browser with its own cookies."""

    app: Flask
    strict: bool = True
    page: Page | None = None
    client: Any = field(init=False)

    def __post_init__(self) -> None:
        self.client = self.app.test_client()

    def sign_in_as(self, person: Person) -> Visitor:
        """Be this person, without going through the sign-in form."""
        key = secrets.token_urlsafe(32)
        with db.unit() as session:
            now = clock.now()
            key_hash = hashlib.sha256(key.encode()).hexdigest()
            session.add(
                SignInSession(key_hash=key_hash, person_id=person.id, started_at=now, last_seen_at=now, browser="test")
            )
        with self.client.session_transaction() as cookie:
            cookie["_user_id"] = key
        return self

    def get(self, path: str, *, follow: bool = True, **kwargs: Any) -> Page:
        return self._page(self.client.get(path, follow_redirects=follow, **kwargs))

    def post(self, path: str, data: dict[str, Any] | None = None, *, follow: bool = True, **kwargs: Any) -> Page:
        """A bare POST, without a token: to see it refused."""
        return self._page(self.client.post(path, data=data or {}, follow_redirects=follow, **kwargs))

    def submit(
        self, fields: dict[str, Any] | None = None, *, holding: str | None = None, press: str | None = None,
        follow: bool = True,
    ) -> Page:  # fmt: skip
        """Fill in a form of the current page and send it, with its hidden fields and what was already filled in."""
        assert self.page is not None
        form = self.page.form(holding)
        data = _values(form)
        for name, value in (fields or {}).items():
            data[name] = value
        if press is not None:
            data[press] = next((b.get("value", "") for b in form.iter(X + "button") if b.get("name") == press), "1")
        action = form.get("action") or self.page.path
        if (form.get("method") or "get").lower() == "get":
            return self._page(self.client.get(action, query_string=data, follow_redirects=follow))
        multipart = form.get("enctype") == "multipart/form-data"
        kind = "multipart/form-data" if multipart else None
        return self._page(self.client.post(action, data=data, follow_redirects=follow, content_type=kind))

    def _page(self, response: Any) -> Page:
        path = response.request.environ.get("SCRIPT_NAME", "") + response.request.path
        page = Page(response.status_code, "", response.headers, path)
        if response.mimetype == "text/html":
            page.text = response.get_data(as_text=True)
            page.tree = html5lib.parse(page.text)
            if self.strict and response.status_code not in range(300, 400):
                check_html(page)
        else:
            page.text = response.get_data().decode("utf-8", "replace")
        response.close()
        self.page = page
        return page


def _values(form: ET.Element) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for e in form.iter():
        name = e.get("name")
        if not name or "disabled" in e.attrib:
            continue
        for value in _sent(e):
            if name in values:
                values[name] = [*values[name], value] if isinstance(values[name], list) else [values[name], value]
            else:
                values[name] = value
    return values


def _sent(e: ET.Element) -> list[str]:
    """What a browser sends for this control as it stands."""
    tag, kind = e.tag.removeprefix(X), e.get("type")
    if tag == "input" and kind in ("radio", "checkbox"):
        return [e.get("value", "on")] if "checked" in e.attrib else []
    if tag == "input" and kind not in ("file", "submit"):
        return [e.get("value", "")]
    if tag == "textarea":
        return ["".join(e.itertext())]
    if tag == "select":
        options = list(e.iter(X + "option"))
        chosen = [o for o in options if "selected" in o.attrib] or options[:1]
        return [o.get("value", "".join(o.itertext())) for o in chosen]
    return []


def check_html(page: Page) -> None:
    """Rules that every page keeps: one h1, unique ids, named controls, references that resolve, nothing inline."""
    assert page.tree is not None
    everything = list(page.tree.iter())
    ids = [e.get("id") for e in everything if e.get("id")]
    assert len(ids) == len(set(ids)), f"{page.path}: ids twice: {sorted(i for i in ids if ids.count(i) > 1)}"
    assert len(page.find_all("h1")) == 1, f"{page.path}: {len(page.find_all('h1'))} h1"
    html = page.find_all("html")[0]
    assert html.get("lang"), f"{page.path}: no lang"
    assert html.get("dir") in ("ltr", "rtl"), f"{page.path}: no dir"
    labelled = {e.get("for") for e in page.find_all("label")}
    wrapped = {id(c) for label in page.find_all("label") for c in label.iter()}
    for e in everything:
        if not isinstance(e.tag, str):
            continue
        tag = e.tag.removeprefix(X)
        assert not [a for a in e.attrib if a == "style" or a.startswith("on")], f"{page.path}: inline on {tag}"
        if tag == "script":
            assert e.get("src"), f"{page.path}: inline script"
        if tag == "img":
            assert e.get("alt") is not None, f"{page.path}: picture without alt"
        for ref in ("aria-describedby", "aria-labelledby"):
            for one in (e.get(ref) or "").split():
                assert one in ids, f"{page.path}: {ref}={one} leads nowhere"
        if tag in ("input", "select", "textarea") and e.get("type") not in ("hidden", "submit"):
            named = e.get("id") in labelled or id(e) in wrapped or e.get("aria-label") or e.get("aria-labelledby")
            assert named, f"{page.path}: {tag} {e.get('name')} has no label"
        if tag == "button":
            assert e.get("type") in ("submit", "button"), f"{page.path}: button without type"
