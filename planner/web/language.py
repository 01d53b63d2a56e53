"""In which language does this person read? An explicit choice first, then that of their account and their municipality,
then the browser's, then bokmål."""

from flask import Blueprint, Flask, Response, abort, has_request_context, request
from flask_babel import get_locale

from planner.web import access, cookies
from planner.web.pages import LANGUAGES, after, is_path_of_ours, place

CODES = tuple(code for code, _name in LANGUAGES)
# A browser set to plain Norwegian sends «no», which is neither of our catalogues.
ALIASES = {"no": "nb", "nb-no": "nb", "nn-no": "nn"}

blueprint = Blueprint("language", __name__)


def _cookie() -> str:
    return cookies.name(cookies.LANGUAGE, place().config.secure_cookies)


def chosen() -> str:
    if not has_request_context():
        return "nb"  # a job or a command; it forces the plan's own language where that matters
    wanted = request.cookies.get(_cookie())
    if wanted in CODES:
        return str(wanted)
    reader = access.person()
    if reader is not None and (reader.language or reader.municipality_language) in CODES:
        return reader.language or reader.municipality_language
    for tag, _quality in request.accept_languages:
        code = ALIASES.get(tag.lower(), tag.lower().split("-")[0])
        if code in CODES:
            return code
    return "nb"


@blueprint.get("/language/<code>")
def choose(code: str) -> Response:
    if code not in CODES:
        abort(404)
    back = request.args.get("back", "/")
    if not is_path_of_ours(back):
        back = "/"
    response = after(back)
    response.set_cookie(
        _cookie(), code, max_age=365 * 24 * 3600, samesite="Lax", httponly=True, secure=place().config.secure_cookies
    )
    return response


def forget_choice(response: Response) -> Response:
    """From now on the account's language counts, not what was chosen in this browser before."""
    response.delete_cookie(_cookie(), samesite="Lax", httponly=True, secure=place().config.secure_cookies)
    return response


def _say(response: Response) -> Response:
    if response.mimetype == "text/html":
        response.headers["Content-Language"] = str(get_locale())
    return response


def register(app: Flask) -> None:
    app.register_blueprint(blueprint)
    app.after_request(_say)
