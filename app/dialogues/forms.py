"""The shape of what people write about dialogues."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wtforms import SelectField

from app import ladder
from app.dialogues.stages import GROUP_NAMES
from app.forms import BaseForm
from app.i18n import LazyText
from app.i18n import lazy as _l


class FilterForm(BaseForm):
    """What the public list shows. Sent with GET, so there is nothing to forge and no cookie."""

    class Meta(BaseForm.Meta):
        csrf = False

    visa = SelectField(_l("Show"), choices=lambda: [("", str(_l("All dialogues"))), *_named(GROUP_NAMES)])
    niva = SelectField(
        _l("Level of participation"),
        choices=lambda: [("", str(_l("All levels"))), *((one.key, str(one.name)) for one in ladder.LEVELS[1:])],
    )


def _named(names: Mapping[Any, LazyText]) -> list[tuple[str, str]]:
    return [(str(key), str(name)) for key, name in names.items()]
