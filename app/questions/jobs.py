"""Drafts that nobody continues are forgotten."""

from __future__ import annotations

from app import clock, jobs
from app.questions import service


@jobs.job("questions.forget_drafts")
def forget_drafts(_run: jobs.Run) -> None:
    """Planned when a draft is begun, for the day after it has grown too old."""
    service.forget_old_drafts(clock.now())
