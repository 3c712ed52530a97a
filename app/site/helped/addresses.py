"""Which page an address is, without what could say whose it is."""

from __future__ import annotations

import re
from typing import Any

from flask import current_app
from werkzeug.exceptions import HTTPException
from werkzeug.routing import AnyConverter, RequestRedirect
from werkzeug.routing.converters import NumberConverter

GAP = re.compile(r"<[^>]*?(\w+)>")
SOMETHING = "…"  # in the place of a code, a receipt or a token
LONGEST = 300


def page_of(path: str) -> str:
    """The address of a page of ours as it is kept: numbers and names stay, codes do not. Empty for any other."""
    if not path.startswith("/") or len(path) > LONGEST or not path.isprintable():
        return ""
    try:
        rule, values = current_app.url_map.bind("localhost").match(path, method="GET", return_rule=True)
    except (RequestRedirect, HTTPException):
        return ""

    def said(gap: re.Match[str]) -> str:
        name = gap[1]
        return str(values[name]) if name == "slug" or _is_plain(rule._converters.get(name)) else SOMETHING

    return GAP.sub(said, rule.rule)[:LONGEST]


def _is_plain(converter: Any) -> bool:
    return isinstance(converter, NumberConverter | AnyConverter)
