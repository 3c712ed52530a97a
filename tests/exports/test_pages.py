"""Exports in the browser: ordering, waiting, fetching; bound to the owner, for one day."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from app import clock, db, jobs
from app.accounts.models import RoleGrant
from app.audit import AuditEntry
from app.exports import store
from app.exports.formats import Format
from app.exports.models import ExportRun
from app.permissions import Role
from tests.factories.dialogues import make_dialogue
from tests.factories.exports import plant, planted
from tests.factories.people import make_person
from tests.visitor import Visitor


@pytest.fixture
def dialogue(isolated):
    with db.unit():
        return make_dialogue()


@pytest.fixture
def official(visitor, dialogue):
    with db.unit():
        person = make_person(Role.OFFICIAL, dialogue_id=dialogue.id)
    return visitor.sign_in_as(person)


def home(dialogue):
    return f"/arbetsyta/dialoger/{dialogue.id}/export"


def run_jobs(the_app):
    with the_app.app_context():
        jobs.run_due()


def happened():
    with db.reading() as session:
        return session.scalars(select(AuditEntry.event).order_by(AuditEntry.id)).all()


def ordered(official, dialogue, the_app=None, **fields):
    official.get(home(dialogue))
    page = official.submit({"format": "json", **fields}, holding="format")
    if the_app is not None:
        run_jobs(the_app)
        page = official.get(page.path)
    return page


@pytest.mark.parametrize("format_", list(Format))
def test_a_file_is_ordered_waited_for_and_fetched(official, dialogue, the_app, format_):
    page = ordered(official, dialogue, format=str(format_))
    assert page.path.startswith(home(dialogue) + "/")
    assert "waits for its turn" in page.words
    run_jobs(the_app)
    page = official.get(page.path)
    assert "The file is ready." in page.words
    assert "data-done" in page.text
    answer = official.submit(holding=page.path + "/fil")
    assert answer.status == 200
    suffix = {"csv": "zip", "csv-sv": "zip"}.get(format_, format_)
    assert f"dialog-{dialogue.id}-drottninggatan-" in answer.headers["Content-Disposition"]
    assert f".{suffix}" in answer.headers["Content-Disposition"]
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert happened() == ["ExportMade", "ExportFetched"]


def test_what_is_fetched_is_what_there_is(official, dialogue, the_app):
    page = ordered(official, dialogue, the_app)
    whole = json.loads(official.submit(holding=page.path + "/fil").text)
    assert whole["dialogue"]["id"] == dialogue.id
    assert whole["personal_data"] is False


def test_one_table_alone_is_plain_csv(official, dialogue, the_app):
    page = ordered(official, dialogue, the_app, format="csv", table="moves")
    answer = official.submit(holding=page.path + "/fil")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.text.startswith("at,from_stage,to_stage")


def test_with_personal_data(official, dialogue, the_app):
    page = ordered(official, dialogue, the_app, personal_data="y")
    assert "anna.ek@vara.example" in official.submit(holding=page.path + "/fil").text


def test_with_personal_data_only_right_after_signing_in(official, dialogue):
    form = official.get(home(dialogue))
    clock.shift(timedelta(minutes=40))
    assert "confirm that it is you" in official.get(home(dialogue)).words
    official.page = form
    page = official.submit({"format": "json", "personal_data": "y"}, holding="format")
    assert page.status == 403
    assert "Confirm that it is you" in page.words
    with db.reading() as session:
        assert session.scalars(select(ExportRun)).all() == []


def test_without_the_right_to_personal_data_they_cannot_be_ticked_nor_sent(visitor, dialogue):
    with db.unit():
        person = make_person(Role.COMMUNICATIONS)
    page = visitor.sign_in_as(person).get(home(dialogue))
    assert "personal_data" not in page.text
    assert visitor.submit({"format": "json", "personal_data": "y"}, holding="format").status == 403
    visitor.get(home(dialogue))
    assert visitor.submit({"format": "json"}, holding="format").status == 200


@pytest.mark.parametrize("roles", [(), (Role.MODERATOR,), (Role.TRANSLATOR,)])
def test_others_do_not_export(visitor, dialogue, roles):
    with db.unit():
        person = make_person(*roles)
    assert visitor.sign_in_as(person).get(home(dialogue)).status == 403


def test_an_official_of_another_dialogue_does_not_export_this_one(official, dialogue):
    with db.unit():
        other = make_dialogue()
    assert official.get(home(other)).status == 403


@pytest.mark.parametrize("fields", [{}, {"format": "archive"}, {"format": "json", "table": "person"}])
def test_bad_input_is_answered_at_the_field(official, dialogue, fields):
    official.get(home(dialogue))
    assert official.submit(fields, holding="format").status == 422


def test_a_copied_address_is_of_no_use_to_others(official, dialogue, the_app):
    page = ordered(official, dialogue, the_app)
    with db.unit():
        others = [make_person(Role.OFFICIAL), make_person(Role.ADMINISTRATOR), make_person()]
    for person in others:
        other = Visitor(the_app).sign_in_as(person)
        other.get("/logga-ut")
        for address in (page.path, page.path + "/fil"):
            assert other.get(address).status == 403
        token = _token(other, "/konto")
        assert other.post(page.path + "/fil", {"csrf_token": token}).status == 403
        assert other.post(page.path + "/igen", {"csrf_token": token}).status == 403
    stranger = Visitor(the_app)
    assert stranger.get(page.path + "/fil").status == 403
    assert "ExportFetched" not in happened()


def _token(visitor, path):
    page = visitor.get(path)
    return next(e.get("value") for e in page.find_all("input") if e.get("name") == "csrf_token")


def test_a_form_without_a_token_fetches_nothing(official, dialogue, the_app):
    page = ordered(official, dialogue, the_app)
    the_app.config["WTF_CSRF_ENABLED"] = True
    assert official.post(page.path + "/fil").status == 400


def test_a_role_that_was_taken_back_closes_the_file(official, dialogue, the_app):
    page = ordered(official, dialogue, the_app)
    with db.unit() as session:
        session.execute(update(RoleGrant).values(revoked_at=clock.now()))
    assert official.get(page.path).status == 403


def test_the_address_of_the_file_leads_to_the_page_with_the_button(official, dialogue, the_app):
    page = ordered(official, dialogue)
    assert official.get(page.path + "/fil").status == 404
    run_jobs(the_app)
    assert official.get(page.path + "/fil").path == page.path


def test_after_a_day_it_is_gone(official, dialogue, the_app):
    page = ordered(official, dialogue, the_app)
    with db.unit() as session:
        session.execute(update(ExportRun).values(expires_at=clock.now()))
    assert official.get(page.path + "/fil").status == 410
    token = _token(official, home(dialogue))
    assert official.post(page.path + "/fil", {"csrf_token": token}).status == 410
    assert "A file is kept for one day." in official.get(page.path).words
    assert "Removed" in official.get(home(dialogue)).words


def test_a_file_that_is_missing_on_disk_is_gone_too(official, dialogue, the_app):
    page = ordered(official, dialogue, the_app)
    with db.reading() as session:
        store.path(session.scalars(select(ExportRun.key)).one()).unlink()
    assert official.submit(holding=page.path + "/fil").status == 410


def test_what_failed_says_so_and_can_be_tried_again(official, dialogue, the_app, monkeypatch):
    with monkeypatch.context() as broken:
        plant(broken, planted("t", ["a"], [("1", "2")]))
        page = ordered(official, dialogue, the_app)
    assert "the file was not made" in page.words
    page = official.submit(holding=page.path + "/igen")
    assert "waits for its turn" in page.words
    run_jobs(the_app)
    assert "The file is ready." in official.get(page.path).words


def test_an_export_of_one_dialogue_is_not_found_under_another(official, dialogue, the_app):
    page = ordered(official, dialogue, the_app)
    with db.unit():
        other = make_dialogue()
    assert official.get(page.path.replace(f"/{dialogue.id}/", f"/{other.id}/")).status == 404


def test_extra_fields_change_nothing(official, dialogue, the_app):
    ordered(official, dialogue, owner_id="1", key="../../x", language="ar", expires_at="2099-01-01", dialogue_id="99")
    with db.reading() as session:
        run = session.scalars(select(ExportRun)).one()
        assert (run.dialogue_id, run.language, run.expires_at, run.personal_data) == (dialogue.id, "sv", None, False)
        assert len(run.key) == 32


def test_pages_cost_at_most_eight_statements(official, dialogue, the_app, count_statements):
    ordered(official, dialogue)
    for _ in range(8):
        page = ordered(official, dialogue, the_app)
    for path in (home(dialogue), page.path):
        count_statements.clear()
        official.get(path)
        assert len(count_statements) <= 8
