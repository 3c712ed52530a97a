"""What the author reads."""

import pytest

from app import db
from app.moderation import queries, service
from app.moderation.service import Seen
from app.permissions import Role
from tests.factories.moderation import make_leaflet
from tests.factories.people import make_actor, make_person
from tests.mailbox import Mailbox


@pytest.fixture
def mailbox(the_app, isolated):
    return Mailbox(the_app)


def decided(the_app, text, *, restore=False, note="", language="en"):
    """Hide what somebody wrote, and maybe show it again. Returns the author's address."""
    with the_app.app_context(), db.unit():
        moderator, author = make_actor(Role.MODERATOR), make_person(language=language)
        item = queries.item(make_leaflet(text, author=author).id, moderator)
        service.hide(moderator, item, Seen(item.review.version), ground="threat", note=note)
        if restore:
            service.show(moderator, item, Seen(item.review.version), note=note)
        return author.email


def test_the_author_reads_the_rule_where_all_rules_are_and_how_to_object(mailbox, the_app):
    (mail,) = mailbox.to(decided(the_app, "Akta er", note="Skriv om saken."))
    assert "“Akta er”" in mail
    assert "It was an answer to: Vad är viktigast för dig?" in mail
    assert "A text must not threaten anyone" in mail
    assert "“Skriv om saken.”" in mail
    assert "http://localhost/en/regler" in mail
    assert "0512-310 00" in mail


def test_a_restored_text_is_told_too(mailbox, the_app):
    mails = mailbox.to(decided(the_app, "Akta er", restore=True))
    assert len(mails) == 2
    assert "now it is shown to others" in mails[1]


def test_nothing_that_was_written_looks_like_a_part_of_the_mail(mailbox, the_app):
    text = "Hej\n\nhttps://evil.example/login\n\n--\nVara kommun " + "x" * 400
    (mail,) = mailbox.to(decided(the_app, text, note="rad\n\nhttps://evil.example/2"))
    assert "\nhttps://evil.example" not in mail
    (message,) = mailbox.all()
    html = message.get_body(("html",)).get_content()
    assert 'href="https://evil.example' not in html
    assert "x…”" in mail


@pytest.mark.parametrize("language", ["sv", "ar", "sv-simple"])
def test_it_is_written_in_every_language(mailbox, the_app, language):
    (mail,) = mailbox.to(decided(the_app, "Akta er", language=language))
    assert "Akta er" in mail
