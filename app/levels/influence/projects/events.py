"""What happens in a joint project. Who joins, leaves or follows is not named: the log is kept longer than that is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from app.events import Event
from app.i18n import LazyText
from app.i18n import lazy as _l


@dataclass(frozen=True, kw_only=True)
class ProjectStarted(Event):
    sentence: ClassVar[LazyText] = _l("The project “%(title)s” was started.")
    title: str


@dataclass(frozen=True, kw_only=True)
class ProjectChanged(Event):
    sentence: ClassVar[LazyText] = _l("The goal or the frame of the project “%(title)s” was changed.")
    title: str


@dataclass(frozen=True, kw_only=True)
class ProjectWithdrawn(Event):
    sentence: ClassVar[LazyText] = _l("The project “%(title)s” was taken away before anybody had joined it.")
    title: str


@dataclass(frozen=True, kw_only=True)
class ProjectEnded(Event):
    sentence: ClassVar[LazyText] = _l("The project “%(title)s” ended.")
    title: str


@dataclass(frozen=True, kw_only=True)
class MilestonePlanned(Event):
    sentence: ClassVar[LazyText] = _l("The milestone “%(milestone)s” was planned in the project “%(title)s”.")
    title: str
    milestone: str


@dataclass(frozen=True, kw_only=True)
class MilestoneChanged(Event):
    sentence: ClassVar[LazyText] = _l("The milestone “%(milestone)s” in the project “%(title)s” was changed.")
    title: str
    milestone: str


@dataclass(frozen=True, kw_only=True)
class MilestoneReached(Event):
    sentence: ClassVar[LazyText] = _l("The milestone “%(milestone)s” in the project “%(title)s” was reached.")
    title: str
    milestone: str


@dataclass(frozen=True, kw_only=True)
class MilestoneRemoved(Event):
    sentence: ClassVar[LazyText] = _l("The milestone “%(milestone)s” in the project “%(title)s” was taken away.")
    title: str
    milestone: str


@dataclass(frozen=True, kw_only=True)
class TaskAdded(Event):
    sentence: ClassVar[LazyText] = _l("A task was added to the project “%(title)s”.")
    title: str


@dataclass(frozen=True, kw_only=True)
class TaskChanged(Event):
    sentence: ClassVar[LazyText] = _l("A task in the project “%(title)s” was changed.")
    title: str


@dataclass(frozen=True, kw_only=True)
class TaskClaimed(Event):
    sentence: ClassVar[LazyText] = _l("Somebody took on a task in the project “%(title)s”.")
    title: str


@dataclass(frozen=True, kw_only=True)
class TaskReleased(Event):
    sentence: ClassVar[LazyText] = _l("A task in the project “%(title)s” was given back.")
    title: str


@dataclass(frozen=True, kw_only=True)
class TaskProgressed(Event):
    sentence: ClassVar[LazyText] = _l("A task in the project “%(title)s” moved on: %(percent)s per cent of it is done.")
    title: str
    percent: int


@dataclass(frozen=True, kw_only=True)
class TaskRemoved(Event):
    sentence: ClassVar[LazyText] = _l("A task in the project “%(title)s” was taken away.")
    title: str


@dataclass(frozen=True, kw_only=True)
class MembershipAsked(Event):
    sentence: ClassVar[LazyText] = _l("Somebody asked to join the project “%(title)s”.")
    title: str


@dataclass(frozen=True, kw_only=True)
class MemberAdmitted(Event):
    """Somebody is in, because they were invited or an official said yes. `person_id`: whom to tell."""

    sentence: ClassVar[LazyText] = _l("Somebody became a member of the project “%(title)s”.")
    title: str
    person_id: int


@dataclass(frozen=True, kw_only=True)
class MembershipDeclined(Event):
    sentence: ClassVar[LazyText] = _l("Somebody who asked to join the project “%(title)s” was told no.")
    title: str
    person_id: int


@dataclass(frozen=True, kw_only=True)
class MemberInvited(Event):
    sentence: ClassVar[LazyText] = _l("Somebody was invited to the project “%(title)s”.")
    title: str
    invitation_id: int


@dataclass(frozen=True, kw_only=True)
class MemberLeft(Event):
    sentence: ClassVar[LazyText] = _l("Somebody left the project “%(title)s”.")
    title: str


@dataclass(frozen=True, kw_only=True)
class MemberRemoved(Event):
    sentence: ClassVar[LazyText] = _l("Somebody was taken out of the project “%(title)s”: %(reason)s")
    title: str
    reason: str
    person_id: int


@dataclass(frozen=True, kw_only=True)
class ProjectFollowed(Event):
    sentence: ClassVar[LazyText] = _l("Somebody began to follow the project “%(title)s”.")
    title: str


@dataclass(frozen=True, kw_only=True)
class ProjectUnfollowed(Event):
    sentence: ClassVar[LazyText] = _l("Somebody stopped following the project “%(title)s”.")
    title: str


@dataclass(frozen=True, kw_only=True)
class StatusWritten(Event):
    """Somebody wrote news of a project. It may have to wait for a moderator."""

    sentence: ClassVar[LazyText] = _l("A status text was written in the project “%(title)s”.")
    title: str


@dataclass(frozen=True, kw_only=True)
class StatusShown(Event):
    """Everyone can read a status text, for the first time."""

    sentence: ClassVar[LazyText] = _l("A status text was shown for the first time in the project “%(title)s”.")
    title: str


@dataclass(frozen=True, kw_only=True)
class StatusChanged(Event):
    sentence: ClassVar[LazyText] = _l("A status text in the project “%(title)s” was changed by its author.")
    title: str


@dataclass(frozen=True, kw_only=True)
class StatusTakenAway(Event):
    sentence: ClassVar[LazyText] = _l("A status text in the project “%(title)s” was taken away by its author.")
    title: str


EVENTS: tuple[type[Event], ...] = (
    ProjectStarted,
    ProjectChanged,
    ProjectWithdrawn,
    ProjectEnded,
    MilestonePlanned,
    MilestoneChanged,
    MilestoneReached,
    MilestoneRemoved,
    TaskAdded,
    TaskChanged,
    TaskClaimed,
    TaskReleased,
    TaskProgressed,
    TaskRemoved,
    MembershipAsked,
    MemberAdmitted,
    MembershipDeclined,
    MemberInvited,
    MemberLeft,
    MemberRemoved,
    ProjectFollowed,
    ProjectUnfollowed,
    StatusWritten,
    StatusShown,
    StatusChanged,
    StatusTakenAway,
)
