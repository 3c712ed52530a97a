"""The web floor: languages in the path, errors in words, headers, and what a request may never do."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, OperationalError

from app import clock, db, i18n, logs, web
from app.limits import TooMany
from app.permissions import Reason, Refusal
from app.web import PUBLIC, Do, access
from config import UnsafeSettings
from tests.conftest import settings
from tests.factories.people import make_person


@pytest.mark.parametrize(
    ("prefix", "lang", "direction"),
    [("", "sv", "ltr"), ("/en", "en", "ltr"), ("/ar", "ar", "rtl"), ("/lattlast", "sv-simple", "ltr")],
)
def test_the_path_says_the_language(visitor, prefix, lang, direction):
    page = visitor.get(prefix + "/")
    html = page.find_all("html")[0]
    assert (html.get("lang"), html.get("dir")) == (lang, direction)
    links = {a.get("hreflang"): a.get("href") for a in page.find_all("link") if a.get("hreflang")}
    assert {"sv", "en", "ar", "sv-simple", "x-default"} <= set(links)
    inside = [a.get("href") for a in page.find_all("main")[0].iter() if a.tag.endswith("}a")]
    assert all(href.startswith(prefix) for href in inside if href.startswith("/"))


@pytest.mark.parametrize(
    "path", ["/finns-inte", "/en/finns-inte", "/ar/x/y", "/dialoger/999999999999999999999", "/dialoger/-1"]
)
def test_what_is_not_there_says_so(visitor, path):
    assert visitor.get(path).status == 404


def test_a_wrong_method_is_refused_in_words(visitor):
    assert visitor.post("/sa-fungerar-det").status in (400, 405)


@pytest.mark.parametrize("path", ["/?a=%00", "/dialoger?niva=\0"])
def test_nothing_with_a_nul_gets_further(visitor, path):
    assert visitor.get(path).status == 400


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "evil.example:80", "[::2]"])
def test_a_forged_host_is_refused(the_app, isolated, host):
    assert the_app.test_client().get("/", headers={"Host": host}).status_code == 400


def test_a_forged_forwarded_host_changes_nothing(visitor):
    page = visitor.get("/", headers={"X-Forwarded-Host": "evil.example", "X-Forwarded-For": "1.2.3.4"})
    assert "evil.example" not in page.text


def test_too_large_a_body_is_refused_before_it_is_read(the_app, isolated):
    answer = the_app.test_client().post("/logga-in", data=b"a" * (9 * 1024 * 1024), content_type="text/plain")
    assert answer.status_code in (400, 413)


@pytest.fixture
def failing(the_app, isolated, monkeypatch):
    """Lets the front page's view do something else."""

    def put(view):
        monkeypatch.setitem(the_app.view_functions, "site.front", access(PUBLIC)(view))
        return the_app.test_client().get("/")

    return put


def test_a_fault_says_nothing_of_its_inside(failing):
    def view():
        raise RuntimeError("secret-detail")

    answer = failing(view)
    assert answer.status_code == 500
    assert b"secret-detail" not in answer.data
    assert b"0512-310 00" in answer.data
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]


def test_a_lost_database_says_when_to_come_back(failing):
    def view():
        raise OperationalError("SELECT 1", {}, Exception("gone"))

    answer = failing(view)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert b"SELECT" not in answer.data


@pytest.mark.parametrize(
    ("problem", "status"),
    [(OperationalError("COMMIT", {}, Exception("gone")), 503), (IntegrityError("COMMIT", {}, Exception("no")), 500)],
)
def test_what_could_not_be_committed_is_not_said_to_be_saved(visitor, monkeypatch, problem, status):
    with db.unit():
        kim = make_person()
    visitor.sign_in_as(kim).get("/konto/uppgifter")
    finish = db.Scope.finish

    def fail(scope: db.Scope, *, commit: bool) -> None:
        if commit:
            raise problem
        finish(scope, commit=False)

    monkeypatch.setattr(db.Scope, "finish", fail)
    page = visitor.submit({"name": "Kim L."}, holding="name")
    assert page.status == status
    assert "are saved." not in page.words
    assert "0512-310 00" in page.words
    assert "script-src 'self'" in page.headers["Content-Security-Policy"]
    monkeypatch.undo()
    page = visitor.get("/konto")
    assert "are saved." not in page.words
    assert "Kim L." not in page.words


