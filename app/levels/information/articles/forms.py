"""The shape of an article as it is written."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from app.files.forms import PictureField
from app.forms import BaseForm, LineField, TextField, VersionField, at_least, required
from app.i18n import lazy as _l
from app.i18n import lazy_p
from app.levels.information.articles.service import Draft

KINDS = [SelectChoice("page", lazy_p("article", "Page")), SelectChoice("news", lazy_p("article", "News"))]


class ArticleForm(BaseForm):
    """An article: words, and at most one picture."""

    kind = RadioField(_l("What is it?"), choices=KINDS, default="page")
    title = LineField(_l("Heading"), [required(_l("Write a heading.")), at_least(3)], longest=160)
    lead = TextField(
        _l("First paragraph"),
        [required(_l("Write a first paragraph that says the most important thing."))],
        longest=400,
        description=_l("The most important thing in one or two sentences. It also shows in lists."),
    )
    body = TextField(_l("Text"), [required(_l("Write the text."))], longest=20_000)
    picture = PictureField(_l("Picture"), description=_l("JPEG, PNG or WebP, at most 8 MB. Leave it empty for none."))
    picture_alt = LineField(
        _l("What the picture shows"),
        longest=300,
        description=_l("Is read aloud to those who do not see the picture."),
    )
    picture_is_decoration = BooleanField(_l("The picture is decoration and says nothing that the text does not say"))
    drop_picture = BooleanField(_l("Take the picture away"))
    version = VersionField(validators=[Optional()])

    def check_picture(self, *, has_picture: bool) -> bool:
        """A picture has words, or is decoration. Puts the sentence at the field."""
        with_picture = bool(self.picture.data) or (has_picture and not self.drop_picture.data)
        if with_picture and not self.picture_alt.data and not self.picture_is_decoration.data:
            self.refuse(self.picture_alt, _l("Describe what the picture shows, or tick that it is decoration."))
            return False
        return True

    def draft(self) -> Draft:
        """What was written."""
        values: dict[str, Any] = {
            name: getattr(self, name).data
            for name in ("kind", "title", "lead", "body", "picture_alt", "picture_is_decoration", "drop_picture")
        }
        return Draft(picture=self.picture.upload, **values)


class WithdrawForm(BaseForm):
    """Why an article is taken away."""

    reason = LineField(
        _l("Why is it withdrawn?"),
        [required(_l("Write why, for those who look for the page."))],
        longest=300,
        description=_l("Those who come to the page's address read this."),
    )


class NoForm(BaseForm):
    """A button and nothing else."""
