"""Notice, poster and text for the paper: the same content in each language, with an address that leads there."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from app import clock, db
from app.dialogues.models import Dialogue
from app.dialogues.papers.codes import QUIET, code_of
from app.dialogues.stages import PUBLIC_STAGES, Stage
from app.permissions import Role
from tests.factories.dialogues import card, make_whole
from tests.factories.multilingual import make_translation
from tests.factories.people import make_person
from tests.visitor import Visitor

KINDS = ("anslag", "affisch", "tidningstext")


def lead_of(the_app, row: Dialogue | None = None, role: Role = Role.OFFICIAL) -> Visitor:
    with db.unit():
        person = make_person(role, dialogue_id=row.id if row else None)
    return Visitor(the_app).sign_in_as(person)


@pytest.fixture
def row(isolated) -> Dialogue:
    with db.unit():
        made = make_whole(Stage.ANNOUNCED, opens_at=clock.now() + timedelta(days=2))
        card(made, 7, title="Gåtur på torget", held_at=clock.now() + timedelta(days=3), is_input=False)
    return made


@pytest.mark.parametrize("kind", KINDS)
def test_each_says_what_it_is_about_when_for_whom_and_where(the_app, row, kind):
    words = lead_of(the_app).get(f"/arbetsyta/dialoger/{row.id}/trycksaker/{kind}").words
    for said in (row.question, row.affected, f"localhost/d/{row.id}", "0512-310 00", "Gåtur på torget"):
        assert said in words, said
    assert "Svara på enkäten om gatan" in words
    assert f"{clock.local(row.opens_at):%-d}" in words


def test_the_notice_and_the_text_carry_the_promise_and_the_notice_who_decided(the_app, row):
    lead = lead_of(the_app)
    for kind in ("anslag", "tidningstext"):
        assert row.promise in lead.get(f"/arbetsyta/dialoger/{row.id}/trycksaker/{kind}").words
    words = lead.get(f"/en/arbetsyta/dialoger/{row.id}/trycksaker/anslag").words
    assert "Kommunstyrelsen" in words
    assert "§ 54" in words
    assert "Träd, bänkar och belysning" in words


def test_each_is_in_the_language_of_its_page_and_its_address_leads_to_that_language(the_app, row):
    with db.unit():
        make_translation(f"dialogue:{row.id}", "question", "ar", "كيف يبدو الشارع؟", source=row.question)
    lead = lead_of(the_app)
    for kind in KINDS:
        page = lead.get(f"/ar/arbetsyta/dialoger/{row.id}/trycksaker/{kind}")
        assert "كيف يبدو الشارع؟" in page.words
        assert f"localhost/ar/d/{row.id}" in page.words
    text = lead.get(f"/ar/arbetsyta/dialoger/{row.id}/trycksaker/tidningstext.txt")
    assert text.text.startswith("كيف يبدو الشارع؟")
    assert "attachment" in text.headers["Content-Disposition"]
    assert "<" not in text.text


def test_the_list_says_which_languages_are_whole(the_app, row):
    page = lead_of(the_app).get(f"/en/arbetsyta/dialoger/{row.id}/trycksaker")
    assert page.words.count("Not everything is translated and reviewed.") == 3
    links = [link for link in page.links() if link.endswith("/trycksaker/affisch")]
    assert sorted(link.partition("/arbetsyta")[0] for link in links) == ["", "/ar", "/en", "/lattlast"]


@pytest.mark.parametrize("stage", sorted(Stage))
def test_the_short_address_leads_to_what_is_public_and_nowhere_else(visitor, stage):
    with db.unit():
        made = make_whole(stage)
    page = visitor.get(f"/d/{made.id}", follow=False)
    if stage in PUBLIC_STAGES:
        assert (page.status, page.headers["Location"]) == (302, f"/dialoger/{made.id}-drottninggatan")
        assert visitor.get(f"/ar/d/{made.id}").path.startswith(f"/ar/dialoger/{made.id}-")
    else:
        assert page.status == 404
    assert "Set-Cookie" not in page.headers


def test_before_it_is_public_the_sheets_say_that_they_are_not_to_be_put_up(the_app, isolated):
    with db.unit():
        early = make_whole(Stage.DECIDED)
    assert "Do not put this up" in lead_of(the_app).get(f"/arbetsyta/dialoger/{early.id}/trycksaker/affisch").words


def test_others_do_not_reach_them(the_app, row, visitor):
    with db.unit():
        other = make_whole()
    elsewhere = lead_of(the_app, other)
    for path in ("", *(f"/{kind}" for kind in KINDS), "/tidningstext.txt"):
        here = f"/arbetsyta/dialoger/{row.id}/trycksaker{path}"
        assert visitor.get(here).status == 403
        assert elsewhere.get(here).status == 403
        assert lead_of(the_app, row, Role.MODERATOR).get(here).status == 200


def test_the_code_can_be_read_and_has_its_white_border():
    """Drawn as squares and read back: the very modules of the address, and nothing outside the border."""
    import segno  # noqa: PLC0415

    address = "https://dialog.vara.example/ar/d/12"
    code = code_of(address)
    drawn = {(int(x), int(y)) for x, y in re.findall(r"M(\d+) (\d+)h1v1h-1z", code.path)}
    matrix = segno.make(address, error="q", micro=False).matrix
    assert drawn == {(x + QUIET, y + QUIET) for y, line in enumerate(matrix) for x, dark in enumerate(line) if dark}
    assert code.size == len(matrix) + 2 * QUIET
    assert min(min(x, y) for x, y in drawn) == QUIET


@pytest.mark.parametrize("prefix", ["", "/ar"])
def test_a_sheet_costs_few_statements_however_much_there_is(the_app, row, count_statements, prefix):
    lead, here = lead_of(the_app), f"{prefix}/arbetsyta/dialoger/{row.id}/trycksaker/anslag"
    lead.get(here)
    count_statements.clear()
    lead.get(here)
    few = len(count_statements)
    with db.unit():
        for number in range(10, 20):
            card(row, number)
    count_statements.clear()
    lead.get(here)
    assert len(count_statements) == few <= 8
