"""Which kind the answers propose, over every combination of them; and what is kept of the choice."""

from __future__ import annotations

from itertools import product

import pytest
from sqlalchemy import select

from app import db
from app.audit import AuditEntry
from app.dialogues import criteria, queries
from app.dialogues.kinds import queries as kinds
from app.dialogues.kinds import service
from app.dialogues.kinds.core.proposal import Answers, offered, proposed
from app.dialogues.models import AppendOnly, Dialogue
from app.dialogues.problems import NotAccepted
from app.dialogues.stages import Kind, Stage
from app.permissions import Actor, Refusal, Role
from tests.factories.kinds import BY_LAW, DECIDED, NO, USERS
from tests.factories.people import make_actor, make_person
from tests.visitor import Visitor

pytestmark = pytest.mark.requirement("R15")
EVERY = [Answers(*said) for said in product((True, False), repeat=4)]
QUESTIONS = "/arbetsyta/dialoger/ny"
ASKED = {"one_group": "nej", "experience": "nej", "decided": "nej", "statutory": "nej"}


@pytest.mark.parametrize("answers", EVERY)
def test_every_combination_proposes_one_kind(answers):
    wanted = Kind.CITIZEN_DIALOGUE
    if answers.one_group and answers.experience:
        wanted = Kind.USER_DIALOGUE
    if answers.decided:
        wanted = Kind.INFORMATION
    if answers.statutory:
        wanted = Kind.STATUTORY_CONSULTATION
    assert proposed(answers) is wanted
    assert proposed(answers) in offered(answers)


def test_two_yes_answers_propose_a_user_dialogue_and_one_alone_does_not():
    assert proposed(USERS) is Kind.USER_DIALOGUE
    alone = [Answers(True, False, False, False), Answers(False, True, False, False), NO]
    assert {proposed(one) for one in alone} == {Kind.CITIZEN_DIALOGUE}


@pytest.mark.parametrize("answers", [one for one in EVERY if one.decided])
def test_nobody_is_asked_about_what_is_decided(answers):
    assert set(offered(answers)) == {Kind.INFORMATION, Kind.STATUTORY_CONSULTATION}


def begin(answers: Answers, chosen: Kind, reason: str = "", actor: Actor | None = None) -> Dialogue:
    who = actor or make_actor(Role.OFFICIAL)
    return service.begin(who, answers, chosen, reason, title="Bron", question="Hur ska bron se ut?")


@pytest.mark.parametrize(("answers", "chosen"), [
    (NO, Kind.CITIZEN_DIALOGUE), (USERS, Kind.USER_DIALOGUE), (DECIDED, Kind.INFORMATION),
    (BY_LAW, Kind.STATUTORY_CONSULTATION),
])  # fmt: skip
def test_what_is_proposed_needs_no_reason(unit, answers, chosen):
    made = begin(answers, chosen)
    assert (made.kind, made.stage) == (chosen, Stage.IDEA)
    kept = kinds.choice_of(made.id)
    assert (kept.proposed, kept.chosen, kept.reason) == (chosen, chosen, "")
    assert {name: getattr(kept, name) for name in vars(answers)} == vars(answers)


@pytest.mark.parametrize("answers", EVERY)
def test_another_kind_needs_a_reason_whatever_the_answers(unit, answers):
    for chosen in offered(answers):
        if chosen is proposed(answers):
            continue
        for reason in ("", "  \n"):
            with pytest.raises(NotAccepted) as refused:
                begin(answers, chosen, reason)
            assert refused.value.field == "reason"
        made = begin(answers, chosen, "Frågan rör fler än de som bor där.")
        kept = kinds.choice_of(made.id)
        assert (kept.proposed, kept.chosen) == (proposed(answers), chosen)
        assert kept.reason == "Frågan rör fler än de som bor där."
    assert (
        len(db.session().scalars(select(AuditEntry).filter_by(event="KindChosen")).all()) == len(offered(answers)) - 1
    )


def test_what_is_decided_becomes_no_dialogue_even_with_a_reason(unit):
    for chosen in (Kind.CITIZEN_DIALOGUE, Kind.USER_DIALOGUE):
        with pytest.raises(NotAccepted) as refused:
            begin(DECIDED, chosen, "Vi vill ändå fråga.")
        assert refused.value.field == "kind"


def test_the_answers_are_never_rewritten(unit):
    kept = kinds.choice_of(begin(NO, Kind.CITIZEN_DIALOGUE).id)
    kept.proposed = Kind.INFORMATION
    with pytest.raises(AppendOnly):
        db.session().flush()
    db.session().rollback()


# ------------------------------------------------------------------ the pages


@pytest.fixture
def lead(the_app, isolated) -> Visitor:
    with db.unit():
        return Visitor(the_app).sign_in_as(make_person(Role.OFFICIAL))


def only() -> Dialogue:
    with db.reading() as session:
        return session.scalars(select(Dialogue)).one()


