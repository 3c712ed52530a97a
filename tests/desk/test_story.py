"""An official prepares a dialogue through the forms, a secretary records, the clock moves it: to the archive."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from app import clock, db, jobs
from app.dialogues import criteria, service
from app.dialogues.models import Dialogue, Move
from app.dialogues.stages import Stage
from app.permissions import Role
from tests.factories.dialogues import card, make_whole, rest_of
from tests.factories.people import make_person
from tests.visitor import Visitor

YES = {key: value for one in criteria.KEYS for key, value in ((one, "yes"), (f"{one}_reason", "Inget är bestämt."))}
YES |= vars(rest_of())


class Cast(dict[Role, Visitor]):
    """Somebody for each role, each with a browser."""

    def __init__(self, app) -> None:
        with db.unit():
            self.people = {role: make_person(role, name=f"Kim {role}") for role in Role}
            make_person(*Role, name="Robin Vikarie")  # who takes over
        super().__init__({role: Visitor(app) for role in Role})
        self.later(days=0)

    def later(self, days: float) -> None:
        """Some days pass, the clock moves what is due, and everyone signs in again."""
        clock.shift(timedelta(days=days))
        service.tick()
        for role, visitor in self.items():
            visitor.sign_in_as(self.people[role])


@pytest.fixture
def cast(the_app, isolated) -> Cast:
    with the_app.app_context():
        return Cast(the_app)


def moment(days: float) -> str:
    return clock.local(clock.now() + timedelta(days=days)).strftime("%Y-%m-%dT%H:%M")


def day(days: int) -> str:
    return (clock.today() + timedelta(days=days)).isoformat()


def stage() -> str:
    with db.reading() as session:
        return session.scalars(select(Dialogue.stage)).one()


def minutes(**fields: str) -> dict[str, str]:
    with db.reading():
        held = day(0)
    return {"body_key": "kommunstyrelsen", "decided_on": held, "section_no": "54", "case_number": "KS 1", **fields}


def prepare(lead: Visitor) -> int:
    """From nothing to prepared, page by page; returns the dialogue's id."""
    lead.get("/arbetsyta/dialoger/ny")
    lead.submit(dict.fromkeys(("one_group", "experience", "decided", "statutory"), "nej"))
    lead.submit({"title": "Biblioteket i Kvänum", "question": "När ska biblioteket vara öppet?"})
    page = lead.submit({**YES, "open_minded": "doubtful", "open_minded_reason": "Nämnden har nog bestämt sig."})
    assert "This is not a question for a dialogue now" in page.words
    assert "Nämnden har nog bestämt sig." in page.words
    with db.reading() as session:
        number = session.scalars(select(Dialogue.id)).one()
    here = f"/arbetsyta/dialoger/{number}"
    lead.get(f"{here}/flytta/prepared")
    assert "All four criteria must be answered with yes" in lead.page.words
    lead.get(f"{here}/kriterier")
    assert "suitable for a dialogue" in lead.submit(YES).words
    assert "Write the purpose first" in lead.get(f"{here}/niva").words
    lead.submit({"level": "consultation"})
    assert lead.page.status == 422
    lead.get(f"{here}/syfte")
    lead.submit({"purpose": "Veta vilka öppettider som gör att fler kan använda biblioteket."})
    lead.get(f"{here}/niva")
    lead.submit({"level": "consultation"})
    for item in (
        {"is_open": "open", "text": "Vilka dagar det är kvällsöppet"},
        {"is_open": "fixed", "text": "Två anställda", "why": "Budgeten är beslutad."},
    ):
        lead.get(f"{here}/ramar")
        lead.submit(item, holding="text")
        assert lead.page.status == 200
    lead.get(f"{here}/lofte")
    promise = "Kommunstyrelsen redovisar svaren och vad som följdes."
    lead.submit({"body_key": "kommunstyrelsen", "promise": promise, "affected": "använder biblioteket"})
    lead.get(f"{here}/tidplan")
    with db.reading():
        dates = {"opens_at": moment(5), "closes_at": moment(20), "decision_on": day(40), "feedback_by": day(60)}
    lead.submit(dates)
    lead.get(f"{here}/beskrivning")
    lead.submit({"summary": "Vi ser över öppettiderna.", "contact_name": "Anna Ek", "contact_phone": "0512-310 00"})
    lead.get(f"{here}/ansvariga")
    lead.submit({}, holding="lead")
    lead.get(f"{here}/flytta/prepared")
    lead.submit({})
    assert "done" in lead.page.words
    return number


