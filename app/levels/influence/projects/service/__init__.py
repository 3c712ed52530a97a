"""Every write of projects."""

from app.levels.influence.projects.service.holding import (
    change,
    change_milestone,
    end,
    plan_milestone,
    reach_milestone,
    remove_milestone,
    start,
    withdraw,
)
from app.levels.influence.projects.service.keeping import keep
from app.levels.influence.projects.service.news import (
    WRITING,
    change_status,
    remove_status,
    status_was_shown,
    write_status,
)
from app.levels.influence.projects.service.people import (
    AlreadyIn,
    Gone,
    admit,
    decline,
    follow,
    invite,
    join,
    leave,
    remove,
    unfollow,
)
from app.levels.influence.projects.service.tasks import (
    Hands,
    Taken,
    Words,
    add_task,
    change_plan,
    change_task,
    claim,
    plan_task,
    release,
    remove_task,
    set_progress,
)

__all__ = [
    "WRITING", "AlreadyIn", "Gone", "Hands", "Taken", "Words", "add_task", "admit", "change",
    "change_milestone", "change_plan", "change_status", "change_task", "claim", "decline", "end", "follow", "invite",
    "join", "keep", "leave", "plan_milestone", "plan_task", "reach_milestone", "release", "remove", "remove_milestone",
    "remove_status", "remove_task", "set_progress", "start", "status_was_shown", "unfollow", "withdraw", "write_status",
]  # fmt: skip
