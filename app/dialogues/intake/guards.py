"""The guards of the gate: what besides the four criteria must hold before a question becomes a dialogue."""

from __future__ import annotations

from app.dialogues import criteria
from app.dialogues.criteria import Answer
from app.dialogues.guards import Attempt, Finding
from app.dialogues.intake import neutral, queries
from app.dialogues.intake.models import Competence
from app.dialogues.intake.queries import Assessed
from app.i18n import LazyText
from app.i18n import lazy as _l
from app.ladder import Missing


def rest_answered(attempt: Attempt) -> Finding:
    """Everything beside the criteria has been answered with its reason; the database keeps nothing less."""
    there = _told(attempt) is not None
    sentence = _l("Assess the question: is anything settled, whose is it, and what would residents' views be worth?")
    return _finding(attempt, there, there, sentence)


def mind_not_made_up(attempt: Attempt) -> Finding:
    told = _told(attempt)
    if told is None:
        return _finding(attempt, None, False, _l("Say whether the body has already made up its mind."))
    sentence = _l("The body has made up its mind, or may have. Then residents are informed, not asked.")
    return _finding(attempt, told.basis.position, told.basis.position == Answer.NO, sentence)


def not_decided_before(attempt: Attempt) -> Finding:
    """Nobody has decided in the case: neither by the answer nor by our own records, whatever was answered."""
    told = _told(attempt)
    if told is None:
        return _finding(attempt, None, False, _l("Say whether a decision has already been made in the same case."))
    saw = {"answer": told.basis.prior, "case": told.basis.case_number, "on_record": told.decided}
    if told.decided:
        number = told.basis.case_number
        sentence = _l("A decision in case %(number)s is on record already. Residents are informed, not asked.")
        return _finding(attempt, saw, False, sentence.filled(number=number))
    sentence = _l("A decision has been made in the case, or may have been. Then residents are informed, not asked.")
    return _finding(attempt, saw, told.basis.prior == Answer.NO, sentence)


def ours_to_decide(attempt: Attempt) -> Finding:
    """What the municipality does not decide, it does not ask about; whose it is, is named."""
    told = _told(attempt)
    if told is None:
        return _finding(attempt, None, False, _l("Say what the question is about, and whose it is."))
    basis = told.basis
    if basis.competence == Competence.ELSEWHERE:
        sentence = _l("The municipality does not decide this: %(who)s does.", who=basis.answers_for_it)
    else:
        sentence = _l("It is not clear that the municipality decides this.")
    return _finding(attempt, basis.area, basis.competence == Competence.OURS, sentence)


def views_are_worth_something(attempt: Attempt) -> Finding:
    told = _told(attempt)
    there = told is not None and bool(told.basis.value.strip())
    return _finding(attempt, there, there, _l("Say what residents' views would be worth to the work."))


def names_no_party(attempt: Attempt) -> Finding:
    """The municipality is the sender. A party's own conversations are held elsewhere, and no text here names one."""
    row, found = attempt.dialogue, []
    for part, texts in (
        ("fraga", (row.title, row.question)),
        ("beskrivning", (row.summary,)),
        ("syfte", (row.purpose,)),
        ("lofte", (row.promise, row.affected)),
    ):
        if party := neutral.party_in(*texts):
            found.append((party, ("dialogues.part", {"dialogue_id": attempt.dialogue_id, "part": part})))
    if party := neutral.party_in(*(text for item in attempt.dossier.scope for text in (item.text, item.why))):
        found.append((party, ("dialogues.scope", {"dialogue_id": attempt.dialogue_id})))
    sentence = _l("A text names a party (%(party)s). The municipality is the sender: leave it out.")
    missing = tuple(Missing(sentence.filled(party=party), address) for party, address in found)
    return Finding([party for party, _ in found], missing)


def something_stands_against(attempt: Attempt) -> Finding:
    """Only what was assessed and does not pass is set aside as unsuitable."""
    answers = {key: row.answer for key, row in attempt.dossier.answers.items()}
    told = _told(attempt)
    saw = {"criteria": criteria.passes(answers), "rest": told is not None and told.passes}
    sentence = _l("Nothing in the assessment stands against it, so the question is suitable for a dialogue.")
    return _finding(attempt, saw, not all(saw.values()), sentence)


def _told(attempt: Attempt) -> Assessed | None:
    return attempt.dossier.once(queries.assessed)


def _finding(attempt: Attempt, saw: object, holds: bool, sentence: LazyText) -> Finding:
    address = ("dialogues.criteria", {"dialogue_id": attempt.dialogue_id})
    return Finding(saw, () if holds else (Missing(sentence, address),))
