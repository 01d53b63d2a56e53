"""What is the web application made of? Puts the parts together; decides nothing about plans."""

import logging
from datetime import timedelta
from pathlib import Path
from types import ModuleType

from flask import Flask, request
from flask_babel import Babel, get_locale
from flask_wtf import CSRFProtect
from jinja2 import StrictUndefined

from planner import notation
from planner.addresses import stand_behind
from planner.config import Config
from planner.files.shipped import shipped
from planner.jobs import Jobs
from planner.place import Place
from planner.services.workshop_live import Live
from planner.store.database import Database
from planner.web import (
    about,
    access,
    account,
    asked,
    cookies,
    decision,
    errors,
    followup,
    foreign,
    gaps,
    headers,
    initiatives,
    language,
    log,
    looks,
    oidc,
    package,
    pages,
    people,
    plans,
    portfolio,
    proposals,
    questionnaire,
    report,
    scenarios,
    security_txt,
    signin,
    sizes,
    stated,
    survey,
    survey_comments,
    survey_kept,
    survey_weighting,
    watching,
    workshop,
    workshop_paper,
    workshop_phone,
)
from planner.web.cards import cards, marks, taps

# The steps of the job, in order; each is a module with a `blueprint` whose page endpoint is called page.
STEPS: tuple[ModuleType, ...] = (survey, gaps, initiatives, workshop, portfolio, scenarios, report, followup)
# What belongs to a step and has a blueprint of its own.
PARTS: tuple[ModuleType, ...] = (
    questionnaire,
    survey_comments,
    survey_kept,
    survey_weighting,
    stated,
    workshop_paper,
    looks,
    proposals,
    log,
    decision,
    package,
)
# What there is where people sign in.
PEOPLE: tuple[ModuleType, ...] = (signin, oidc, account, people)

HERE = Path(__file__).parent


def create_app(config: Config) -> Flask:
    """The application on its database, which is brought up to date."""
    app = without_place(config)
    database = Database(config.database_url)
    database.migrate()
    if config.access == "server" and (weakness := database.weakness()):
        logging.getLogger("planner").warning(
            "PostgreSQL does not keep municipalities apart: %s (docs/postgresql.md)", weakness
        )
    app.extensions["planner"] = open_place(config, database)
    return app


def open_place(config: Config, database: Database) -> Place:
    """What the requests of one running application share."""
    issuer = None
    if config.oidc is not None:
        from planner.services.issuer import Issuer  # with all that speaks to it: a third of a second at the start

        issuer = Issuer(config.oidc, config.external_url + oidc.CALLBACK)
    return Place(config, database, Jobs(config, database), Live(database), issuer)


def without_place(config: Config) -> Flask:
    """All of the application that is the same on every database: routes, templates, languages, headers."""
    app = Flask("planner", template_folder=str(shipped("templates")), static_folder=str(shipped("static")))
    app.config.update(
        SECRET_KEY=config.secret_key,
        TESTING=config.testing,
        MAX_CONTENT_LENGTH=config.upload_mb * 1024 * 1024,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SECURE=config.secure_cookies,
        SESSION_COOKIE_NAME=cookies.name(cookies.SESSION, config.secure_cookies),
        PERMANENT_SESSION_LIFETIME=timedelta(days=365),
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,  # asks for a Referer, which some take away; `foreign` asks for what none does
        SEND_FILE_MAX_AGE_DEFAULT=timedelta(hours=1),
    )
    stand_behind(app, config)
    Babel(  # type: ignore[no-untyped-call]  # its parts have types, its beginning none
        app,
        default_locale="nb",
        default_translation_directories=str(HERE / "translations"),
        locale_selector=language.chosen,
    )
    # Else «//x» is answered with an absolute address made of whatever Host was sent.
    app.url_map.merge_slashes = False
    pages.htmx.init_app(app)
    watching.register(app)  # before the token is asked for: what is refused for it is counted too
    sizes.register(app)
    CSRFProtect(app)
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.finalize = pages.printable
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(notation.FILTERS)
    app.jinja_env.globals.update(
        get_locale=get_locale, pages=pages, cards=cards, marks=marks, taps=taps, request_path=lambda: request.full_path
    )
    for part in (plans, about, security_txt, *STEPS, *PARTS, *PEOPLE, workshop_phone):
        app.register_blueprint(part.blueprint)
    for part in (headers, asked, errors, foreign, language, access):
        part.register(app)
    return app
