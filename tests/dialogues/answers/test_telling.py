"""R54: everyone who took part is told, and a log says how many it reached and how; it names nobody."""

from __future__ import annotations

import smtplib
from dataclasses import replace

import pytest
from sqlalchemy import select

from app import db, jobs, ladder, mail
from app.dialogues import service as dialogues
from app.dialogues.answers import queries, service
from app.dialogues.answers.models import About, Delivery, Telling, ToldOtherwise
from app.dialogues.answers.wording import told_words
from app.dialogues.models import Dialogue
from app.dialogues.problems import NotAccepted, Overtaken
from app.dialogues.stages import Stage
from app.ladder import Recipient
from app.notifications import service as notifications
from app.permissions import Refusal, Role
from tests.factories.answers import tell
from tests.factories.dialogues import answer, make_whole
from tests.factories.people import make_actor

pytestmark = pytest.mark.requirement("R54")


@pytest.fixture
def participants(app, monkeypatch) -> list[Recipient]:
    """Whoever is in the list took part in a survey."""
    those = [Recipient("a@example.se", "sv"), Recipient("b@example.se", "ar"), Recipient("A@example.se", "sv")]
    surveys = ladder.method("surveys")
    monkeypatch.setitem(ladder._methods, "surveys", replace(surveys, participants=lambda _dialogue_id: those))
    return those


def fed_back():
    """A dialogue that has just been fed back, through its move."""
    with db.unit():
        dialogue = make_whole(Stage.RESOLVED)
        answer(dialogue, published=False)
        dialogues.move(make_actor(Role.COMMUNICATIONS), dialogue, Stage.FED_BACK)
    return dialogue


def tally(dialogue, about: About = About.FEEDBACK) -> queries.Tally:
    with db.reading():
        return queries.tallies(dialogue.id)[about]


def lacks(dialogue, to: Stage = Stage.EVALUATED) -> str:
    with db.reading():
        return " ".join(str(one.sentence) for one in dialogues.missing(dialogue, to, "Därför."))


def refuse(monkeypatch, problems: dict[str, Exception]) -> None:
    """The mail server takes every mail but those to these addresses."""

    def hand_over(message, _settings="", *_rest):
        problem = problems.get(str(message["To"]))
        if problem is not None:
            raise problem

    monkeypatch.setattr(mail, "_keep", lambda message, _folder, _key: hand_over(message))


def no_such(address: str, code: int = 550) -> Exception:
    return smtplib.SMTPRecipientsRefused({address: (code, b"no such user")})


def test_each_who_took_part_gets_a_mail_and_a_row(participants):
    dialogue = fed_back()
    assert tally(dialogue).mails == {"planned": 2}
    assert "still on their way: 2" in lacks(dialogue)
    jobs.run_due()
    assert tally(dialogue).mails == {"sent": 2}


def test_a_mail_that_the_server_refuses_for_good_has_bounced_and_is_not_tried_again(participants, monkeypatch):
    refuse(monkeypatch, {"a@example.se": no_such("a@example.se")})
    dialogue = fed_back()
    jobs.run_due()
    assert tally(dialogue).mails == {"sent": 1, "bounced": 1}
    with db.reading() as session:
        assert [one.tries for one in session.scalars(select(jobs.Job).filter_by(kind="mail.send"))] == [1, 1]


def test_a_server_that_is_away_is_asked_again_until_the_last_time(participants, monkeypatch):
    refuse(monkeypatch, {"a@example.se": no_such("a@example.se", 451), "b@example.se": OSError("away")})
    dialogue = fed_back()
    jobs.run_due()
    assert tally(dialogue).mails == {"planned": 2}
    with db.unit() as session:
        for one in session.scalars(select(jobs.Job).filter_by(kind="mail.send")):
            one.tries, one.run_at, one.lease_until = jobs.MOST_TRIES - 1, one.run_at.replace(year=2000), None
    jobs.run_due()
    assert tally(dialogue).mails == {"bounced": 2}


def test_where_many_are_told_each_has_a_row_too(participants):
    many = notifications.A_PAGE * 2 + 5
    participants[:] = [Recipient(f"{number}@example.se", "sv") for number in range(many)]
    dialogue = fed_back()
    assert tally(dialogue).mails == {}
    jobs.run_due()
    assert tally(dialogue).mails == {"sent": many}


def test_the_log_holds_no_address(participants):
    fed_back()
    with db.reading() as session:
        rows = session.scalars(select(Delivery).join(Telling).where(Telling.about == "feedback")).all()
        assert len({row.key_hash for row in rows}) == 2
        assert not any("example" in str(value) for row in rows for value in vars(row).values())


def test_the_same_people_look_different_in_another_log(participants):
    for _ in range(2):
        fed_back()
    with db.reading() as session:
        wanted = select(Delivery.key_hash).join(Telling).where(Telling.about == "feedback")
        digests = session.scalars(wanted).all()
    assert len(set(digests)) == len(digests) == 4


def test_evaluation_and_archive_wait_for_the_log(unit):
    for start, to in ((Stage.FED_BACK, Stage.EVALUATED), (Stage.EVALUATED, Stage.ARCHIVED)):
        dialogue, who = make_whole(start), make_actor(*Role)
        assert dialogues.missing(dialogue, to, "Därför.") == []
        for about, note in queries.told_otherwise(dialogue.id):
            if about is About.FEEDBACK:
                service.strike(who, dialogue, note, "Fel möte.")
        with pytest.raises(Refusal) as refused:
            dialogues.move(who, dialogue, to, "Därför.")
        assert "those who left no address" in str(refused.value.reason.sentence)
        service.note_told(who, dialogue, about="feedback", way="unreachable", count=211, note="")
        dialogues.move(who, dialogue, to, "Därför.")


