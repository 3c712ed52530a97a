"""Suggestions as people meet them: written step by step, followed with a code, read, found and supported."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import select, text

from app import clock, db, limits
from app.dialogues.stages import Stage
from app.levels.consultation.suggestions import queries
from app.levels.consultation.suggestions.models import Suggestion, SuggestionDraft, SuggestionPicture
from app.levels.consultation.suggestions.routes.following import TRIES
from app.permissions import Role
from app.reviews.models import State
from tests.factories.dialogues import make_dialogue
from tests.factories.people import make_person
from tests.factories.pictures import SECRET, photo_with_position
from tests.factories.suggestions import make_box, send, show
from tests.visitor import Visitor

TEXT = "Laga bänken vid fontänen. Två brädor är av."


def a_box(**fields):
    with db.unit():
        return make_box(**fields).id


def cases():
    with db.reading() as session:
        return session.scalars(select(Suggestion).order_by(Suggestion.id)).all()


def write_until_check(visitor, base="/battre-vara", **answer):
    visitor.get(f"{base}/nytt")
    visitor.submit({"matter": "parker"})
    visitor.submit({"text": TEXT, "locality": "Vara", "place": "Stora torget"})
    visitor.submit(press="next")
    return visitor.submit({"shows_name": "no", "wants": "page", **answer})


def test_a_guest_writes_step_by_step_and_follows_the_case(visitor):
    a_box()
    page = write_until_check(visitor)
    assert page.path.endswith("/kontrollera")
    assert TEXT in page.words
    assert "Stora torget" in page.words
    page = visitor.submit(holding="key")
    code = re.search(r"[2-9A-Z]{5}-[2-9A-Z]{5}", page.words)[0]
    assert page.path == f"/arende/{code}/kvitto"
    stranger = Visitor(visitor.app)
    page = stranger.get(f"/arende/{code.lower().replace('-', ' ')}")
    assert "Two" not in page.text
    assert "Två brädor är av" in page.words
    assert stranger.get(f"/battre-vara/{cases()[0].id}").status == 404
    with db.reading() as session:
        assert session.scalars(select(SuggestionDraft)).all() == []


def test_pressing_send_twice_is_one_case(visitor):
    a_box()
    write_until_check(visitor)
    form = visitor.page.form("key")
    data = {e.get("name"): e.get("value") for e in form.iter() if e.get("name")}
    first = visitor.post("/battre-vara/nytt/kontrollera", data, follow=False)
    second = visitor.post("/battre-vara/nytt/kontrollera", data, follow=False)
    assert first.headers["Location"] == second.headers["Location"]
    assert len(cases()) == 1


def test_what_was_written_is_kept_from_step_to_step_and_when_something_is_wrong(visitor):
    a_box()
    visitor.get("/battre-vara/nytt")
    assert visitor.submit({}).status == 422
    visitor.submit({"matter": "parker"})
    page = visitor.submit({"text": "kort", "place": "Torget"})
    assert page.status == 422
    assert 'value="Torget"' in page.text
    visitor.submit({"text": TEXT})
    assert visitor.get("/battre-vara/nytt/text").find_all("textarea")[0].text.strip() == TEXT
    visitor.get("/battre-vara/nytt/svar")
    page = visitor.submit({"shows_name": "yes", "wants": "mail"})
    assert page.status == 422
    assert len(page.find_all("ul")) > 0
    visitor.submit({"shows_name": "yes", "name": "Ida", "wants": "mail", "email": "ida@example.se"})
    visitor.get("/battre-vara/nytt/text")
    page = visitor.submit({"text": TEXT + " Tack!"})
    assert page.path.endswith("/kontrollera")  # a change leads back to the check
    assert "ida@example.se" in page.words


@pytest.mark.parametrize("step", ["text", "bilder", "svar", "kontrollera"])
def test_a_step_that_comes_too_early_leads_to_the_first_one(visitor, step):
    a_box()
    assert visitor.get(f"/battre-vara/nytt/{step}").path == "/battre-vara/nytt"


def test_a_picture_loses_its_place_needs_words_and_is_seen_by_its_own_browser_alone(visitor):
    a_box()
    visitor.get("/battre-vara/nytt")
    visitor.submit({"matter": "parker"})
    visitor.submit({"text": TEXT})
    page = visitor.submit({"picture": (BytesIO(photo_with_position()), "IMG_1.jpg")}, press="next")
    assert page.path.endswith("/bilder")
    source = next(e.get("src") for e in page.find_all("img") if "/nytt/bilder/" in e.get("src"))
    assert Visitor(visitor.app).client.get(source).status_code == 404
    data = visitor.client.get(source).data
    assert SECRET.encode() not in data
    assert not Image.open(BytesIO(data)).getexif()
    visitor.get("/battre-vara/nytt/bilder")
    page = visitor.submit({}, holding="picture", press="next")
    assert page.status == 422
    name = next(e.get("name") for e in page.find_all("input") if (e.get("name") or "").startswith("alt_"))
    page = visitor.submit({name: "En bänk"}, holding="picture", press="next")
    visitor.submit({"shows_name": "no", "wants": "page"})
    page = visitor.submit(holding="key")
    case = cases()[0]
    with db.reading() as session:
        picture = session.scalars(select(SuggestionPicture)).one()
        key, number = picture.file.key, picture.id
        assert (picture.suggestion_id, picture.alt) == (case.id, "En bänk")
    stranger = Visitor(visitor.app).client
    assert stranger.get(f"/filer/{key}/small").status_code == 404
    assert stranger.get(f"/arende/{case.receipt}/bild/{number}/small").status_code == 200
    assert stranger.get(f"/arende/22222-22222/bild/{number}/small").status_code == 404
    with db.unit():
        show(queries.by_receipt(case.receipt))
    assert stranger.get(f"/filer/{key}/small").status_code == 200


def test_what_is_no_picture_is_refused_at_its_field_and_words_are_kept(visitor):
    a_box()
    visitor.get("/battre-vara/nytt")
    visitor.submit({"matter": "parker"})
    visitor.submit({"text": TEXT})
    page = visitor.submit({"picture": (BytesIO(b"GIF89a"), "x.gif")}, press="add")
    assert page.status == 422
    assert "JPEG" in page.words


def test_a_wrong_code_is_met_gently_and_many_are_stopped(visitor):
    page = visitor.get("/arende/ABCDE-FGHJK")
    assert page.status == 404
    page = visitor.submit({"kod": "abcde fghjk"})
    assert page.path == "/arende/ABCDE-FGHJK"
    for _ in range(TRIES.tries):
        page = visitor.get("/arende/ABCDE-FGHJK")
    assert page.status == 429


def test_reading_leaves_no_cookie_and_asks_few_questions_of_ten_thousand(visitor, count_statements):
    with db.unit() as session:
        box = make_box()
        case = send(box, place="Stora torget")
        show(case)
        _multiply(session, case.id, 10_000)
        number = case.id
    if db.engine().dialect.name == "postgresql":
        with db.unit() as session:
            session.execute(text("ANALYZE"))
    for path in ("/battre-vara", "/battre-vara?amne=parker&status=received&ort=Vara", "/battre-vara?ordning=stod",
                 f"/battre-vara?fran={number + 5000}", "/battre-vara?q=torget", f"/battre-vara/{number}"):  # fmt: skip
        del count_statements[:]
        page = visitor.get(path)
        assert page.status == 200
        assert "Set-Cookie" not in page.headers
        assert len(count_statements) <= 8, path


def _multiply(session, number, many):
    """As many suggestions like this one, written with plain SQL."""
    for table, own in (
        ("reviewable", "id, subject_kind, state, reports, language, created_at, version"),
        ("contribution", "id, container_id, quotes_parent, name, role, text, language, channel, review_id, written_at, "
                         "shown_at, version"),
        ("suggestion", "id, box_id, matter, locality, place, receipt, status, due_on, wants, email, phone, told_in, "
                       "version"),
    ):  # fmt: skip
        wanted = {"id": "n.i", "review_id": "n.i", "receipt": "'R' || n.i"}
        columns = ", ".join(wanted.get(one.strip(), f"t.{one.strip()}") for one in own.split(","))
        source = "review_id FROM contribution WHERE id = :number" if table == "reviewable" else ":number"
        session.execute(
            text(
                "WITH RECURSIVE n(i) AS (SELECT 1000 UNION ALL SELECT i + 1 FROM n WHERE i < 1000 + :many) "
                f"INSERT INTO {table} ({own}) SELECT {columns} FROM n, {table} t "  # our own names
                f"WHERE t.id = (SELECT {source})"
            ),
            {"number": number, "many": many},
        )


# PostgreSQL plans by what a table holds; its indexes are the same.
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_list_uses_an_index(unit):
    box = make_box()
    seen = []
    session = db.session()
    original = session.execute

    def note(statement, *args, **kwargs):
        seen.append(statement)
        return original(statement, *args, **kwargs)

    session.execute = note
    queries.listed(box, queries.Filter(matter="parker"))
    session.execute = original
    compiled = seen[0].compile(db.engine(), compile_kwargs={"literal_binds": True})
    plan = [row[-1] for row in session.execute(text(f"EXPLAIN QUERY PLAN {compiled}"))]
    assert any("ix_suggestion" in line for line in plan), plan
    assert not any(line.startswith("SCAN") for line in plan), plan


def test_filter_search_and_order(visitor):
    with db.unit():
        box = make_box()
        lamp = show(send(box, "Sätt upp en lampa vid skolan.", matter="gator", locality="Kvänum"))
        show(send(box, "Fler bänkar i parken.", matter="parker", locality="Vara"))
        show(send(box, "Hemligt och dolt.", matter="gator"), State.HIDDEN)
        send(box, "Väntar på svar.", matter="gator")
        number = lamp.id
    person = None
    with db.unit():
        person = make_person()
    Visitor(visitor.app).sign_in_as(person).get(f"/battre-vara/{number}/stod")
    for query, found in (
        ("amne=gator", {"Sätt upp en lampa vid skolan"}),
        ("ort=Vara", {"Fler bänkar i parken"}),
        ("q=lampa", {"Sätt upp en lampa vid skolan"}),
        ("q=dolt", set()),
        ("q=väntar", set()),
        ("status=answered", set()),
        ("ordning=stod", set()),
        ("amne=x&status=y&ort=z&fran=a.b.c", {"Sätt upp en lampa vid skolan", "Fler bänkar i parken"}),
    ):
        page = visitor.get(f"/battre-vara?{query}")
        titles = {"".join(e.itertext()) for e in page.find_all("h3")}
        assert titles == found, query


def test_a_guest_and_an_account_support_once_each_and_take_it_back(visitor):
    with db.unit():
        number = show(send(make_box())).id
    visitor.get(f"/battre-vara/{number}/stod")
    page = visitor.submit(press="give")
    assert page.path == f"/battre-vara/{number}"
    assert "1" in page.words
    page = visitor.get(f"/battre-vara/{number}/stod")
    page = visitor.submit(press="take_back")
    assert visitor.get(f"/battre-vara/{number}").status == 200
    with db.reading() as session:
        assert session.scalar(text("SELECT count(*) FROM support")) == 0


def test_what_was_hidden_says_so_and_what_never_was_public_is_not_there(visitor):
    with db.unit():
        box = make_box()
        hidden, waiting = send(box), send(box, "Ingen har släppt det här.")
        show(hidden)
        show(hidden, State.HIDDEN)
        numbers = hidden.id, waiting.id
    page = visitor.get(f"/battre-vara/{numbers[0]}")
    assert page.status == 410
    assert "bänken" not in page.words
    assert visitor.get(f"/battre-vara/{numbers[1]}").status == 404


def test_a_call_in_a_dialogue(visitor):
    with db.unit():
        dialogue = make_dialogue(level="consultation")
        make_box(dialogue)
        closed = make_dialogue(Stage.CLOSED, level="consultation")
        make_box(closed)
        numbers = dialogue.id, closed.id
    base = f"/dialoger/{numbers[0]}-gatan/forslag"
    page = write_until_check(visitor, base)
    visitor.submit(holding="key")
    assert len(cases()) == 1
    assert visitor.get(f"/dialoger/{numbers[1]}-x/forslag/nytt").status == 403
    assert visitor.get(f"/dialoger/{numbers[1]}-x/forslag").status == 200
    assert page.status == 200


def test_an_account_need_not_write_its_address(visitor):
    a_box()
    with db.unit():
        person = make_person(name="Åsa Öberg")
    visitor.sign_in_as(person)
    page = write_until_check(visitor, shows_name="yes", wants="mail")
    assert "Åsa Öberg" in page.words
    visitor.submit(holding="key")
    with db.reading() as session:
        row = session.get(Suggestion, cases()[0].id)
        assert row.email == ""
    assert "Laga bänken" in visitor.get("/konto").words


def test_limits_are_spent_before_anything_is_read(visitor, monkeypatch):
    a_box()
    visitor.get("/battre-vara/nytt")

    def stop(*_args):
        raise limits.TooMany(clock.now())

    monkeypatch.setattr(limits, "spend", stop)
    assert visitor.submit({"matter": "parker"}).status == 429


def test_no_standing_box_yet(visitor):
    page = visitor.get("/battre-vara")
    assert page.status == 404
    with db.unit():
        person = make_person(Role.OFFICIAL)
    visitor.sign_in_as(person)
    visitor.get("/arbetsyta/battre-vara/ny")
    visitor.submit({"title": "Bättre Vara", "lead": "Berätta vad som kan bli bättre."})
    assert visitor.get("/battre-vara").status == 200


@pytest.mark.parametrize(
    "said", ["", "\u202e", "%", "../..", "²³½", "A" * 300, "أبجد", "<script>", "0", "-1", "9" * 30]
)
def test_whatever_stands_in_an_address_or_a_field_is_met(visitor, said):
    with db.unit():
        number = show(send(make_box())).id
    allowed = {200, 303, 404, 410, 422}
    for name in ("kod", "q", "amne", "status", "ort", "ordning", "fran"):
        for path in ("/arende", "/battre-vara"):
            assert visitor.get(path, query_string={name: said}, follow=False).status in allowed
    assert visitor.get(f"/arende/{said or '-'}").status in {404, 308}
    visitor.get("/battre-vara/nytt")
    assert visitor.submit({"matter": said}).status == 422
    visitor.get("/battre-vara/nytt")
    visitor.submit({"matter": "parker"})
    page = visitor.submit({"text": said, "locality": said or "x", "place": said, "language": said})
    assert page.status == 422
    assert visitor.get(f"/battre-vara/{number}").status == 200
