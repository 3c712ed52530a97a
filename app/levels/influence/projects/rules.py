"""Who may do what in a joint project, and at which stages.

A project often runs longer than the dialogue that it was begun in, so two spans are told apart. New people and new
tasks are input, and come in while the dialogue is open. What somebody has taken on goes on after that, until the
dialogue has been evaluated: the work is not undone because a comment period is over.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.contributions import rules as posts
from app.contributions.models import Contribution
from app.contributions.rules import is_author, is_not_hidden, is_not_removed, moderates
from app.dialogues import queries as dialogue_queries
from app.dialogues import rules as dialogues
from app.dialogues.rules import before_it_closes, is_lead, is_not_over, may_read, offers, takes_input, works_here
from app.dialogues.stages import Stage
from app.i18n import LazyText
from app.i18n import lazy as _l
from app.levels.influence.projects import queries
from app.levels.influence.projects.models import Progress, Project, Task
from app.permissions import SIGN_IN_FIRST, Action, Actor, Check, Reason, Rules, any_of, signed_in


class Do(Action):
    READ = "projects:read"
    READ_STATUS = "projects:read_status"
    READ_TASK = "projects:read_task"
    FOLLOW = "projects:follow"
    UNFOLLOW = "projects:unfollow"
    JOIN = "projects:join"  # ask to, or take up an invitation
    LEAVE = "projects:leave"
    ADD_TASK = "projects:add_task"  # by a member
    CLAIM = "projects:claim"  # take a task on
    RELEASE = "projects:release"  # give it back
    PROGRESS = "projects:progress"  # say how far a task has come
    CHANGE_TASK = "projects:change_task"  # by the member whose it is
    REMOVE_TASK = "projects:remove_task"
    WRITE_STATUS = "projects:write_status"
    CHANGE_STATUS = "projects:change_status"
    REMOVE_STATUS = "projects:remove_status"
    START = "projects:start"
    CHANGE = "projects:change"
    WITHDRAW = "projects:withdraw"
    PLAN = "projects:plan"  # milestones, and any task
    ADMIT = "projects:admit"  # say yes or no, invite, take out
    END = "projects:end"
    VISIT = "projects:visit"  # the officials' pages
    SEE_PEOPLE = "projects:see_people"  # who is behind the names


@dataclass(frozen=True)
class Span:
    """Stages during which something is done, and why it is those."""

    stages: tuple[Stage, ...]
    why: LazyText


GOES_ON = Span(
    (Stage.OPEN, Stage.CLOSED, Stage.COMPILED, Stage.HANDED_OVER, Stage.RESOLVED, Stage.FED_BACK),
    _l(
        "Those who are in the project go on with what they have taken on after the dialogue has closed, "
        "until it has been evaluated."
    ),
)
FOLLOWED = Span(
    (Stage.ANNOUNCED, Stage.PAUSED, *GOES_ON.stages),
    _l("A project can be followed from the announcement of the dialogue until it has been evaluated."),
)


def during(span: Span) -> Check:
    """Passes at the stages of the span; the reason says why it is those."""

    def check(actor: Actor, subject: Any) -> Reason | None:
        row = dialogue_queries.of(subject)
        if row is not None and row.stage in span.stages:
            return dialogues.may_have_input(actor, row)
        return Reason("stage", span.why)

    return check


def project_of(subject: Any) -> Project:
    """The project that a rule is asked about: itself, a task's or a status text's."""
    if isinstance(subject, Task):
        return subject.project
    if isinstance(subject, Contribution):
        return queries.project_of(subject)
    project: Project = subject
    return project


def is_kept(_actor: Actor, subject: Any) -> Reason | None:
    gone = project_of(subject).withdrawn_at is not None
    return Reason("withdrawn", _l("This project has been taken away.")) if gone else None


def has_not_ended(_actor: Actor, subject: Any) -> Reason | None:
    ended_at = project_of(subject).ended_at
    return None if ended_at is None else Reason("ended", _l("The project ended on %(day)s.", day=ended_at))


def is_untouched(_actor: Actor, subject: Project) -> Reason | None:
    """Nobody's words or work disappear with a project."""
    if queries.is_untouched(project_of(subject)):
        return None
    return Reason("touched", _l("Somebody has joined or written in this project, so it stays. It can be ended."))


def is_member(actor: Actor, subject: Any) -> Reason | None:
    if not actor.is_signed_in:
        return SIGN_IN_FIRST
    row = queries.member(project_of(subject).id, actor.person_id)
    if row is not None and row.is_in:
        return None
    return Reason("not_member", _l("This is for the members of the project."))


