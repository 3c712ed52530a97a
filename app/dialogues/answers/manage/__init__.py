"""The officials' door to what comes after: themes, the report, considerations, the log of who was told, follow-ups."""

from app.dialogues.answers.manage import compiling, considering, following, handing, telling
from app.dialogues.answers.manage.desk import blueprint

__all__ = ["blueprint", "compiling", "considering", "following", "handing", "telling"]
