"""The shape of what is typed on the site's own pages."""

from __future__ import annotations

from typing import Any, ClassVar

from app.forms import BaseForm, LineField
from app.i18n import lazy as _l
from app.search.core.words import LONGEST_QUESTION


class _TheOneField:
    """Nobody is told that it is optional; without words there is the field alone, and no error."""

    field_flags: ClassVar[dict[str, Any]] = {"required": True}

    def __call__(self, _form: Any, _field: Any) -> None:
        """Whatever is written is taken."""


class SearchForm(BaseForm):
    """A search. Sent by GET: there is nothing to forge and no cookie."""

    class Meta(BaseForm.Meta):
        csrf = False

    q = LineField(
        _l("What are you looking for?"),
        [_TheOneField()],
        description=_l("Write one or more words, or the beginning of them."),
        longest=LONGEST_QUESTION,
        render_kw={"autocomplete": "off", "enterkeyhint": "search"},
    )

    def holds(self) -> bool:
        """Whether what was asked can be searched for."""
        return bool(self.validate())
