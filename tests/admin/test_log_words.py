"""The log speaks in words: what an event keeps as a key is said by its name, in the reader's language."""

from __future__ import annotations

from dataclasses import fields

import pytest

from app import events, i18n, jobs
from app.admin import queries
from app.multilingual import sources

KEPT_AS_WRITTEN = {
    "title", "text", "reason", "note", "heading", "body", "section_no",  # what somebody wrote, and proper names
    "station", "fingerprint", "pair", "theme", "proposal", "milestone", "matter", "case_number",  # proper names, too
    "meeting_on", "hash", "due_on",
    "rows", "count", "number", "ballots", "lines", "percent",  # numbers
    "decided_on", "closes_at", "held_on", "was_held_on", "papers_by", "personal_data",  # days, yes and no
}  # fmt: skip


def test_every_key_in_a_sentence_has_a_name(the_app):
    """A placeholder is what somebody wrote, or its event says how it is read."""
    unsaid = [
        f"{name}.{gap}"
        for name, kind in events.known().items()
        for gap in queries.PLACEHOLDER.findall(kind.sentence.msgid)
        if gap not in KEPT_AS_WRITTEN and gap not in kind.said
    ]
    assert unsaid == []


def test_only_facts_that_there_are_are_said(the_app):
    for kind in events.known().values():
        assert set(kind.said) <= {field.name for field in fields(kind)}


def test_every_job_and_every_field_that_can_be_translated_has_a_name(the_app):
    own = {kind for kind in jobs.kinds() if not kind.startswith("test.") and kind != "no.such"}
    assert [kind for kind in own if jobs.name_of(kind) == kind] == []
    for source in sources.sources().values():
        for field in source.fields:
            assert sources.label(field, f"{source.kind}:1") != field


@pytest.mark.parametrize(
    ("event", "facts", "words"),
    [
        (
            "TranslationDrafted",
            {"field": "title", "language": "ar"},
            "A text (Heading) was translated into the language Arabic.",
        ),
        ("TranslationReviewed", {"field": "gone", "language": "xx"}, "(gone) into the language xx"),
        ("DialogueEdited", {"part": "time plan"}, "The dialogue was edited: The time plan."),
        ("ExportFetched", {"format": "csv-sv", "personal_data": False}, "format: CSV for Swedish Excel"),
        ("JobRetried", {"kind": "mail.send"}, "started again: e-mail."),
        ("DialogueMoved", {"from_stage": "open", "to_stage": "closed", "note": ""}, "from “Open” to “Closed”"),
        ("SignedIn", {"way": "password"}, "Signed in (with a password)."),
    ],
)
def test_keys_become_words_and_unknown_ones_stand_as_they_are(the_app, event, facts, words):
    with the_app.app_context(), i18n.speaking(i18n.LANGUAGES["en"]):
        assert words in str(queries.sentence(event, facts, "article:7"))
