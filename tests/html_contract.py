"""What must hold for every HTML response? Parsed strictly, then looked at as a reader with any aid would meet it."""

import re
from collections import Counter
from xml.etree.ElementTree import Element

import html5lib

FIELDS = ("input", "select", "textarea")
# Custom elements and newer attributes are fine; these parse errors are not about them.
IGNORED = {"expected-doctype-but-got-start-tag", "expected-doctype-but-got-chars"}


def check_html(text: str, alone: bool = False) -> None:
    """Raises AssertionError with everything that is wrong with a page or fragment. alone: a file that is taken home,
    which must hold its style and its script."""
    page = text.lstrip().lower().startswith("<!doctype")
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False)
    tree = parser.parse(text) if page else _fragment(parser, text)
    errors = [f"{code} at {place} {data}" for place, code, data in parser.errors if code not in IGNORED]
    elements = [element for element in tree.iter() if isinstance(element.tag, str)]
    for element in elements:
        element.tag = element.tag.rpartition("}")[2]  # pictures come in a namespace of their own
    errors += _ids(elements) + _names(elements) + _inline(elements, alone)
    errors += _page(tree, elements) if page else []
    if "{{ " in text or "{% " in text:
        errors.append("unrendered template code")
    assert not errors, "\n".join(errors)


def _fragment(parser: html5lib.HTMLParser, text: str) -> Element:
    inside = re.match(r"\s*<(tr|td|th|tbody|thead|option|li)\b", text)
    container = {"tr": "tbody", "td": "tr", "th": "tr", "tbody": "table", "thead": "table", "option": "select"}
    return parser.parseFragment(text, container=container.get(inside[1], "div") if inside else "div")


def _page(tree: Element, elements: list[Element]) -> list[str]:
    errors = []
    root = next(element for element in elements if element.tag == "html")
    if root.get("lang") not in ("nb", "nn", "en"):
        errors.append("html has no language")
    titles = [element for element in elements if element.tag == "title" and (element.text or "").strip(" –")]
    if not titles:
        errors.append("no title")
    for tag, count in (("h1", 1), ("main", 1)):
        if sum(element.tag == tag for element in elements) != count:
            errors.append(f"not exactly {count} {tag}")
    primary = [e for e in elements if e.get("data-variant") == "primary" and not _hidden(e)]
    if len(primary) > 1:
        errors.append(f"{len(primary)} primary buttons: " + ", ".join("".join(e.itertext()).strip() for e in primary))
    return errors


def _hidden(element: Element) -> bool:
    return "hidden" in element.attrib


def _ids(elements: list[Element]) -> list[str]:
    ids = Counter(element.get("id") for element in elements if element.get("id"))
    errors = [f"id {name} stands {count} times" for name, count in ids.items() if count > 1]
    for element in elements:
        if element.tag == "label" and element.get("for") and element.get("for") not in ids:
            errors.append(f"label for unknown id {element.get('for')}")
        for attribute in ("aria-labelledby", "aria-describedby", "aria-controls"):
            for name in (element.get(attribute) or "").split():
                if name not in ids:
                    errors.append(f"{attribute} names unknown id {name}")
    return errors


def _names(elements: list[Element]) -> list[str]:
    errors = []
    labelled = {element.get("for") for element in elements if element.tag == "label"}
    inside = {id(child) for element in elements if element.tag == "label" for child in element.iter()}
    for element in elements:
        named = element.get("aria-label") or element.get("aria-labelledby") or element.get("title")
        if (
            element.tag in FIELDS
            and element.get("type") not in ("hidden", "submit", "button")
            and not (named or element.get("id") in labelled or id(element) in inside)
        ):
            errors.append(f"{element.tag} {element.get('name')} has no label")
        silent = not named and not "".join(element.itertext()).strip()
        pictured = any(child.tag == "img" and child.get("alt") for child in element.iter())
        if element.tag in ("button", "a", "summary") and silent and not pictured:
            errors.append(f"{element.tag} {element.attrib} has no text")
        if element.tag == "img" and element.get("alt") is None:
            errors.append("img without alt")
        # Of a cell with nothing in it the style leaves the label out too; a blank has its label shown, and no more.
        if element.get("data-label") and silent and element.text and not len(element):
            errors.append(f"nothing stands after {element.get('data-label')}")
        if element.tag == "th" and not element.get("scope"):
            errors.append(f"th without scope: {''.join(element.itertext()).strip()}")
        if (
            element.tag == "svg"
            and element.get("aria-hidden") != "true"
            and not (element.get("role") == "img" and any(child.tag == "title" for child in element.iter()))
        ):
            errors.append("svg without role img and title, not hidden either")
    return errors


def _inline(elements: list[Element], alone: bool) -> list[str]:
    errors = []
    for element in elements:
        if not alone and (element.tag == "style" or (element.tag == "script" and not element.get("src"))):
            errors.append(f"inline {element.tag}")
        for name, value in element.attrib.items():
            if name == "style" or re.fullmatch(r"on[a-z]+", name):
                errors.append(f"inline {name} on {element.tag}")
            if name in ("href", "src", "action") and re.match(r"(https?:)?//", value):
                errors.append(f"address outside the application: {value}")
    return errors
