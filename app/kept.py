"""What a person wrote in a form that could not be taken: it is shown to them again, except what is secret.

A form whose token does not hold (the browser was signed out, or in, since the page was drawn) is never taken. It is
answered with the page that the form stands on, as if it were asked for anew, with what was written filled in and a
new token. Everything that is refused in another way says why, above what was written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import Flask, g, request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect
from wtforms import Form, StringField
from wtforms.widgets import HiddenInput

SECRET = re.compile(r"password|passphrase|code|token|secret", re.I)  # in the name of a field


@dataclass(frozen=True)
class Written:
    """One text, and the label of its field where the refusal came late enough to know it."""

    label: str
    text: str


def fields() -> MultiDict[str, str]:
    """What was sent in, without secrets and tokens; nothing of what another site sent, or of what is too large."""
    try:
        sent = [] if _is_from_elsewhere() else list(request.form.items(multi=True))
    except HTTPException:
        sent = []
    return MultiDict((name, value) for name, value in sent if not SECRET.search(name))


def texts() -> list[Written]:
    """What somebody may want to copy: the text fields of the forms that this request knows, and whatever has words."""
    labels = {
        field.name: str(field.label.text)
        for form in g.get("forms", ())
        for field in form
        if isinstance(field, StringField) and not isinstance(field.widget, HiddenInput)
    }
    return [
        Written(labels.get(name, ""), value)
        for name, value in fields().items(multi=True)
        if value.strip() and (name in labels or re.search(r"\S\s+\S", value))
    ]


def note(form: Form) -> None:
    """A form tells that it is there: should it be refused, its labels are known."""
    g.setdefault("forms", []).append(form)


def is_shown_again() -> bool:
    """Whether this request is answered with the form's own page, because its token did not hold."""
    return bool(g.get("shown_again", False))


def show_again(app: Flask) -> bool:
    """Turn a request whose token does not hold into one for the page of the form. False where that cannot be."""
    if not any(value.strip() for value in fields().values()):
        return False
    try:
        rule, values = app.create_url_adapter(request).match(method="GET", return_rule=True)  # type: ignore[union-attr]
    except (RequestRedirect, HTTPException):
        return False
    request.method, request.url_rule, request.view_args = "GET", rule, dict(values)
    for name in (None, *reversed(request.blueprints)):
        for prepare in app.url_value_preprocessors.get(name, ()):
            prepare(request.endpoint, request.view_args)
    g.shown_again = True
    return True


def _is_from_elsewhere() -> bool:
    """Whether another site made the browser send this: its words are not what the person wrote."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return True
    origin = request.headers.get("Origin")
    return origin is not None and urlsplit(origin).netloc != request.host
