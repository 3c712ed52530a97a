"""The pages of a change: the official's draft, the secretary's record, and what everyone reads of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app import clock, db
from app.dialogues import queries as dialogues
from app.dialogues.amendments import queries
from app.dialogues.amendments.models import State
from app.dialogues.models import Dialogue
from app.dialogues.stages import PUBLIC_STAGES, Stage
from app.permissions import Role
from tests.factories import amendments as make
from tests.factories.dialogues import decide, make_whole
from tests.factories.people import make_person
from tests.visitor import Visitor


def visitor_as(the_app, *roles: Role) -> Visitor:
    with db.unit():
        person = make_person(*roles)
    return Visitor(the_app).sign_in_as(person)


@pytest.fixture
def lead(the_app, isolated) -> Visitor:
    return visitor_as(the_app, Role.OFFICIAL)


@pytest.fixture
def secretary(the_app, isolated) -> Visitor:
    return visitor_as(the_app, Role.SECRETARY)


@pytest.fixture
def one(isolated) -> Dialogue:
    with db.unit():
        return make_whole(Stage.OPEN)


def desk(one: Dialogue, tail: str = "") -> str:
    return f"/arbetsyta/dialoger/{one.id}/andring{tail}"


def public(one: Dialogue, tail: str = "") -> str:
    return f"/dialoger/{one.id}-drottninggatan{tail}"


def minutes() -> dict[str, str]:
    with db.reading():
        return {"section_no": "61", "case_number": "KS 1", "decided_on": clock.today().isoformat()}


def fresh(one: Dialogue) -> Dialogue:
    with db.reading() as session:
        return session.get_one(Dialogue, one.id)


@pytest.mark.requirement("R30")
def test_a_change_goes_from_the_draft_to_the_body_to_everyone(lead, secretary, visitor, one):
    lead.get(desk(one, "/utkast"))
    lead.submit({"question": make.QUESTION, "why": "Torget byggs om samtidigt."})
    assert "Draft" in lead.page.words
    lead.submit(holding=desk(one, "/lamna"))
    assert "Waits for the body" in lead.page.words
    assert make.QUESTION not in visitor.get(public(one)).words  # what is proposed is not public
    page = secretary.get(f"/beslut/{one.id}/andring")
    assert make.QUESTION in page.words
    assert "Torget byggs om samtidigt." in page.words
    secretary.submit({"outcome": "approved", **minutes()})
    assert secretary.page.status == 200
    page = visitor.get(public(one))
    assert make.QUESTION in page.title
    assert "Changed by a decision of Kommunstyrelsen" in page.words
    page = visitor.get(public(one, "/beslut"))
    for words in ("Hur ska Drottninggatan se ut?", make.QUESTION, "§ 61", "Torget byggs om samtidigt."):
        assert words in page.words


def test_a_change_that_is_turned_down_is_told_to_the_official(lead, secretary, visitor, one):
    with db.unit():
        make.propose(one)
    secretary.get(f"/beslut/{one.id}/andring")
    page = secretary.submit({"outcome": "rejected", **minutes()})
    assert page.status == 422
    secretary.submit({"reason": "Frågan räcker."})
    assert fresh(one).question == "Hur ska Drottninggatan se ut?"
    page = visitor.get(public(one, "/beslut"))
    assert "Kommunstyrelsen turned down a change of the dialogue." in page.words
    assert make.QUESTION not in page.words
    assert "No change is proposed." in lead.get(desk(one)).words


def test_the_scope_is_written_thing_by_thing(lead, one):
    lead.get(desk(one, "/utkast"))
    page = lead.submit({"item_1": "", "item_3": "Rören byts 2027", "item_open": "Torgets mitt", "why": "Därför.",
                        "item_fixed": "Budgeten"})  # fmt: skip
    assert page.status == 422
    assert "Say why this is fixed." in page.words
    page = lead.submit({"why_fixed": "Den är beslutad."})
    assert page.status == 200
    with db.reading():
        (row,) = queries.waiting([one.id]).values() or [queries.under_way(one.id)]
        items = [(item["is_open"], item["text"], item["why"]) for item in row.values["scope"]]
    assert items == [
        (True, "Var cyklar och bilar får plats", ""),
        (False, "Rören byts 2027", "De gamla läcker."),
        (True, "Torgets mitt", ""),
        (False, "Budgeten", "Den är beslutad."),
    ]
    page = lead.get(desk(one, "/utkast"))
    assert "Torgets mitt" in page.text
    assert lead.submit({"item_1": "", "item_3": "", "item_open": ""}).status == 422


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "Say why it is changed."),
        ({"why": "Därför."}, "Nothing is changed yet"),
        ({"why": "Därför.", "question": ""}, "Write the question that residents are asked."),
        ({"why": "Därför.", "level": "information"}, "To inform only is not to hold a dialogue."),
        ({"why": "Därför.", "body_key": "x"}, "Choose an elected body from the list."),
        ({"why": "Därför.", "item_1": "", "item_2": ""}, "Say at least one thing that residents can influence."),
        ({"why": "Därför.", "promise": "x" * 2001}, "Use at most 2000 characters."),
    ],
)
def test_what_cannot_be_taken_gets_a_sentence(lead, one, fields, said):
    lead.get(desk(one, "/utkast"))
    page = lead.submit(fields)
    assert page.status == 422
    assert said in page.words


def test_the_second_of_two_officials_loses_nothing(lead, the_app, one):
    other = visitor_as(the_app, Role.OFFICIAL)
    for who in (lead, other):
        who.get(desk(one, "/utkast"))
    other.submit({"question": "Den första?", "why": "Därför."})
    page = lead.submit({"question": "Den andra?", "why": "Därför."})
    assert page.status == 409
    assert "Den andra?" in page.text
    lead.submit()
    with db.reading():
        assert queries.under_way(one.id).values == {"question": "Den andra?"}


def test_a_draft_that_was_written_on_is_not_put_unread(lead, the_app, one):
    lead.get(desk(one, "/utkast"))
    lead.submit({"question": "Den första?", "why": "Därför."})
    seen = lead.page
    other = visitor_as(the_app, Role.OFFICIAL)
    other.get(desk(one, "/utkast"))
    other.submit({"question": "Den andra?"})
    lead.page = seen
    page = lead.submit(holding=desk(one, "/lamna"))
    assert page.status == 409
    assert "Somebody else wrote on the draft just before you." in page.words
    lead.submit(holding=desk(one, "/lamna"))
    with db.reading():
        assert queries.under_way(one.id).state == State.PUT


def test_a_change_is_taken_back(lead, one):
    with db.unit():
        make.propose(one)
    lead.get(desk(one))
    assert lead.page.status == 200
    page = lead.submit(holding=desk(one, "/tillbaka"))
    assert "No change is proposed." in page.words
    assert lead.post(desk(one, "/tillbaka")).status in (400, 403, 404, 422)


@pytest.mark.requirement("R3")
@pytest.mark.parametrize("role", [Role.ELECTED, Role.OFFICIAL, Role.COMMUNICATIONS])
def test_others_read_and_do_not_record(the_app, isolated, one, role):
    with db.unit():
        make.propose(one)
    who = visitor_as(the_app, role)
    for word in ("halla", "andring", "arendet", "senare", "stanga", "avbryta"):
        assert who.get(f"/beslut/{one.id}/{word}").status == 403
    assert who.get(desk(one)).status == 200


def test_the_body_closes_it_early(secretary, visitor, one):
    secretary.get(f"/beslut/{one.id}/stanga")
    page = secretary.submit({**minutes(), "reason": "Ledningen brast."})
    assert page.status == 200
    assert fresh(one).stage == Stage.CLOSED
    page = visitor.get(public(one, "/beslut"))
    assert "Kommunstyrelsen closed the dialogue early." in page.words
    assert "Ledningen brast." in page.words


def test_a_later_decision_leads_nowhere_and_is_public(secretary, visitor, isolated):
    with db.unit():
        one = make_whole(Stage.FED_BACK)
    secretary.get(f"/beslut/{one.id}/senare")
    assert secretary.submit({**minutes(), "reason": ""}).status == 422
    secretary.submit({"reason": "Träden planteras ett år senare."})
    assert fresh(one).stage == Stage.FED_BACK
    page = visitor.get(public(one, "/beslut"))
    assert "Kommunstyrelsen decided in the matter again." in page.words
    assert "Träden planteras ett år senare." in page.words


@pytest.mark.requirement("R48")
def test_a_mistyped_section_is_corrected_in_public_with_its_reason(secretary, visitor, one):
    with db.reading() as session:
        number = dialogues.Dossier(session.get_one(Dialogue, one.id)).records[0].id
    secretary.get(f"/beslut/{one.id}/ratta/{number}")
    secretary.submit({"section_no": "45", "why": "Paragrafen var fel skriven."})
    page = visitor.get(public(one, "/beslut"))
    assert "§ 45" in page.words
    assert "It said before: Kommunstyrelsen" in page.words
    assert "Paragrafen var fel skriven." in page.words
    assert page.words.index("§ 45") < page.words.index("§ 54")
    assert secretary.get(f"/beslut/{one.id}/ratta/{number}").status == 404


@pytest.mark.requirement("R48")
def test_what_is_decided_about_is_what_one_has_read(secretary, lead, isolated):
    with db.unit():
        one = make_whole(Stage.PREPARED)
    secretary.get(f"/beslut/{one.id}/halla")
    lead.get(f"/arbetsyta/dialoger/{one.id}/fraga")
    lead.submit({"question": "Hur ska gatan bli?"})
    page = secretary.submit({"outcome": "approved", **minutes()})
    assert page.status == 409
    assert fresh(one).stage == Stage.PREPARED
    secretary.submit({})
    assert fresh(one).stage == Stage.DECIDED


@pytest.mark.requirement("R51")
def test_a_late_decision_is_seen_by_everyone(visitor, isolated):
    with db.unit():
        day = clock.today()
        late = make_whole(Stage.HANDED_OVER, decision_on=day - timedelta(days=31))
        soon = make_whole(Stage.HANDED_OVER, decision_on=day - timedelta(days=30))
        done = make_whole(Stage.RESOLVED, decision_on=day - timedelta(days=90))
    said = "Kommunstyrelsen was to decide in the matter, or to say why it does not"
    for tail in ("", "/resultat", "/beslut"):
        assert said in visitor.get(public(late, tail)).words
        assert said not in visitor.get(public(soon, tail)).words
        assert said not in visitor.get(public(done, tail)).words


@pytest.mark.parametrize("stage", list(Stage))
def test_every_page_stands_at_every_stage(lead, secretary, visitor, isolated, stage):
    with db.unit():
        one = make_whole(stage)
    for path in (desk(one), desk(one, "/utkast")):
        assert lead.get(path).status == 200
    assert visitor.get(public(one, "/beslut")).status == (200 if stage in PUBLIC_STAGES else 404)
    for word in ("halla", "andring", "arendet", "senare", "stanga", "avbryta"):
        assert secretary.get(f"/beslut/{one.id}/{word}").status in (200, 403, 404)


@pytest.mark.parametrize("prefix", ["", "/ar"])
def test_few_statements_however_much_has_been_decided(visitor, secretary, count_statements, one, prefix):
    def statements(who: Visitor, path: str) -> int:
        who.get(path)
        count_statements.clear()
        assert who.get(path).status == 200
        return len(count_statements)

    paths = [(visitor, prefix + public(one, "/beslut")), (visitor, prefix + public(one)),
             (secretary, f"{prefix}/beslut/{one.id}")]  # fmt: skip
    few = [statements(who, path) for who, path in paths]
    with db.unit() as session:
        row = session.get_one(Dialogue, one.id)
        for number in range(8):
            make.amend(row, question=f"Fråga {number}?")
            decide(row, section_no=str(number))
    assert [statements(who, path) for who, path in paths] == few
    assert max(few) <= 8


def test_hostile_texts_are_only_text(visitor, lead, one):
    with db.unit() as session:
        row = session.get_one(Dialogue, one.id)
        make.amend(row, question="<script>alert(1)</script>", promise='"><img src=x>')
        make.propose(row, why="<b onclick=x>", values={"purpose": "<i>x</i>"})
    for page in (visitor.get(public(one, "/beslut")), lead.get(desk(one)), visitor.get("/ar" + public(one, "/beslut"))):
        for bad in ("<script>alert", "<img src=x", "<b onclick", "<i>x"):
            assert bad not in page.text
