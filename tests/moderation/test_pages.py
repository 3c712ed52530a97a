"""The moderators' desk and the page for reporting, through forms."""

import pytest
from sqlalchemy import select

from app import db
from app.jobs import Job
from app.moderation import queries
from app.moderation.models import Report, Ruling
from app.permissions import Role
from app.reviews.models import Reviewable, State
from tests.factories.dialogues import make_dialogue
from tests.factories.moderation import make_leaflet
from tests.factories.people import make_person
from tests.visitor import Visitor


@pytest.fixture
def moderator(visitor):
    with db.unit():
        person = make_person(Role.MODERATOR)
    return visitor.sign_in_as(person)


def rulings():
    with db.reading() as session:
        return [(r.outcome, r.ground, r.note) for r in session.scalars(select(Ruling).order_by(Ruling.id))]


def test_the_queue_shows_what_waits_with_its_language(moderator):
    with db.unit():
        make_leaflet("Fler bänkar, tack", language="ar")
    page = moderator.get("/moderering")
    assert page.status == 200
    assert "1 text waits" in page.words
    assert "Fler bänkar, tack" in page.words
    assert "العربية" in page.words
    assert "Vad är viktigast för dig?" in page.words


def test_an_empty_queue_says_so(moderator):
    assert "Nothing waits for you." in moderator.get("/moderering").words
    assert "Nothing has been reported." in moderator.get("/moderering?list=reported").words
    assert "Nothing is hidden." in moderator.get("/moderering?list=hidden").words


@pytest.mark.parametrize("query", ["?list=nonsense", "?after=x&before=-1", "?after=99999999999999", "?list=&after="])
def test_a_strange_address_shows_the_queue(moderator, query):
    assert moderator.get(f"/moderering{query}").status == 200


@pytest.mark.parametrize("roles", [(), (Role.OFFICIAL,), (Role.ADMINISTRATOR,)])
def test_others_are_told_who_does_this(visitor, roles):
    with db.unit():
        person = make_person(*roles)
        leaflet = make_leaflet()
    visitor.sign_in_as(person)
    assert visitor.get("/moderering").status == 403
    assert visitor.get(f"/moderering/{leaflet.id}").status in (403, 404)
    assert visitor.get(f"/moderering/visa?id={leaflet.id}").status == 403


def test_a_moderator_of_one_dialogue_finds_nothing_of_another(visitor):
    with db.unit():
        mine, other = make_dialogue(), make_dialogue()
        person = make_person(Role.MODERATOR, dialogue_id=mine.id)
        leaflet = make_leaflet("Hemligt", dialogue_id=other.id)
    visitor.sign_in_as(person)
    assert "Hemligt" not in visitor.get("/moderering").words
    assert visitor.get(f"/moderering/{leaflet.id}").status == 404
    assert "Hemligt" not in visitor.get(f"/moderering/visa?id={leaflet.id}").words


def test_a_text_is_read_and_shown(moderator):
    with db.unit():
        leaflet = make_leaflet("Rad ett\n\n<b>Rad två</b>")
    page = moderator.get(f"/moderering/{leaflet.id}")
    assert "<b>Rad två</b>" in page.words
    page = moderator.submit({"outcome": "shown"}, holding="outcome")
    assert page.path == "/moderering"
    assert "The text is shown." in page.words
    assert rulings() == [("shown", None, "")]


def test_hiding_asks_for_the_rule_and_keeps_what_was_written(moderator):
    with db.unit():
        leaflet = make_leaflet(author=make_person())
    moderator.get(f"/moderering/{leaflet.id}")
    page = moderator.submit({"outcome": "hidden", "note": "Tänk på ordvalet"}, holding="outcome")
    assert page.status == 422
    assert "Choose the rule that the text breaks." in page.words
    assert "Tänk på ordvalet" in page.text
    page = moderator.submit({"ground": "insult"}, holding="outcome")
    assert page.status == 200
    assert rulings() == [("hidden", "insult", "Tänk på ordvalet")]
    with db.reading() as session:
        assert session.scalars(select(Job.kind)).all() == ["mail.send"]


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"outcome": "maybe"},
        {"outcome": "hidden", "ground": "boring"},
        {"outcome": "shown", "version": "x"},
        {"outcome": "shown", "version": "99999999999999999999"},
        {"outcome": "shown", "seen_report": "-1"},
        {"outcome": "shown", "note": "x" * 1001},
    ],
)
def test_bad_input_is_answered_at_the_field(moderator, fields):
    with db.unit():
        leaflet = make_leaflet()
    moderator.get(f"/moderering/{leaflet.id}")
    assert moderator.submit(fields, holding="outcome").status == 422
    assert rulings() == []


