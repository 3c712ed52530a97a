"""Before a question becomes a dialogue: nothing is settled, the municipality decides, and views are worth something."""

from __future__ import annotations

from itertools import product

import pytest
from sqlalchemy import select

from app import db
from app.dialogues import criteria, lifecycle, service
from app.dialogues.intake import areas, gate, prior, queries
from app.dialogues.intake.gate import UNCLEAR
from app.dialogues.intake.models import AssessmentBasis, RowChanged
from app.dialogues.models import Dialogue
from app.dialogues.problems import NotAccepted
from app.dialogues.stages import Stage
from app.jobs import Job
from app.permissions import Actor, Refusal, Role
from tests.factories.dialogues import assess, decide, make_dialogue, make_whole, rest_of
from tests.factories.people import actor_of, make_actor, make_person

YES = {key: ("yes", "Gatan är inte ritad än.") for key in criteria.KEYS}
WHY = "Frågan är redan avgjord."


@pytest.fixture
def lead(unit) -> Actor:
    return make_actor(Role.OFFICIAL)


def lacking(dialogue: Dialogue, to: Stage = Stage.PREPARED) -> list[str]:
    return [str(lack.sentence) for lack in service.missing(dialogue, to, WHY)]


@pytest.mark.requirement("R18", "R21", "R25")
def test_with_all_four_criteria_met_exactly_one_of_the_rest_leads_to_prepared(unit):
    """Position × prior decision × whose it is, through the life cycle itself; a doubt stops as a no does."""
    dialogue, passing = make_whole(Stage.ASSESSED), []
    for position, before, area in product(criteria.Answer, criteria.Answer, ("hela-kommunen", "varden", UNCLEAR)):
        assess(dialogue, position=position, prior=before, area=area)
        if lacking(dialogue):
            assert not service.missing(dialogue, Stage.UNSUITABLE, WHY)
        else:
            passing.append((position, before, area))
            assert service.missing(dialogue, Stage.UNSUITABLE, WHY)
    assert passing == [("no", "no", "hela-kommunen")]


@pytest.mark.requirement("R18", "R19", "R20", "R21", "R25", "R40")
def test_of_the_whole_product_exactly_one_passes():
    passing = []
    for answers in product(criteria.Answer, repeat=4):
        for position, before, whose, decided in product(
            criteria.Answer, criteria.Answer, ("ours", "elsewhere", "unclear"), (True, False)
        ):
            basis = AssessmentBasis(position=position, prior=before, competence=whose, value="Det de vet.")
            chosen = dict(zip(criteria.KEYS, answers, strict=True))
            if criteria.passes(chosen) and gate.passes(basis, decided=decided):
                passing.append((answers, position, before, whose, decided))
    assert passing == [(("yes",) * 4, "no", "no", "ours", False)]
    assert not gate.passes(
        AssessmentBasis(position="no", prior="no", competence="ours", value=" "), decided=False
    )  # and with nothing that views are worth, none does


@pytest.mark.requirement("R18")
@pytest.mark.parametrize("answer", ["yes", "doubtful"])
def test_a_body_that_has_made_up_its_mind_is_left_with_information(lead, answer):
    idea = make_dialogue(Stage.IDEA)
    service.assess(lead, idea, YES, rest_of(position=answer, position_reason="Ordföranden har lovat det."))
    assert any("made up its mind" in one for one in lacking(idea))
    told = queries.assessed(idea.id)
    assert told.is_settled
    assert not told.passes


@pytest.mark.requirement("R21")
@pytest.mark.parametrize("written", ["KS 2026/77", "ks2026-77", " KS  2026/77 ", "KS 2026:77"])
def test_a_decided_case_stops_by_itself_whatever_was_answered(lead, written):
    decide(make_whole(Stage.RESOLVED), "final", case_number="KS 2026/77")
    idea = make_dialogue(Stage.IDEA)
    service.assess(lead, idea, YES, rest_of(prior="no", case_number=written))
    assert [one for one in lacking(idea) if "on record already" in one]
    assert queries.assessed(idea.id).is_settled


@pytest.mark.requirement("R21")
def test_another_case_or_no_decision_or_a_mended_record_stops_nothing(lead):
    other = make_dialogue(Stage.RESOLVED)
    decide(other, "final", "none", case_number="KS 2026/5")
    wrong = decide(other, "final", case_number="KS 2026/6")
    decide(other, "final", case_number="KS 2026/7", supersedes_id=wrong.id, supersede_reason="Fel nummer.")
    decide(make_dialogue(Stage.DECIDED), "hold", case_number="KS 2026/8")
    for number in ("KS 2026/5", "KS 2026/6", "KS 2026/8", "KS 20/2677", ""):
        idea = make_dialogue(Stage.IDEA)
        service.assess(lead, idea, YES, rest_of(case_number=number))
        assert lacking_of_the_gate(idea) == [], number
    idea = make_dialogue(Stage.IDEA)
    service.assess(lead, idea, YES, rest_of(case_number="KS 2026/7"))
    assert lacking_of_the_gate(idea) != []


def lacking_of_the_gate(dialogue: Dialogue) -> list[str]:
    return [one for one in lacking(dialogue) if "case" in one]


