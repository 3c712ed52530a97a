"""R53: of every published theme it is said whether the decision follows it, and why."""

from __future__ import annotations

import pytest

from app import db
from app.dialogues import service as dialogues
from app.dialogues.answers import queries, service
from app.dialogues.answers.models import Consideration
from app.dialogues.problems import NotAccepted, Overtaken
from app.dialogues.queries import Dossier
from app.dialogues.stages import Stage
from app.permissions import Refusal, Role
from tests.factories.answers import compile_answers
from tests.factories.dialogues import answer, decide, make_dialogue, make_whole
from tests.factories.people import make_actor

pytestmark = pytest.mark.requirement("R53")


def decided():
    """A dialogue in whose matter the body has decided, and nothing is said of the themes yet."""
    dialogue = make_whole(Stage.RESOLVED)
    for row in Dossier(dialogue).rows(Consideration):
        db.session().delete(row)
    answer(dialogue, published=False)
    return dialogue


def test_nothing_is_published_before_each_theme_has_its_answer(unit):
    dialogue, kim = decided(), make_actor(Role.COMMUNICATIONS)
    record = Dossier(dialogue).records[-1]
    themes = queries.compiled(Dossier(dialogue)).themes
    for number, theme in enumerate(themes):
        lacking = [str(one.sentence) for one in dialogues.missing(dialogue, Stage.FED_BACK)]
        assert [theme.name in sentence for sentence in lacking] == [True] + [False] * (len(themes) - number - 1)
        with pytest.raises(Refusal, match="missing"):
            dialogues.move(kim, dialogue, Stage.FED_BACK)
        made = service.consider(kim, dialogue, 0, theme, stance="partly", why="På norra sidan.")
        assert made.decision_id == record.id
    dialogues.move(kim, dialogue, Stage.FED_BACK)
    assert dialogue.stage == Stage.FED_BACK


def test_a_reason_is_always_given(unit):
    dialogue = decided()
    theme = queries.compiled(Dossier(dialogue)).themes[0]
    for stance, why, field in (("followed", " ", "why"), ("maybe", "Kanske.", "stance")):
        with pytest.raises(NotAccepted) as problem:
            service.consider(make_actor(Role.OFFICIAL), dialogue, 0, theme, stance=stance, why=why)
        assert problem.value.field == field


def test_the_second_of_two_writers_is_told(unit):
    dialogue, kim = decided(), make_actor(Role.COMMUNICATIONS)
    theme = queries.compiled(Dossier(dialogue)).themes[0]
    service.consider(kim, dialogue, 0, theme, stance="followed", why="34 träd.")
    with pytest.raises(Overtaken):
        service.consider(kim, dialogue, 0, theme, stance="partly", why="17 träd.")
    service.consider(kim, dialogue, 1, theme, stance="partly", why="17 träd.")
    assert db.session().get_one(Consideration, theme.id).why == "17 träd."


@pytest.mark.parametrize("stage", [Stage.COMPILED, Stage.HANDED_OVER, Stage.FED_BACK, Stage.ARCHIVED])
def test_it_is_written_when_the_body_has_decided_and_before_it_is_told(unit, stage):
    dialogue = make_whole(stage)
    theme = queries.compiled(Dossier(dialogue)).themes[0]
    with pytest.raises(Refusal, match="stage"):
        service.consider(make_actor(*Role), dialogue, 0, theme, stance="followed", why="34 träd.")


@pytest.mark.parametrize("is_public", [True, False])
def test_a_dialogue_that_was_called_off_answers_for_what_was_published(unit, is_public):
    dialogue, kim = make_dialogue(Stage.CANCELLED), make_actor(Role.COMMUNICATIONS)
    decide(dialogue, "cancel")
    answer(dialogue, published=False)
    assert dialogues.missing(dialogue, Stage.FED_BACK) == []
    compile_answers(dialogue, published=is_public)
    assert len(dialogues.missing(dialogue, Stage.FED_BACK)) == (2 if is_public else 0)
    for theme in queries.compiled(Dossier(dialogue)).themes:
        service.consider(kim, dialogue, 0, theme, stance="not_followed", why="Marken behövs för annat.")
    dialogues.move(kim, dialogue, Stage.FED_BACK)


@pytest.mark.parametrize("role", [Role.SECRETARY, Role.ELECTED, Role.MODERATOR, Role.ADMINISTRATOR])
def test_others_do_not_write_it(unit, role):
    dialogue = decided()
    theme = queries.compiled(Dossier(dialogue)).themes[0]
    with pytest.raises(Refusal, match="role"):
        service.consider(make_actor(role), dialogue, 0, theme, stance="followed", why="34 träd.")
