"""What residents see of each kind, and how many statements that costs."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app import clock, db
from app.dialogues.kinds.models import Redirection
from app.dialogues.models import Dialogue
from app.dialogues.stages import PUBLIC_STAGES, STAGES_OF_KIND, Kind, Stage
from app.permissions import Role
from tests.factories.articles import make_article
from tests.factories.dialogues import make_whole
from tests.factories.kinds import make_consultation, make_information, make_user_dialogue, tell
from tests.factories.meetings import make_meeting
from tests.factories.people import make_person
from tests.visitor import Visitor

MAKE = {
    Kind.USER_DIALOGUE: make_user_dialogue,
    Kind.INFORMATION: make_information,
    Kind.STATUTORY_CONSULTATION: make_consultation,
}
LISTS = {
    Kind.USER_DIALOGUE: "/brukardialoger",
    Kind.INFORMATION: "/information",
    Kind.STATUTORY_CONSULTATION: "/samrad",
}
NAMES = {
    Kind.USER_DIALOGUE: "User dialogue",
    Kind.INFORMATION: "Information",
    Kind.STATUTORY_CONSULTATION: "Statutory consultation",
}
EACH = [(kind, stage) for kind in MAKE for stage in Stage if stage in STAGES_OF_KIND[kind]]


def make(kind: Kind, stage: Stage, **fields: object) -> Dialogue:
    with db.unit():
        return MAKE[kind](stage, **fields)


def page_of(visitor: Visitor, row: Dialogue):
    return visitor.get(f"/dialoger/{row.id}")


def tags(visitor: Visitor) -> list[str]:
    assert visitor.page is not None
    spans = visitor.page.find_all("span")
    return ["".join(e.itertext()) for e in spans if "tag" in (e.get("class") or "").split()]


@pytest.mark.requirement("R13")
@pytest.mark.parametrize(("kind", "stage"), EACH)
def test_each_says_what_it_is_where_it_is_public_and_is_nowhere_before(visitor, kind, stage):
    row = make(kind, stage)
    page = page_of(visitor, row)
    if stage not in PUBLIC_STAGES:
        assert page.status == 404
        return
    assert page.status == 200
    assert NAMES[kind] in tags(visitor)
    assert row.question in page.title
    assert LISTS[kind] in [link.partition("?")[0] for link in page.links()]
    assert "Set-Cookie" not in page.headers
    assert row.title in visitor.get(LISTS[kind]).words


@pytest.mark.requirement("R13")
@pytest.mark.parametrize("kind", MAKE)
def test_each_stands_in_its_own_list_and_in_no_other(visitor, kind):
    stage = Stage.OPEN if kind is Kind.USER_DIALOGUE else Stage.ANNOUNCED
    make(kind, stage, title="Kanariefågeln")
    pages = [path for path in ("/", "/dialoger", "/sa-blev-det", *LISTS.values()) if "Kanariefågeln" in
             visitor.get(path).words]  # fmt: skip
    assert pages == [LISTS[kind]]
    assert set(LISTS.values()) <= set(visitor.get("/dialoger").links())


def test_nothing_is_where_nothing_has_been_made(visitor):
    for path in LISTS.values():
        page = visitor.get(path)
        assert page.status == 200
        assert "Set-Cookie" not in page.headers


@pytest.mark.requirement("R22")
def test_information_says_plainly_that_nothing_is_open_and_why(visitor):
    row = make(Kind.INFORMATION, Stage.ANNOUNCED)
    words = page_of(visitor, row).words
    assert "Nothing is open to influence here." in words
    assert "Tekniska nämnden decided about it on" in words
    assert "§ 31" in words
    assert "https://vara.example/protokoll" in visitor.page.links()
    assert "What you can do now" not in words
    assert "This is our promise." not in words
    assert visitor.page.find_all("main")[0].findall(".//form") == []


@pytest.mark.requirement("R22")
def test_a_corrected_decision_takes_the_place_of_the_mistaken_one(visitor):
    row = make(Kind.INFORMATION, Stage.ANNOUNCED)
    with db.unit():
        tell(row, section_no="32")
    words = page_of(visitor, row).words
    assert "§ 32" in words
    assert "§ 31" not in words


@pytest.mark.requirement("R22")
def test_signing_up_to_an_information_meeting_is_the_only_form(visitor):
    with db.unit():
        row = make_information()
        make_article(row.id, title="Så byggs bron")
        meeting = make_meeting(row.id, form="information_meeting", title="Kom och fråga om bron")
    here = f"/dialoger/{row.id}-nya-bron"
    visitor.get(f"{here}/moten/{meeting.id}/anmalan")
    page = visitor.submit({"name": "Kim Lund", "email": "kim@example.se"})
    assert page.status == 200
    assert page.path.startswith("/moten/anmalan/")
    for tail in ("", "/artiklar", "/moten"):
        assert visitor.get(here + tail).find_all("main")[0].findall(".//form") == []
    assert "Information" in tags(visitor)


@pytest.mark.requirement("R22", "R7")
@pytest.mark.parametrize("kind", [Kind.INFORMATION, Kind.STATUTORY_CONSULTATION])
def test_what_asks_nothing_has_no_result_and_no_feedback(visitor, kind):
    row = make(kind, Stage.ANNOUNCED)
    slug = page_of(visitor, row).path.partition("-")[2]
    for tail in ("resultat", "aterkoppling"):
        assert visitor.get(f"/dialoger/{row.id}-{slug}/{tail}").status == 404


@pytest.mark.requirement("R7")
def test_a_consultation_leads_to_its_own_process_and_has_no_form(visitor):
    row = make(Kind.STATUTORY_CONSULTATION, Stage.ANNOUNCED)
    page = page_of(visitor, row)
    assert "https://vara.example/detaljplan" in page.links()
    assert "Nothing is sent in here." in page.words
    assert "The Planning and Building Act" in page.words
    assert "Held now" in tags(visitor)
    assert page.find_all("main")[0].findall(".//form") == []


@pytest.mark.requirement("R7")
@pytest.mark.parametrize(("opens", "closes", "says"), [
    (-2, 2, "Held now"), (1, 3, "Coming"), (-5, -1, "Ended"),
])  # fmt: skip
def test_a_consultation_says_whether_it_is_held_whatever_the_clock_has_done(visitor, opens, closes, says):
    now = clock_now()
    row = make(
        Kind.STATUTORY_CONSULTATION, Stage.ANNOUNCED,
        opens_at=now + timedelta(days=opens), closes_at=now + timedelta(days=closes),
    )  # fmt: skip
    page_of(visitor, row)
    assert says in tags(visitor)
    assert ("The consultation has ended." in visitor.page.words) == (says == "Ended")


def clock_now():
    with db.reading():
        return clock.now()


SAYS = {
    Stage.ANNOUNCED: "What you will be able to do",
    Stage.OPEN: "What you can do now",
    Stage.PAUSED: "Frågan rättas.",
    Stage.CLOSED: "The unit now goes through what came in",
    Stage.FED_BACK: "The user dialogue is finished.",
    Stage.ARCHIVED: "The user dialogue is finished.",
}


@pytest.mark.parametrize("stage", SAYS)
def test_a_user_dialogue_says_what_its_stage_means(visitor, stage):
    now = clock_now()
    ahead = {"opens_at": now + timedelta(days=2), "closes_at": now + timedelta(days=9)}
    past = {"opens_at": now - timedelta(days=20), "closes_at": now - timedelta(days=2)}
    times = ahead if stage is Stage.ANNOUNCED else past if stage in (Stage.CLOSED, Stage.FED_BACK) else {}
    reason = "Frågan rättas." if stage is Stage.PAUSED else ""
    row = make(Kind.USER_DIALOGUE, stage, pause_reason=reason, **times)
    words = page_of(visitor, row).words
    assert SAYS[stage] in words
    assert "Solgården" in words
    assert "It is not a citizen dialogue, and is not counted as one." in words
    assert ("What you can do now" in words) == (stage is Stage.OPEN)


def test_feedback_of_a_user_dialogue_is_open_to_all_and_late_feedback_is_seen(visitor):
    row = make(Kind.USER_DIALOGUE, Stage.FED_BACK)
    slug = page_of(visitor, row).path.partition("-")[2]
    assert "34 träd planteras." in visitor.get(f"/dialoger/{row.id}-{slug}/aterkoppling").words
    with db.reading():
        yesterday = clock.today() - timedelta(days=1)
    late = make(Kind.USER_DIALOGUE, Stage.CLOSED, feedback_by=yesterday)
    assert "We are late." in page_of(visitor, late).words


def test_why_it_is_no_citizen_dialogue_is_public(visitor):
    with db.unit():
        row, question = make_user_dialogue(), make_whole(Stage.ASSESSED, title="Hemlig titel")
        db.session().add(
            Redirection(from_id=question.id, to_id=row.id, reason="Det rör bara en grupp.", made_at=clock.now())
        )
    page = page_of(visitor, row)
    assert "Why it is not a citizen dialogue" in page.words
    assert "Det rör bara en grupp." in page.words
    assert "Hemlig titel" not in page.text


@pytest.mark.parametrize("prefix", ["/en", "/ar", "/lattlast"])
@pytest.mark.parametrize("kind", MAKE)
def test_swedish_texts_are_marked_where_the_page_speaks_another_language(visitor, kind, prefix):
    row = make(kind, Stage.ANNOUNCED)
    page = visitor.get(f"{prefix}/dialoger/{row.id}")
    marked = " ".join(" ".join(e.itertext()) for e in page.find_all("bdi") if e.get("lang") == "sv")
    assert (row.question in marked) == (prefix != "/lattlast")


def test_hostile_texts_are_only_text(visitor):
    for kind in MAKE:
        row = make(kind, Stage.ANNOUNCED, question="<script>alert(1)</script>", contact_name='"><img src=x>')
        page = page_of(visitor, row)
        assert "<script>alert" not in page.text
        assert "<img src=x" not in page.text


# ------------------------------------------------------------------ lists and search


@pytest.mark.parametrize("kind", MAKE)
def test_a_long_list_is_read_page_by_page(visitor, kind):
    with db.unit():
        for number in range(47):
            MAKE[kind](Stage.ANNOUNCED, title=f"Nummer {number:02}.")
    key = "coming" if kind is Kind.USER_DIALOGUE else "current"
    seen, path = [], f"{LISTS[kind]}?visa={key}"
    while path:
        page = visitor.get(path)
        seen += [f"Nummer {number:02}." for number in range(47) if f"Nummer {number:02}." in page.words]
        path = next((a.get("href") for a in page.find_all("a") if a.get("rel") == "next"), None)
    assert sorted(seen) == [f"Nummer {number:02}." for number in range(47)]
    assert visitor.get(LISTS[kind]).words.count("Nummer") == 5


@pytest.mark.parametrize(
    "query", ["visa=nonsense", "visa=coming&fore=x", "fore=-1", "visa=current&fore=99999999999999"]
)
def test_an_address_that_names_no_place_shows_the_list(visitor, query):
    for path in LISTS.values():
        assert visitor.get(f"{path}?{query}").status == 200


@pytest.mark.parametrize("kind", MAKE)
def test_search_finds_each_with_its_label(visitor, kind):
    with db.unit():
        MAKE[kind](Stage.ANNOUNCED, title="Kanariefågeln", question="Vad sjunger kanariefågeln?")
        make_whole(Stage.OPEN, title="Kanariefågeln igen")
    visitor.get("/sok?q=kanariefågeln")
    assert tags(visitor) == [NAMES[kind]]


def statements(visitor: Visitor, count_statements: list[str], path: str) -> int:
    visitor.get(path)
    count_statements.clear()
    assert visitor.get(path).status == 200
    return len(count_statements)


@pytest.mark.parametrize("who", ["guest", "lead"])
def test_every_page_costs_few_statements_however_many_there_are(visitor, count_statements, who):
    with db.unit():
        rows = [MAKE[kind](Stage.ANNOUNCED) for kind in MAKE]
        for _row in rows:
            make_whole(Stage.OPEN)
        make_meeting(rows[1].id, form="information_meeting")
        if who == "lead":
            visitor.sign_in_as(make_person(Role.OFFICIAL))
    paths = [visitor.get(f"/dialoger/{row.id}").path for row in rows] + [*LISTS.values(), "/dialoger", "/"]
    few = [statements(visitor, count_statements, path) for path in paths]
    with db.unit():
        for number in range(60):
            kind = list(MAKE)[number % 3]
            MAKE[kind](Stage.ANNOUNCED, title=f"Nummer {number}")
    many = [statements(visitor, count_statements, path) for path in paths]
    assert many == few
    assert max(many) <= 8, dict(zip(paths, many, strict=True))
