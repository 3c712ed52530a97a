"""Rules: one for every action, and every write is bound by the stage of the dialogue, for everyone.

What is a write is read from the service: whatever it `require`s. A write that someone without any role may do at some
moment is input: it is refused to everyone, administrators included, whenever the dialogue takes no input. Every other
write is refused to everyone once the dialogue is over. Exceptions stand in `ALWAYS` and `UNTIL_OVER`, with the reason.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from flask import Flask

from app import clock, permissions
from app.dialogues import rules as dialogue_rules
from app.ladder import Method
from app.permissions import Action, Check, Reason
from tests import speaking
from tests.conformance import moments, people, samples

ALWAYS = {
    "votes:purge": "Ballots are destroyed when nothing can be appealed any more, which may be after the evaluation.",
    "projects:leave": "Whoever is in a project may leave it whenever they like, and so may whoever has asked to join.",
    "projects:unfollow": "Nobody is kept on a list of those who get e-mail.",
    "articles:withdraw": "What turns out to be wrong, or to expose somebody, can be taken away however old it is.",
}
UNTIL_OVER = {
    "meetings:leave": "Whoever signed up may give the seat back for as long as the meeting is ahead.",
    "meetings:sign_up": "Meetings are announced before a dialogue opens, and held after it to tell what became of it.",
    "projects:follow": "A project is followed from the announcement until the dialogue has been evaluated.",
    **dict.fromkeys(
        (f"projects:{one}" for one in ("claim", "release", "progress", "change_task", "write_status", "change_status")),
        "Those who are in a project go on with what they have taken on after the closing, until the evaluation.",
    ),
    "projects:remove_task": "One's own words can be taken back after the closing, until the dialogue is over.",
    "projects:remove_status": "One's own words can be taken back after the closing, until the dialogue is over.",
    "threads:remove_post": "One's own words can be taken back after the closing, until the dialogue is over.",
    "workshops:remove_card": "One's own words can be taken back after the closing, until the dialogue is over.",
}
EACH = 6  # rows of a kind that an action is tried on
UNFIT = (AttributeError, TypeError, KeyError)  # what a check says about a subject that the action is not for


def check_actions(method: Method, _app: Flask) -> list[str]:
    """Every action has a rule, and bears the method's name."""
    do = _do(method)
    found = []
    for action in do:
        if action not in method.rules:
            found.append(f"{action} has no rule")
        elif not method.rules[action]:
            found.append(f"the rule for {action} is empty; say `anyone` where anyone may")
        if not action.value.startswith(f"{method.key}:"):
            found.append(f"{action.value} does not begin with {method.key}:")
    found += [f"the rule for {action} is of another package" for action in method.rules if not isinstance(action, do)]
    return [*found, *_service_requires(method)]


def _do(method: Method) -> type[Action]:
    do: type[Action] = samples.room(method, "rules").Do
    return do


# ------------------------------------------------------------------ what is a write


def _functions(method: Method) -> Iterator[ast.FunctionDef]:
    for file in samples.files_of(method, "service"):
        for node in ast.parse(file.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef):
                yield node


def _required(node: ast.AST) -> Iterator[str]:
    """X of every require(…, Do.X, …)."""
    for call in ast.walk(node):
        if isinstance(call, ast.Call) and getattr(call.func, "id", getattr(call.func, "attr", "")) == "require":
            yield from (arg.attr for arg in call.args[1:2] if isinstance(arg, ast.Attribute))


def writes(method: Method) -> list[Action]:
    """The actions that the service requires."""
    names = {name for node in _functions(method) for name in _required(node)}
    return [action for action in _do(method) if action.name in names]


def _service_requires(method: Method) -> list[str]:
    """Whatever an actor does is required first: by the function itself, or by one that it hands the actor to."""
    nodes = {node.name: node for node in _functions(method)}
    found = []
    for name, node in nodes.items():
        takes_actor = any(arg.arg == "actor" for arg in (*node.args.args, *node.args.kwonlyargs))
        called = {getattr(c.func, "id", "") for c in ast.walk(node) if isinstance(c, ast.Call)}
        passes_on = any(list(_required(nodes[one])) for one in called & set(nodes))
        if takes_actor and name[0] != "_" and not list(_required(node)) and not passes_on:
            found.append(f"service.{name} takes an actor and requires nothing of them")
    return found


# ------------------------------------------------------------------ stages


Checks = tuple[Check, ...]
Answers = dict[tuple[str, moments.Moment], Reason | None]  # who, when → why not


