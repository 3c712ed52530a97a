"""Which kind a question is of, as the answers to four questions say (reference: the municipality's guideline)."""

from __future__ import annotations

from dataclasses import dataclass

from app.dialogues.stages import Kind


@dataclass(frozen=True)
class Answers:
    """Yes or no to the four questions."""

    one_group: bool  # it concerns only one group, who use one service
    experience: bool  # it is about how a service is experienced, or should develop
    decided: bool  # a decision has been made, or a position been fixed
    statutory: bool  # the law demands a consultation


def proposed(answers: Answers) -> Kind:
    """The kind that the answers propose.

    What the law demands comes first, for nothing else takes its place. What is decided is told of and not asked about.
    Both of the first two must be yes for a user dialogue: a question for everyone about a service, or one group's
    question that is not about their service, may be a citizen dialogue.
    """
    if answers.statutory:
        return Kind.STATUTORY_CONSULTATION
    if answers.decided:
        return Kind.INFORMATION
    if answers.one_group and answers.experience:
        return Kind.USER_DIALOGUE
    return Kind.CITIZEN_DIALOGUE


def offered(answers: Answers) -> tuple[Kind, ...]:
    """The kinds that may be chosen, in their order. Nobody is asked about what has been decided already."""
    told = (Kind.INFORMATION, Kind.STATUTORY_CONSULTATION)
    return told if answers.decided else tuple(Kind)
