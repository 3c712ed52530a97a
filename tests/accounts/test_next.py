"""Where one goes after signing in is a place of this site."""

from __future__ import annotations

import pytest

from app.web import safe_next

HOME = "/konto"


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example", "////evil.example", "/\\evil.example", "\\\\evil.example", "https:evil.example",
        "https://evil.example/", "http:///evil.example", "javascript:alert(1)", "/%0d%0aSet-Cookie:x=1\r\n", "/\tx",
        "/\n//evil.example", "/@evil.example", "/user@evil.example", "///evil.example", "/\u2028x", "evil.example", "",
        None, " /konto", "/ konto", "/\x00", "data:text/html,x", "/\u200b/evil.example", "/\\/evil.example",
    ],
)  # fmt: skip
def test_another_site_is_never_the_next_page(target):
    assert safe_next(target, HOME) == HOME


@pytest.mark.parametrize(
    "target", ["/", "/dialoger/12-drottninggatan", "/en/konto?x=1&y=2", "/admin/logg?event=A", "/ar/dialoger#svar"]
)
def test_a_page_of_ours_is(target):
    assert safe_next(target, HOME) == target


@pytest.mark.parametrize("target", ["//evil.example", "/%5Cevil.example", "https://evil.example", "/%0d%0aX:1"])
def test_a_sign_in_never_leads_away(visitor, target):
    response = visitor.client.get(f"/logga-in?next={target}")
    assert response.status_code == 200
    assert 'action="//' not in response.text
