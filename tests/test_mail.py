"""Mail goes through the job table to a real SMTP server on loopback, in the reader's language."""

from __future__ import annotations

import email
import socket
from datetime import timedelta
from email.policy import default

import pytest
from aiosmtpd.controller import Controller
from jinja2 import DictLoader

from app import clock, db, i18n, jobs, mail


class Box:
    """A mail server that keeps what it gets, or refuses it."""

    def __init__(self) -> None:
        self.messages: list[email.message.EmailMessage] = []
        self.refuse = False

    async def handle_DATA(self, _server, _session, envelope) -> str:  # noqa: N802  # aiosmtpd's name
        if self.refuse:
            return "451 come back later"
        self.messages.append(email.message_from_bytes(envelope.content, policy=default))
        return "250 OK"


@pytest.fixture
def box(app, monkeypatch):
    box = Box()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    settings = app.config["SETTINGS"]
    changed = type(settings)(**{**settings.__dict__, "smtp_url": f"smtp://127.0.0.1:{port}"})
    monkeypatch.setitem(app.config, "SETTINGS", changed)
    yield box
    server.stop()


@pytest.fixture
def template(app):
    """A template of the test's own."""
    usual = app.jinja_env.loader
    text = "Subject: Hej\n {{ name }}\n\nFörsta stycket\nfortsätter.\n\nhttps://example.se/x\n"
    base = usual.get_source(app.jinja_env, "emails/base.html")[0]
    app.jinja_env.loader = DictLoader({"emails/test.txt": text, "emails/base.html": base})
    yield
    app.jinja_env.loader = usual


def test_a_mail_is_sent_once_the_unit_is_committed(box, template):
    with db.unit():
        mail.post("test", "a@example.se", i18n.LANGUAGES["ar"], name="Å")
        assert box.messages == []
    jobs.run_due()
    (message,) = box.messages
    assert message["To"] == "a@example.se"
    assert message["Content-Language"] == "ar"
    assert message["Subject"].startswith("Hej")
    text = message.get_body(("plain",)).get_content()
    assert "Första stycket" in text
    html = message.get_body(("html",)).get_content()
    assert 'dir="rtl"' in html
    assert "https://example.se/x" in html


def test_a_refused_mail_is_tried_again(box, template):
    box.refuse = True
    with db.unit():
        mail.post("test", "a@example.se", i18n.SOURCE, name="x")
    assert jobs.run_due() == 1
    assert box.messages == []
    box.refuse = False
    with db.reading() as session:
        job = session.get(jobs.Job, 1) or session.scalars(jobs.select(jobs.Job)).one()
        assert job.done_at is None
        assert job.tries == 1


def test_a_second_try_is_seen_as_the_same_mail(app, template):
    one = mail.written("test", "a@example.se", i18n.SOURCE, key="job-7", name="x")
    two = mail.written("test", "a@example.se", i18n.SOURCE, key="job-7", name="x")
    assert one["Message-ID"] == two["Message-ID"] == "<job-7@localhost>"


def test_a_name_with_line_breaks_forges_no_header(app, template):
    message = mail.written("test", "a@example.se", i18n.SOURCE, key="k", name="x\nBcc: all@example.se")
    assert message["Bcc"] is None


def test_without_a_server_mails_are_files(app, template, tmp_path):
    mail.deliver("test", "a@example.se", i18n.SOURCE, key="local", name="x")
    kept = app.config["SETTINGS"].files_path.parent / "mail" / "local.eml"
    assert b"a@example.se" in kept.read_bytes()


def test_a_slow_mail_server_gets_no_second_copy_beside_the_first(app):
    """The lease is as long as every step of the talk together, so that no other worker begins meanwhile."""
    with db.unit():
        mail.post("accounts_password_changed", "kim@example.se", i18n.SOURCE)
    assert jobs._claim()[0] is not None
    clock.shift(timedelta(seconds=11 * mail.TIMEOUT))
    assert jobs._claim()[0] is None
    clock.shift(mail.LEASE + timedelta(seconds=1))
    assert jobs._claim()[0] is not None, "the worker died: another takes it"


@pytest.mark.parametrize(
    ("address", "to"),
    [("kim@räksmörgås.se", "kim@xn--rksmrgs-5wao1o.se"), ("Kim.Lund@Example.se", "Kim.Lund@Example.se"),
     ("kim@straße.de", "kim@xn--strae-oqa.de")],
)  # fmt: skip
def test_a_domain_is_written_as_every_mail_server_takes_it(app, address, to):
    written = mail.written("accounts_password_changed", address, i18n.SOURCE, key="k")
    assert written["To"] == to