def test_a_dialogue_from_idea_to_archive(cast):
    lead, secretary = cast[Role.OFFICIAL], cast[Role.SECRETARY]
    number = prepare(lead)
    here = f"/arbetsyta/dialoger/{number}"
    assert stage() == Stage.PREPARED
    assert "När ska biblioteket vara öppet?" in cast[Role.ELECTED].get("/beslut").words
    assert "Inget är bestämt." in cast[Role.ELECTED].get(f"/beslut/{number}").words
    assert cast[Role.ELECTED].get(f"/beslut/{number}/halla").status == 403
    assert lead.get(f"/beslut/{number}/halla").status == 403

    secretary.get(f"/beslut/{number}/halla")
    secretary.submit({"outcome": "approved", **minutes(section_no="")})
    assert secretary.page.status == 422
    assert "KS 1" in secretary.page.text
    secretary.submit({"outcome": "approved", **minutes(section_no="45")})
    assert stage() == Stage.DECIDED
    mend = next(href for href in secretary.page.links() if "/ratta/" in href)
    secretary.get(mend)
    secretary.submit({"section_no": "54", "why": "Fel paragraf."})
    assert "Replaced by a later record" in secretary.page.words
    assert "Fel paragraf." in secretary.page.words

    assert "Add at least one way for residents to take part." in lead.get(f"{here}/flytta/announced").words
    with db.unit() as session:
        card(session.get_one(Dialogue, number), method="articles")
    lead.get(f"{here}/flytta/announced")
    lead.submit({})
    assert stage() == Stage.ANNOUNCED
    assert "can no longer be changed" in lead.get(f"{here}/tidplan").words

    cast.later(days=6)
    assert stage() == Stage.OPEN
    lead.get(f"{here}/flytta/paused")
    assert lead.submit({"note": ""}).status == 422
    lead.submit({"note": "Fråga 3 rättas."})
    assert "Fråga 3 rättas." in lead.get(f"/dialoger/{number}-biblioteket-i-kvanum").words
    lead.get(f"{here}/flytta/open")
    with db.reading():
        earlier, later = moment(10), moment(18)
    assert lead.submit({"closes_at": earlier, "why": "Fråga 3 är rättad."}).status == 422
    assert lead.submit({"closes_at": later, "why": ""}).status == 422
    lead.submit({"closes_at": later, "why": "Fråga 3 är rättad."})
    words = lead.get(f"/dialoger/{number}-biblioteket-i-kvanum").words
    assert ["Fråga 3 rättas." in words, "Fråga 3 är rättad." in words] == [True, True]
    assert stage() == Stage.OPEN

    cast.later(days=26)
    assert stage() == Stage.CLOSED
    for to in ("compiled", "handed_over"):
        lead.get(f"{here}/flytta/{to}")
        lead.submit({})
        assert stage() == to
    cast.later(days=70)
    assert "day late" in lead.get("/arbetsyta").words or "days late" in lead.page.words
    secretary.get(f"/beslut/{number}/arendet")
    secretary.submit({"outcome": "approved", **minutes(section_no="12")})
    assert stage() == Stage.RESOLVED
    assert "Write what became of it" in lead.get(f"{here}/flytta/fed_back").words
    lead.get(f"{here}/aterkoppling")
    words = {"heading": "Kvällsöppet på tisdagar", "lead": "De flesta ville det.", "body": "Vi **öppnar** i mars."}
    preview = lead.submit(words, press="preview")
    assert "öppnar" in [e.text for e in preview.find_all("strong")]
    lead.submit({}, press="save")
    lead.get(f"{here}/flytta/fed_back")
    lead.submit({})
    assert "Kvällsöppet på tisdagar" in lead.get(f"/dialoger/{number}-biblioteket-i-kvanum/aterkoppling").words
    evaluate(cast, number)
    assert stage() == Stage.EVALUATED
    assert lead.get(f"{here}/flytta/archived").status == 200
    assert "Registrar" in lead.page.words
    archive(cast, number)
    assert stage() == Stage.ARCHIVED
    with db.reading() as session:
        walked = session.scalars(select(Move.to_stage).order_by(Move.id)).all()
    assert walked[0] == "assessed"
    assert walked[-3:] == ["fed_back", "evaluated", "archived"]