def is_outside(actor: Actor, subject: Project) -> Reason | None:
    row = queries.member(project_of(subject).id, actor.person_id)
    if row is None:
        return None
    if row.is_in:
        return Reason("member", _l("You are a member of this project already."))
    return Reason("asked", _l("You have asked to join this project. You are told when you get an answer."))


def is_inside(actor: Actor, subject: Any) -> Reason | None:
    """In the project, or waiting for an answer."""
    if not actor.is_signed_in:
        return SIGN_IN_FIRST
    known = queries.member(project_of(subject).id, actor.person_id) is not None
    return None if known else Reason("outside", _l("You are not a member of this project."))


def task_is_kept(_actor: Actor, row: Task) -> Reason | None:
    return None if row.removed_at is None else Reason("removed", _l("This task has been taken away."))


def is_writer(actor: Actor, row: Task) -> Reason | None:
    if actor.person_id is not None and row.written_by == actor.person_id:
        return None
    return Reason("writer", _l("Only the one who wrote the task does this."))


def is_owner(actor: Actor, row: Task) -> Reason | None:
    if not actor.is_signed_in:
        return SIGN_IN_FIRST
    if row.owner_id == actor.person_id:
        return None
    return Reason("owner", _l("Only the one who has taken the task on does this."))


def is_still_ones_own(actor: Actor, row: Task) -> Reason | None:
    """Whoever wrote a task changes it until somebody takes it on, and from then on that one does."""
    return is_owner(actor, row) if row.owner_id is not None or row.is_municipal else is_writer(actor, row)


def is_own_and_free(actor: Actor, row: Task) -> Reason | None:
    return is_writer(actor, row) or is_free(actor, row)


def task_is_shown(_actor: Actor, row: Task) -> Reason | None:
    if row.is_hidden:
        return Reason("hidden", _l("A moderator has hidden this text."))
    return Reason("waiting", _l("This text is shown when a moderator has read it.")) if row.is_waiting else None


def task_is_not_hidden(_actor: Actor, row: Task) -> Reason | None:
    return Reason("hidden", _l("A moderator has hidden this text.")) if row.is_hidden else None


def is_free(_actor: Actor, row: Task) -> Reason | None:
    return None if row.is_free else Reason("taken", _l("Somebody else has taken this task on."))


def is_not_done(_actor: Actor, row: Task) -> Reason | None:
    done = row.progress == Progress.DONE
    return Reason("done", _l("This task is done.")) if done else None


in_time: Check = posts.within(posts.EDIT_WINDOW)
goes_on: Check = during(GOES_ON)
runs: tuple[Check, ...] = (is_kept, may_read, goes_on, has_not_ended)
led: tuple[Check, ...] = (is_kept, is_lead, is_not_over, has_not_ended)

RULES: Rules = {
    Do.READ: (is_kept, may_read),
    Do.READ_STATUS: posts.MAY_READ,
    Do.READ_TASK: (is_kept, task_is_kept, may_read, any_of(moderates, is_writer, task_is_shown)),
    Do.FOLLOW: (is_kept, may_read, during(FOLLOWED), has_not_ended, signed_in),
    Do.UNFOLLOW: (signed_in,),
    Do.JOIN: (is_kept, may_read, takes_input, has_not_ended, signed_in, is_outside),
    Do.LEAVE: (is_inside,),
    Do.ADD_TASK: (is_kept, may_read, takes_input, has_not_ended, is_member),
    Do.CLAIM: (*runs, task_is_kept, is_member, task_is_shown, is_free),
    Do.RELEASE: (*runs, task_is_kept, is_owner, is_not_done),
    Do.PROGRESS: (*runs, task_is_kept, any_of(is_lead, is_owner)),
    Do.CHANGE_TASK: (*runs, task_is_kept, is_member, is_still_ones_own, task_is_not_hidden),
    Do.REMOVE_TASK: (is_kept, is_not_over, has_not_ended, task_is_kept, any_of(is_lead, is_own_and_free)),
    Do.WRITE_STATUS: (*runs, any_of(is_lead, is_member)),
    Do.CHANGE_STATUS: (is_author, is_not_removed, is_not_hidden, goes_on, in_time),
    Do.REMOVE_STATUS: (is_author, is_not_removed, is_not_hidden, is_not_over),
    Do.START: (is_lead, offers("projects"), before_it_closes),
    Do.CHANGE: led,
    Do.WITHDRAW: (*led, is_untouched),
    Do.PLAN: led,
    Do.ADMIT: (*led, dialogues.is_public),
    Do.END: led,
    Do.VISIT: (is_kept, works_here),
    Do.SEE_PEOPLE: (is_kept, is_lead),
}
