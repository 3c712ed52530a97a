"""What always holds of the life cycle, whatever its table comes to say, and by whatever way somebody comes."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from werkzeug.routing import AnyConverter

from app import clock, db, ladder
from app.dialogues import lifecycle, service
from app.dialogues.models import DecisionRecord, Dialogue, Move, ScopeItem
from app.dialogues.stages import DRAFT_STAGES, Stage
from app.permissions import GUEST, SYSTEM, Refusal, Role
from tests.factories.dialogues import answer, assess, decide, make_whole
from tests.factories.people import make_actor, make_person
from tests.visitor import Visitor

ROOT = Path(__file__).parents[2]
END = Stage.ARCHIVED


def walks(start: Stage, end: Stage) -> Iterator[list[Stage]]:
    """Every way through the table from one stage to another that takes no step twice."""

    def further(way: list[Stage], used: frozenset[lifecycle.Step]) -> Iterator[list[Stage]]:
        if way[-1] == end:
            yield way
            return
        for step in lifecycle.steps_from(way[-1]):
            if step not in used:
                yield from further([*way, step.to], used | {step})

    yield from further([start], frozenset())


# ---------------------------------------------------------------- the table


@pytest.mark.requirement("R48")
def test_no_way_leads_to_open_without_a_decision():
    ways = list(walks(Stage.IDEA, Stage.OPEN))
    assert ways
    assert all(Stage.DECIDED in way for way in ways)


@pytest.mark.requirement("R54", "R55")
def test_no_way_leads_to_the_archive_without_feedback_and_evaluation():
    ways = list(walks(Stage.IDEA, END))
    assert any(Stage.CANCELLED in way for way in ways)
    assert any(Stage.PAUSED in way for way in ways)
    for way in ways:
        fed_back, evaluated = way.index(Stage.FED_BACK), way.index(Stage.EVALUATED)
        assert Stage.CANCELLED in way or way.index(Stage.DECIDED) < fed_back
        assert fed_back < evaluated < way.index(END)
        if Stage.CANCELLED in way:  # those who took part are told then, too
            assert way.index(Stage.CANCELLED) < fed_back


def test_whatever_leads_on_asks_for_something_and_names_somebody():
    for step in lifecycle.STEPS:
        assert step.needs, step
        assert step.by(GUEST, None) is not None, step


# ---------------------------------------------------------------- one writer


def writes_of_stage(tree: ast.AST) -> Iterator[int]:
    """Lines that give a dialogue a stage: `x.stage = …`, `setattr(x, "stage", …)`, `.values(stage=…)`, SQL by hand."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                for part in ast.walk(target):
                    if isinstance(part, ast.Attribute) and part.attr == "stage" and isinstance(part.ctx, ast.Store):
                        yield node.lineno
        elif isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            words = [one.value for one in node.args if isinstance(one, ast.Constant)]
            if name == "setattr" and "stage" in words:
                yield node.lineno
            if name in ("values", "update") and any(one.arg == "stage" for one in node.keywords):
                yield node.lineno
            if name == "text" and any("update dialogue" in str(one).lower() for one in words):
                yield node.lineno


