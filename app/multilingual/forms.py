"""The shape of what translators send in."""

from __future__ import annotations

from wtforms import HiddenField

from app.forms import BaseForm, LineField, TextField, at_most, required
from app.i18n import lazy as _l
from app.multilingual.desk import Work

LONGEST_ON_ONE_LINE = 200


class _Base(BaseForm):
    # What the translator saw: the Swedish text, and what stood in their own language.
    source_version = HiddenField()
    seen = HiddenField()


class ShortForm(_Base):
    """A title or another short text."""

    text = LineField(_l("Translation"), [required(_l("Write the translation."))])


class LongForm(_Base):
    """A text of several lines; Markdown where the Swedish text is."""

    text = TextField(_l("Translation"), [required(_l("Write the translation."))])


class ReviewForm(BaseForm):
    """A button: this draft is right."""

    seen = HiddenField()


def form_for(work: Work) -> ShortForm | LongForm:
    """The form of this text, filled with what there is, in the direction and language of the translation."""
    one_line = not work.item.is_rich and work.item.longest <= LONGEST_ON_ONE_LINE
    latest = work.latest.text if work.latest else ""
    kind = ShortForm if one_line else LongForm
    form = kind(data={"text": latest, "source_version": work.source_version, "seen": work.seen})
    form.text.render_kw = {"lang": work.language.tag, "dir": work.language.dir, "spellcheck": "true"}
    form.text.validators = (required(_l("Write the translation.")), at_most(work.item.longest))
    form.text.flags.maxlength = work.item.longest  # type: ignore[attr-defined]  # WTForms reads any flag
    return form