def check_stages(method: Method, app: Flask) -> list[str]:
    """Ask every rule about every sample, at every moment, for everyone."""
    answers: dict[Action, list[Answers]] = {action: [] for action in method.rules}
    with app.app_context(), samples.undone():
        shut = set(_shut())
        for is_fresh in _circumstances(method):
            candidates, dialogues = list(_candidates(method)), samples.dialogues()
            for action in (one for one in answers if not _allowed(answers[one])):
                for row, crowd in candidates:
                    said = _ask(method.rules[action], row, crowd, dialogues, is_fresh=is_fresh)
                    answers[action] += [said] if said is not None else []
        found = dict.fromkeys(one for action in answers for one in _complaints(method, action, answers[action], shut))
        reasons = {why: None for some in answers.values() for one in some for why in one.values() if why is not None}
        found |= dict.fromkeys(one for why in reasons for one in _unsaid(why))
    return list(found)


def _circumstances(method: Method) -> Iterator[bool]:
    """The rows as they are; as if just written (True); and with each of their switches turned."""
    yield False
    yield True
    for subject in method.subjects:
        for column in moments.switches(subject):
            with samples.changed():
                moments.flip(subject, column)
                yield False


def _allowed(asked: list[Answers]) -> list[tuple[str, moments.Moment]]:
    return [pair for answers in asked for pair, reason in answers.items() if reason is None]


def _candidates(method: Method) -> Iterator[tuple[Any, list[people.Who]]]:
    """What an action may be about, and who may come: rows of each kind of the method, a dialogue, or a place in one."""
    homes: dict[int, None] = {}
    for kind in method.subjects:
        rows = [row for row in samples.rows_of(kind).values() if samples.dialogue_of(row) is not None]
        for row in rows[:EACH]:
            home = samples.dialogue_of(row) or 0
            homes[home] = None
            yield row, people.everyone([home], people.owners_of(kind, [row]))
    dialogues = samples.dialogues()
    first = next(iter(homes), next(iter(dialogues)))
    crowd = people.everyone([first])
    yield from ((dialogues[first], crowd), (SimpleNamespace(dialogue_id=first), crowd))


def _ask(
    checks: Checks, row: Any, crowd: list[people.Who], dialogues: dict[int, Any], *, is_fresh: bool
) -> Answers | None:
    """The rule's answers about this row; None where the action is not for such a row."""
    home = dialogues[samples.dialogue_of(row) or 0]
    answers: Answers = {}
    with samples.db.session().no_autoflush, moments.kept(home):
        if is_fresh:
            clock.shift(moments.age(row))
        try:
            for moment in moments.MOMENTS:
                moment.put(home, clock.now())
                for who in crowd:
                    answers[who.words, moment] = _reason(checks, who.actor, row)
        except UNFIT:
            return None
        finally:
            clock.shift(timedelta(0))
    return answers


def _reason(checks: Checks, actor: permissions.Actor, row: Any) -> Reason | None:
    return next((reason for one in checks if (reason := one(actor, row)) is not None), None)


def _complaints(method: Method, action: Action, asked: list[Answers], shut: set[moments.Moment]) -> Iterator[str]:
    allowed = _allowed(asked)
    if not allowed:
        yield f"{action}: nobody may ever do it with anything that the demo municipality holds, so nothing is proved"
    if action not in writes(method):
        return
    over = {one for one in moments.MOMENTS if one.stage in moments.OVER}
    is_input = any(who in people.WITHOUT_ROLE for who, _ in allowed) and action.value not in UNTIL_OVER
    wrong = sorted({(moment.words, who) for who, moment in allowed if moment in (shut if is_input else over)})
    if action.value in ALWAYS:
        if not wrong:
            yield f"{action} is excepted from the stages and need not be: take it out of ALWAYS"
        return
    for moment, who in wrong:
        yield f"{action} is not bound by the stage: {who} may do it while the dialogue is {moment}"


def _shut() -> Iterator[moments.Moment]:
    """The moments at which a dialogue takes no input."""
    row = next(iter(samples.dialogues().values()))
    with samples.db.session().no_autoflush, moments.kept(row):
        for moment in moments.MOMENTS:
            moment.put(row, clock.now())
            if dialogue_rules.takes_input(permissions.GUEST, row) is not None:
                yield moment


def _unsaid(reason: Reason) -> list[str]:
    if not reason.code:
        return ["a reason has no code"]
    return [f"the reason {reason.code}: {one}" for one in speaking.complaints(reason.sentence)]
