"""Workshops as people meet them: the board, cards and dots by forms, paper notes, proposals; and their cost."""

from __future__ import annotations

import gzip

import pytest
from sqlalchemy import insert, select

from app import clock, db
from app.contributions.models import Contribution
from app.dialogues.stages import Stage
from app.levels.influence.workshops import queries, service
from app.levels.influence.workshops.models import Step, WorkshopCard, WorkshopDot
from app.moderation import queries as moderation
from app.moderation import service as moderators
from app.moderation.service import Seen
from app.permissions import Role
from app.reviews.models import Reviewable, State
from tests.factories.dialogues import make_dialogue
from tests.factories.people import make_actor, make_person
from tests.factories.workshops import card, make_proposal, make_theme, make_workshop, place
from tests.visitor import Visitor

READING = 8


def scene(**fields):
    """A workshop in an open dialogue, its address, and that of its officials' pages."""
    dialogue = make_dialogue(Stage.OPEN, level="influence")
    row = make_workshop(dialogue, **fields)
    desk = f"/arbetsyta/dialoger/{dialogue.id}/verkstad/{row.id}"
    return row, f"/dialoger/{dialogue.id}-drottninggatan/verkstad/{row.id}", desk


def cards():
    with db.reading() as session:
        return session.scalars(select(Contribution).order_by(Contribution.id)).all()


def test_reading_leaves_no_cookie_and_writing_asks_for_an_account(visitor):
    with db.unit():
        row, address, _desk = scene()
        card(row)
    assert "Framtidsverkstad" in visitor.get(address.rpartition("/")[0]).words
    page = visitor.get(address)
    assert "Det saknas bänkar." in page.words
    assert "Set-Cookie" not in page.headers
    page = visitor.post(address, {"text": "Signed out while writing"})
    assert page.status == 403
    assert "Signed out while writing" in page.text
    assert len(cards()) == 1


def test_a_resident_writes_changes_and_takes_a_card_away(visitor):
    with db.unit():
        me = make_person(name="Kim Lund")
        _row, address, _desk = scene()
    visitor.sign_in_as(me)
    visitor.get(address)
    assert visitor.submit({"text": " "}, holding="text").status == 422
    page = visitor.submit({"text": "x" * 301}, holding="text")
    assert page.status == 422
    assert "x" * 301 in page.text
    page = visitor.submit({"text": "نريد مقاعد", "language": "ar"}, holding="text")
    assert page.status == 200
    said = [e for e in page.find_all("p") if "".join(e.itertext()) == "نريد مقاعد"]
    assert [(e.get("lang"), e.get("dir")) for e in said] == [("ar", "auto")]
    mine = cards()[-1]
    visitor.get(f"{address}/kort/{mine.id}/andra")
    assert "Fler bänkar." in visitor.submit({"text": "Fler bänkar.", "language": "sv"}, holding="text").words
    visitor.get(f"{address}/kort/{mine.id}/ta-bort")
    assert "Fler bänkar." not in visitor.submit().words


def test_dots_by_buttons_and_how_many_are_left(visitor):
    with db.unit():
        me = make_person()
        row, address, _desk = scene(dots=2)
        one, two = card(row, "Kort ett"), card(row, "Kort två")
    visitor.sign_in_as(me)
    assert "You have 2 of 2 dots left" in visitor.get(address).words
    token = visitor.page.form("text").findall(".//*[@name='csrf_token']")[0].get("value")

    def press(number, what, layer, query=""):
        form = {"csrf_token": token, "layer": layer}
        return visitor.post(f"{address}/kort/{number}/prick{what}{query}", form)

    page = press(one.id, "", "1")
    assert "You have 1 dot left." in page.words
    assert "1 dot , 1 of them yours" in page.words or "1 dot, 1 of them yours" in page.words
    press(one.id, "", "1")  # the same button again
    assert "You have 1 of 2 dots left" in visitor.get(address).words
    press(two.id, "", "1")
    assert "You have no dots left" in press(two.id, "", "2").words
    assert press(one.id, "", "x" * 50).status == 200
    mine = visitor.get(f"{address}/prickar")
    assert "Kort ett" in mine.words
    assert "Kort två" in mine.words
    assert "You have 1 of 2 dots left" in press(one.id, "/tillbaka", "1", "?fran_sida=prickar").words


