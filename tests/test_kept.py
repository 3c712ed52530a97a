"""Nothing that a person wrote is lost: whatever refuses a form shows what was in it, and nothing that is secret."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, event
from wtforms import PasswordField

from app import db, kept
from app.accounts.models import SignInSession
from app.dialogues.models import Dialogue
from app.dialogues.stages import Stage
from app.forms import BaseForm
from app.permissions import Role
from tests.architecture.test_csrf import unsafe_routes
from tests.factories.dialogues import make_whole
from tests.factories.people import make_person
from tests.factories.surveys import make_survey
from tests.visitor import Visitor

WORDS = "Vi vill ha fler bänkar\noch <b>mindre</b> buller."


@pytest.fixture
def dialogue(isolated) -> Dialogue:
    with db.unit():
        return make_whole(Stage.ASSESSED)


@pytest.fixture
def lead(the_app, isolated) -> Visitor:
    with db.unit():
        return Visitor(the_app).sign_in_as(make_person(Role.OFFICIAL))


def purpose(dialogue: Dialogue) -> str:
    return f"/arbetsyta/dialoger/{dialogue.id}/syfte"


def saved_purpose(dialogue: Dialogue) -> str:
    with db.reading() as session:
        return session.get_one(Dialogue, dialogue.id).purpose


def end_session() -> None:
    with db.unit() as session:
        session.execute(delete(SignInSession))


def areas(page) -> dict[str, str]:
    """Text areas that are shown, by the words of their label."""
    labels = {label.get("for"): "".join(label.itertext()) for label in page.find_all("label")}
    return {labels[area.get("id")]: "".join(area.itertext()) for area in page.find_all("textarea")}


@pytest.mark.parametrize("prefix", ["", "/ar"])
def test_an_ended_session_keeps_the_words_and_one_goes_on_after_signing_in(lead, dialogue, prefix):
    lead.get(prefix + purpose(dialogue))
    end_session()
    page = lead.submit({"purpose": WORDS})
    assert page.status == 403
    assert any("/logga-in" in link for link in page.links())
    assert list(areas(page).values()) == [WORDS]
    refused = lead.page
    with db.unit():
        lead.sign_in_as(make_person(Role.OFFICIAL))  # on a page of its own
    lead.page = refused
    page = lead.submit({}, holding="purpose")
    assert page.status == 200
    assert saved_purpose(dialogue).replace("\r", "") == WORDS


def test_signed_out_and_in_on_another_page_the_form_comes_back_filled_in(lead, dialogue):
    """The token of the page is then another's: nothing is taken in until the person has sent it once more."""
    page = lead.get(purpose(dialogue))
    with lead.client.session_transaction() as cookie:
        cookie.pop("csrf_token")
    page = lead.submit({"purpose": WORDS})
    assert page.status == 422
    assert "Nothing has been saved yet" in page.words
    assert WORDS in areas(page).values()
    assert saved_purpose(dialogue) != WORDS
    assert lead.submit({}).status == 200
    assert saved_purpose(dialogue).replace("\r", "") == WORDS


def test_signed_out_altogether_the_token_fails_and_the_words_stand_below_the_refusal(lead, dialogue):
    lead.get(purpose(dialogue))
    with lead.client.session_transaction() as cookie:
        cookie.clear()
    page = lead.submit({"purpose": WORDS})
    assert page.status == 403
    assert list(areas(page).values()) == [WORDS]


def test_an_answer_that_came_after_the_close_is_shown_with_the_reason(the_app, isolated):
    with db.unit() as session:
        survey = make_survey(make_whole(Stage.OPEN, level="consultation"), audience="anyone")
        place = f"/dialoger/{survey.dialogue_id}-x/enkat/{survey.id}/fraga/4"
    visitor = Visitor(the_app)
    visitor.get(place)
    field = next(f.get("name") for f in visitor.page.find_all("textarea"))
    with db.unit() as session:
        session.get_one(Dialogue, survey.dialogue_id).stage = Stage.CLOSED
    page = visitor.submit({field: WORDS})
    assert page.status == 403
    assert "closed on" in page.words
    assert WORDS in areas(page).values()
    assert not any(button.text == "Go on with what I wrote" for button in page.find_all("button"))


