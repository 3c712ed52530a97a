"""A browser in words that its owner knows again in a list."""

from __future__ import annotations

# The first that matches: most browsers also call themselves by the names of others.
BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"),
            ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrom", "Chrome"), ("Safari", "Safari"))  # fmt: skip
SYSTEMS = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
           ("CrOS", "ChromeOS"), ("Mac OS", "Mac"), ("Linux", "Linux"))  # fmt: skip


def browser_name(user_agent: str) -> str:
    """For instance "Firefox, Android"; "" where nothing is recognised."""
    found = [next((name for mark, name in names if mark in user_agent), "") for names in (BROWSERS, SYSTEMS)]
    return ", ".join(filter(None, found))