def test_paper_notes_are_looked_at_and_a_wrong_line_loses_nothing(visitor):
    with db.unit():
        clerk = make_person(Role.CONTACT_CENTRE, name="Kerstin Kontakt")
        row, address, desk = scene()
        make_theme(row, "Trafik")
    visitor.sign_in_as(clerk)
    visitor.get(f"{desk}/papper")
    assert visitor.submit({"notes": "\n  \n"}, holding="notes").status == 422
    long = "Det är mörkt.\n\n" + "y" * 301 + "\nIngen bänk."
    page = visitor.submit({"notes": long}, holding="notes")
    assert page.status == 422
    assert "Line 3 has 301 characters." in page.words
    assert "y" * 301 in page.text
    page = visitor.submit({"notes": "Det är mörkt.\n\nIngen bänk.\nIngen bänk."}, holding="notes")
    assert "Are these 3 notes right?" in page.words
    assert "more than once" in page.words
    assert cards() == []
    page = visitor.submit({"act": "change"}, holding="notes")
    assert "Det är mörkt." in page.text
    page = visitor.submit({}, holding="notes")
    first = visitor.page
    page = visitor.submit({}, holding="notes", press="act")
    assert "3 notes are on the board." in page.words
    visitor.page = first
    assert "saved before" in visitor.submit({}, holding="notes", press="act").words
    assert [(one.channel, one.person_id) for one in cards()] == [("paper", None)] * 3
    for other in ("Det är mörkt.\nIngen bänk.\nIngen bänk.\nFör få träd.", "Det är mörkt.", "För få träd."):
        visitor.page = first
        page = visitor.submit({"notes": other}, holding="notes", press="act")
        assert page.status == 422
        assert "What stands here is not saved." in page.words
        assert other.splitlines()[-1] in page.text
        assert len(cards()) == 3
    visitor.submit({}, holding="notes")
    assert "1 note is on the board." in visitor.submit({}, holding="notes", press="act").words  # a fresh key
    assert [one.text for one in cards()][3:] == ["För få träd."]
    assert "Kerstin" not in Visitor(visitor.app).get(address).words


def test_cards_are_sorted_by_checkboxes_and_become_a_proposal(visitor):
    with db.unit():
        lead = make_person(Role.OFFICIAL)
        row, address, desk = scene()
        theme = make_theme(row, "Trafik")
        one, two = card(row, "Kort ett"), card(row, "Kort två")
    visitor.sign_in_as(lead)
    visitor.get(f"{desk}/sortera/critique")
    page = visitor.submit({"to": f"theme-{theme.id}"}, holding="to")
    assert page.status == 422
    page = visitor.submit({"cards": [str(one.id), str(two.id)], "to": f"theme-{theme.id}"}, holding="to")
    assert "2 cards are sorted." in page.words
    page = visitor.submit({"cards": [str(one.id)], "to": "new"}, holding="to")
    page = visitor.submit({"title": "Bänkar", "text": "Var femtionde meter."}, holding="title")
    assert "The proposal is published." in page.words
    with db.reading():
        (made,) = queries.proposals(row.id)
    page = visitor.get(f"{desk}/forslag/nytt?tema={theme.id}")
    assert "Kort två" in page.words
    guest = Visitor(visitor.app)
    page = guest.get(f"{address}/forslag/{made.id}")
    assert "Kort ett" in page.words
    assert f"{address}/kort/{one.id}" in page.links()
    assert "Kort ett" in guest.get(f"{address}/kort/{one.id}").words
    visitor.get(f"{desk}/sortera/critique")
    visitor.submit({"cards": [str(two.id)], "to": f"proposal-{made.id}"}, holding="to")
    assert "Kort två" in guest.get(f"{address}/forslag/{made.id}").words
    visitor.get(f"{desk}/stang")
    assert "closed" in visitor.submit().words
    assert "This workshop is finished." in guest.get(address).words


def test_a_hidden_card_leaves_its_place_and_its_ground_and_no_words(visitor):
    with db.unit():
        row, address, _desk = scene()
        one = card(row, "Du är dum.")
        made = make_proposal(row, one)
        moderator = make_actor(Role.MODERATOR)
        item = moderation.item(one.review_id, moderator)
        moderators.hide(moderator, item, Seen(item.review.version), ground="insult")
    for path in ("", f"/forslag/{made.id}", f"/kort/{one.id}"):
        page = visitor.get(address + path)
        assert page.status == 200
        assert "Du är dum." not in page.text
    assert "A text must not insult anyone" in visitor.get(address).words
    assert "A card that is not shown any more" in visitor.get(f"{address}/forslag/{made.id}").words


