"""The shape of posts, and of what officials write about a thread."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, IntegerField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional
from wtforms.widgets import HiddenInput

from app.contributions.forms import LONGEST, ContributionForm
from app.forms import BaseForm, LineField, TextField, at_least, one_of, required
from app.i18n import lazy as _l
from app.levels.discussion.threads.models import Starts, Thread

STARTS = {
    Starts.LEADS: _l("Only those who hold the dialogue"),
    Starts.READ_FIRST: _l("Residents too. A moderator reads what they write before it is shown."),
    Starts.AT_ONCE: _l("Residents too. What they write is shown at once."),
}


class PostForm(ContributionForm):
    """A post of one's own."""

    text = TextField(
        _l("Your post"),
        [required(_l("Write your post."))],
        longest=LONGEST,
        description=_l("Your display name stands beside it, and everyone can read it. Write about the matter."),
    )


class AnswerForm(PostForm):
    """An answer to somebody's post."""

    text = TextField(
        _l("Your answer"),
        [required(_l("Write your answer."))],
        longest=LONGEST,
        description=_l("Your display name stands beside it, and everyone can read it. Write about the matter."),
    )
    quotes = BooleanField(_l("Quote the beginning of the post that I answer"))


class TopicForm(PostForm):
    """A thread that a resident wants to start."""

    title = LineField(
        _l("Heading"),
        [required(_l("Write a heading."))],
        longest=160,
        description=_l("Best as a question that people can answer in different ways."),
    )
    text = TextField(
        _l("What you want to say first"),
        [required(_l("Write what you want to say first."))],
        longest=LONGEST,
        description=_l("Your display name stands beside it, and everyone can read it. Write about the matter."),
    )


class RuleForm(BaseForm):
    """Who starts threads in a forum."""

    starts = RadioField(
        _l("Who starts threads?"),
        choices=[SelectChoice(str(key), name) for key, name in STARTS.items()],
        validators=[one_of(_l("Choose who starts threads."))],
    )


class ThreadForm(BaseForm):
    """A question to discuss."""

    title = LineField(
        _l("Heading"),
        [required(_l("Write a heading."))],
        longest=160,
        description=_l("Best as a question that people can answer in different ways."),
    )
    lead = TextField(
        _l("What the thread is about"),
        [required(_l("Write what the thread is about.")), at_least(3)],
        longest=400,
        description=_l("What you want to know, what can be influenced, and what the answers are for."),
    )
    reads_first = BooleanField(
        _l("A moderator reads every post before it is shown"),
        description=_l("Otherwise posts are shown at once, and hidden afterwards if they break the rules."),
    )
    version = IntegerField(widget=HiddenInput(), validators=[Optional()])

    def facts(self) -> dict[str, Any]:
        """The columns that the form fills in."""
        return {"title": self.title.data, "lead": self.lead.data, "reads_first": self.reads_first.data}


class LockForm(BaseForm):
    """Why a thread is locked."""

    reason = LineField(
        _l("Why is the thread locked?"),
        [required(_l("Write why, for those who wanted to write."))],
        longest=300,
        description=_l("Stands on the thread, for everyone to read."),
    )


class ConclusionForm(BaseForm):
    """What came of a thread."""

    conclusion = TextField(
        _l("Conclusion"),
        [required(_l("Write the conclusion."))],
        description=_l(
            "What was said, the main arguments each way, and what happens now. It stands above all posts. "
            "A line that begins with ### is a heading, one that begins with - a point in a list."
        ),
    )
    version = IntegerField(widget=HiddenInput(), validators=[Optional()])


def begin_again(form: ThreadForm | ConclusionForm, row: Thread) -> None:
    """Keep what was written and let it be saved over what somebody else has saved meanwhile."""
    form.version.data, form.version.raw_data = row.version, None
