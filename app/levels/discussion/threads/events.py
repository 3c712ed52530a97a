"""What happens to threads and to the posts in them.

The log is kept whatever is hidden, so a resident's heading is never in it: `title` is then "#" and the number.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from app.events import Event
from app.i18n import LazyText
from app.i18n import lazy as _l


@dataclass(frozen=True, kw_only=True)
class ThreadStarted(Event):
    sentence: ClassVar[LazyText] = _l("The thread “%(title)s” was started.")
    title: str


@dataclass(frozen=True, kw_only=True)
class ThreadChanged(Event):
    sentence: ClassVar[LazyText] = _l("The thread “%(title)s” was changed.")
    title: str


@dataclass(frozen=True, kw_only=True)
class ThreadWithdrawn(Event):
    sentence: ClassVar[LazyText] = _l("The thread “%(title)s” was taken away before anybody had written in it.")
    title: str


@dataclass(frozen=True, kw_only=True)
class ThreadLocked(Event):
    sentence: ClassVar[LazyText] = _l("The thread “%(title)s” was locked: %(reason)s")
    title: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class ThreadUnlocked(Event):
    sentence: ClassVar[LazyText] = _l("The thread “%(title)s” was unlocked.")
    title: str


@dataclass(frozen=True, kw_only=True)
class ThreadConcluded(Event):
    sentence: ClassVar[LazyText] = _l("The conclusion of the thread “%(title)s” was written.")
    title: str


@dataclass(frozen=True, kw_only=True)
class TopicProposed(Event):
    """A resident wants to start a thread. It may have to wait for a moderator."""

    sentence: ClassVar[LazyText] = _l("A resident wrote something to start a thread with.")


@dataclass(frozen=True, kw_only=True)
class TopicConcealed(Event):
    """The heading went with the post that a moderator has hidden, or its author has taken away."""

    sentence: ClassVar[LazyText] = _l("The heading of a thread was hidden together with its first post.")


@dataclass(frozen=True, kw_only=True)
class ForumRuleChanged(Event):
    sentence: ClassVar[LazyText] = _l("Who starts threads in the forum was changed.")


@dataclass(frozen=True, kw_only=True)
class PostWritten(Event):
    """Somebody wrote a post. It may have to wait for a moderator."""

    sentence: ClassVar[LazyText] = _l("A post was written in the thread “%(title)s”.")
    title: str


@dataclass(frozen=True, kw_only=True)
class PostShown(Event):
    """Everyone can read a post, for the first time."""

    sentence: ClassVar[LazyText] = _l("A post was shown for the first time in the thread “%(title)s”.")
    title: str


@dataclass(frozen=True, kw_only=True)
class PostChanged(Event):
    sentence: ClassVar[LazyText] = _l("A post in the thread “%(title)s” was changed by its author.")
    title: str


@dataclass(frozen=True, kw_only=True)
class PostTakenAway(Event):
    sentence: ClassVar[LazyText] = _l("A post in the thread “%(title)s” was taken away by its author.")
    title: str


EVENTS: tuple[type[Event], ...] = (
    ThreadStarted,
    ThreadChanged,
    ThreadWithdrawn,
    ThreadLocked,
    ThreadUnlocked,
    ThreadConcluded,
    TopicProposed,
    TopicConcealed,
    ForumRuleChanged,
    PostWritten,
    PostShown,
    PostChanged,
    PostTakenAway,
)
