"""Files that people have sent in: named by chance on disk, shown by the name they came with."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base
from app.files.core import pictures


class StoredFile(Base):
    """A picture on disk, under `key`, in each of its sizes. It is re-encoded: only pixels of the original are left.

    `owner` is the kind that says who may see it (`files.owners`).
    """

    __tablename__ = "stored_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(40), unique=True)
    owner: Mapped[str] = mapped_column(String(40), index=True)
    shown_name: Mapped[str] = mapped_column(String(120))
    media_type: Mapped[str] = mapped_column(String(60))
    size: Mapped[int]  # bytes of all sizes together
    width: Mapped[int | None]  # pixels of the large one
    height: Mapped[int | None]
    uploaded_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    uploaded_at: Mapped[datetime]

    @property
    def small(self) -> tuple[int, int]:
        """Width and height of the small one, for the page to leave room."""
        return pictures.fitted((self.width or 1, self.height or 1), pictures.SMALL)
