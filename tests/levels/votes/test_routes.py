"""Voting through the pages, as anyone would: with an account or a code, in Swedish or Arabic, by forms alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app import clock, db
from app.ballots import queries as boxes
from app.ballots import service as engine
from app.ballots.models import Envelope
from app.dialogues.models import Dialogue
from app.dialogues.stages import Stage
from app.levels.codecision.votes import queries, service
from app.levels.codecision.votes.service.closing import paper_of
from app.permissions import SYSTEM, Role
from tests.factories.dialogues import make_dialogue
from tests.factories.people import make_actor, make_person
from tests.factories.votes import make_vote, opened_file, vote_as
from tests.visitor import Visitor


@pytest.fixture
def make(the_app, isolated):
    """An open vote: itself, its address and, where there are any, its codes."""

    def build(audience="declared", kind="single", stage=Stage.OPEN, **fields):
        with the_app.test_request_context(), db.unit():
            row = make_vote(make_dialogue(stage, level="codecision"), audience, kind, **fields)
            codes = engine.make_codes(row.box, 3) if audience == "codes" else []
            engine.freeze(row.box, SYSTEM, paper_of(row))
            return row, f"/dialoger/{row.dialogue_id}-drottninggatan/omrostning/{row.id}", codes

    return build


def signed_in(app):
    with db.unit():
        person = make_person()
    return Visitor(app).sign_in_as(person)


def ballots():
    with db.reading() as session:
        return session.scalars(select(func.count()).select_from(Envelope)).one()


@pytest.mark.parametrize("prefix", ["", "/ar"])
def test_the_whole_journey_with_an_account(the_app, make, prefix):
    _, path, _ = make()
    visitor = signed_in(the_app)
    start = visitor.get(prefix + path)
    assert "Klätterborg med rutschkana" in start.words
    page = visitor.get(prefix + path + "/rosta")
    assert page.status == 200
    page = visitor.submit({"choice": "2", "connection": "lives"})
    assert "Vattenlek och sandlåda" in page.words
    assert ballots() == 0
    page = visitor.submit(holding=prefix + path + "/rosta")
    assert page.path == prefix + path + "/kvitto"
    assert "Vattenlek" not in page.words
    assert page.find_all("html")[0].get("dir") == ("rtl" if prefix else "ltr")
    assert ballots() == 1
    assert "You have voted." in visitor.get(prefix + path).words


def test_a_guest_reads_without_a_cookie_and_is_told_what_is_needed(visitor, make):
    _, path, _ = make()
    page = visitor.get(path)
    assert "Set-Cookie" not in page.headers
    assert "You need an account to vote." in page.words
    assert any("/logga-in?next=" in link for link in page.links())
    assert visitor.get(path + "/rosta").status == 403


def test_before_it_is_sent_the_choice_can_be_changed(the_app, make):
    _, path, _ = make()
    visitor = signed_in(the_app)
    visitor.get(path + "/rosta")
    visitor.submit({"choice": "1", "connection": "works"})
    page = visitor.submit(holding="change", press="change")
    assert page.status == 200
    checked = [e.get("value") for e in page.find_all("input") if "checked" in e.attrib]
    assert checked == ["works", "1"]
    page = visitor.submit({"choice": "3"})
    assert "Stor gungställning" in page.words
    visitor.submit(holding=path + "/rosta")
    assert ballots() == 1


def test_what_is_missing_is_said_at_its_field(the_app, make):
    _, path, _ = make()
    visitor = signed_in(the_app)
    visitor.get(path + "/rosta")
    page = visitor.submit()
    assert page.status == 422
    assert "Choose how you vote." in page.words
    assert "Choose what connects you with the place." in page.words
    for wrong in ({"choice": "9", "connection": "lives"}, {"choice": "1", "connection": "mars"}):
        visitor.get(path + "/rosta")
        assert visitor.submit(wrong).status == 422
    assert ballots() == 0


def test_a_blank_ballot_is_a_ballot(the_app, make):
    _, path, _ = make()
    visitor = signed_in(the_app)
    visitor.get(path + "/rosta")
    page = visitor.submit({"choice": "none", "connection": "lives"})
    assert "A blank ballot" in page.words
    assert visitor.submit(holding=path + "/rosta").path.endswith("/kvitto")


def test_approval_takes_several_up_to_the_limit_or_none(the_app, make):
    _, path, _ = make(kind="approval")
    visitor = signed_in(the_app)
    visitor.get(path + "/rosta")
    assert visitor.submit({"choice": ["1", "2", "3"], "connection": "lives"}).status == 422
    page = visitor.submit({"choice": ["1", "3"], "connection": "lives"})
    assert "Klätterborg med rutschkana" in page.words
    assert visitor.submit(holding=path + "/rosta").path.endswith("/kvitto")
    visitor.get(path + "/rosta")
    page = visitor.submit({"choice": []})
    assert "A blank ballot" in page.words
    visitor.submit(holding=path + "/rosta")
    assert ballots() == 1


def test_yes_no_and_abstain(the_app, make):
    _, path, _ = make(kind="yes_no")
    visitor = signed_in(the_app)
    page = visitor.get(path + "/rosta")
    assert [e.get("value") for e in page.find_all("input") if e.get("name") == "choice"] == ["yes", "no", "abstain"]
    visitor.submit({"choice": "abstain", "connection": "lives"})
    assert visitor.submit(holding=path + "/rosta").path.endswith("/kvitto")


def test_sent_twice_gives_the_same_receipt(the_app, make):
    _, path, _ = make()
    visitor = signed_in(the_app)
    visitor.get(path + "/rosta")
    check = visitor.submit({"choice": "1", "connection": "lives"})
    first = visitor.submit(holding=path + "/rosta").words
    visitor.page = check
    assert visitor.submit(holding=path + "/rosta").words == first
    assert ballots() == 1


def test_with_a_code_no_account_is_needed_and_the_browser_forgets_it(the_app, visitor, make):
    _, path, codes = make("codes")
    assert "Vote" in visitor.get(path).words
    page = visitor.get(path + "/rosta")
    assert page.find_all("h1")[0].text == "Type your code"
    assert visitor.submit({"code": "ABCD-EFGH-JKLM"}).status == 422
    visitor.get(path + "/rosta")
    page = visitor.submit({"code": codes[0].lower()})
    assert page.path == path + "/rosta"
    visitor.submit({"choice": "1"})
    page = visitor.submit(holding=path + "/rosta")
    assert page.path.endswith("/kvitto")
    assert "forget my code" in page.words
    page = visitor.get(path + "/rosta")
    assert page.find_all("h1")[0].text == "Type your code"
    visitor.get(path + "/kvitto")
    page = visitor.submit()
    assert page.path == path
    assert visitor.get(path + "/kvitto").path == path
    assert ballots() == 1


def test_a_code_again_changes_the_ballot_that_it_has_given(the_app, visitor, make):
    _, path, codes = make("codes")
    for choice in ("1", "2"):
        other = Visitor(the_app)
        other.get(path + "/rosta")
        other.submit({"code": codes[0]})
        other.submit({"choice": choice})
        assert other.submit(holding=path + "/rosta").path.endswith("/kvitto")
    assert ballots() == 1


def test_codes_cannot_be_tried_for_ever(visitor, make):
    _, path, _ = make("codes")
    for _ in range(service.TRIES.tries):
        visitor.get(path + "/rosta")
        assert visitor.submit({"code": "ABCD-EFGH-JKLM"}).status == 422
    visitor.get(path + "/rosta")
    assert visitor.submit({"code": "ABCD-EFGH-JKLM"}).status == 429


def test_the_cookie_holds_no_choice(the_app, make):
    _, path, codes = make("codes")
    visitor = Visitor(the_app)
    visitor.get(path + "/rosta")
    visitor.submit({"code": codes[0]})
    visitor.submit({"choice": "3"})
    visitor.submit(holding=path + "/rosta")
    with visitor.client.session_transaction() as cookie:
        kept = str(dict(cookie))
    assert codes[0] not in kept
    assert "choice" not in kept
    assert "Stor" not in kept


def test_a_form_that_was_open_at_the_closing_stores_nothing(the_app, make):
    _, path, _ = make()
    visitor = signed_in(the_app)
    visitor.get(path + "/rosta")
    visitor.submit({"choice": "1", "connection": "lives"})
    clock.shift(timedelta(days=8))
    page = visitor.submit(holding=path + "/rosta")
    assert page.status == 403
    assert "This dialogue closed on" in page.words
    assert ballots() == 0


def test_a_vote_that_is_not_public_is_not_there(visitor, make):
    _, path, _ = make(stage=Stage.DECIDED)
    for tail in ("", "/rosta", "/kvitto", "/resultat", "/granska", "/granska/paket.json", "/granska/kvitton.txt"):
        assert visitor.get(path + tail).status == 404, tail
    assert visitor.get(path.replace("omrostning/", "omrostning/9")).status == 404


def certified(row):
    """Twelve have voted: closed, mixed, opened, certified."""
    with db.unit():
        row = queries.vote(row.id)
        receipt, *_ = [vote_as(make_actor(), row, str(1 + n % 2)) for n in range(12)]
        engine.close(row.box, SYSTEM)
        engine.seal(row.box, SYSTEM)
        engine.take_in(row.box, make_actor(Role.OFFICIAL), opened_file(row))
        engine.certify(row.box, make_actor(Role.SECRETARY))
        return boxes.short(receipt)


def test_nothing_of_a_result_shows_before_it_is_published_and_then_all_of_it_does(the_app, visitor, make):
    row, path, _ = make()
    receipt = certified(row)
    page = visitor.get(path + "/resultat")
    assert "There is no result yet." in page.words
    assert visitor.get(path + "/granska/paket.json").status == 403
    with db.unit() as session:
        session.get_one(Dialogue, row.dialogue_id).stage = Stage.COMPILED
    page = visitor.get(path + "/resultat")
    assert "Several options have the same number of votes." in page.words
    assert "50%" in page.words.replace(" ", "")
    page = visitor.get(path + f"/granska?kvitto={receipt.lower()}")
    assert "The receipt is in the list" in page.words
    assert "The receipt is not in the list" in visitor.get(path + "/granska?kvitto=ABCD-ABCD-ABCD-ABCD").words
    assert receipt in visitor.get(path + "/granska/kvitton.txt").text
    assert visitor.get(path + "/granska/paket.json").status == 200
    assert "Set-Cookie" not in visitor.get(path + "/granska").headers


@pytest.mark.parametrize("typed", ["x", "ÅÄÖ", "A" * 200, "<script>", "0189-0189-0189-0189", "%00"])
def test_whatever_is_typed_as_a_receipt_is_not_in_the_list(the_app, visitor, make, typed):
    row, path, _ = make()
    certified(row)
    page = visitor.get(path + "/granska", query_string={"kvitto": typed})
    assert page.status == 200
    assert "<script>" not in page.text


def test_programs_are_served_as_they_run(visitor, make):
    make()
    for name in ("opening", "recount"):
        page = visitor.get(f"/omrostning/program/{name}.py")
        assert page.status == 200
        assert "def main" in page.text
    assert visitor.get("/omrostning/program/queries.py").status == 404


@pytest.mark.parametrize("tail", ["", "/rosta", "/resultat", "/granska"])
def test_reading_pages_cost_few_statements(the_app, make, count_statements, tail):
    _, path, _ = make()
    visitor = signed_in(the_app)
    for prefix in ("", "/ar"):
        before = len(count_statements)
        visitor.get(prefix + path + tail)
        spent = count_statements[before:]
        assert len(spent) <= 8, f"{prefix}{tail}: {len(spent)}\n" + "\n".join(spent)
