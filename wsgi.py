"""The application for the web server: `gunicorn wsgi:app`, and for the command line: `flask --app wsgi`."""

from app import create_app
from app.site.package import BrandError, MunicipalityError
from config import UnsafeSettings, from_environment

try:
    app = create_app(from_environment())
except (UnsafeSettings, MunicipalityError, BrandError) as problem:
    raise SystemExit(f"Cannot start: {problem}") from None