def test_the_questions_lead_to_a_citizen_dialogue_and_its_criteria(lead):
    lead.get(QUESTIONS)
    page = lead.submit(ASKED)
    assert "Your answers propose: Citizen dialogue" in page.words
    page = lead.submit({"title": "Bron", "question": "Hur ska bron se ut?"})
    assert page.path.endswith("/kriterier")
    assert (only().kind, only().question) == (Kind.CITIZEN_DIALOGUE, "Hur ska bron se ut?")
    assert len(criteria.KEYS) == 4


def test_two_yes_answers_lead_to_a_user_dialogue(lead):
    lead.get(QUESTIONS)
    page = lead.submit({**ASKED, "one_group": "ja", "experience": "ja"})
    assert "Your answers propose: User dialogue" in page.words
    page = lead.submit({"title": "Maten", "question": "Hur är maten?"})
    assert page.status == 200
    assert "User dialogue" in page.words
    assert (only().kind, only().level) == (Kind.USER_DIALOGUE, "consultation")


def test_another_kind_without_a_reason_comes_back_with_what_was_written(lead):
    lead.get(QUESTIONS)
    lead.submit({**ASKED, "one_group": "ja", "experience": "ja"})
    written = {"kind": "citizen_dialogue", "title": "Maten", "question": "Hur är maten?"}
    page = lead.submit(written)
    assert page.status == 422
    assert "Say why it is another kind than your answers propose." in page.words
    assert "Hur är maten?" in page.text
    page = lead.submit({**written, "reason": "Frågan rör alla boenden."})
    assert page.path.endswith("/kriterier")
    with db.reading():
        assert kinds.choice_of(only().id).reason == "Frågan rör alla boenden."


def test_every_question_needs_its_answer(lead):
    lead.get(QUESTIONS)
    page = lead.submit({"one_group": "ja"})
    assert page.status == 422
    assert page.words.count("Choose yes or no.") >= 3
    assert lead.get(QUESTIONS + "?one_group=kanske&decided=x").status == 422


@pytest.mark.parametrize("kind", ["information", "user_dialogue", "statutory_consultation"])
def test_a_link_names_the_kind_that_is_chosen_beforehand(lead, kind):
    lead.get(f"{QUESTIONS}?slag={kind}")
    lead.submit(ASKED)
    chosen = [e.get("value") for e in lead.page.find_all("input") if e.get("name") == "kind" and "checked" in e.attrib]
    assert chosen == [kind]


@pytest.mark.parametrize("kind", ["", "nonsense", "citizen_dialogue%00"])
def test_a_link_that_names_nothing_changes_nothing(lead, kind):
    assert lead.get(f"{QUESTIONS}?slag={kind}").status in (200, 400)


# ------------------------------------------------------------------ who may, and whose it is


@pytest.mark.requirement("R23")
@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("role", [role for role in Role if role is not Role.OFFICIAL])
def test_only_officials_open_one(unit, role, kind):
    answers = {Kind.USER_DIALOGUE: USERS, Kind.INFORMATION: DECIDED, Kind.STATUTORY_CONSULTATION: BY_LAW}
    with pytest.raises(Refusal):
        begin(answers.get(kind, NO), kind, actor=make_actor(role))


@pytest.mark.requirement("R23")
def test_an_elected_representative_opens_none_whatever_else_they_are(unit):
    for actor in (make_actor(Role.ELECTED), make_actor(Role.ELECTED, Role.OFFICIAL), make_actor(*Role)):
        with pytest.raises(Refusal) as refused:
            begin(NO, Kind.CITIZEN_DIALOGUE, actor=actor)
        assert refused.value.reason.code in ("role", "elected")


@pytest.mark.requirement("R23")
@pytest.mark.parametrize("who", ["guest", "resident", "elected"])
def test_the_pages_are_closed_to_guests_residents_and_elected_representatives(the_app, isolated, who):
    visitor = Visitor(the_app)
    if who != "guest":
        with db.unit():
            visitor.sign_in_as(make_person(*([Role.ELECTED] if who == "elected" else [])))
    for query in ("", "?slag=information", "?one_group=ja&experience=ja&decided=nej&statutory=nej"):
        assert visitor.get(QUESTIONS + query).status == 403
        visitor.get("/")
    with db.reading() as session:
        assert session.scalars(select(Dialogue)).all() == []


@pytest.mark.requirement("R23")
@pytest.mark.parametrize("field", ["title", "question"])
def test_nothing_is_named_after_somebody_who_works_or_decides_here(unit, field):
    make_person(Role.ELECTED, name="Erik Sandström")
    said = {"title": "Bron", "question": "Hur ska bron se ut?", field: "Fråga ERIK SANDSTRÖM om bron"}
    with pytest.raises(NotAccepted) as refused:
        service.begin(make_actor(Role.OFFICIAL), NO, Kind.CITIZEN_DIALOGUE, "", **said)
    assert refused.value.field == field
    said[field] = "Erik Sandströms väg"  # a street, not the person
    assert queries.dialogue(service.begin(make_actor(Role.OFFICIAL), NO, Kind.CITIZEN_DIALOGUE, "", **said).id)
