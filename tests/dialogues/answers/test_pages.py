"""The pages of what comes after: what residents read, what officials write, and what each costs."""

from __future__ import annotations

import gzip
import hashlib
from datetime import timedelta

import pytest
from sqlalchemy import text

from app import clock, db
from app.dialogues.answers import queries
from app.dialogues.answers.models import Compilation, Consideration, ResultReport
from app.dialogues.models import Dialogue
from app.dialogues.queries import Dossier
from app.dialogues.stages import Stage
from app.multilingual.queries import digest
from app.permissions import Role
from tests.factories.answers import add_theme, promise
from tests.factories.dialogues import answer, card, make_dialogue, make_whole, meeting_of
from tests.factories.multilingual import make_translation
from tests.factories.people import make_person
from tests.visitor import Visitor

SLUG = "drottninggatan"


@pytest.fixture
def lead(the_app, isolated) -> Visitor:
    with db.unit():
        person = make_person(Role.OFFICIAL)
    return Visitor(the_app).sign_in_as(person)


def make(stage: Stage = Stage.CLOSED, **fields: object) -> Dialogue:
    with db.unit():
        return make_whole(stage, **fields)


def at(dialogue: Dialogue, tail: str = "") -> str:
    return f"/dialoger/{dialogue.id}-{SLUG}{tail}"


def desk(dialogue: Dialogue, tail: str = "") -> str:
    return f"/arbetsyta/dialoger/{dialogue.id}{tail}"


# ------------------------------------------------------------------ residents


@pytest.mark.requirement("R28")
def test_the_result_is_open_to_all(visitor):
    one = make(Stage.COMPILED)
    page = visitor.get(at(one, "/resultat"))
    assert page.status == 200
    assert page.title.startswith("Träd och en säker cykelväg är viktigast")
    for words in ("Träd längs hela gatan", "De flesta vill ha skugga", "Unga under 25 saknas.", "valde det själva",
                  "Två personer läste", "213 answers and contributions have been read."):  # fmt: skip
        assert words in page.words
    assert "Set-Cookie" not in page.headers
    assert "How the answers were taken into account" not in page.words


@pytest.mark.requirement("R51")
@pytest.mark.parametrize("stage", [Stage.COMPILED, Stage.HANDED_OVER, Stage.RESOLVED, Stage.FED_BACK])
def test_it_says_that_it_is_a_basis_and_who_decides(visitor, stage):
    page = visitor.get(at(make(stage), "/resultat"))
    assert "The result is a basis for the decision; it does not decide by itself." in page.words
    assert "Who decides: Kommunstyrelsen." in page.words


@pytest.mark.parametrize("stage", [Stage.CLOSED, Stage.OPEN, Stage.CANCELLED])
def test_before_it_is_published_nobody_outside_reads_it(visitor, stage):
    one = make(stage)
    for tail in ("/resultat", "/aterkoppling"):
        page = visitor.get(at(one, tail))
        assert page.status == 200
        assert "Träd längs hela gatan" not in page.words
    assert visitor.get(at(one, "/resultat/rapport/1")).status == 404


@pytest.mark.requirement("R53")
def test_what_became_of_each_theme_is_told_with_the_decision(visitor):
    one = make(Stage.RESOLVED)
    with db.unit() as session:
        answer(session.get_one(Dialogue, one.id))
    for tail in ("/resultat", "/aterkoppling"):
        assert "Bredden räcker inte till." not in visitor.get(at(one, tail)).words
    two = make(Stage.FED_BACK)
    for tail in ("/resultat", "/aterkoppling"):
        page = visitor.get(at(two, tail))
        for words in ("Followed", "34 träd planteras.", "Not followed", "Bredden räcker inte till.", "§ 12"):
            assert words in page.words


def test_what_the_municipality_does_is_told_with_how_far_it_has_come(visitor):
    one = make(Stage.FED_BACK)
    with db.unit() as session:
        row = session.get_one(Dialogue, one.id)
        promise(row, text="Vattenlek", progress="not_done", why="För dyrt.")
        promise(row, text="Cykelställ", due_on=clock.today() - timedelta(days=3))
    page = visitor.get(at(one, "/aterkoppling"))
    for words in ("34 träd planteras längs gatan", "Gatuenheten", "Will not be done", "För dyrt.", "Late", "next step"):
        assert words in page.words
    assert "about 211 at a meeting" in page.words