def test_a_hidden_text_can_be_shown_again(moderator):
    with db.unit():
        leaflet = make_leaflet()
    moderator.get(f"/moderering/{leaflet.id}")
    moderator.submit({"outcome": "hidden", "ground": "spam"}, holding="outcome")
    assert "Plantera träd" in moderator.get("/moderering?list=hidden").words
    page = moderator.get(f"/moderering/{leaflet.id}")
    assert "Hidden: Spam" in page.words
    assert "Kim Lund" in page.words
    page = moderator.submit(holding="outcome")
    assert "The text is shown." in page.words
    assert [outcome for outcome, _, _ in rulings()] == ["hidden", "shown"]


def test_ones_own_text_must_be_handed_over(visitor):
    with db.unit():
        person = make_person(Role.MODERATOR)
        leaflet = make_leaflet(author=person)
    page = visitor.sign_in_as(person).get(f"/moderering/{leaflet.id}")
    assert "a colleague must decide" in page.words
    assert "Your decision" not in page.words


def test_two_moderators_at_once_and_the_second_is_told(moderator, the_app):
    with db.unit():
        colleague = make_person(Role.MODERATOR, name="Eva Lind")
        leaflet = make_leaflet()
    other = Visitor(the_app).sign_in_as(colleague)
    moderator.get(f"/moderering/{leaflet.id}")
    other.get(f"/moderering/{leaflet.id}")
    other.submit({"outcome": "hidden", "ground": "threat"}, holding="outcome")
    page = moderator.submit({"outcome": "shown"}, holding="outcome")
    assert page.status == 409
    assert "Eva Lind decided: Hidden: Threat" in page.words
    assert [outcome for outcome, _, _ in rulings()] == ["hidden"]
    page = moderator.submit(holding="outcome")
    assert page.status == 200
    assert [outcome for outcome, _, _ in rulings()] == ["hidden", "shown"]


def test_several_are_shown_after_a_look_at_them(moderator, the_app):
    with db.unit():
        colleague = make_person(Role.MODERATOR)
        leaflets = [make_leaflet(f"Text {n}") for n in range(3)]
    moderator.get("/moderering")
    page = moderator.submit({"id": [str(leaf.id) for leaf in leaflets]}, holding="/moderering/visa")
    assert "Show 3 texts?" in page.words
    other = Visitor(the_app).sign_in_as(colleague)
    other.get(f"/moderering/{leaflets[0].id}")
    other.submit({"outcome": "hidden", "ground": "spam"}, holding="outcome")
    page = moderator.submit(holding="item")
    assert "2 texts are shown." in page.words
    assert "1 text was left" in page.words
    with db.reading() as session:
        assert sorted(session.scalars(select(Reviewable.state))) == ["hidden", "shown", "shown"]


@pytest.mark.parametrize("query", ["", "?id=x", "?id=99999999999999999999", "?id=0"])
def test_nothing_chosen_is_said(moderator, query):
    assert "No text is chosen" in moderator.get(f"/moderering/visa{query}").words


def test_anyone_reports_with_a_page_and_a_form(visitor):
    with db.unit():
        leaflet = make_leaflet("Dumheter", shown=True)
    page = visitor.get(f"/anmal/{leaflet.id}")
    assert "Dumheter" in page.words
    assert visitor.submit(holding="ground").status == 422
    page = visitor.submit({"ground": "insult", "note": "Se första raden"}, holding="ground")
    assert "Thank you for your report" in page.words
    with db.reading() as session:
        report = session.scalars(select(Report)).one()
        assert (report.ground, report.note, report.reporter_id) == ("insult", "Se första raden", None)
        assert session.scalars(select(Reviewable.reports)).one() == 1