def made_at(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Lines that make a dialogue, and the stage that it begins at as it is written."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) == "Dialogue":
            stages = [ast.unparse(one.value) for one in node.keywords if one.arg == "stage"]
            yield node.lineno, stages[0] if stages else "Stage.IDEA"


def test_nothing_but_the_move_gives_a_dialogue_another_stage():
    written: dict[str, int] = {}
    made: dict[str, set[str]] = {}
    for file in sorted((ROOT / "app").rglob("*.py")):
        tree, name = ast.parse(file.read_text(encoding="utf-8")), file.relative_to(ROOT).as_posix()
        if lines := list(writes_of_stage(tree)):
            written[name] = len(lines)
        if "demo" not in name and (stages := {stage for _, stage in made_at(tree)}):
            made[name] = stages
    assert written == {"app/dialogues/service/moves.py": 1}
    assert set().union(*made.values()) == {"Stage.IDEA"}


@pytest.mark.parametrize(
    "source",
    [
        "row.stage = Stage.OPEN",
        "a, row.stage = 1, 2",
        "row.stage += ''",
        "setattr(row, 'stage', 'open')",
        "session.execute(update(Dialogue).values(stage='open'))",
        "session.execute(text('UPDATE dialogue SET stage = 1'))",
    ],
)
def test_another_writer_would_be_seen(source):
    assert list(writes_of_stage(ast.parse(source)))


def test_a_read_is_no_write():
    assert not list(writes_of_stage(ast.parse("x = row.stage\nf(stage=row.stage)\nrow.stages = 1")))


# ---------------------------------------------------------------- the service


def logged(dialogue_id: int) -> list[tuple[str, str]]:
    rows = select(Move.from_stage, Move.to_stage).where(Move.dialogue_id == dialogue_id).order_by(Move.id)
    return [tuple(row) for row in db.session().execute(rows)]


def everything_said(start: Stage) -> Dialogue:
    """A dialogue at this stage for which every record and answer is there that any step may ask for."""
    dialogue = make_whole(start)
    if dialogue.stage in (Stage.COMPILED, Stage.HANDED_OVER, Stage.CANCELLED, Stage.RESOLVED):
        answer(dialogue, published=False)
    for matter in ("hold", "final", "cancel"):
        decide(dialogue, matter)
    return dialogue


@pytest.mark.parametrize("start", list(Stage))
def test_each_try_from_each_stage_keeps_to_the_table_and_leaves_one_line_or_none(unit, start):
    """By everyone at once, by the clock, by an administrator alone and by a guest; early, in time and late."""
    now = clock.now()
    whole = [everything_said(start), make_whole(start)]
    actors = [make_actor(*Role), SYSTEM, make_actor(Role.ADMINISTRATOR), GUEST]
    for dialogue in whole:
        for closes in (-1, 9):
            dialogue.opens_at, dialogue.closes_at = now + timedelta(days=closes - 3), now + timedelta(days=closes)
            for to in Stage:
                for actor in actors:
                    before, lines = dialogue.stage, logged(dialogue.id)
                    try:
                        service.move(actor, dialogue, to, "Därför.")
                    except Refusal:
                        assert dialogue.stage == before
                        assert logged(dialogue.id) == lines
                    else:
                        assert lifecycle.step(before, to) is not None
                        assert actor is not GUEST
                        assert logged(dialogue.id) == [*lines, (before, str(to))]
                        dialogue.stage = start  # the next try begins here again
                        db.session().flush()


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    start=st.sampled_from(list(Stage)),
    helped=st.lists(st.sampled_from(["assess", "hold", "final", "cancel", "answer", "time"]), max_size=6),
    tries=st.lists(st.tuples(st.sampled_from(list(Stage)), st.booleans()), max_size=15),
)
def test_walks_of_chance_are_ways_of_the_table(unit, start, helped, tries):
    dialogue, who = make_whole(start), make_actor(*Role)
    for help_ in helped:
        if help_ == "assess":
            assess(dialogue)
        elif help_ == "answer":
            if not service.moves.Dossier(dialogue).outcome:
                answer(dialogue, published=False)
        elif help_ == "time":
            dialogue.closes_at = clock.now() - timedelta(minutes=1)
            db.session().flush()
        else:
            decide(dialogue, help_)
    for to, by_clock in tries:
        try:
            service.move(SYSTEM if by_clock else who, dialogue, to, "Därför.")
        except Refusal:
            continue
    way = logged(dialogue.id)
    assert all(lifecycle.step(one, to) for one, to in way)
    assert [str(start), *(to for _, to in way)] == [*(one for one, _ in way), dialogue.stage]


# ---------------------------------------------------------------- every way in

SENT = {
    "title": "En annan titel", "question": "En annan fråga?", "purpose": "Ett annat syfte än det som beslutades.",
    "level": "influence", "promise": "Ett annat löfte.", "affected": "någon annan", "body_key": "socialnamnden",
    "is_open": "open", "text": "Något annat", "why": "Därför.", "note": "Därför.", "reason": "Därför.",
    "summary": "En annan text.", "contact_name": "Kim", "contact_email": "kim@vara.example", "heading": "Så",
    "lead": "Så", "body": "Så.", "outcome": "approved", "section_no": "1", "case_number": "KS 1", "taken_up": "1",
    "decided_on": "2026-01-02", "stage": "archived", "to": "archived", "retention_class": "bevaras",
}  # fmt: skip
FROZEN = ("level", "question", "promise", "body_key", "affected", "purpose")


