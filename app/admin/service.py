"""Writes of administrators that belong to no other package."""

from __future__ import annotations

from app import jobs, subjects
from app.admin.events import JobRetried
from app.admin.rules import Do
from app.events import emit
from app.permissions import Actor, require


def retry_job(actor: Actor, job_id: int) -> bool:
    """Let a dead job be tried again. Returns False where it is not dead any more: somebody was quicker."""
    require(actor, Do.RETRY_JOB)
    kind = jobs.revive(job_id)
    if kind is None:
        return False
    emit(JobRetried(subject=subjects.key("job", job_id), actor=actor, kind=kind))
    return True
