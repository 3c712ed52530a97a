"""Every check of the suite, by name: `check(method, app)` gives complaints in plain sentences, none for a sound method.

They run in the demo municipality (fixture `town_isolated`), in an app that speaks its languages, and leave no trace.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask import Flask

from app.ladder import Method
from tests.conformance import (
    checks_demo,
    checks_events,
    checks_exports,
    checks_lists,
    checks_pages,
    checks_rooms,
    checks_rules,
    checks_search,
    checks_told,
)

Check = Callable[[Method, Flask], list[str]]

CHECKS: Mapping[str, Check] = {
    "rooms": checks_rooms.check,
    "actions": checks_rules.check_actions,
    "stages": checks_rules.check_stages,
    "events": checks_events.check,
    "exports": checks_exports.check,
    "export secrets": checks_exports.check_secrets,
    "lists": checks_lists.check,
    "search": checks_search.check,
    "mail secrets": checks_told.check,
    "page secrets": checks_pages.check_secrets,
    "escaping": checks_pages.check_escaping,
    "costs": checks_pages.check_costs,
    "answers": checks_demo.check_answers,
    "demo": checks_demo.check_demo,
    "cards": checks_demo.check_cards,
}