def test_an_answer_with_an_old_token_is_kept_and_can_be_sent_again(the_app, isolated):
    with db.unit():
        survey = make_survey(make_whole(Stage.OPEN, level="consultation"), audience="anyone")
        place = f"/dialoger/{survey.dialogue_id}-x/enkat/{survey.id}/fraga/4"
    visitor = Visitor(the_app)
    visitor.get(place)
    field = next(f.get("name") for f in visitor.page.find_all("textarea"))
    visitor.client.delete_cookie("session")
    page = visitor.submit({field: WORDS})
    assert page.status == 422
    assert WORDS in areas(page).values()
    assert visitor.submit({}).status == 200


def test_a_text_to_a_page_that_is_gone_is_shown(lead, dialogue):
    lead.get(purpose(dialogue))
    lead.page.form().set("action", "/arbetsyta/dialoger/987654/syfte")
    page = lead.submit({"purpose": WORDS})
    assert page.status == 404
    assert list(areas(page).values()) == [WORDS]


def test_passwords_and_codes_are_never_shown_again(the_app, isolated):
    visitor = Visitor(the_app)
    visitor.get("/logga-in")
    visitor.client.delete_cookie("session")
    page = visitor.submit({"email": "kim@example.se", "password": "mycket hemligt ord"}, holding="password")
    assert page.status == 422
    assert "kim@example.se" in page.text
    assert "hemligt" not in page.text


def every_form(kind: type = BaseForm) -> list[type]:
    return [kind, *(below for one in kind.__subclasses__() for below in every_form(one))]


def test_every_secret_field_is_known_as_one(the_app):
    with the_app.test_request_context():
        for form in every_form():
            for name, field in vars(form).items():
                made = getattr(field, "field_class", None)
                hint = (getattr(field, "kwargs", {}).get("render_kw") or {}).get("autocomplete", "")
                if made is PasswordField or "one-time-code" in hint or "password" in hint:
                    assert kept.SECRET.search(name), f"{form.__name__}.{name}"


@pytest.mark.parametrize(
    "head", [{"Origin": "https://elak.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}]
)
def test_what_another_site_sends_is_not_shown_and_leaves_no_cookie(visitor, dialogue, head):
    page = visitor.post(purpose(dialogue), {"purpose": WORDS, "csrf_token": "forged"}, headers=head)
    assert page.status == 400
    assert "buller" not in page.text
    assert "Set-Cookie" not in page.headers


@pytest.mark.parametrize("role", [None, Role.ADMINISTRATOR, Role.OFFICIAL])
def test_whatever_route_it_is_a_form_without_its_token_changes_nothing(the_app, isolated, role):
    visitor, written = Visitor(the_app, strict=False), []
    with db.unit():
        person = make_person(role) if role is not None else None
    if person is not None:
        visitor.sign_in_as(person)

    def note(_connection, _cursor, statement, *_rest) -> None:
        verb, table = statement.split(None, 1)[0].upper(), statement.replace("INTO ", "").split()[1].strip('"')
        if verb in ("INSERT", "UPDATE", "DELETE") and table not in traces:
            written.append(statement)

    traces = {m.class_.__tablename__ for m in db.Base.registry.mappers if getattr(m.class_, "__trace__", False)}
    event.listen(db.engine(), "before_cursor_execute", note)
    try:
        for method, path in unsafe_routes(the_app):
            answer = visitor.client.open(
                path, method=method, data={"csrf_token": "forged", "text": WORDS, "email": "a@b.se"}
            )
            assert answer.status_code in (400, 403, 404, 410, 422), f"{method} {path}: {answer.status_code}"
            assert b"buller" in answer.data or answer.status_code in (410, 422), f"{method} {path}"
    finally:
        event.remove(db.engine(), "before_cursor_execute", note)
    assert written == []
    if person is not None:
        assert visitor.get("/konto").status == 200  # nor is anybody signed out
