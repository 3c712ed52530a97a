"""Who may read the log and look after the background jobs."""

from __future__ import annotations

from app.permissions import Action, Role, Rules, has_role


class Do(Action):
    """What administrators do besides looking after people."""

    READ_LOG = "admin:read_log"
    READ_JOBS = "admin:read_jobs"
    RETRY_JOB = "admin:retry_job"


ADMINISTRATORS = has_role(Role.ADMINISTRATOR)
RULES: Rules = {
    Do.READ_LOG: (ADMINISTRATORS,),
    Do.READ_JOBS: (ADMINISTRATORS,),
    Do.RETRY_JOB: (ADMINISTRATORS,),
}
