"""Names of what is kept as a key."""

from __future__ import annotations

from collections.abc import Mapping

from app import i18n
from app.dialogues.answers.models import About, Progress, Stance, Way
from app.dialogues.answers.queries import Tally
from app.i18n import LazyText, lazy_p, plural
from app.i18n import lazy as _l

STANCE_NAMES: Mapping[Stance, LazyText] = {
    Stance.FOLLOWED: lazy_p("consideration", "Followed"),
    Stance.PARTLY: lazy_p("consideration", "Followed in part"),
    Stance.NOT_FOLLOWED: lazy_p("consideration", "Not followed"),
}
STANCE_TONES: Mapping[Stance, str] = {Stance.FOLLOWED: "open", Stance.PARTLY: "now", Stance.NOT_FOLLOWED: ""}
ABOUT_NAMES: Mapping[About, LazyText] = {
    About.RESULT: lazy_p("telling", "That the result is out"),
    About.FEEDBACK: lazy_p("telling", "What became of it"),
}
WAY_NAMES: Mapping[Way, LazyText] = {
    Way.PAPER: lazy_p("telling", "on paper"),
    Way.MEETING: lazy_p("telling", "at a meeting"),
    Way.ELSEWHERE: lazy_p("telling", "in another way"),
    Way.UNREACHABLE: lazy_p("telling", "cannot be reached"),
    Way.EVERYONE: lazy_p("telling", "nobody else: all who took part got a mail"),
}
PROGRESS_NAMES: Mapping[Progress, LazyText] = {
    Progress.PLANNED: lazy_p("follow-up", "Planned"),
    Progress.UNDER_WAY: lazy_p("follow-up", "Under way"),
    Progress.DONE: lazy_p("follow-up", "Done"),
    Progress.NOT_DONE: lazy_p("follow-up", "Will not be done"),
}
PROGRESS_TONES: Mapping[Progress, str] = {
    Progress.PLANNED: "",
    Progress.UNDER_WAY: "now",
    Progress.DONE: "open",
    Progress.NOT_DONE: "late",
}


def told_words(tally: Tally) -> str:
    """How many have been told, and how; how many could not be reached; in whole sentences."""
    ways = [plural("%(num)s by e-mail", "%(num)s by e-mail", tally.sent)] if tally.sent else []
    ways += [_told_by(way, many) for way, many in sorted(tally.otherwise.items()) if way in _BY]
    said = [str(_l("Those who took part have been told: %(ways)s.", ways=i18n.listed(ways)))] if ways else []
    if tally.not_reached:
        said.append(plural("%(num)s could not be reached.", "%(num)s could not be reached.", tally.not_reached))
    if tally.planned:
        said.append(plural("%(num)s e-mail is on its way.", "%(num)s e-mails are on their way.", tally.planned))
    return " ".join(said) or str(_l("Those who took part can read it here."))


_BY = (Way.PAPER, Way.MEETING, Way.ELSEWHERE)


def _told_by(way: Way, many: int) -> str:
    if way is Way.PAPER:
        return plural("about %(num)s on paper", "about %(num)s on paper", many)
    if way is Way.MEETING:
        return plural("about %(num)s at a meeting", "about %(num)s at a meeting", many)
    return plural("about %(num)s in another way", "about %(num)s in another way", many)