@pytest.fixture
def large(the_app, isolated):
    """A workshop with a card, and one with 500 cards of 200 characters and two dots each."""
    with db.unit() as session:
        me = make_person()
        small, address, _desk = scene()
        place(small, "Ett kort.")
        row, big, _desk = scene()
        themes = [make_theme(row, f"Tema {number}") for number in range(8)]
        step, others = queries.step_of(row, Step.CRITIQUE), [make_person() for _ in range(40)]
        for number in range(500):
            review = Reviewable(
                subject_kind=queries.CARD, dialogue_id=row.dialogue_id, state=State.SHOWN, language="sv",
                created_at=clock.now(),
            )  # fmt: skip
            made = Contribution(
                container_id=step.id, person_id=others[number % 40].id, name="Åsa", language="sv", review=review,
                text=f"{number} " + "gatan behöver bänkar " * 9, written_at=clock.now(),
            )  # fmt: skip
            session.add(made)
            session.flush()
            theme = themes[number % 9].id if number % 9 < 8 else None
            session.add(WorkshopCard(id=made.id, step_id=step.id, workshop_id=row.id, theme_id=theme))
            session.flush()
            if number < 100:
                dot = {"card_id": made.id, "step_id": step.id, "person_id": others[number % 40].id}
                session.execute(insert(WorkshopDot).values(**dot, slot=1 + number // 40, layer=1, given_at=clock.now()))
        service.count_now(row)
    return address, big, me


def test_five_hundred_cards_cost_what_one_costs(the_app, large, count_statements):
    small, big, me = large
    for visitor in (Visitor(the_app), Visitor(the_app).sign_in_as(me)):
        spent = []
        for address in (small, big, f"{big}?tema=0", f"{big}/forslag"):
            count_statements.clear()
            page = visitor.get(address)
            assert page.status == 200
            spent.append(len(count_statements))
            assert len(gzip.compress(page.text.encode())) <= 30_000
        assert max(spent) <= READING
        assert spent[0] == spent[1]


def test_every_card_is_met_once_page_by_page(the_app, large):
    _small, big, _me = large
    visitor, met = Visitor(the_app), []
    page = visitor.get(big)
    while True:
        met += [e.get("id") for e in page.find_all("article")]
        later = [e.get("href") for e in page.find_all("a") if e.get("rel") == "next"]
        if not later:
            break
        page = visitor.get(later[0])
    assert len(met) == len(set(met)) == 500


@pytest.mark.parametrize("query", ["efter=x", "fore=9.9.9", "fran=99999999999.1", "tema=-1", "tema=٣", "efter=1.2"])
def test_an_address_that_is_no_place_is_the_first_page_or_empty(visitor, query):
    with db.unit():
        row, address, _desk = scene()
        card(row)
    assert visitor.get(f"{address}/kritik?{query}").status == 200


def test_a_workshop_is_planned_changed_and_moved_by_forms(visitor):
    with db.unit():
        lead = make_person(Role.OFFICIAL)
        _row, address, desk = scene()
    visitor.sign_in_as(lead)
    visitor.get(desk.rpartition("/")[0] + "/ny")
    assert visitor.submit({"title": ""}, holding="title").status == 422
    page = visitor.submit({"title": "Ungdomsverkstad", "lead": "Vad saknas?", "dots": "5"}, holding="title")
    assert "Ungdomsverkstad" in page.words
    visitor.get(f"{desk}/om")
    first = visitor.page
    assert "The workshop is saved." in visitor.submit({"title": "Ny rubrik"}, holding="title").words
    visitor.page = first
    page = visitor.submit({"title": "En annan rubrik"}, holding="title")
    assert page.status == 409
    assert "En annan rubrik" in page.text
    visitor.get(f"{desk}/teman")
    assert "The theme is added." in visitor.submit({"name": "Trafik"}, holding="name").words
    assert visitor.submit({"name": "trafik"}, holding="name").status == 422
    visitor.get(f"{desk}/steg/vision")
    assert "The workshop is now at this step." in visitor.submit().words
    assert "How would it be if everything were possible?" in Visitor(visitor.app).get(address).words