def frames_of(dialogue_id: int) -> dict[str, Any]:
    """What a body decides about: the question, the level, the promise, and what is open and fixed."""
    row = db.session().get_one(Dialogue, dialogue_id, populate_existing=True)
    items = select(ScopeItem.is_open, ScopeItem.text, ScopeItem.why).where(ScopeItem.dialogue_id == dialogue_id)
    scope = sorted(tuple(item) for item in db.session().execute(items))
    return {**{name: getattr(row, name) for name in FROZEN}, "scope": scope}


def records_of(dialogue_id: int) -> int:
    return db.session().scalars(select(func.count(DecisionRecord.id)).filter_by(dialogue_id=dialogue_id)).one()


def posts(app: Any, values: dict[str, int]) -> Iterator[str]:
    """The address of every endpoint that takes a POST about the dialogue, for each word that it takes."""
    urls = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        taken = rule.arguments - set(rule.defaults or ())  # an address of the site takes no dialogue
        if "POST" not in (rule.methods or ()) or "dialogue_id" not in taken:
            continue
        words: list[dict[str, str]] = [{}]
        for name, kind in rule._converters.items():
            if isinstance(kind, AnyConverter):
                words = [{**one, name: item} for one in words for item in sorted(kind.items)]
        for chosen in words:
            known = {**values, "slug": "x", "language": "en", "field": "title", "thing": "survey:1", **chosen}
            yield urls.build(rule.endpoint, {name: known.get(name, 1) for name in taken})


@pytest.mark.slow
@pytest.mark.requirement("R30", "R48", "R52")
@pytest.mark.parametrize("stage", list(Stage))
def test_no_page_moves_a_dialogue_around_the_table_or_changes_what_was_decided(the_app, isolated, stage):
    """Every form of every page, sent by somebody with every role: the table holds, and so does the decision."""
    with db.unit():
        dialogue = everything_said(stage)
        number, version = dialogue.id, dialogue.version
        item = db.session().scalars(select(ScopeItem.id).filter_by(dialogue_id=number)).first()
        person = make_person(*Role)
    visitor = Visitor(the_app, strict=False).sign_in_as(person)
    visitor.get("/konto/uppgifter")
    token = visitor.page.form("name").findall(".//*[@name='csrf_token']")[0].get("value")
    changed, sent = False, 0
    for path in posts(the_app, {"dialogue_id": number, "item_id": item}):
        with db.reading() as session:
            before, frames, records = session.get_one(Dialogue, number).stage, frames_of(number), records_of(number)
            lines, version = logged(number), session.get_one(Dialogue, number).version
        answered = visitor.client.post(path, data={**SENT, "csrf_token": token, "version": version})
        assert answered.status_code < 500, path
        sent += 1
        with db.reading() as session:
            after, way = session.get_one(Dialogue, number).stage, logged(number)
            assert way[: len(lines)] == lines
            assert [before, *(to for _, to in way[len(lines) :])] == [*(one for one, _ in way[len(lines) :]), after], (
                path
            )
            assert all(lifecycle.step(*one) for one in way[len(lines) :]), path
            if frames_of(number) != frames:
                changed = True
                assert before in DRAFT_STAGES or records_of(number) > records, path
    assert sent > 40
    assert changed or stage not in (Stage.IDEA, Stage.ASSESSED)  # else the test would prove nothing


def test_the_clock_alone_moves_along_the_table(unit, monkeypatch):
    monkeypatch.setattr(ladder, "methods", lambda: ())
    now, started = clock.now(), {}
    for stage in Stage:
        for opens, closes in ((-9, -1), (-1, 9), (1, 9)):
            fields = {"opens_at": now + timedelta(days=opens), "closes_at": now + timedelta(days=closes)}
            started[make_whole(stage, **fields).id] = stage
    for number, stage in started.items():
        dialogue = db.session().get_one(Dialogue, number)
        for to in Stage:
            try:
                service.move(SYSTEM, dialogue, to)
            except Refusal:
                continue
        assert all(lifecycle.step(*one) for one in logged(number))
        if stage in (Stage.PREPARED, Stage.DECIDED):
            assert logged(number) == []
