"""create_app: settings, database, floors and methods put together. Nobody imports this."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import Flask
from flask_babel import Babel
from jinja2 import pass_context
from jinja2.runtime import Context
from werkzeug.middleware.proxy_fix import ProxyFix

from app import clock, db, i18n, kept, ladder, logs, permissions, richtext, web
from app.accounts import package as accounts
from app.admin import package as admin
from app.cli import package as cli
from app.desk import package as desk
from app.dialogues import package as dialogues
from app.exports import package as exports
from app.files import package as files
from app.levels import METHODS
from app.me import package as me
from app.moderation import package as moderation
from app.multilingual import package as multilingual
from app.notifications import package as notifications
from app.search import package as search
from app.site import package as site
from app.supports import package as supports

if TYPE_CHECKING:
    from config import Config

# Each has `install(app)`: blueprints, rules, events, subjects, notices, template names. Order does not matter.
PACKAGES = (
    accounts,
    multilingual,
    files,
    search,
    notifications,
    dialogues,
    moderation,
    supports,
    exports,
    me,
    desk,
    site,
    admin,
    cli,
)


class UndeclaredAccess(RuntimeError):
    """An endpoint has no declared access, so the application does not start."""


def create_app(config: Config) -> Flask:
    """Build the application. Raises UndeclaredAccess, or SlotEmpty where a guard of the life cycle has no answer."""
    root = Path(__file__).parent
    app = Flask("app", root_path=str(root), static_folder=str(root / "static"))
    app.config.update(_flask_settings(config, root))
    logs.configure()
    clock.use_zone(config.time_zone)
    i18n.ship(config.languages)
    db.connect(config.database_url)
    Babel(app, locale_selector=lambda: i18n.current().ui)
    web.install(app, accounts.load_actor)
    web.guard(app)
    if config.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=config.proxies, x_proto=config.proxies)  # type: ignore[method-assign]
    ladder.install(METHODS)
    for package in PACKAGES:
        package.install(app)
    notifications.add((*accounts.NOTICES, *multilingual.NOTICES))
    for method in METHODS:
        for blueprint in method.blueprints:
            app.register_blueprint(blueprint)
        notifications.add(method.notices)
    dialogues.check_slots()
    _template_names(app)
    missing = web.undeclared(app)
    if missing:
        raise UndeclaredAccess("declare an access for: " + ", ".join(missing))
    return app


def _flask_settings(config: Config, root: Path) -> dict[str, Any]:
    return {
        "SETTINGS": config,
        "SECRET_KEY": config.secret_key,
        "SECRET_KEY_FALLBACKS": list(config.secret_key_fallbacks),
        "SESSION_COOKIE_NAME": "__Host-session" if config.https else "session",
        "SESSION_COOKIE_SECURE": config.https,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_PATH": "/",
        "SESSION_REFRESH_EACH_REQUEST": False,
        "PERMANENT_SESSION_LIFETIME": 30 * 24 * 3600,
        "MAX_CONTENT_LENGTH": config.upload_limit,
        "MAX_FORM_MEMORY_SIZE": 1024 * 1024,
        "MAX_FORM_PARTS": 2000,
        "TRUSTED_HOSTS": config.trusted_hosts,
        "BABEL_TRANSLATION_DIRECTORIES": str(root.parent / "translations"),
        "BABEL_DEFAULT_LOCALE": "en",
        "WTF_CSRF_CHECK_DEFAULT": False,  # app.web checks every form itself, and keeps what was written
        "WTF_CSRF_TIME_LIMIT": None,  # as long as the session: a slow writer must not lose the text
        "WTF_CSRF_SSL_STRICT": config.https,
        "SEND_FILE_MAX_AGE_DEFAULT": 31536000,
    }


def _template_names(app: Flask) -> None:
    """What every template may use; filters write dates and numbers in the reader's language."""
    app.jinja_env.filters.update(
        date=i18n.long_date,
        datetime=i18n.long_datetime,
        moment=i18n.moment,
        day=i18n.day,
        time=i18n.clock_time,
        number=i18n.number,
        percent=i18n.percent,
        listed=i18n.listed,
        raised=richtext.raised,
        swedish=_swedish,
    )
    app.jinja_env.globals.update(asset=_asset_maker(Path(app.static_folder or "")), site=site.about_in(app))
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True

    @app.context_processor
    def names() -> dict[str, Any]:
        return {
            "actor": web.actor(),
            "lang": i18n.current(),
            "languages": site.language_row(),
            "nav": site.main_menu(),
            "account_nav": site.account_menu(web.actor()),
            "foot_nav": site.foot_menu(),
            "can": lambda action, subject=None: permissions.can(web.actor(), action, subject),
            "refusal": lambda action, subject=None: permissions.refusal(web.actor(), action, subject),
            "now": clock.now,
            "shown_again": kept.is_shown_again(),
        }


@pass_context
def _swedish(_context: Context, text: str | None) -> str:
    """i18n.swedish, asked at each view: without the context Jinja would ask once, when it compiles the template."""
    return i18n.swedish(text)


def _asset_maker(folder: Path) -> Any:
    versions: dict[str, str] = {}

    def asset(path: str) -> str:
        """A static file's address with its version, the same in every language, so that caches keep one copy."""
        if path not in versions:
            file = folder / path
            versions[path] = f"{int(file.stat().st_mtime):x}" if file.exists() else "0"
        return f"/static/{path}?v={versions[path]}"

    return asset
