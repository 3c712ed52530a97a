"""The guards of what comes after: that everything was read, that it is handed over whole, answered and told."""

from __future__ import annotations

from app import clock
from app.dialogues.answers import queries
from app.dialogues.answers.models import About, Compilation
from app.dialogues.answers.queries import Compiled
from app.dialogues.guards import Attempt, Finding
from app.i18n import LazyText
from app.i18n import lazy as _l
from app.ladder import Missing


def themes_cover_everything(attempt: Attempt) -> Finding:
    """At least one theme; what came in has been read, and all that was read is in a theme or among the rest."""
    found = queries.compiled(attempt.dossier)
    came_in, read = queries.came_in(attempt.dossier.cards), _of(found).read_in_all
    lacking = []
    if not found.themes:
        lacking.append(_l("Write at least one theme: what many of those who took part said."))
    if read is None or read < came_in:
        sentence = _l("%(came_in)s answers and contributions have come in. Say that at least as many have been read.")
        lacking.append(sentence.filled(came_in=came_in))
    elif found.sorted_in < read:
        sentence = _l("%(read)s have been read, but the themes and the rest account for %(sorted_in)s of them.")
        lacking.append(sentence.filled(read=read, sorted_in=found.sorted_in))
    saw = {"came_in": came_in, "read": read, "themes": len(found.themes), "sorted_in": found.sorted_in}
    return Finding(saw, _missing(attempt, "answers.themes", *lacking))


def finding_written(attempt: Attempt) -> Finding:
    there = bool(_compilation(attempt).finding.strip())
    return _whole(attempt, there, _l("Write what is most important in the answers, in one sentence."))


def offline_entered(attempt: Attempt) -> Finding:
    """Somebody has said that nothing on paper, and nothing that was said on the phone, is left to enter."""
    at = _compilation(attempt).offline_at
    sentence = _l("Somebody must say that all answers on paper and from the phone have been entered.")
    saw = at.isoformat() if at else None
    return Finding(saw, () if at else _missing(attempt, "answers.reading", sentence))


def taking_part_told(attempt: Attempt) -> Finding:
    there = bool(_compilation(attempt).who.strip())
    return _whole(attempt, there, _l("Write who took part, and who is missing."))


def method_told(attempt: Attempt) -> Finding:
    row = _compilation(attempt)
    there = bool(row.method_note.strip() and row.limits.strip())
    return _whole(attempt, there, _l("Write how the answers were put together, and what they cannot say."))


def second_reader_confirmed(attempt: Attempt) -> Finding:
    """Somebody who has written nothing of it has read it as it stands now."""
    row = _compilation(attempt)
    sentence = _l("A second reader, who has written nothing of it, must read the result as it stands and confirm it.")
    return Finding(row.confirmed_by, () if row.is_confirmed else _missing(attempt, "answers.reading", sentence))


def result_was_told(attempt: Attempt) -> Finding:
    """Those who took part have been told that the result is out (the first of two notices)."""
    told = attempt.dossier.once(queries.tallies)
    sentence = _l("Those who took part have not been told that the result is out.")
    there = About.RESULT in told
    return Finding(there, () if there else _missing(attempt, "answers.log", sentence))


def report_frozen(attempt: Attempt) -> Finding:
    """The result as it stands has been frozen for a meeting of the body, whose papers it can still be among."""
    latest = queries.latest(attempt.dossier)
    current = latest is not None and latest.edition == _compilation(attempt).edition
    in_time = latest is not None and latest.papers_by >= clock.today()
    sentence = _l("Choose the meeting that the result is handed over to; the report is frozen when you do.")
    saw = {"number": latest.number, "hash": latest.hash} if latest else None
    return Finding(saw, () if current and in_time else _missing(attempt, "answers.hand_over", sentence))


def body_has_the_latest(attempt: Attempt) -> Finding:
    """What residents read is what the body was given: a change since then has been handed over too."""
    latest = queries.latest(attempt.dossier)
    current = latest is not None and latest.edition == _compilation(attempt).edition
    sentence = _l("The result has been changed since it was handed over. The body must be given it as it stands.")
    saw = latest.number if latest else None
    return Finding(saw, () if current else _missing(attempt, "answers.hand_over", sentence))


def themes_considered(attempt: Attempt) -> Finding:
    """Every published theme has an account of whether the decision follows it, and why."""
    found = queries.compiled(attempt.dossier)
    sentence = _l("Say whether the decision follows the theme “%(theme)s”, and why.")
    lacking = [sentence.filled(theme=theme.name) for theme in found.not_considered]
    saw = {"themes": len(found.themes), "considered": len(found.considered)}
    return Finding(saw, _missing(attempt, "answers.considerations", *lacking))


def everyone_was_told(attempt: Attempt) -> Finding:
    """The log of the second notice is whole: each mail has come to an end, and those without an address are noted."""
    tally = attempt.dossier.once(queries.tallies).get(About.FEEDBACK)
    lacking = []
    if tally is None:
        lacking.append(_l("Those who took part have not been told what became of it."))
    elif tally.planned:
        lacking.append(_l("Mails to those who took part are still on their way: %(count)s.", count=tally.planned))
    elif not tally.otherwise and sum(tally.mails.values()) < queries.came_in(attempt.dossier.cards):
        sentence = _l("Note how those who left no address were told, or that they cannot be reached.")
        lacking.append(sentence)
    saw = {"mails": dict(tally.mails), "otherwise": dict(tally.otherwise)} if tally else None
    return Finding(saw, _missing(attempt, "answers.log", *lacking))


def _of(found: Compiled) -> Compilation:
    return found.compilation or Compilation(finding="", who="", method_note="", limits="", edition=1)


def _compilation(attempt: Attempt) -> Compilation:
    return _of(queries.compiled(attempt.dossier))


def _whole(attempt: Attempt, there: bool, sentence: LazyText) -> Finding:
    return Finding(there, () if there else _missing(attempt, "answers.whole", sentence))


def _missing(attempt: Attempt, endpoint: str, *sentences: LazyText) -> tuple[Missing, ...]:
    return tuple(Missing(one, (endpoint, {"dialogue_id": attempt.dialogue_id})) for one in sentences)