@pytest.mark.requirement("R50")
def test_a_report_says_its_fingerprint_and_verifies_it(visitor):
    one = make(Stage.HANDED_OVER)
    with db.reading():
        row = queries.report(one.id, 1)
    page = visitor.get(at(one, "/resultat/rapport/1"))
    assert row.hash in page.words
    assert "agrees with its fingerprint" in page.words
    assert "Träd längs hela gatan" in page.words
    assert "skugga" in [e.text for e in page.find_all("strong")]
    file = visitor.get(at(one, "/resultat/rapport/1.json"))
    assert hashlib.sha256(file.text.encode()).hexdigest() == row.hash
    assert visitor.get(at(one, "/resultat/rapport/2")).status == 404
    assert visitor.get(f"/dialoger/{one.id}-annat/resultat/rapport/1", follow=False).status == 301
    assert f"{at(one)}/resultat/rapport/1" in visitor.get(at(one, "/resultat")).links()


@pytest.mark.requirement("R50")
def test_a_report_that_somebody_has_changed_is_not_shown(visitor, database):
    one = make(Stage.HANDED_OVER)
    with db.unit() as session:
        if database.startswith("sqlite"):
            session.connection().execute(text("DROP TRIGGER result_report_kept_update"))
        else:
            session.connection().execute(text("SET LOCAL session_replication_role = replica"))
        changed = ResultReport.__table__.update().values(content='{"themes": "Parkering"}')
        session.connection().execute(changed)
    page = visitor.get(at(one, "/resultat/rapport/1"))
    assert page.status == 200
    assert "does not agree with its fingerprint" in page.words
    assert "Parkering" not in page.words


def test_markup_in_a_theme_is_text_everywhere(visitor, lead):
    one = make()
    lead.get(desk(one, "/teman"))
    lead.submit({"name": "<k9q>", "said": "<script>k9q()</script> [x](javascript:k9q())", "count": "1"}, holding="said")
    with db.unit() as session:
        row = session.get_one(Compilation, one.id)
        row.confirmed_edition, row.published_at = row.edition, clock.now()
        session.get_one(Dialogue, one.id).stage = Stage.COMPILED
        meeting_of("kommunstyrelsen", clock.today() + timedelta(days=20))
    for path in (desk(one, "/teman"), desk(one, "/teman/granskning")):
        assert "<k9q>" not in lead.get(path).text
    page = visitor.get(at(one, "/resultat"))
    assert "<k9q>" in page.words
    assert "<script>k9q" not in page.text
    assert 'href="javascript' not in page.text


def test_texts_are_read_in_ones_own_language(visitor):
    one = make(Stage.FED_BACK)
    with db.unit() as session:
        found = queries.compiled(Dossier(session.get_one(Dialogue, one.id)))
        theme = found.themes[0]
        why = found.considered[theme.id].why
        for subject, field, source, said in (
            (f"theme:{theme.id}", "name", theme.name, "Trees along the street"),
            (f"consideration:{theme.id}", "why", why, "34 trees are planted."),
            (f"compilation:{one.id}", "finding", found.compilation.finding, "Trees matter most"),
        ):
            row = make_translation(subject, field, "en", said, source=source, status="reviewed")
            assert row.source_version == digest(source)
    page = visitor.get("/en" + at(one, "/resultat"))
    for words in ("Trees along the street", "34 trees are planted.", "Trees matter most"):
        assert words in page.words
    assert "En egen cykelbana" in page.words


