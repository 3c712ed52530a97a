"""The shape of what is written about questions that are being considered."""

from app.dialogues.intake.forms.assessing import AssessmentForm, answered
from app.dialogues.intake.forms.changes import ChangeForm, ConsiderForm
from app.dialogues.intake.forms.topics import WANTS, DeclineForm, ReferForm, TakeUpForm, TopicForm

__all__ = [
    "WANTS",
    "AssessmentForm",
    "ChangeForm",
    "ConsiderForm",
    "DeclineForm",
    "ReferForm",
    "TakeUpForm",
    "TopicForm",
    "answered",
]
