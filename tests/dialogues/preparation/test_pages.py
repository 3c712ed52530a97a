"""The pages of a preparation: what officials fill in, what those who decide and residents see, with few statements."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app import clock, db, i18n, mail
from app.dialogues.models import Dialogue
from app.dialogues.preparation import notices
from app.dialogues.preparation.events import PurposeRead, SecondReaderAsked
from app.dialogues.preparation.models import CostItem, GroundAnswer, LevelChoice, Stakeholder
from app.dialogues.stages import Stage
from app.permissions import Role
from tests.factories import preparation as make
from tests.factories.dialogues import make_dialogue, make_whole
from tests.factories.people import make_person
from tests.visitor import Visitor

PAGES = (
    "/niva", "/syfte/lasning", "/manniskor", "/diskrimineringsgrunder", "/lofte", "/tidplan", "/kostnad", "/uppfoljning"
)  # fmt: skip


def staff(the_app, role: Role = Role.OFFICIAL) -> Visitor:
    with db.unit():
        person = make_person(role)
    return Visitor(the_app).sign_in_as(person)


@pytest.fixture
def lead(the_app, isolated) -> Visitor:
    return staff(the_app)


def whole(stage: Stage = Stage.ASSESSED, **fields: object) -> Dialogue:
    """A dialogue with a priority group and costs besides what it must have."""
    with db.unit():
        one = make_whole(stage, **fields)
        make.priority_group(one, turnout=14 if stage not in (Stage.ASSESSED, Stage.DECIDED) else None, follow_up="Mer.")
        make.cost(one)
        make.cost(one, "option", "Träd längs gatan", 300_000)
        make.cost(one, "option", "Nya bänkar", 250_000)
        make.cost(one, "frame", "Budgeten 2027", 500_000)
        return one


def at(one: Dialogue, tail: str = "") -> str:
    return f"/arbetsyta/dialoger/{one.id}{tail}"


@pytest.mark.parametrize("stage", list(Stage))
def test_every_page_stands_at_every_stage(lead, stage):
    one = whole(stage)
    for tail in ("", *PAGES):
        assert lead.get(at(one, tail)).status == 200, tail


@pytest.mark.parametrize("tail", PAGES)
def test_an_empty_dialogue_has_its_pages_too(lead, tail):
    with db.unit():
        bare = make_dialogue(Stage.IDEA, level=None, purpose="", body_key=None, decision_on=None, opens_at=None)
    assert lead.get(at(bare, tail)).status == 200


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.OFFICIAL])
def test_others_may_read_but_not_write(the_app, isolated, role):
    one, other = whole(), staff(the_app, role)
    for tail, name in (
        ("/niva", "level_reason"), ("/manniskor", "who"), ("/diskrimineringsgrunder", "age_words"),
        ("/kostnad", "kronor"), ("/uppfoljning", "version"),
    ):  # fmt: skip
        page = other.get(at(one, tail))
        assert page.status == 200
        with pytest.raises(AssertionError, match="no form"):
            page.form(holding=name)


def test_the_task_list_links_to_everything_that_is_missing(lead):
    with db.unit():
        bare = make_dialogue(Stage.ASSESSED, level=None, commitment="", body_key=None)
        make.group(bare, channels=[])
        make.ground(bare, "age")
    page = lead.get(at(bare))
    for words in (
        "Another official must read the purpose", "Choose at least one of the council's goals", "its target groups",
        "Look at all seven grounds", "Write how the body will use the result", "Not all are reached",
    ):  # fmt: skip
        assert words in page.words
    for tail in ("/niva", "/syfte/lasning", "/manniskor", "/diskrimineringsgrunder", "/lofte", "/kostnad"):
        assert at(bare, tail) in page.links(), tail


@pytest.mark.requirement("R32")
def test_the_reasons_of_the_level_are_quoted_where_it_is_chosen_and_decided(the_app, lead):
    one = whole()
    assert one.purpose in lead.get(at(one, "/niva")).words
    page = staff(the_app, Role.ELECTED).get(f"/beslut/{one.id}")
    for words in ("Why this level", "Ett attraktivt Vara", "handlar längs gatan.", "40 000 kronor", "väger tyngst"):
        assert words in page.words
    for words in (
        "Kör bussarna längs gatan.",
        "Frågan berör alla lika här.",
        "How the result is used",
    ):
        assert words in page.words


@pytest.mark.requirement("R42")
def test_a_group_without_a_way_in_is_shown_as_a_warning(lead):
    one = whole()
    with db.unit():
        make.group(one, who="De som inte nås", channels=[])
    assert "No way in yet" in lead.get(at(one, "/manniskor")).words
    assert "Groups without a way in: 1" in lead.get(at(one)).words


@pytest.mark.requirement("R41")
def test_one_chooses_among_the_meetings_of_the_body(lead):
    with db.unit():
        one = make_whole(Stage.ASSESSED)
        day = clock.today() + timedelta(days=100)
        make.meeting("kommunstyrelsen", day)
        other = make.meeting("socialnamnden", day + timedelta(days=1)).held_on
        past = make.meeting("kommunstyrelsen", clock.today() - timedelta(days=1)).held_on
    page = lead.get(at(one, "/tidplan"))
    offered = [option.get("value") for option in page.find_all("option")]
    assert offered == ["", one.decision_on.isoformat(), day.isoformat()]
    for wrong in (other, past):
        assert lead.submit({"decision_on": wrong.isoformat()}).status == 422
    with db.reading():
        later = (day + timedelta(days=20)).isoformat()
    lead.submit({"decision_on": day.isoformat(), "feedback_by": later})
    with db.reading() as session:
        assert session.get_one(Dialogue, one.id).decision_on == day


@pytest.mark.parametrize(
    ("tail", "fields", "model"),
    [
        ("/niva", {"resources": "En annan."}, LevelChoice),
        ("/diskrimineringsgrunder", {"age_words": "En annan."}, GroundAnswer),
        ("/manniskor/{group}", {"interest": "En annan."}, Stakeholder),
        ("/kostnad/{cost}", {"text": "En annan."}, CostItem),
        ("/uppfoljning", {"words_{priority}": "En annan.", "turnout_{priority}": "7"}, Stakeholder),
    ],
)
def test_the_second_editor_loses_nothing(the_app, lead, tail, fields, model):
    one = whole(Stage.CLOSED if "uppfoljning" in tail else Stage.ASSESSED)
    with db.reading() as session:
        groups = session.query(Stakeholder).filter_by(dialogue_id=one.id).order_by(Stakeholder.id).all()
        ids = {"group": groups[0].id, "priority": groups[-1].id, "cost": session.query(CostItem.id).first()[0]}
    here, other = at(one, tail.format(**ids)), staff(the_app)
    fields = {name.format(**ids): value for name, value in fields.items()}
    other.get(here)
    lead.get(here)
    assert other.submit({name: value.replace("annan", "första") for name, value in fields.items()}).status == 200
    page = lead.submit(fields)
    assert page.status == 409
    assert "Somebody else saved this while you were writing." in page.words
    assert "En första." in page.words
    assert "En annan." in page.text
    assert lead.submit({}).status == 200
    with db.reading() as session:
        rows = session.query(model).filter_by(dialogue_id=one.id).all()
        assert any("En annan." in map(str, vars(row).values()) for row in rows)


@pytest.mark.parametrize("value", ["", "gratis", "-5", "1,5", "9" * 30, "3000000000", "\0", "١٢"])
def test_a_sum_that_is_none_gets_a_sentence_and_nothing_is_lost(lead, value):
    one = whole()
    lead.get(at(one, "/kostnad"))
    page = lead.submit({"kind": "part", "text": "Fika & lokal", "kronor": value}, holding="kronor")
    assert page.status == 422
    assert "Fika &amp; lokal" in page.text
    assert value.strip("\0") in page.text


@pytest.mark.parametrize("value", ["12 000", "12\u00a0000 kr", "12000:-", " 12000 kronor "])
def test_a_sum_is_understood_as_people_write_it(lead, value):
    one = whole()
    lead.get(at(one, "/kostnad"))
    assert lead.submit({"kind": "part", "text": "Fika", "kronor": value}, holding="kronor").status == 200
    with db.reading() as session:
        assert session.query(CostItem.kronor).filter_by(text="Fika").scalar() == 12_000


def test_a_form_with_nothing_of_ours_in_it_is_told_so(lead):
    one = whole()
    for tail, holding in (("/manniskor", "who"), ("/kostnad", "kronor"), ("/niva", "level_reason")):
        lead.get(at(one, tail))
        names = {e.get("name") for e in lead.page.form(holding).iter() if e.get("name")} - {"csrf_token"}
        page = lead.submit({name: "\0" for name in names}, holding=holding)
        assert page.status == 422, tail
    lead.get(at(one, "/diskrimineringsgrunder"))
    assert lead.submit({"age": "perhaps"}).status == 422


def test_what_is_no_longer_there_is_not_found(lead):
    one, other = whole(), whole()
    with db.reading() as session:
        group = session.query(Stakeholder.id).filter_by(dialogue_id=other.id).first()[0]
        cost = session.query(CostItem.id).filter_by(dialogue_id=other.id).first()[0]
    for tail in (f"/manniskor/{group}", f"/kostnad/{cost}", "/manniskor/0"):
        assert lead.get(at(one, tail)).status == 404


# ------------------------------------------------------------------ what others see


@pytest.mark.requirement("R17", "R52")
@pytest.mark.parametrize("stage", [Stage.ANNOUNCED, Stage.OPEN, Stage.CLOSED, Stage.FED_BACK])
def test_how_the_result_is_used_is_read_by_everyone_without_signing_in(visitor, stage):
    one = whole(stage)
    page = visitor.get(f"/dialoger/{one.id}-drottninggatan")
    assert "How the result is used:" in page.words
    assert one.commitment in page.words


@pytest.mark.requirement("R29", "R42")
def test_residents_see_who_is_invited_and_what_it_costs(visitor):
    one = whole(Stage.OPEN)
    page = visitor.get(f"/dialoger/{one.id}-drottninggatan")
    for words in ("De som bor vid gatan", "Kväll på fritidsgården", "Träd längs gatan", "Budgeten 2027"):
        assert words in page.words
    assert "All of them together cost 50 000 kr more than the frame holds" in page.words.replace("\u00a0", " ")
    assert "Kör bussarna längs gatan." not in page.words  # what a stakeholder thinks is not residents' reading
    assert "Region" not in page.words


@pytest.mark.requirement("R29")
def test_a_dialogue_without_costs_says_nothing_of_them(visitor):
    with db.unit():
        one = make_whole(Stage.OPEN)
    assert "What it costs" not in visitor.get(f"/dialoger/{one.id}-drottninggatan").words


@pytest.mark.requirement("R45")
def test_the_result_tells_how_many_came_to_what_was_done_for_a_priority_group(visitor):
    one = whole(Stage.COMPILED)
    page = visitor.get(f"/dialoger/{one.id}-drottninggatan/resultat")
    assert "Groups heard in particular" in page.words
    assert "14 people took part." in page.words
    assert "14 people" not in visitor.get(f"/dialoger/{whole(Stage.OPEN).id}-drottninggatan/resultat").words


@pytest.mark.parametrize("prefix", ["/en", "/ar"])
def test_swedish_words_are_marked_where_the_page_speaks_another_language(visitor, prefix):
    one = whole(Stage.OPEN)
    page = visitor.get(f"{prefix}/dialoger/{one.id}-drottninggatan")
    said = " ".join(" ".join(e.itertext()) for e in page.find_all("bdi") if e.get("lang") == "sv")
    for words in (one.commitment, "De som bor vid gatan", "Kväll på fritidsgården", "Träd längs gatan"):
        assert words in said


@pytest.mark.parametrize("language", ["sv", "en", "ar", "sv-simple"])
@pytest.mark.parametrize("is_concrete", [True, False])
def test_every_mail_holds_in_every_language(unit, language, is_concrete):
    one = make_dialogue(Stage.ASSESSED, purpose_edition=1, title="Gatan\r\nBcc: alla@example.se")
    make.read(one, is_concrete=is_concrete)
    facts = {"subject": "dialogue:1", "dialogue_id": one.id}
    spoken = i18n.named(language)
    for template, event in (
        ("purpose_to_read", SecondReaderAsked(**facts, reader_id=1)),
        ("purpose_read", PurposeRead(**facts, is_concrete=is_concrete)),
    ):
        written = mail.written(template, "a@example.se", spoken, key="k", **notices._facts(event))
        text = written.get_body(("plain",)).get_content()
        assert f"/arbetsyta/dialoger/{one.id}/syfte/lasning" in text
        assert "Gatan" in written["Subject"]
        assert written["Bcc"] is None
        assert ("ska använda svaren till" in text) == (template == "purpose_read" and not is_concrete)


def test_the_pages_ask_little_of_the_database(the_app, lead, count_statements):
    one = whole(Stage.ASSESSED)
    paths = [at(one, tail) for tail in ("", *PAGES)]
    elected = staff(the_app, Role.ELECTED)

    def counted(who: Visitor, path: str) -> int:
        who.get(path)
        count_statements.clear()
        assert who.get(path).status == 200
        return len(count_statements)

    few = [counted(lead, path) for path in paths] + [counted(elected, f"/beslut/{one.id}")]
    with db.unit():
        for number in range(30):
            make.group(one, who=f"Grupp {number}")
            make.cost(one, "option", f"Alternativ {number}", number)
            make_person(Role.OFFICIAL)
    many = [counted(lead, path) for path in paths] + [counted(elected, f"/beslut/{one.id}")]
    assert many == few
    assert max(few) <= 8