@pytest.mark.parametrize("prefix", ["", "/ar"])
def test_residents_pages_cost_the_same_however_much_there_is(visitor, count_statements, prefix):
    def statements(path: str) -> int:
        visitor.get(path)
        count_statements.clear()
        assert visitor.get(path).status == 200
        return len(count_statements)

    one = make(Stage.FED_BACK)
    with db.unit():
        visitor.sign_in_as(make_person())
        late = make_whole(Stage.RESOLVED, feedback_by=clock.today() - timedelta(days=1))
        assert late.id
    paths = [prefix + at(one, tail) for tail in ("/resultat", "/aterkoppling", "/resultat/rapport/1")]
    paths.append(f"{prefix}/sa-blev-det")
    few = [statements(path) for path in paths]
    with db.unit() as session:
        row = session.get_one(Dialogue, one.id)
        for number in range(40):
            promise(row, text=f"Åtgärd {number}")
            theme = add_theme(row, number + 3, name=f"Tema {number}")
            decision = Dossier(row).records[-1].id
            session.add(
                Consideration(
                    theme_id=theme.id, stance="partly", why="Delvis.", decision_id=decision, written_at=clock.now()
                )
            )  # fmt: skip
            make_whole(Stage.RESOLVED, feedback_by=clock.today() - timedelta(days=number + 2))
    many = [statements(path) for path in paths]
    assert max(many) <= 8
    assert many == few
    assert max(len(gzip.compress(visitor.get(path).text.encode(), 9)) for path in paths) <= 30 * 1024


@pytest.mark.requirement("R54")
def test_what_is_overdue_is_seen_by_everyone(visitor, lead, the_app):
    with db.unit():
        yesterday = clock.today() - timedelta(days=1)
        late = make_whole(Stage.RESOLVED, title="Sen", question="Var är svaret?", feedback_by=yesterday)
        make_whole(Stage.RESOLVED, title="I tid", question="Ännu inte?")
        make_whole(Stage.FED_BACK, title="Klar", question="Redan sagt?", feedback_by=yesterday)
        elected = Visitor(the_app).sign_in_as(make_person(Role.ELECTED))
    page = visitor.get("/sa-blev-det")
    assert "We are late with these answers" in page.words
    assert f"/dialoger/{late.id}-sen/aterkoppling" in page.links()
    assert "Ännu inte?" not in page.words
    assert "Redan sagt?" not in page.words
    assert "late" in lead.get("/arbetsyta").words
    assert "Promised and overdue" in elected.get("/beslut").words
    assert "We are late." in visitor.get(f"/dialoger/{late.id}-sen/aterkoppling").words


def test_a_municipality_that_keeps_its_word_sees_no_list_of_late_answers(visitor):
    make_dialogue_in_time()
    page = visitor.get("/sa-blev-det")
    assert "We are late" not in page.words
    assert "This is still to be done" in page.words


def make_dialogue_in_time() -> None:
    make(Stage.FED_BACK)
    with db.unit():
        make_dialogue(Stage.RESOLVED)


# ------------------------------------------------------------------ officials


def test_numbers_that_are_none_get_a_sentence_and_nothing_is_lost(lead):
    one = make()
    lead.get(desk(one, "/teman"))
    for value in ("", "många", "-1", "9" * 30, "1.5", "\0"):
        page = lead.submit({"name": "Bänkar", "said": "Med armstöd.", "count": value}, holding="said")
        assert page.status == 422
        assert "Write a whole number" in page.words
        assert "Med armstöd." in page.text
    assert lead.submit({"count": "1 200"}, holding="said").status == 200
    assert "About 1200 answers and contributions" in lead.page.words
    lead.get(desk(one, "/teman/helhet"))
    page = lead.submit({"read_in_all": "", "lives": "x"})
    assert page.status == 422
    assert page.words.count("Write a whole number") >= 2


@pytest.mark.parametrize("tail", ["/teman/helhet", "/hansyn"])
def test_the_second_editor_loses_nothing(lead, the_app, tail):
    one = make(Stage.RESOLVED if tail == "/hansyn" else Stage.CLOSED)
    with db.unit() as session:
        other = Visitor(the_app).sign_in_as(make_person(Role.OFFICIAL))
        if tail == "/hansyn":
            found = queries.compiled(Dossier(session.get_one(Dialogue, one.id)))
            session.delete(found.considered[found.themes[0].id])
            tail += f"/{found.themes[0].id}"
    first, second = (
        ({"finding": "Den första."}, {"finding": "Den andra."})
        if "helhet" in tail
        else ({"stance": "followed", "why": "Den första."}, {"stance": "partly", "why": "Den andra."})
    )
    other.get(desk(one, tail))
    lead.get(desk(one, tail))
    assert other.submit(first).status == 200
    page = lead.submit(second)
    assert page.status == 409
    assert "Den första." in page.words
    assert "Den andra." in page.text
    assert lead.submit({}).status == 200


