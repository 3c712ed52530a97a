"""Articles through the forms that people meet, and by the rules that bind them."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import select

from app import db
from app.dialogues.stages import Stage
from app.levels.information.articles import queries, service
from app.levels.information.articles.core.reading import hints, lix
from app.levels.information.articles.models import Article
from app.levels.information.articles.rules import Do
from app.levels.information.articles.service import Draft, Place
from app.permissions import GUEST, Refusal, Role, can
from tests.factories.articles import make_article
from tests.factories.dialogues import make_dialogue
from tests.factories.people import actor_of, make_actor, make_person

DRAFT = Draft("page", "Om gatan", "Det viktigaste.", "Text med **vikt**.")


def png() -> BytesIO:
    held = BytesIO()
    Image.new("RGB", (80, 60), "#336699").save(held, "PNG")
    held.seek(0)
    return held


def test_a_lead_writes_publishes_and_withdraws(unit):
    lead = make_actor(Role.OFFICIAL)
    dialogue = make_dialogue(Stage.OPEN)
    row = service.create(lead, Place(dialogue.id), DRAFT)
    assert not can(GUEST, Do.READ, row)
    service.publish(lead, row)
    assert can(GUEST, Do.READ, row)
    assert "<strong>vikt</strong>" in row.html
    service.withdraw(lead, row, "Uppgifterna var fel.")
    assert not can(GUEST, Do.READ, row)
    with pytest.raises(Refusal):
        service.change(lead, row, DRAFT, row.version)


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.ELECTED, Role.ADMINISTRATOR, Role.COMMUNICATIONS])
def test_others_do_not_write_in_a_dialogue(unit, role):
    with pytest.raises(Refusal):
        service.create(make_actor(role), Place(make_dialogue(Stage.OPEN).id), DRAFT)


def test_the_site_is_written_by_communications_alone(unit):
    service.create(make_actor(Role.COMMUNICATIONS), Place(None), DRAFT)
    with pytest.raises(Refusal):
        service.create(make_actor(Role.OFFICIAL), Place(None), DRAFT)


def test_a_dialogue_that_is_over_is_not_written_in(unit):
    with pytest.raises(Refusal):
        service.create(make_actor(Role.OFFICIAL), Place(make_dialogue(Stage.ARCHIVED).id), DRAFT)


def test_lists_show_what_may_be_read(unit):
    people = [GUEST, make_actor(), make_actor(Role.OFFICIAL), make_actor(Role.COMMUNICATIONS)]
    first = make_dialogue(Stage.OPEN)
    people.append(make_actor(Role.OFFICIAL, dialogue_id=first.id))
    for dialogue_id in (None, first.id, make_dialogue(Stage.IDEA).id):
        make_article(dialogue_id)
        make_article(dialogue_id, published=False)
    rows = list(db.session().scalars(select(Article)).unique())
    for actor in people:
        listed = {row.id for row in db.session().scalars(queries.visible_to(actor)).unique()}
        assert listed == {row.id for row in rows if can(actor, Do.READ, row)}


def test_an_official_writes_through_forms_and_residents_read(visitor, the_app):
    with db.unit():
        lead = make_person(Role.OFFICIAL)
        dialogue = make_dialogue(Stage.OPEN)
    visitor.sign_in_as(lead)
    visitor.get(f"/arbetsyta/dialoger/{dialogue.id}/artiklar/ny")
    page = visitor.submit({"title": "", "lead": "Först", "body": "Texten"}, holding="title")
    assert page.status == 422
    assert "Texten" in page.text
    page = visitor.submit({"title": "Om gatan", "picture": (png(), "x.png")}, holding="title")
    assert page.status == 422  # a picture without words
    visitor.submit({"picture": (png(), "x.png"), "picture_alt": "En gata"}, holding="title")
    with db.reading() as session:
        row = session.scalars(select(Article)).unique().one()
    resident = type(visitor)(the_app)
    assert resident.get(f"/dialoger/{dialogue.id}-drottninggatan/artiklar/{row.id}").status == 404
    visitor.submit({}, holding=f"/arbetsyta/dialoger/{dialogue.id}/artiklar/{row.id}/publicera")
    page = resident.get(f"/dialoger/{dialogue.id}-drottninggatan/artiklar/{row.id}")
    assert page.status == 200
    picture = next(e for e in page.find_all("img") if "/filer/" in e.get("src", ""))
    assert picture.get("alt") == "En gata"
    assert resident.get(picture.get("src")).status == 200
    assert "Om gatan" in resident.get(f"/dialoger/{dialogue.id}-drottninggatan").words
    visitor.get(f"/arbetsyta/dialoger/{dialogue.id}/artiklar/{row.id}")
    assert visitor.submit({"lead": "Senare"}, holding="title").status == 200
    page = resident.get(f"/dialoger/{dialogue.id}-drottninggatan/artiklar/{row.id}")
    assert "Senare" in page.words
    assert picture.get("src") in page.text, "the picture stays where no new one is chosen"


def test_two_writers_are_told_and_nothing_is_lost(visitor, the_app):
    with db.unit():
        lead = make_person(Role.OFFICIAL)
        dialogue = make_dialogue(Stage.OPEN)
        row = make_article(dialogue.id)
    address = f"/arbetsyta/dialoger/{dialogue.id}/artiklar/{row.id}"
    visitor.sign_in_as(lead)
    other = type(visitor)(the_app).sign_in_as(lead)
    other.get(address)
    visitor.get(address)
    visitor.submit({"lead": "Den första"}, holding="title")
    page = other.submit({"lead": "Den andra"}, holding="title")
    assert page.status == 409
    assert "Den andra" in page.text
    assert "Den första" in page.text


def test_a_withdrawn_page_says_why(visitor):
    with db.unit():
        row = make_article()
        service.withdraw(make_actor(Role.COMMUNICATIONS), row, "Mötet är inställt.")
    page = visitor.get(f"/artiklar/{row.id}-om-gatan")
    assert page.status == 410
    assert "Mötet är inställt." in page.words


@pytest.mark.parametrize("most", [3, 60])
def test_pages_cost_the_same_however_much_is_written(visitor, count_statements, most):
    with db.unit():
        dialogue = make_dialogue(Stage.OPEN)
        for number in range(most):
            make_article(dialogue.id, title=f"Sida {number}")
            row = make_article(None, kind="news", title=f"Nyhet {number}")
    for path in ("/nyheter", f"/artiklar/{row.id}-{row.title.lower().replace(' ', '-')}",
                 f"/dialoger/{dialogue.id}-drottninggatan/artiklar"):  # fmt: skip
        count_statements.clear()
        page = visitor.get(path)
        assert page.status == 200
        assert len(count_statements) <= 8
        assert "Set-Cookie" not in page.headers


def test_news_come_a_page_at_a_time(visitor):
    with db.unit():
        for number in range(queries.PAGE + 2):
            make_article(None, kind="news", title=f"Nyhet {number}")
    first = visitor.get("/nyheter")
    older = next(link for link in first.links() if "fore=" in link)
    second = visitor.get(older)
    assert "Nyhet 0" in second.words
    assert "Nyhet 0 " not in first.words
    assert visitor.get("/nyheter?fore=2027-01-01~x").status == 200


def test_a_writer_gets_hints():
    assert lix("Vi bor här. Du bor där.") < 20
    assert len(hints("# A\n\n### B\n\n[klicka här](https://x.se)")) == 2


def test_a_role_in_another_dialogue_reads_no_drafts(unit):
    mine, other = make_dialogue(Stage.OPEN), make_dialogue(Stage.OPEN)
    actor = actor_of(make_person(), Role.OFFICIAL, dialogue_id=mine.id)
    assert can(actor, Do.READ, make_article(mine.id, published=False))
    assert not can(actor, Do.READ, make_article(other.id, published=False))
