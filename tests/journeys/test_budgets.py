"""What a page may cost: statements, bytes, requests, cookies; and nothing from anywhere else."""

from __future__ import annotations

import gzip
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from app.web import PUBLIC
from tests.journeys.conftest import Served
from tests.town import GUEST, ROLES, crawl

STATIC = Path(__file__).parent.parent.parent / "app/static"
READING = 8  # statements, clock and session included
KB = 1024


def gzipped(data: bytes) -> int:
    return len(gzip.compress(data, 9))


def test_stylesheet_and_script_keep_their_size():
    assert sum(gzipped(f.read_bytes()) for f in STATIC.rglob("*.css")) <= 15 * KB
    assert sum(gzipped(f.read_bytes()) for f in STATIC.rglob("*.js")) <= 8 * KB


@pytest.mark.slow
def test_reading_pages_cost_few_statements_and_no_cookie(the_app, town_isolated, count_statements):
    before = len(count_statements)
    for found, visitor in crawl(the_app, GUEST):
        spent, page = len(count_statements) - before, visitor.page
        assert the_app.view_functions[found.endpoint].access is PUBLIC or page.status == 403
        assert spent <= READING, f"{found.path}: {spent} statements:\n" + "\n".join(count_statements[before:])
        assert gzipped(page.text.encode()) <= 25 * KB, f"{found.path}: HTML too heavy"
        if not any((f.get("method") or "get").lower() == "post" for f in page.find_all("form")):
            assert "Set-Cookie" not in page.headers, f"{found.path} sets a cookie"
        before = len(count_statements)


@pytest.mark.slow
@pytest.mark.parametrize("role", [role for role in ROLES if role != GUEST])
def test_pages_behind_sign_in_cost_few_statements(role, the_app, town_isolated, count_statements):
    before = len(count_statements)
    for found, _visitor in crawl(the_app, role, each=1):
        spent = len(count_statements) - before
        assert spent <= 12, f"{found.path}: {spent} statements:\n" + "\n".join(count_statements[before:])
        before = len(count_statements)


@pytest.mark.browser
@pytest.mark.slow
def test_the_first_view_is_light_and_asks_nobody_else(the_app, town, chromium):
    served = Served(the_app)
    try:
        page = chromium.new_page()
        answers = []
        page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 - playwright wraps plain functions only
        for path in ("/", "/dialoger", "/ar/"):
            answers.clear()
            page.context.clear_cookies()
            page.goto(served.base + path, wait_until="networkidle")
            assert len(answers) <= 8, [a.url for a in answers]
            assert all(urlsplit(a.url).netloc == urlsplit(served.base).netloc for a in answers)
            assert sum(gzipped(a.body()) for a in answers if a.ok) <= 60 * KB
        page.close()
    finally:
        served.stop()


@pytest.mark.slow
def test_every_page_carries_its_protection(the_app, town_isolated):
    for found, visitor in crawl(the_app, GUEST, each=1):
        head = visitor.page.headers
        assert "script-src 'self'" in head["Content-Security-Policy"], found.path
        assert "unsafe" not in head["Content-Security-Policy"]
        assert head["X-Content-Type-Options"] == "nosniff"
        assert head["Referrer-Policy"] == "same-origin"
    for path in ("/finns-inte", "/static/finns-inte.css"):
        assert "Content-Security-Policy" in visitor.get(path).headers
