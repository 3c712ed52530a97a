"""Who has which duty in a dialogue, and who takes it over when they are away."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


class DutyHolder(Base):
    """One duty in one dialogue: its holder and a substitute, never the same person."""

    __tablename__ = "duty_holder"
    __table_args__ = (CheckConstraint("holder_id <> substitute_id", name="two_people"),)

    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id"), primary_key=True)
    duty: Mapped[str] = mapped_column(String(20), primary_key=True)
    holder_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    substitute_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
