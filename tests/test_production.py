"""As it stands in production: https, its own host name, one proxy in front."""

from __future__ import annotations

import pytest

import config
from app import create_app, db, web
from app.i18n import LANGUAGES
from app.jobs import Job
from config import UnsafeSettings
from tests.conftest import settings

HOST = "dialog.example"
BEHIND = {"Host": HOST, "X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9"}


@pytest.fixture(scope="module")
def production(tmp_path_factory, the_app):
    folder = tmp_path_factory.mktemp("production")
    url = f"sqlite:///{folder / 'production.db'}"
    changed = {"BASE_URL": f"https://{HOST}", "SMTP_URL": "smtp://mail.example", "PROXIES": "1", "DATABASE_URL": url}
    app = create_app(settings(folder, **changed))
    db.Base.metadata.create_all(db.engine())
    yield app
    db.engine().dispose()


def test_the_cookie_is_bound_to_the_host_and_kept_from_scripts(production):
    answer = production.test_client().get("/logga-in", headers=BEHIND)
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-session=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
    assert "Domain" not in cookie
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000")
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "Cookie" in answer.headers["Vary"]
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert "unsafe" not in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "dialog.example.evil.example", "xdialog.example"])
@pytest.mark.parametrize("path", ["/", "/static/css/site.css", "/health/live", "/finns-inte"])
def test_another_host_is_refused(production, host, path):
    assert production.test_client().get(path, headers={**BEHIND, "Host": host}).status_code == 400


def test_a_forwarded_host_is_not_believed(production):
    answer = production.test_client().get("/", headers={**BEHIND, "X-Forwarded-Host": "evil.example"})
    assert answer.status_code == 200
    assert "evil.example" not in answer.text
    assert f'href="https://{HOST}/en/"' in answer.text


def test_only_what_the_proxy_itself_says_of_the_client_is_believed(production):
    headers = {"X-Forwarded-For": "198.51.100.1, 203.0.113.9"}
    seen = []

    def view() -> str:
        seen.append(web.client())
        return ""

    front = production.view_functions["site.front"]
    production.view_functions["site.front"] = web.access(web.PUBLIC)(view)
    try:
        production.test_client().get("/", headers={**BEHIND, **headers})
    finally:
        production.view_functions["site.front"] = front
    assert seen == ["203.0.113.9"]


def planned() -> int:
    """How many mails have been asked for."""
    with db.reading() as session:
        return session.query(Job).count()


@pytest.mark.parametrize(
    "referrer", [None, "https://evil.example/", f"http://{HOST}/", f"https://{HOST}.evil.example/"]
)
def test_a_form_from_elsewhere_is_refused_even_with_a_token(production, referrer):
    client = production.test_client()
    page = client.get("/logga-in/lank", headers=BEHIND, base_url=f"https://{HOST}").text
    token = page.partition('name="csrf_token"')[2].partition('value="')[2].partition('"')[0]
    assert token
    data = {"csrf_token": token, "email": f"kim{len(referrer or '')}@example.se"}
    headers = BEHIND if referrer is None else {**BEHIND, "Referer": referrer}
    path, base = "/logga-in/lank", f"https://{HOST}"
    before = planned()
    assert client.post(path, data=data, headers=headers, base_url=base).status_code in (400, 422)
    assert planned() == before
    answer = client.post(path, data=data, headers={**BEHIND, "Referer": f"https://{HOST}{path}"}, base_url=base)
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/logga-in/kod"
    assert planned() == before + 1


def test_the_settings_know_every_language():
    assert tuple(LANGUAGES) == config.LANGUAGES


@pytest.mark.parametrize(
    "changed",
    [{"SECRET_KEY_FALLBACKS": "old,short"}, {"PROXIES": "one"}, {"PROXIES": "-1"}, {"TIME_ZONE": "Europe/Vara"},
     {"LANGUAGES": "sv,xx"}, {"LANGUAGES": "en"}],
)  # fmt: skip
def test_a_setting_that_cannot_hold_stops_the_start_with_a_sentence(tmp_path, changed):
    (name,) = changed
    with pytest.raises(UnsafeSettings, match=rf"{name} .*\."):
        settings(tmp_path, **changed)