def test_a_dialogue_whose_log_never_began_goes_nowhere(unit):
    dialogue = make_whole(Stage.FED_BACK)
    with db.session().no_autoflush:
        for row in db.session().scalars(select(ToldOtherwise)):
            db.session().delete(row)
        for row in db.session().scalars(select(Delivery)):
            db.session().delete(row)
    db.session().flush()
    for row in db.session().scalars(select(Telling)):
        db.session().delete(row)
    db.session().flush()
    assert "have not been told" in str(dialogues.missing(dialogue, Stage.EVALUATED, "Därför.")[0].sentence)


def test_where_all_who_took_part_got_a_mail_that_is_noted(unit):
    dialogue, who = make_whole(Stage.FED_BACK), make_actor(Role.CONTACT_CENTRE)
    for note in db.session().scalars(select(ToldOtherwise).join(Telling).where(Telling.about == "feedback")):
        service.strike(who, dialogue, note, "Fel.")
    for way, count in (("everyone", 3), ("paper", 0)):
        with pytest.raises(NotAccepted) as problem:
            service.note_told(who, dialogue, about="feedback", way=way, count=count, note="")
        assert problem.value.field == "count"
    service.note_told(who, dialogue, about="feedback", way="everyone", count=0, note="")
    assert dialogues.missing(dialogue, Stage.EVALUATED, "Därför.") == []


def test_what_has_not_been_told_cannot_be_noted(unit):
    dialogue, who = make_whole(Stage.COMPILED), make_actor(Role.OFFICIAL)
    for about in ("feedback", "nonsense"):
        with pytest.raises(NotAccepted):
            service.note_told(who, dialogue, about=about, way="paper", count=3, note="")


def test_a_note_is_struck_out_once_and_stays(unit):
    dialogue, who = make_whole(Stage.FED_BACK), make_actor(Role.OFFICIAL)
    note = service.note_told(who, dialogue, about="feedback", way="paper", count=30, note="Anslag 3 maj")
    before = queries.tallies(dialogue.id)[About.FEEDBACK].otherwise
    service.strike(who, dialogue, note, "Det var i mars.")
    assert queries.tallies(dialogue.id)[About.FEEDBACK].otherwise == {way: n for way, n in before.items() if n != 30}
    assert (note, note.struck_why) in [(row, row.struck_why) for _, row in queries.told_otherwise(dialogue.id)]
    with pytest.raises(Overtaken):
        service.strike(who, dialogue, note, "En gång till.")


def test_a_mail_that_came_back_later_is_noted_by_its_address(participants):
    dialogue = fed_back()
    jobs.run_due()
    with db.unit() as session:
        who, dialogue = make_actor(Role.OFFICIAL), session.get_one(Dialogue, dialogue.id)
        service.note_bounce(who, dialogue, about="feedback", address=" B@Example.se ")
        with pytest.raises(NotAccepted) as problem:
            service.note_bounce(who, dialogue, about="feedback", address="c@example.se")
    assert problem.value.field == "address"
    assert tally(dialogue).mails == {"sent": 1, "bounced": 1}


def test_what_a_person_has_noted_is_not_overwritten_by_a_late_mail_server(unit):
    dialogue = make_whole(Stage.FED_BACK)
    row = db.session().scalars(select(Delivery)).first()
    row.state, row.marked_by = "bounced", make_actor().person_id
    db.session().flush()
    service.arrived(row.id, True)
    db.session().refresh(row)
    assert (row.state, dialogue.stage) == ("bounced", Stage.FED_BACK)


def test_the_first_notice_has_a_log_of_its_own_and_the_handover_waits_for_it(participants):
    with db.unit():
        dialogue = make_whole(Stage.CLOSED)
        dialogues.move(make_actor(Role.OFFICIAL), dialogue, Stage.COMPILED)
    assert tally(dialogue, About.RESULT).planned == 2
    with db.unit() as session:
        for row in (*session.scalars(select(Delivery)), *session.scalars(select(ToldOtherwise))):
            session.delete(row)
        session.flush()
        for row in session.scalars(select(Telling)):
            session.delete(row)
    assert "have not been told that the result is out" in lacks(dialogue, Stage.HANDED_OVER)


def test_everyone_can_read_how_many_were_told(unit):
    dialogue = make_whole(Stage.COMPILED)
    tell(dialogue, "feedback", ("sent", "sent", "bounced"), 40)
    db.session().add(
        ToldOtherwise(
            telling_id=queries.telling(dialogue.id, About.FEEDBACK).id, way="unreachable", count=7, note="",
            added_at=dialogue.created_at,
        )
    )  # fmt: skip
    db.session().flush()
    said = told_words(queries.tallies(dialogue.id)[About.FEEDBACK])
    assert "2 by e-mail" in said
    assert "about 40 at a meeting" in said
    assert "8 could not be reached." in said


@pytest.mark.parametrize("role", [Role.SECRETARY, Role.MODERATOR, Role.TRANSLATOR, Role.ADMINISTRATOR])
def test_others_note_nothing(unit, role):
    with pytest.raises(Refusal, match="role"):
        service.note_told(make_actor(role), make_whole(Stage.FED_BACK), about="feedback", way="paper", count=1, note="")
