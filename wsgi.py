"""The application for the web server: `gunicorn wsgi:app`, and for the command line: `flask --app wsgi`."""

from app import create_app
from config import from_environment

app = create_app(from_environment())
