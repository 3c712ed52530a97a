"""Each guard of the life cycle is missed: with it taken away, a test of the requirement it stands for fails."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from app.dialogues import lifecycle
from tests.audit.marks import ROOT, marked
from tests.audit.removal import GUARD, REQUIREMENTS

GUARDS = "tests/dialogues/test_guards.py::"
DECIDES = (GUARDS + "test_a_body_decides_and_nobody_else",)
PREPARED = (GUARDS + "test_what_is_not_prepared_goes_no_further",)
EVALUATION = ("tests/dialogues/evaluation",)
# Guard → the requirements that it stands for, or the tests that it has of its own.
STANDS_FOR: dict[str, tuple[str, ...]] = {
    "body_has_approved": DECIDES,
    "body_has_called_off": DECIDES,
    "body_has_decided_the_matter": DECIDES,
    "body_has_rejected": DECIDES,
    "body_named": ("R10", "R16"),
    "closing_still_to_come": ("tests/dialogues/test_steps.py",),
    "closing_time_has_come_or_body_closed_it": (GUARDS + "test_only_the_clock_closes_and_only_when_it_is_time",),
    "contact_named": PREPARED,
    "criteria_all_yes": ("R19", "R20"),
    "criteria_answered": (GUARDS + "test_an_idea_is_assessed_by_four_answers_with_reasons",),
    "dates_hold": (GUARDS + "test_dates_out_of_order_do_not_hold",),
    "duties_shared": ("tests/dialogues/test_duties.py",),
    "input_offered": (GUARDS + "test_a_dialogue_with_nothing_to_do_is_not_announced",),
    "level_chosen": PREPARED,
    "methods_ready": ("R36",),
    "methods_settled": (GUARDS + "test_no_result_is_published_before_the_methods_are_settled",),
    "mind_not_made_up": ("R18",),
    "names_no_party": ("R24",),
    "not_decided_before": ("R21",),
    "nothing_waits_for_moderation": (GUARDS + "test_a_result_waits_for_the_moderators",),
    "opening_still_to_come": (GUARDS + "test_an_opening_time_that_has_passed_is_not_announced",),
    "opening_time_has_come": (GUARDS + "test_it_opens_when_its_time_has_come_and_not_before",),
    "ours_to_decide": ("R25",),
    "outcome_written": (GUARDS + "test_feedback_is_something_that_was_written",),
    "phases_hold": ("R37",),
    "promise_given": PREPARED,
    "purpose_written": PREPARED,
    "question_written": ("R10",),
    "reason_given": (GUARDS + "test_some_steps_need_a_note",),
    "rest_answered": ("tests/dialogues/test_steps.py",),
    "scope_told": ("R12",),
    "something_stands_against": ("tests/dialogues/intake/test_gate.py", "tests/dialogues/intake/test_register.py"),
    "summary_written": PREPARED,
    "views_are_worth_something": ("R40",),
    "addresses_thinned": EVALUATION,
    "those_who_were_told_were_asked": EVALUATION,
    "those_who_took_part_were_asked": EVALUATION,
    "retention_chosen": EVALUATION,
    "staff_has_evaluated": EVALUATION,
    "evaluation_summed_up": EVALUATION,
    "feedback_and_evaluation_given": EVALUATION,
    "earlier_lessons_answered": EVALUATION,
    "archive_export_kept": EVALUATION,
}
NOT_HERE = "not postgres and not browser and not slow and not race and not audit"


def guards() -> list[str]:
    return sorted({guard.__name__ for step in lifecycle.STEPS for guard in step.needs})


@pytest.mark.audit
def test_every_guard_stands_for_something():
    assert set(STANDS_FOR) == set(guards())


def test_what_it_stands_for_has_tests():
    known = marked()
    for guard, names in STANDS_FOR.items():
        assert names, guard
        for name in names:
            if name.startswith("R"):
                assert known.get(name), f"{guard}: no test is marked {name}"
            else:
                assert (ROOT / name.partition("::")[0]).exists(), name


def run_without(taken: dict[str, str], names: tuple[str, ...]) -> subprocess.CompletedProcess[str]:
    """The tests of these requirements, or with these names, without what is taken away; the first failure is enough."""
    numbers = [name for name in names if name.startswith("R")]
    files = {test.partition("::")[0] for number in numbers for test in marked()[number]}
    own = [name for name in names if not name.startswith("R")]
    command = [
        sys.executable, "-m", "pytest", "-q", "-x", "-p", "tests.audit.removal", "-p", "no:cacheprovider", "-n", "0",
        "-m", NOT_HERE, *own, *sorted(files),
    ]  # fmt: skip
    env = {**os.environ, **taken, REQUIREMENTS: "" if own else " ".join(numbers)}
    env.pop("REQUIRE_ALL", None)
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=1200, check=False)


@pytest.mark.audit
@pytest.mark.parametrize("guard", guards())
def test_a_guard_that_is_taken_away_is_missed(guard):
    done = run_without({GUARD: guard}, STANDS_FOR.get(guard) or (GUARDS.partition("::")[0],))
    assert done.returncode == 1, f"{guard}: nobody missed it\n{done.stdout[-3000:]}{done.stderr[-2000:]}"