def evaluate(cast: Cast, number: int) -> None:
    """Those who were told answer, nobody had answered before; staff answers, each for themselves; what is learned."""
    lead, here = cast[Role.OFFICIAL], f"/arbetsyta/dialoger/{number}/utvardering"
    guest = Visitor(lead.app)
    page = guest.get(f"/dialoger/{number}-biblioteket-i-kvanum/utvardering/aterkopplingen")
    chosen = {e.get("name"): e.get("value") for e in reversed(page.find_all("input")) if e.get("type") == "radio"}
    assert "Thank you, your answers have come in" in guest.submit(chosen).words
    assert "can say until" in lead.get(f"/arbetsyta/dialoger/{number}/flytta/evaluated").words
    cast.later(days=150)
    jobs.run_due()
    lead.get(f"{here}/inget-svar/participants")
    assert lead.submit({"reason": ""}).status == 422
    lead.submit({"reason": "Ingen hade lämnat en adress."})
    for role in (Role.OFFICIAL, Role.SECRETARY, Role.MODERATOR):
        page = cast[role].get(f"{here}/svara")
        chosen = {e.get("name"): e.get("value") for e in reversed(page.find_all("input")) if e.get("type") == "radio"}
        cast[role].submit(chosen)
    lead.get(f"{here}/inget-svar/facilitator")
    lead.submit({"reason": "Ingen träff hölls."})
    lead.get(f"{here}/forbattringar")
    lead.submit({"part": "invitation", "text": "Stå utanför affären: då svarar fler.", "reach": "every"})
    lead.get(f"{here}/sammanfattning")
    lead.submit({"text": "De flesta förstod vad som hände med svaren."})
    lead.get(f"/arbetsyta/dialoger/{number}/flytta/evaluated")
    lead.submit({})


def archive(cast: Cast, number: int) -> None:
    """The registrar chooses the class, makes the export, and archives."""
    registrar, here = cast[Role.REGISTRAR], f"/arbetsyta/dialoger/{number}/arkivering"
    assert "Choose a class of the retention plan." in registrar.get("/registrator").words
    registrar.get(here)
    registrar.submit({"retention_class": "bevaras-utan-namn"}, holding="retention_class")
    registrar.get(f"/arbetsyta/dialoger/{number}/export/arkiv")
    registrar.submit({})
    jobs.run_due()
    assert "Nothing is missing: it can be archived." in registrar.get("/registrator").words
    registrar.get(f"/arbetsyta/dialoger/{number}/flytta/archived")
    registrar.submit({"note": "e-arkivet, serie 3"})


def test_the_body_calls_it_off(cast):
    number = prepare(cast[Role.OFFICIAL])
    secretary = cast[Role.SECRETARY]
    secretary.get(f"/beslut/{number}/avbryta")
    assert secretary.submit({**minutes(), "reason": ""}).status == 422
    secretary.submit({"reason": "Biblioteket flyttar."})
    assert stage() == Stage.CANCELLED


PAGES = [
    "", "/kriterier", "/kriterier/svar", "/fraga", "/syfte", "/niva", "/lofte", "/tidplan", "/beskrivning", "/ramar",
    "/metoder", "/aterkoppling", "/forlang", "/flytta/prepared", "/flytta/open",
]  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_residents_never_reach_the_officials_pages(cast, the_app, page):
    with db.unit():
        number, resident = make_whole(Stage.ASSESSED).id, make_person()
    for who in (Visitor(the_app), Visitor(the_app).sign_in_as(resident)):
        assert who.get(f"/arbetsyta/dialoger/{number}{page}").status == 403
        assert who.get("/arbetsyta").status == 403
        assert who.get("/beslut").status == 403


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.OFFICIAL])
def test_others_may_read_the_preparation_but_not_write_it(cast, role):
    with db.unit():
        number = make_whole(Stage.ASSESSED).id
    page = cast[role].get(f"/arbetsyta/dialoger/{number}/syfte")
    assert page.status == 200
    assert "Veta vad som är viktigast" in page.words
    assert "This is done by: Dialogue lead." in page.words
    with pytest.raises(AssertionError, match="no form"):
        page.form(holding="purpose")
