"""Keyset pages: every text once, in both orders and both ways, and a text is always found on the page it is sent to."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, text

from app import clock, db
from app.contributions import queries
from app.contributions.models import Contribution
from app.contributions.queries import Place
from app.permissions import GUEST, Role
from app.reviews.models import Reviewable, State
from tests.factories.contributions import KIND, make_container, write
from tests.factories.dialogues import make_dialogue
from tests.factories.people import actor_of, make_actor, make_person


def walk(container_id, actor, size, *, newest_first=False):
    """Every page from the first to the last."""
    pages, after = [], None
    while True:
        page = queries.page(container_id, actor, after=after, newest_first=newest_first, size=size)
        pages.append(page)
        if page.after is None:
            return pages
        after = page.after


def some(container, shape):
    """Roots and answers in this order: each number answers the so-manieth text so far, 0 nothing."""
    made = []
    for one in shape:
        made.append(write(container, f"Text {len(made)}", parent=made[one % len(made)] if one and made else None))
    return made


@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_every_text_comes_once_and_answers_follow_what_they_answer(unit, size):
    box = make_container(make_dialogue().id)
    rows = some(box, [0, 0, 1, 2, 0, 1, 5, 0, 3])
    wanted = sorted(rows, key=lambda row: (row.position, row.id))
    pages = walk(box.id, GUEST, size)
    assert [row.id for page in pages for row in page.rows] == [row.id for row in wanted]
    assert pages[0].before is None
    back = [pages[-1]]
    while back[-1].before is not None:
        back.append(queries.page(box.id, GUEST, before=back[-1].before, size=size))
    assert [row.id for page in reversed(back) for row in page.rows] == [row.id for row in wanted]
    newest = [row.id for page in walk(box.id, GUEST, size, newest_first=True) for row in page.rows]
    assert newest == sorted(newest, reverse=True)
    assert len(newest) == len(rows)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=15)
@given(shape=st.lists(st.integers(0, 9), min_size=1, max_size=14), size=st.integers(1, 6))
def test_whatever_is_written_one_lands_on_it(unit, shape, size):
    box = make_container(make_dialogue().id)
    for row in some(box, shape):
        start = queries.landing(row, GUEST, size)
        page = queries.page(box.id, GUEST, start=start, size=size)
        assert row.id in {one.id for one in page.rows}


def test_what_waits_is_for_its_author_and_moderators(unit):
    author, dialogue = make_person(), make_dialogue()
    box = make_container(dialogue.id)
    waiting, hidden = write(box, state=State.WAITING, by=author), write(box, state=State.HIDDEN)
    for actor, seen in (
        (GUEST, {hidden.id}),
        (make_actor(), {hidden.id}),
        (make_actor(Role.OFFICIAL), {hidden.id}),
        (actor_of(author), {waiting.id, hidden.id}),
        (make_actor(Role.MODERATOR), {waiting.id, hidden.id}),
        (make_actor(Role.MODERATOR, dialogue_id=dialogue.id), {waiting.id, hidden.id}),
        (make_actor(Role.MODERATOR, dialogue_id=make_dialogue().id), {hidden.id}),
    ):
        assert {row.id for row in queries.page(box.id, actor).rows} == seen


@pytest.mark.parametrize("written", ["", "1", "1.2.3", "a.b", "-1.2", "1.9999999999", "99999999999.1", "¹.²", "1. 2"])
def test_what_is_no_place_is_none(written):
    assert Place.read(written) is None


def test_a_place_reads_as_it_is_written():
    assert Place.read(str(Place(12, 15))) == Place(12, 15)


def fill(container, number, answers_to=None):
    """Many rows at once."""
    session, now = db.session(), clock.now()
    review = {"subject_kind": KIND, "dialogue_id": container.dialogue_id, "state": State.SHOWN, "language": "sv",
              "created_at": now}  # fmt: skip
    ids = session.scalars(insert(Reviewable).returning(Reviewable.id), [review] * number).all()
    row = {"container_id": container.id, "text": "Text", "language": "sv", "written_at": now,
           "parent_id": answers_to, "root_id": answers_to}  # fmt: skip
    session.execute(insert(Contribution), [{**row, "review_id": one} for one in ids])


@pytest.mark.parametrize("newest_first", [False, True])
def test_a_page_of_ten_thousand_is_read_from_an_index(unit, count_statements, newest_first):
    box = make_container(make_dialogue().id)
    root = write(box)
    fill(box, 5000)
    fill(box, 5000, answers_to=root.id)
    db.session().execute(text("ANALYZE"))
    some = Place(root.id + 2500, root.id + 2500)
    count_statements.clear()
    page = queries.page(box.id, GUEST, after=some, newest_first=newest_first)
    assert len(page.rows) == 20
    assert len(count_statements) == 1
    plan = explain(count_statements[0])
    assert "SEQ SCAN ON CONTRIBUTION" not in plan, plan
    assert "SCAN CONTRIBUTION" not in plan.replace("INDEX SCAN", ""), plan
    assert "TEMP B-TREE" not in plan, plan
    assert "IX_CONTRIBUTION_ORDER" in plan or newest_first, plan


def explain(statement):
    """The plan of a statement that ran, with its parameters unknown."""
    connection = db.session().connection()
    if connection.dialect.name == "sqlite":
        rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", (1,) * statement.count("?"))
        return "\n".join(row[3] for row in rows).upper()
    import re  # noqa: PLC0415

    literal = re.sub(r"%\((\w+)\)s(::\w+)?", lambda m: "'waiting'" if "VARCHAR" in (m[2] or "") else "1", statement)
    return "\n".join(row[0] for row in connection.exec_driver_sql(f"EXPLAIN {literal}")).upper()
