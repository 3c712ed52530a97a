"""The officials' pages of phases, and what residents see of them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app import clock, db
from app.dialogues.models import Dialogue
from app.dialogues.phases import queries
from app.dialogues.stages import Stage
from app.permissions import Role
from tests.factories.dialogues import card, make_whole
from tests.factories.people import make_person
from tests.factories.phases import make_phase, time_thing
from tests.visitor import Visitor

DAY = timedelta(days=1)


@pytest.fixture
def lead(the_app, isolated) -> Visitor:
    with db.unit():
        person = make_person(Role.OFFICIAL)
    return Visitor(the_app).sign_in_as(person)


def make(stage: Stage = Stage.DECIDED, **fields) -> Dialogue:
    with db.unit():
        now = clock.now()
        times = {} if stage is Stage.OPEN else {"opens_at": now + 10 * DAY, "closes_at": now + 40 * DAY}
        return make_whole(stage, **{**times, **fields})


def wall(moment) -> str:
    return clock.local(moment).strftime("%Y-%m-%dT%H:%M")


def phases_of(dialogue) -> list[str]:
    with db.reading():
        return [one.name for one in queries.plan_of(dialogue.id).phases]


@pytest.mark.requirement("R37")
def test_a_phase_is_added_changed_filled_told_of_and_taken_away(lead):
    one = make()
    here = f"/arbetsyta/dialoger/{one.id}/faser"
    assert "This dialogue has no phases." in lead.get(here).words
    lead.get(here + "/ny")
    page = lead.submit({"name": "Vi samlar idéer"})
    assert page.status == 422
    assert "Say when the phase begins." in page.words
    page = lead.submit({"opens_at": wall(one.opens_at + DAY), "closes_at": wall(one.opens_at + 50 * DAY)})
    assert page.status == 422
    assert "This is too late" in page.words
    lead.submit({"opens_at": wall(one.opens_at + DAY), "closes_at": wall(one.opens_at + 9 * DAY)})
    assert phases_of(one) == ["Vi samlar idéer"]
    with db.reading():
        (phase,) = queries.plan_of(one.id).phases
    lead.get(f"{here}/tider/survey:{one.id}01")
    page = lead.submit({"phase": str(phase.id)})
    assert page.status == 200
    lead.get(f"{here}/{phase.id}")
    lead.submit({"name": "Idéer"})
    assert phases_of(one) == ["Idéer"]
    lead.get(f"{here}/{phase.id}/aterkoppling")
    page = lead.submit({"interim": "Ni vill ha **skugga**."}, press="preview")
    assert [b.text for b in page.find_all("strong")] == ["skugga"]
    lead.submit({}, press="save")
    with db.reading():
        assert queries.phase(phase.id).interim == "Ni vill ha **skugga**."
    lead.get(f"{here}/{phase.id}/bort")
    lead.submit({})
    assert phases_of(one) == []


@pytest.mark.parametrize("which", ["phase", "times", "interim"])
def test_the_second_editor_loses_nothing(lead, the_app, which):
    one = make()
    with db.unit():
        dialogue = db.session().get_one(Dialogue, one.id)
        phase = make_phase(dialogue, DAY, 9 * DAY)
        thing = f"survey:{one.id}01"
        time_thing(dialogue, thing, phase=phase)
        other = Visitor(the_app).sign_in_as(make_person(Role.OFFICIAL))
    start = f"/arbetsyta/dialoger/{one.id}/faser/"
    here = {"phase": f"{phase.id}", "times": f"tider/{thing}", "interim": f"{phase.id}/aterkoppling"}[which]
    field, theirs, mine = {
        "phase": ("name", "Den första", "Den andra"),
        "times": ("closes_at", wall(one.opens_at + 7 * DAY), wall(one.opens_at + 8 * DAY)),
        "interim": ("interim", "Den första.", "Den andra."),
    }[which]
    other.get(start + here)
    lead.get(start + here)
    assert other.submit({field: theirs}).status == 200
    page = lead.submit({field: mine})
    assert page.status == 409
    assert "Somebody else saved this while you were writing." in page.words
    assert mine in page.text
    assert lead.submit({}).status == 200
    with db.reading():
        plan = queries.plan_of(one.id)
    saved = {"phase": plan.phases[0].name, "interim": plan.phases[0].interim}
    kept = wall(plan.things[thing].closes_at) if which == "times" else saved[which]
    assert kept == mine


def test_an_open_dialogue_asks_why(lead):
    one = make(Stage.OPEN)
    lead.get(f"/arbetsyta/dialoger/{one.id}/faser/ny")
    told = {"name": "Vi röstar", "opens_at": wall(one.opens_at + 8 * DAY), "closes_at": wall(one.opens_at + 10 * DAY)}
    page = lead.submit(told)
    assert page.status == 422
    assert "Say why it is changed. Everyone can read this." in page.words
    assert lead.submit({"why": "Vi hann inte allt."}).status == 200
    assert "Vi hann inte allt." in lead.get(f"/dialoger/{one.id}-drottninggatan").words


def test_the_task_list_leads_there_and_says_what_is_late(lead):
    one = make(Stage.OPEN)
    with db.unit():
        make_phase(db.session().get_one(Dialogue, one.id), 0 * DAY, 3 * DAY)
    page = lead.get(f"/arbetsyta/dialoger/{one.id}")
    assert "Not written: Vi samlar idéer" in page.words
    assert f"/arbetsyta/dialoger/{one.id}/faser" in page.links()


def test_residents_see_the_phases_in_words_and_what_one_can_do_now(visitor):
    one = make(Stage.OPEN, level="influence")
    with db.unit():
        dialogue = db.session().get_one(Dialogue, one.id)
        before = make_phase(dialogue, 0 * DAY, 5 * DAY, interim="Ni vill ha skugga.")
        now = make_phase(dialogue, 5 * DAY, 9 * DAY, name="Vi ritar")
        after = make_phase(dialogue, 9 * DAY, 14 * DAY, name="Vi väljer")
        for number, phase in ((1, before), (2, now), (3, after)):
            if number > 1:
                card(dialogue, number)
            time_thing(dialogue, f"survey:{one.id}0{number}", phase=phase)
    page = visitor.get(f"/dialoger/{one.id}-drottninggatan")
    doing = page.words.partition("What you can do now")[2].partition("The phases of the dialogue")[0]
    assert [f"gatan {number}" in doing for number in (1, 2, 3)] == [False, True, False]
    steps = next(one for one in page.find_all("ol") if "phases" in (one.get("class") or ""))
    told = [" ".join("".join(li.itertext()).split()) for li in steps if li.tag.endswith("li")]
    assert ["(done)" in told[0], "now" in told[1], "Opens on" in told[2]] == [True, True, True]
    assert "Ni vill ha skugga." in told[0]
    assert "is shown here when it has ended" in told[1]


@pytest.mark.parametrize("path", ["", "/ny"])
def test_the_pages_cost_the_same_however_many_phases(lead, count_statements, path):
    one = make(Stage.OPEN)
    address = f"/arbetsyta/dialoger/{one.id}/faser{path}"

    def cost() -> int:
        lead.get(address)
        count_statements.clear()
        assert lead.get(address).status == 200
        return len(count_statements)

    few = cost()
    with db.unit():
        dialogue = db.session().get_one(Dialogue, one.id)
        for number in range(10):
            phase = make_phase(dialogue, number * DAY, (number + 1) * DAY, name=f"Fas {number}")
            card(dialogue, 10 + number)
            time_thing(dialogue, f"survey:{one.id}0{10 + number}", phase=phase)
    assert cost() == few <= 8