def test_a_program_that_fills_in_everything_is_thanked_and_not_heard(visitor):
    with db.unit():
        leaflet = make_leaflet(shown=True)
    visitor.get(f"/anmal/{leaflet.id}")
    page = visitor.submit({"ground": "spam", "website": "https://x.example"}, holding="ground")
    assert "Thank you for your report" in page.words
    with db.reading() as session:
        assert session.scalars(select(Report)).all() == []


def test_reporting_twice_is_met_kindly(visitor):
    with db.unit():
        person = make_person()
        leaflet = make_leaflet(shown=True)
    visitor.sign_in_as(person).get(f"/anmal/{leaflet.id}")
    visitor.submit({"ground": "insult"}, holding="ground")
    assert "You have already reported this text" in visitor.get(f"/anmal/{leaflet.id}").words


def test_a_second_send_of_the_same_form_is_met_kindly(visitor):
    with db.unit():
        person = make_person()
        leaflet = make_leaflet(shown=True)
    form = visitor.sign_in_as(person).get(f"/anmal/{leaflet.id}")
    visitor.submit({"ground": "insult"}, holding="ground")
    visitor.page = form
    page = visitor.submit({"ground": "insult"}, holding="ground")
    assert page.status == 409
    assert "You have already reported this text" in page.words


@pytest.mark.parametrize("circumstance", ["waiting", "secret", "missing"])
def test_what_one_cannot_see_has_no_report_page(visitor, circumstance):
    with db.unit():
        leaflet = make_leaflet(shown=circumstance != "waiting", secret=circumstance == "secret")
        shown = make_leaflet(shown=True)
    address = f"/anmal/{leaflet.id if circumstance != 'missing' else leaflet.id + 99}"
    assert visitor.get(address).status == 404
    visitor.get(f"/anmal/{shown.id}")
    token = visitor.page.form().find(".//*[@name='csrf_token']").get("value")
    assert visitor.post(address, {"csrf_token": token, "ground": "insult"}).status == 404


def test_the_eleventh_report_of_an_hour_is_refused(visitor):
    with db.unit():
        leaflet = make_leaflet(shown=True)
    for n in range(11):
        visitor.get(f"/anmal/{leaflet.id}")
        page = visitor.submit({"ground": "spam"}, holding="ground")
        assert page.status == (200 if n < 10 else 429)


def test_a_form_sets_nothing_but_what_it_asks(moderator):
    with db.unit():
        leaflet = make_leaflet()
    moderator.get(f"/moderering/{leaflet.id}")
    extra = {"state": "shown", "reports": "7", "by_id": "999", "dialogue_id": "1", "language": "en"}
    moderator.submit({"outcome": "hidden", "ground": "spam", **extra}, holding="outcome")
    with db.reading() as session:
        row = session.scalars(select(Reviewable)).one()
        assert (row.state, row.reports, row.dialogue_id, row.language) == (State.HIDDEN, 0, None, "sv")


@pytest.mark.parametrize("path", ["/moderering", "/en/moderering?list=hidden", "/ar/moderering?list=reported"])
def test_the_queue_costs_the_same_with_five_and_with_fifty(moderator, count_statements, path):
    def statements(number):
        with db.unit():
            for n in range(number):
                leaflet = make_leaflet(kind="leaflet" if n % 2 else "poster")
                if "hidden" in path:
                    leaflet.review.state = State.HIDDEN
                if "reported" in path:
                    leaflet.review.state, leaflet.review.reports = State.SHOWN, 1
        count_statements.clear()
        moderator.get(path)
        return len(count_statements)

    few = statements(5)
    assert few == statements(45)
    assert few <= 8


def test_one_text_costs_at_most_eight_statements(moderator, count_statements):
    with db.unit():
        leaflet = make_leaflet()
    moderator.get(f"/moderering/{leaflet.id}")
    moderator.submit({"outcome": "hidden", "ground": "spam"}, holding="outcome")
    count_statements.clear()
    moderator.get(f"/moderering/{leaflet.id}")
    assert len(count_statements) <= 8


def test_a_moderator_does_not_report_by_mistake_what_waits(moderator):
    with db.unit():
        leaflet = make_leaflet()
    with db.reading():
        assert queries.review(leaflet.id) is not None
    assert moderator.get(f"/anmal/{leaflet.id}").status == 404