def test_a_fault_of_the_database_is_logged_without_what_people_wrote(app):
    with pytest.raises(IntegrityError) as problem, db.unit() as session:
        session.execute(text("INSERT INTO person (name) VALUES (:name)"), {"name": "hemligt svar"})
    assert "INSERT INTO person" in str(problem.value)
    assert "hemligt svar" not in logs.masked(str(problem.value))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("192.0.2.1", "192.0.2.2", False), ("::ffff:192.0.2.1", "::ffff:192.0.2.2", False),
     ("::ffff:192.0.2.1", "192.0.2.1", True), ("2001:db8::1", "2001:db8::ffff:1", True),
     ("2001:db8::1", "2001:db8:0:1::1", False)],
)  # fmt: skip
def test_limits_count_homes(the_app, one, other, same):
    def client_at(address: str) -> str:
        with the_app.test_request_context("/", environ_base={"REMOTE_ADDR": address}):
            return web.client()

    assert (client_at(one) == client_at(other)) is same


def test_a_refusal_shows_its_reason(failing):
    def view():
        raise Refusal(Do.ENTER, Reason("test", i18n.lazy("You need to sign in first.")))

    answer = failing(view)
    assert answer.status_code == 403
    assert b"You need to sign in first." in answer.data


def test_too_many_tries_say_when(failing):
    def view():
        raise TooMany(clock.now())

    answer = failing(view)
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) >= 1


def test_a_get_that_tries_to_write_is_a_fault_and_leaves_nothing(failing):
    def view():
        make_person()
        return ""

    assert failing(view).status_code == 500


def test_one_hostile_request_is_one_line_without_personal_data(capsys, visitor):
    visitor.get("/dialoger?q=anna.ek@example.se", environ_overrides={"HTTP_USER_AGENT": "a\r\nb\x1b[31m"})
    lines = [line for line in capsys.readouterr().err.splitlines() if '"request"' in line]
    assert len(lines) == 1
    assert "anna.ek" not in lines[0]
    assert json.loads(lines[0])["status"] == 200


def test_what_is_logged_is_masked():
    line = logs.without_personal_data(
        None, "", {"a": "write to x@y.se or 19121212-1212", "password": "p", "n": "x" * 999}
    )
    assert line == {"a": "write to [address] or [number]", "password": "[masked]", "n": "x" * 500}


@pytest.mark.parametrize(
    "target",
    ["//x.example", "////x", "/\\x", "https:x", "https://x", "/%0d%0aSet-Cookie", "/\tx", "/a@b", "javascript:1", "",
     None, "\\\\x", "/ x", "/a\nb", "http:/x"],
)  # fmt: skip
def test_one_is_never_sent_elsewhere(target):
    assert web.safe_next(target, "/konto") in ("/konto", "/%0d%0aSet-Cookie")


def test_one_is_sent_back_to_where_one_was():
    assert web.safe_next("/dialoger/3-gatan?sida=2", "/") == "/dialoger/3-gatan?sida=2"


@pytest.mark.parametrize(
    "changed",
    [{"BASE_URL": "https://dialog.example", "SECRET_KEY": ""}, {"BASE_URL": "http://dialog.example"},
     {"BASE_URL": "https://dialog.example"}, {"SECRET_KEY": "short"},
     {"BASE_URL": "https://d.example", "SMTP_URL": "smtp://x", "DEMO_PASSWORD": "x"},
     {"MUNICIPALITY": "/finns/inte.toml"}],
)  # fmt: skip
def test_unsafe_settings_stop_the_start_with_a_sentence(tmp_path, changed):
    with pytest.raises(UnsafeSettings, match=r"\w+ .*\."):
        settings(tmp_path, **changed)


def test_production_cookies_are_bound_to_the_host(tmp_path):
    config = settings(tmp_path, BASE_URL="https://dialog.example", SMTP_URL="smtp://mail.example")
    assert config.https
    assert config.trusted_hosts == ["dialog.example"]
    assert db.engine() is not None
