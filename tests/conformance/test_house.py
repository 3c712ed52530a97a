"""What the shared packages bring keeps the rules that bind methods: their events, notices, kinds and exports."""

from __future__ import annotations

from app import events, subjects
from app.dialogues.exports import EXPORTS
from app.notifications import service
from tests.conformance import checks_events, checks_exports, checks_lists, checks_search


def known():
    """Every event of the application; other tests make some of their own."""
    return [kind for kind in events.known().values() if kind.__module__.startswith("app.")]


def test_every_event_is_said_in_the_log_in_every_language(house):
    assert checks_events.check_events(known(), house) == []


def test_every_event_says_who_hears_of_it_and_its_mails_can_be_read(house):
    notices = [notice for kind in known() for notice in service.notices_for(kind)]
    assert checks_events.check_notices(known(), notices, house) == []


def test_lists_of_every_kind_agree_with_their_rule(house):
    of_methods = {
        kind.kind for kind in subjects.kinds().values() if kind.visible_to.__module__.startswith("app.levels")
    }
    shared = [
        kind
        for name, kind in subjects.kinds().items()
        if name not in of_methods and (kind.load.__module__ or "").startswith("app.")
    ]
    assert checks_lists.check_kinds(shared, house) == []


def test_search_finds_the_dialogue_itself_for_those_who_may_read_it(house):
    shared = [kind for kind in subjects.kinds().values() if not kind.visible_to.__module__.startswith("app.levels")]
    searched = [kind for kind in shared if kind.index_text is not subjects.unsearched]
    assert [kind.kind for kind in searched if kind.kind == "dialogue"] == ["dialogue"]
    assert checks_search.check_kinds(searched, house) == []


def test_the_dialogue_itself_leaves_whole_and_streamed(house):
    assert checks_exports.check_exports(EXPORTS, house) == []
