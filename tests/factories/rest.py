"""What the demo municipality lacks: things half done, gone wrong or hidden, so that every page and form is met."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from app import clock, db, jobs
from app.accounts.models import OneTimeLink, Person, RoleGrant, SignInSession
from app.accounts.queries import hash_of
from app.dialogues.stages import Stage
from app.exports import service as exports
from app.exports.formats import Format
from app.exports.making import Order
from app.files.service import Upload, keep_picture
from app.levels.consultation.surveys import service as surveys
from app.levels.information.articles.service import PICTURES
from app.permissions import Actor, Grant, Role
from tests.factories.articles import make_article
from tests.factories.dialogues import answer, assess, decide, make_dialogue, scope
from tests.factories.multilingual import make_translation
from tests.factories.people import make_actor, make_person
from tests.factories.pictures import png
from tests.factories.surveys import make_figures, make_survey, respond, values_for


def account(role: str) -> Person:
    """The person behind a demo account."""
    return db.session().scalars(select(Person).filter_by(email_key=f"{role}@demo.example")).one()


def complete(app: Flask) -> list[str]:
    """Add it to the demo municipality. Returns the addresses that no page leads to."""
    with db.unit():
        more = [*_people(), *_writings(), *_answers()]
    with db.unit():
        more.append(_orders())
    with app.app_context():
        jobs.run_due()
        with db.unit() as session:
            for fails in (True, False):
                job = jobs.Job(
                    kind="mail.send", args={}, run_at=clock.now(), tries=9, error="SMTPException: no",
                    dead_at=clock.now() if fails else None, done_at=None if fails else clock.now(),
                )  # fmt: skip
                session.add(job)
    return more


def _people() -> list[str]:
    blocked = make_person(name="Spärrad Person")
    blocked.blocked_at, blocked.block_reason = clock.now(), "Skrev samma sak hundra gånger."
    make_person(Role.MODERATOR, name="Ny Moderator")
    unconfirmed = make_person(name="Ej Bekräftad")
    unconfirmed.confirmed_at = None
    moment = clock.now()
    resident = account("invanare")
    resident.new_email = "inga.ny@example.se"
    paths = [f"/admin/anvandare/{blocked.id}"]
    for number, purpose in enumerate(("confirm", "sign_in", "reset", "new_email", "fresh")):
        token = str(number) * 43
        person = unconfirmed if purpose == "confirm" else resident
        to = resident.new_email if purpose == "new_email" else person.email_key
        db.session().add(
            OneTimeLink(
                person_id=person.id, purpose=purpose, sent_to=to, token_hash=hash_of(token), code_hash="x",
                expires_at=moment + timedelta(hours=1),
            )
        )  # fmt: skip
        paths.append(f"/lank/{token}")
    for name in ("invanare", "handlaggare"):
        person_id = account(name).id
        db.session().add(
            SignInSession(
                key_hash=hash_of(f"other browser {name}"), person_id=person_id, started_at=moment, last_seen_at=moment,
                browser="Firefox",
            )
        )  # fmt: skip
    return paths


def _writings() -> list[str]:
    actor = make_actor(Role.OFFICIAL)
    paths = []
    for stage in (Stage.IDEA, Stage.PREPARED, Stage.PAUSED, Stage.OPEN):
        dialogue = make_dialogue(stage)
        assess(dialogue)
        scope(dialogue)
        survey = make_survey(dialogue, "account")
        desk = f"/arbetsyta/dialoger/{dialogue.id}"
        paths += [desk, f"{desk}/enkat/{survey.id}", f"{desk}/enkat", f"{desk}/artiklar"]
        for published in (True, False):
            row = make_article(dialogue.id, published=published, title="Ännu en artikel")
            row.picture = keep_picture(actor, Upload("bild.png", png((60, 40))), owner=PICTURES)
            row.picture_alt = "En bild"
        for subject, field, source in ((f"dialogue:{dialogue.id}", "title", dialogue.title),
                                       (f"survey:{survey.id}", "title", survey.title)):  # fmt: skip
            draft = make_translation(subject, field, "en", "A draft", source=source, status="draft")
            draft.written_by = account("oversattare").id
    make_article(published=True)
    make_article(published=False)
    decided = make_dialogue(Stage.RESOLVED)
    decide(decided)
    decide(decided, "final")
    answer(decided, published=False)
    return [*paths, f"/arbetsyta/dialoger/{decided.id}", f"/beslut/{decided.id}"]


def _answers() -> list[str]:
    asked = make_dialogue(Stage.OPEN)
    person = account("invanare")
    resident = Actor(person.id, person.name, person.email, frozenset(), signed_in_at=clock.now())
    survey = make_survey(asked, "account")
    key = hash_of(f"survey {survey.id} person {person.id}")
    surveys.begin(resident, survey, key)
    surveys.keep_answers(resident, survey, key, values_for(survey))
    other = make_survey(make_dialogue(Stage.OPEN), "anyone")
    response = respond(other)
    make_figures(other)
    return [
        f"/dialoger/{asked.id}-x/enkat/{survey.id}/kontrollera",
        f"/dialoger/{other.dialogue_id}-x/enkat/{other.id}/kvitto/{response.receipt}",
    ]


def _orders() -> str:
    """Exports of a dialogue: one made, one that failed."""
    person = account("handlaggare")
    grants = db.session().scalars(select(RoleGrant).filter_by(person_id=person.id))
    held = frozenset(Grant(Role(one.role), one.dialogue_id) for one in grants)
    actor = Actor(person.id, person.name, person.email, held, signed_in_at=clock.now())
    dialogue = make_dialogue(Stage.OPEN)
    exports.order(actor, dialogue, Order(dialogue.id, Format.JSON, personal_data=False))
    failed = exports.order(actor, dialogue, Order(dialogue.id, Format.CSV, personal_data=False))
    failed.failed_at = clock.now()
    return f"/arbetsyta/dialoger/{dialogue.id}/export"
