"""Fields for files."""

from __future__ import annotations

from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage

from app.files.service import Upload


class PictureField(FileField):
    """A picture; whether it is one is decided by its content when it is kept."""

    @property
    def upload(self) -> Upload | None:
        """What was sent; None where no file was chosen, and the field still holds what is kept already."""
        if not isinstance(self.data, FileStorage) or not self.data:
            return None
        self.data.stream.seek(0)
        return Upload(self.data.filename or "", self.data.stream.read())
