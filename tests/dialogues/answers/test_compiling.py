"""What is found in the answers: all of it is read, two have read it, and nobody's words are lost."""

from __future__ import annotations

from typing import Any

import pytest

from app import db
from app.dialogues import service as dialogues
from app.dialogues.answers import queries, service
from app.dialogues.answers.models import Compilation
from app.dialogues.models import Card
from app.dialogues.problems import Overtaken
from app.dialogues.queries import Dossier
from app.dialogues.stages import Stage
from app.permissions import Refusal, Role
from tests.factories.answers import add_theme
from tests.factories.dialogues import card, make_whole
from tests.factories.people import make_actor


def lacks(dialogue, to: Stage = Stage.COMPILED) -> str:
    return " ".join(str(one.sentence) for one in dialogues.missing(dialogue, to))


def change(dialogue, **fields: Any) -> None:
    row = db.session().get_one(Compilation, dialogue.id)
    for name, value in fields.items():
        setattr(row, name, value)
    db.session().flush()


def whole(dialogue, **fields: Any) -> dict[str, Any]:
    """What the whole says now, with something changed."""
    row = db.session().get_one(Compilation, dialogue.id)
    return {name: getattr(row, name) for name in service.compiling.WHOLE} | fields


def test_a_compiled_result_is_published(unit):
    dialogue = make_whole(Stage.CLOSED)
    assert lacks(dialogue) == ""
    dialogues.move(make_actor(Role.OFFICIAL), dialogue, Stage.COMPILED)
    assert db.session().get_one(Compilation, dialogue.id).published_at is not None


def test_without_anything_written_everything_is_missing(unit):
    dialogue = make_whole(Stage.OPEN)
    dialogue.stage = Stage.CLOSED
    said = lacks(dialogue)
    for words in ("at least one theme", "213 answers", "one sentence", "on paper", "who is missing", "cannot say"):
        assert words in said
    assert "second reader" in said


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"read_in_all": 212}, "213 answers and contributions have come in."),
        ({"read_in_all": None}, "213 answers and contributions have come in."),
        ({"read_in_all": 300}, "300 have been read, but the themes and the rest account for 213 of them."),
        ({"other_count": 2}, "213 have been read, but the themes and the rest account for 212 of them."),
        ({"finding": " "}, "in one sentence"),
        ({"who": ""}, "Write who took part, and who is missing."),
        ({"method_note": ""}, "how the answers were put together"),
        ({"limits": ""}, "what they cannot say"),
        ({"offline_at": None}, "on paper and from the phone"),
        ({"confirmed_edition": None}, "A second reader"),
    ],
)
def test_each_thing_that_lacks_keeps_the_result_back(unit, fields, words):
    dialogue = make_whole(Stage.CLOSED)
    change(dialogue, **fields)
    assert words in lacks(dialogue)
    with pytest.raises(Refusal, match="missing"):
        dialogues.move(make_actor(*Role), dialogue, Stage.COMPILED)


def test_what_came_in_is_counted_over_every_method_and_no_seats_among_them(unit):
    dialogue = make_whole(Stage.CLOSED)
    card(dialogue, 2, responses=5)
    assert "218 answers" in lacks(dialogue)
    seats = db.session().get_one(Card, f"survey:{dialogue.id}02")
    seats.held_at = dialogue.closes_at
    db.session().flush()
    assert lacks(dialogue) == ""


def test_a_change_waits_for_a_second_reader_anew(unit):
    dialogue, lead = make_whole(Stage.CLOSED), make_actor(Role.OFFICIAL)
    service.add_theme(lead, dialogue, name="Bänkar", said="Med armstöd.", count=12)
    assert "A second reader" in lacks(dialogue)
    edition = db.session().get_one(Compilation, dialogue.id).edition
    with pytest.raises(Refusal) as refused:
        service.confirm(lead, dialogue, edition)
    assert refused.value.reason.code == "writer"
    with pytest.raises(Overtaken):
        service.confirm(make_actor(Role.COMMUNICATIONS), dialogue, edition - 1)
    service.confirm(make_actor(Role.COMMUNICATIONS), dialogue, edition)
    assert lacks(dialogue) == ""


def test_whoever_wrote_anything_of_it_is_no_second_reader(unit):
    """Not even where somebody else has changed it last."""
    dialogue = make_whole(Stage.CLOSED)
    first, last = make_actor(Role.OFFICIAL), make_actor(Role.OFFICIAL)
    theme = service.add_theme(first, dialogue, name="Bänkar", said="Med armstöd.", count=12)
    service.shift_theme(last, dialogue, theme, up=True)
    edition = db.session().get_one(Compilation, dialogue.id).edition
    for writer in (first, last):
        with pytest.raises(Refusal):
            service.confirm(writer, dialogue, edition)


@pytest.mark.parametrize("role", [Role.REGISTRAR, Role.ELECTED, Role.ADMINISTRATOR])
def test_a_second_reader_has_a_part_in_the_dialogue(unit, role):
    with pytest.raises(Refusal, match="role"):
        service.confirm(make_actor(role), make_whole(Stage.CLOSED), 1)


@pytest.mark.parametrize("stage", [Stage.OPEN, Stage.RESOLVED, Stage.FED_BACK, Stage.ARCHIVED])
def test_themes_are_written_from_the_closing_until_the_body_decides(unit, stage):
    with pytest.raises(Refusal, match="stage"):
        service.add_theme(make_actor(*Role), make_whole(stage), name="Bänkar", said="Med armstöd.", count=1)


def test_themes_stand_in_the_order_that_one_gives_them(unit):
    dialogue, lead = make_whole(Stage.CLOSED), make_actor(Role.OFFICIAL)
    last = service.add_theme(lead, dialogue, name="Bänkar", said="Med **armstöd**.", count=12)
    assert last.html == "<p>Med <strong>armstöd</strong>.</p>\n"
    service.shift_theme(lead, dialogue, last, up=True)
    service.shift_theme(lead, dialogue, last, up=True)
    service.shift_theme(lead, dialogue, last, up=True)  # at the edge nothing happens
    names = [one.name for one in queries.compiled(Dossier(dialogue)).themes]
    assert names == ["Bänkar", "Träd längs hela gatan", "En egen cykelbana"]
    service.remove_theme(lead, dialogue, last)
    assert [one.name for one in queries.compiled(Dossier(dialogue)).themes] == names[1:]


def test_of_two_editors_the_second_is_told(unit):
    dialogue, lead = make_whole(Stage.CLOSED), make_actor(Role.OFFICIAL)
    theme = add_theme(dialogue, 3)
    service.edit_theme(lead, dialogue, 1, theme, name="Bänkar", said="Med armstöd.", count=12)
    with pytest.raises(Overtaken):
        service.edit_theme(lead, dialogue, 1, theme, name="Soptunnor", said="Fler.", count=1)
    service.write_whole(lead, dialogue, 0, **whole(dialogue, finding="Träd är viktigast"))
    with pytest.raises(Overtaken):
        service.write_whole(lead, dialogue, 0, **whole(dialogue, finding="Bänkar är viktigast"))
    assert theme.name == "Bänkar"
    assert db.session().get_one(Compilation, dialogue.id).finding == "Träd är viktigast"


def test_what_is_saved_unchanged_is_no_change(unit):
    dialogue, lead = make_whole(Stage.CLOSED), make_actor(Role.OFFICIAL)
    row = service.write_whole(lead, dialogue, 0, **whole(dialogue))
    assert row.is_confirmed
    assert queries.writers(dialogue.id) == set()