def test_the_result_is_handed_over_on_its_page(lead):
    one = make(Stage.CLOSED)
    lead.get(desk(one, "/flytta/compiled"))
    lead.submit({})
    page = lead.get(desk(one, "/flytta/handed_over"))
    assert page.path == desk(one, "/overlamna")
    assert "No meeting of the body takes papers now." in page.words
    with db.unit():
        meeting_of("kommunstyrelsen", clock.today() + timedelta(days=5))
        meeting_of("kommunstyrelsen", clock.today() + timedelta(days=25))
    page = lead.get(desk(one, "/overlamna"))
    radios = [e for e in page.find_all("input") if e.get("name") == "meeting"]
    assert len(radios) == 1
    assert lead.submit({}).status == 422
    page = lead.submit({"meeting": radios[0].get("value")})
    assert "The body has the result as it stands." in page.words
    assert "SHA-256" in page.words
    assert "Report 1" in page.words


def test_the_log_is_kept_on_its_pages(lead):
    one = make(Stage.FED_BACK)
    page = lead.get(desk(one, "/utskick"))
    assert "about 211 at a meeting" in page.words
    page = lead.submit({"about": "feedback", "way": "paper", "count": "0", "note": "Anslag"}, holding="way")
    assert page.status == 422
    assert "Anslag" in page.text
    page = lead.submit({"count": "30"}, holding="way")
    assert "about 30 on paper" in page.words
    lead.get(next(href for href in page.links() if href.endswith("/stryk")))
    page = lead.submit({"why": "Fel dag."})
    assert "about 30 on paper" not in page.words
    assert "Fel dag." in page.words
    lead.get(desk(one, "/utskick/studsat"))
    page = lead.submit({"about": "feedback", "address": "nobody@example.se"})
    assert page.status == 422
    assert "No mail about this was sent to that address." in page.words


def test_follow_ups_are_kept_on_their_pages_and_the_desk_shows_what_is_due(lead):
    one = make(Stage.ARCHIVED)
    lead.get(desk(one, "/uppfoljning"))
    with db.reading():
        soon = (clock.today() + timedelta(days=2)).isoformat()
    lead.submit({"text": "Cykelställ vid stationen", "unit": "Gatuenheten", "due_on": soon})
    assert "Cykelställ vid stationen" in lead.get("/arbetsyta").words
    lead.get(next(href for href in lead.page.links() if "/uppfoljning/" in href))
    page = lead.submit({"progress": "not_done", "why": ""})
    assert page.status == 422
    page = lead.submit({"why": "Platsen behövs för bussarna."})
    assert "Platsen behövs för bussarna." in page.words
    assert "Cykelställ vid stationen" not in lead.get("/arbetsyta").words


def test_a_theme_of_another_dialogue_is_not_reached_through_ones_own(lead):
    mine, other = make(), make()
    with db.reading() as session:
        theme = queries.compiled(Dossier(session.get_one(Dialogue, other.id))).themes[0]
    for tail in (f"/teman/{theme.id}", f"/teman/{theme.id}/bort", f"/hansyn/{theme.id}"):
        assert lead.get(desk(mine, tail)).status == 404


def test_officials_pages_cost_the_same_however_much_there_is(lead, count_statements):
    def statements(path: str) -> int:
        lead.get(path)
        count_statements.clear()
        assert lead.get(path).status == 200
        return len(count_statements)

    one, closed = make(Stage.FED_BACK), make(Stage.CLOSED)
    with db.unit():
        promise(one, due_on=clock.today())
    tails = ("/teman", "/teman/helhet", "/teman/granskning", "/overlamna", "/hansyn", "/utskick", "/uppfoljning", "")
    paths = [desk(row, tail) for row in (one, closed) for tail in tails] + ["/arbetsyta", "/beslut"]
    few = [statements(path) for path in paths]
    with db.unit() as session:
        for row in (session.get_one(Dialogue, one.id), session.get_one(Dialogue, closed.id)):
            for number in range(20):
                add_theme(row, number + 3, name=f"Tema {number}")
                card(row, number + 5)
                promise(row, due_on=clock.today())
    assert [statements(path) for path in paths] == few
    assert max(few) <= 12
