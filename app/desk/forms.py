"""What is looked for on the desk."""

from __future__ import annotations

from app.forms import BaseForm, LineField
from app.i18n import lazy as _l


class LookForm(BaseForm):
    """Words to find a survey or a meeting by. Sent with GET, so there is nothing to forge."""

    class Meta(BaseForm.Meta):
        csrf = False

    sok = LineField(_l("What does the person call about?"), longest=100, render_kw={"type": "search"})