@pytest.mark.requirement("R11", "R21")
def test_a_decision_that_comes_meanwhile_stops_the_announcement(unit):
    dialogue = make_whole(Stage.ASSESSED)
    assess(dialogue, case_number="TN 2026/9")
    assert lacking(dialogue) == []
    decide(make_whole(Stage.RESOLVED), "final", case_number="TN 2026-9")
    assert len(lacking(dialogue)) == 1


def test_a_dialogues_own_decision_is_no_prior_one(unit):
    dialogue = make_whole(Stage.ASSESSED)
    assess(dialogue, case_number="TN 2026/9")
    decide(dialogue, "final", case_number="TN 2026/9")
    assert lacking(dialogue) == []


@pytest.mark.requirement("R25")
def test_hospital_care_ends_as_a_referral_with_its_reason(lead):
    idea = make_dialogue(Stage.IDEA, body_key=None)
    reason = "Vårdcentralen drivs av regionen; kommunen kan inte ändra öppettiderna."
    service.assess(lead, idea, YES, rest_of(area="varden", area_reason=reason))
    assert "The municipality does not decide this: Västra Götalandsregionen does." in lacking(idea)
    assert idea.body_key is None
    with pytest.raises(Refusal):
        service.move(lead, idea, Stage.PREPARED)
    service.move(lead, idea, Stage.REDIRECTED, reason)
    entry = queries.register().entries[0]
    assert (entry.move.note, entry.basis.answers_for_it) == (reason, "Västra Götalandsregionen")


@pytest.mark.requirement("R25")
def test_an_area_names_the_body_that_decides(lead):
    idea = make_dialogue(Stage.IDEA, body_key=None)
    service.assess(lead, idea, YES, rest_of(area="skola"))
    assert idea.body_key == "bildningsnamnden"
    assert queries.assessed(idea.id).basis.answers_for_it == "Bildningsnämnden"


def test_every_area_of_the_settings_is_somebodys(the_app):
    for area in areas.areas():
        assert area.answers_for_it, area.key
        assert bool(area.body_key) == area.is_ours


@pytest.mark.requirement("R40")
@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("position", ""), ("position", "maybe"), ("position_reason", " "), ("prior", ""), ("prior_reason", ""),
        ("area", ""), ("area", "rymden"), ("area_reason", "  "), ("value", " \n "),
    ],
)  # fmt: skip
def test_each_answer_and_each_reason_is_needed(lead, field, wrong):
    idea = make_dialogue(Stage.IDEA)
    with pytest.raises(NotAccepted) as refused:
        service.assess(lead, idea, YES, rest_of(**{field: wrong}))
    assert refused.value.field == field
    assert idea.stage == Stage.IDEA


@pytest.mark.requirement("R18", "R21", "R25", "R40")
def test_what_was_not_assessed_passes_nowhere(unit):
    dialogue = make_dialogue(Stage.ASSESSED)
    said = lacking(dialogue)
    for words in ("made up its mind", "decision has already", "whose it is", "be worth to the work"):
        assert [one for one in said if words in one], words
    assert len(set(said)) == len(said)
    assert service.missing(make_dialogue(Stage.IDEA), Stage.ASSESSED)


@pytest.mark.requirement("R20")
def test_the_assessment_is_kept_as_it_was(lead):
    idea = make_dialogue(Stage.IDEA)
    service.assess(lead, idea, YES, rest_of(prior="doubtful"))
    service.assess(lead, idea, YES, rest_of())
    rows = db.session().scalars(select(AssessmentBasis).order_by(AssessmentBasis.assessment_id)).all()
    assert [row.prior for row in rows] == ["doubtful", "no"]
    rows[0].prior = "no"
    with pytest.raises(RowChanged):
        db.session().flush()
    db.session().rollback()


@pytest.mark.requirement("R20")
def test_setting_aside_needs_a_reason_and_the_proposer_is_told(unit):
    proposer, lead = make_person(Role.OFFICIAL), make_actor(Role.OFFICIAL)
    idea = service.propose(actor_of(proposer, Role.OFFICIAL), "Färgen", "Vilken färg ska förskolan ha?")
    service.assess(lead, idea, {**YES, "open_minded": ("doubtful", "Oklart.")}, rest_of())
    with pytest.raises(Refusal):
        service.move(lead, idea, Stage.UNSUITABLE)
    service.move(lead, idea, Stage.UNSUITABLE, WHY)
    mails = [job.args for job in db.session().scalars(select(Job).filter_by(kind="mail.send"))]
    told = [one for one in mails if one["template"] == "intake_not_held"]
    assert [one["to"] for one in told] == [proposer.email]
    assert told[0]["facts"]["note"] == WHY


def test_every_guard_of_the_gate_stands_in_the_table():
    names = {guard.__name__ for guard in lifecycle.PREPARATION}
    assert {"mind_not_made_up", "not_decided_before", "ours_to_decide", "views_are_worth_something"} <= names


def test_a_case_number_is_compared_as_the_database_compares_it(unit):
    for written in ("KS 2026/77", "ÖN 2026:1", "bn_2025–3", "Åä-1"):
        row = decide(make_dialogue(), "final", case_number=written)
        key = db.session().scalar(select(prior.as_key(type(row).case_number)).where(type(row).id == row.id))
        assert key == prior.key_of(written)
