"""R50: the result is handed over as a frozen report with a digest, for a meeting that still takes papers."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import IntegrityError

from app import clock, db
from app.dialogues import service as dialogues
from app.dialogues.answers import queries, reports, service
from app.dialogues.answers.models import ResultReport
from app.dialogues.models import AppendOnly
from app.dialogues.problems import NotAccepted
from app.dialogues.queries import Dossier
from app.dialogues.stages import Stage
from app.permissions import Refusal, Role
from tests.factories.answers import freeze
from tests.factories.dialogues import decide, make_whole, meeting_of
from tests.factories.people import make_actor

pytestmark = pytest.mark.requirement("R50")


def published(**fields):
    """A dialogue whose result is out and has not been handed over."""
    dialogue = make_whole(Stage.CLOSED, **fields)
    dialogues.move(make_actor(Role.OFFICIAL), dialogue, Stage.COMPILED)
    return dialogue


def meeting(days: int = 20):
    return meeting_of("kommunstyrelsen", clock.today() + timedelta(days=days))


def test_it_is_frozen_with_its_digest_for_a_meeting(unit):
    dialogue, lead, held = published(), make_actor(Role.OFFICIAL), meeting()
    made = service.hand_over(lead, dialogue, held.id)
    assert dialogue.stage == Stage.HANDED_OVER
    assert (made.number, made.body_name, made.meeting_on, made.papers_by) == (
        1, "Kommunstyrelsen", held.held_on, held.papers_by
    )  # fmt: skip
    assert made.hash == hashlib.sha256(made.content.encode()).hexdigest()
    told = json.loads(made.content)
    assert [(one["name"], one["count"]) for one in told["themes"]] == [
        ("Träd längs hela gatan", 150), ("En egen cykelbana", 60)
    ]  # fmt: skip
    assert told["came_in"] == [{"what": "Svara på enkäten om gatan 1", "method": "surveys", "number": 213}]
    assert told["dialogue"]["promise"] == dialogue.promise
    assert told["report"]["meeting_on"] == held.held_on.isoformat()
    assert json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":")) == made.content


def test_the_papers_of_the_meeting_are_still_open(unit):
    dialogue, lead = published(), make_actor(Role.OFFICIAL)
    for late in (meeting(9), meeting(-3)):
        with pytest.raises(NotAccepted) as problem:
            service.hand_over(lead, dialogue, late.id)
        assert problem.value.field == "meeting"
    other = meeting_of("socialnamnden", clock.today() + timedelta(days=20))
    for nothing in (None, 0, other.id):
        with pytest.raises(NotAccepted):
            service.hand_over(lead, dialogue, nothing)
    last_day = meeting(10)
    assert service.hand_over(lead, dialogue, last_day.id).papers_by == clock.today()


def test_no_step_goes_past_the_report(unit):
    dialogue = published()
    with pytest.raises(Refusal) as refused:
        dialogues.move(make_actor(*Role), dialogue, Stage.HANDED_OVER)
    assert "Choose the meeting" in str(refused.value.reason.sentence)
    freeze(dialogue, meeting_on=clock.today() + timedelta(days=5), papers_by=clock.today() - timedelta(days=1))
    assert [str(one.sentence) for one in dialogues.missing(dialogue, Stage.HANDED_OVER)] != []


def test_what_is_not_confirmed_is_not_handed_over(unit):
    dialogue, lead = published(), make_actor(Role.OFFICIAL)
    service.add_theme(lead, dialogue, name="Bänkar", said="Med armstöd.", count=12)
    with pytest.raises(Refusal, match="missing"):
        service.hand_over(lead, dialogue, meeting().id)


def test_pressing_again_gives_back_the_report(unit):
    dialogue, lead, held = published(), make_actor(Role.OFFICIAL), meeting()
    assert service.hand_over(lead, dialogue, held.id) is service.hand_over(lead, dialogue, held.id)


def test_a_change_becomes_a_new_report_and_the_old_one_stays(unit):
    dialogue, lead, held = published(), make_actor(Role.OFFICIAL), meeting()
    first = service.hand_over(lead, dialogue, held.id)
    before = first.content
    decide(dialogue, "final")
    assert dialogues.missing(dialogue, Stage.RESOLVED) == []
    theme = queries.compiled(Dossier(dialogue)).themes[0]
    service.edit_theme(lead, dialogue, theme.version, theme, name="Träd på norra sidan", said="Skugga.", count=150)
    assert "The body must be given it as it stands" in str(dialogues.missing(dialogue, Stage.RESOLVED)[0].sentence)
    edition = queries.compiled(Dossier(dialogue)).compilation.edition
    service.confirm(make_actor(Role.MODERATOR), dialogue, edition)
    with pytest.raises(NotAccepted) as problem:
        service.hand_over(lead, dialogue, held.id)
    assert problem.value.field == "note"
    second = service.hand_over(lead, dialogue, held.id, "Temat hette fel.")
    assert (second.number, second.note, dialogue.stage) == (2, "Temat hette fel.", Stage.HANDED_OVER)
    assert reports.read(queries.report(dialogue.id, 1))["themes"][0]["name"] == "Träd längs hela gatan"
    assert queries.report(dialogue.id, 1).content == before
    assert second.hash != first.hash
    assert dialogues.missing(dialogue, Stage.RESOLVED) == []


def test_a_correction_reaches_the_meeting_after_its_last_day_for_papers(unit):
    dialogue, lead, held = published(), make_actor(Role.OFFICIAL), meeting(10)
    service.hand_over(lead, dialogue, held.id)
    held.papers_by = clock.today() - timedelta(days=1)
    db.session().flush()
    service.add_theme(lead, dialogue, name="Bänkar", said="Med armstöd.", count=12)
    service.confirm(make_actor(Role.MODERATOR), dialogue, queries.compiled(Dossier(dialogue)).compilation.edition)
    assert service.hand_over(lead, dialogue, held.id, "Ett tema till.").number == 2


def test_a_report_is_never_changed(unit):
    made = freeze(published())
    made.note = "Något annat."
    with pytest.raises(AppendOnly):
        db.session().flush()
    db.session().rollback()


@pytest.mark.parametrize("way", ["change", "remove"])
def test_nor_by_hand(app, way):
    with db.unit():
        freeze(published())
    said = {"change": update(ResultReport).values(note="x"), "remove": text("DELETE FROM result_report")}[way]
    with pytest.raises(IntegrityError, match="never changed or removed"), db.unit() as session:
        session.connection().execute(said)


def test_there_is_one_report_of_an_edition(app):
    with db.unit():
        dialogue = published()
        freeze(dialogue)
    with pytest.raises(IntegrityError), db.unit():
        freeze(dialogue, number=2, note="En gång till.")
    with db.reading() as session:
        assert len(session.scalars(select(ResultReport)).all()) == 1


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.OFFICIAL])
def test_only_the_lead_hands_over(unit, role):
    with pytest.raises(Refusal, match="role"):
        service.hand_over(make_actor(role), published(), meeting().id)
