"""Settings, all from the environment. README has the table; unsafe production settings stop the start."""

from __future__ import annotations

import os
import secrets
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

ROOT = Path(__file__).parent
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
SHORTEST_SECRET = 32
LANGUAGES = ("sv", "en", "ar", "sv-simple")  # those that the product speaks; Swedish is the source of every text


class UnsafeSettings(Exception):
    """The settings would put people at risk; the message says which one and what to do."""


@dataclass(frozen=True)
class Config:
    """What differs between one installation and another."""

    database_url: str
    secret_key: str
    secret_key_fallbacks: tuple[str, ...]
    base_url: str
    smtp_url: str | None
    mail_from: str
    files_path: Path
    municipality: Mapping[str, Any]
    proxies: int
    demo_password: str | None
    languages: tuple[str, ...]
    time_zone: str
    upload_limit: int = 8 * 1024 * 1024  # bytes

    @property
    def https(self) -> bool:
        return self.base_url.startswith("https://")

    @property
    def loopback(self) -> bool:
        return (urlsplit(self.base_url).hostname or "") in LOOPBACK

    @property
    def trusted_hosts(self) -> list[str]:
        """Host names that a request may ask for: absolute links are built from base_url alone."""
        host = urlsplit(self.base_url).hostname or "127.0.0.1"
        return sorted({host, *LOOPBACK}) if self.loopback else [host]


def from_environment(env: Mapping[str, str] | None = None) -> Config:
    """Read the settings.

    Raises UnsafeSettings with a sentence for whoever starts the service.
    """
    env = os.environ if env is None else env
    var = Path(env.get("VAR_PATH") or ROOT / "var")
    base_url = env.get("BASE_URL", f"http://127.0.0.1:{env.get('PORT', '8000')}").rstrip("/")
    config = Config(
        database_url=_driver(env.get("DATABASE_URL") or f"sqlite:///{var / 'dialog.db'}"),
        secret_key=env.get("SECRET_KEY", ""),
        secret_key_fallbacks=tuple(filter(None, env.get("SECRET_KEY_FALLBACKS", "").split(","))),
        base_url=base_url,
        smtp_url=env.get("SMTP_URL") or None,
        mail_from=env.get("MAIL_FROM", "ingen-svar@localhost"),
        files_path=Path(env.get("FILES_PATH") or var / "files"),
        municipality=_municipality(Path(env.get("MUNICIPALITY") or ROOT / "deploy/municipalities/vara.toml")),
        proxies=_proxies(env.get("PROXIES") or "0"),
        demo_password=env.get("DEMO_PASSWORD") or None,
        languages=_languages(env.get("LANGUAGES") or ",".join(LANGUAGES)),
        time_zone=_time_zone(env.get("TIME_ZONE") or "Europe/Stockholm"),
    )
    return _checked(config, var)


def _driver(url: str) -> str:
    """Name the PostgreSQL driver that is installed, whatever short form the address came in."""
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url


def _municipality(path: Path) -> Mapping[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as problem:
        raise UnsafeSettings(f"MUNICIPALITY: {path} cannot be read: {problem}") from problem


def _proxies(written: str) -> int:
    if not (written.isascii() and written.isdecimal()):
        raise UnsafeSettings("PROXIES must be a number: how many proxies of your own stand in front of this service.")
    return int(written)


def _languages(written: str) -> tuple[str, ...]:
    codes = tuple(code.strip() for code in written.split(","))
    unknown = [code for code in codes if code not in LANGUAGES]
    if unknown or LANGUAGES[0] not in codes:
        raise UnsafeSettings(f"LANGUAGES must hold {LANGUAGES[0]} and may hold {', '.join(LANGUAGES[1:])}.")
    return codes


def _time_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as problem:
        raise UnsafeSettings(f"TIME_ZONE is none that is known: {name}. For example: Europe/Stockholm.") from problem
    return name


def _checked(config: Config, var: Path) -> Config:
    if any(len(key) < SHORTEST_SECRET for key in config.secret_key_fallbacks):
        raise UnsafeSettings(f"SECRET_KEY_FALLBACKS must each be at least {SHORTEST_SECRET} characters of chance.")
    if config.secret_key:
        if len(config.secret_key) < SHORTEST_SECRET:
            raise UnsafeSettings(f"SECRET_KEY must be at least {SHORTEST_SECRET} characters of chance.")
    elif config.loopback:
        config = _with_local_secret(config, var)
    else:
        raise UnsafeSettings("SECRET_KEY is missing. Make one with: openssl rand -hex 32")
    if not config.loopback and not config.https:
        raise UnsafeSettings("BASE_URL must begin with https:// (only a loopback address may do without).")
    if not config.loopback and config.smtp_url is None:
        raise UnsafeSettings("SMTP_URL is missing: without it nobody can confirm an address or be told anything.")
    if not config.loopback and config.demo_password:
        raise UnsafeSettings("DEMO_PASSWORD is for a loopback BASE_URL only: demo accounts must not face the world.")
    return config


def _with_local_secret(config: Config, var: Path) -> Config:
    """On one's own machine a secret is made once and kept, so that a restart signs nobody out."""
    kept = var / "secret_key"
    if not kept.exists():
        var.mkdir(parents=True, exist_ok=True)
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_hex(32), encoding="ascii")
    return Config(**{**config.__dict__, "secret_key": kept.read_text(encoding="ascii")})
