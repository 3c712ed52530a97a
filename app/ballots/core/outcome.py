"""What a count says: the options in order of votes, and whether some tie for the first place. No database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def leading(counts: Mapping[str, int]) -> tuple[str, ...]:
    """The options with the most votes, in the order of the paper; several are a tie, none where nobody chose any."""
    most = max(counts.values(), default=0)
    return tuple(key for key, count in counts.items() if count == most) if most else ()


def together(options: Sequence[str], web: Mapping[str, int], paper: Mapping[str, int]) -> dict[str, int]:
    """Votes on the web and on paper, option by option."""
    return {key: web.get(key, 0) + paper.get(key, 0) for key in options}
