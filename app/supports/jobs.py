"""What is counted behind the pages."""

from __future__ import annotations

from app import jobs
from app.i18n import lazy_p
from app.supports import service


@jobs.job("supports.count", name=lazy_p("job", "number of supports"))
def count(run: jobs.Run) -> None:
    """Count one contribution's supports anew."""
    service.count_now(run.args["contribution_id"])
