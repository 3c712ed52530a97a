"""A pytest plugin that takes something away before the tests run: a guard from every step, or a check from a rule.

Loaded by name (`-p tests.audit.removal`), with what to take away and which requirements' tests to run in the
environment. Never loaded by an ordinary run.
"""

from __future__ import annotations

import os

import pytest

GUARD, CHECK, REQUIREMENTS = "WITHOUT_GUARD", "WITHOUT_CHECK", "REQUIREMENTS"


def without_guard(name: str) -> int:
    """Take a guard out of every step of the life cycle. Returns how many steps had it."""
    from app.dialogues import lifecycle  # noqa: PLC0415  # only in a run that asks for it

    had = 0
    for step in lifecycle.STEPS:
        kept = tuple(guard for guard in step.needs if guard.__name__ != name)
        had += len(kept) != len(step.needs)
        object.__setattr__(step, "needs", kept)  # the table is frozen for everybody else
    return had


def without_check(action: str, place: int) -> int:
    """Take one check out of a rule of the dialogues. Returns how many were taken."""
    from app.dialogues import rules  # noqa: PLC0415

    do = rules.Do(action)
    checks = rules.RULES[do]
    rules.RULES[do] = (*checks[:place], *checks[place + 1 :])  # type: ignore[index]
    return len(checks) - len(rules.RULES[do])


def pytest_configure(config: pytest.Config) -> None:
    taken = 0
    if guard := os.environ.get(GUARD):
        taken += without_guard(guard)
    if check := os.environ.get(CHECK):
        action, _, place = check.rpartition("/")
        taken += without_check(action, int(place))
    if not taken:
        pytest.exit("nothing was taken away", returncode=4)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep the tests that show one of the requirements asked for."""
    wanted = set(os.environ.get(REQUIREMENTS, "").split())
    if not wanted:
        return
    kept = [item for item in items if wanted & {one for mark in item.iter_markers("requirement") for one in mark.args}]
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = kept
