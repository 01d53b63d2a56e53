"""Does the contract that every page is held against find what it is there to find?"""

import pytest

from tests.html_contract import check_html

HEAD = '<!doctype html><html lang="nb"><head><title>Planer</title></head><body>'
PAGE = HEAD + "<main><h1>Planer</h1>{}</main></body></html>"


def test_a_sound_page_passes() -> None:
    check_html(PAGE.format('<label for="a">Navn</label><input id="a" name="a">'))


@pytest.mark.parametrize(
    "part",
    [
        '<input name="a">',
        '<p id="a"></p><p id="a"></p>',
        '<label for="away">Navn</label>',
        '<p style="color:red">x</p>',
        '<button onclick="x()">x</button>',
        "<script>x()</script>",
        '<img src="/a.png">',
        '<a href="https://example.org/">ut</a>',
        "<table><tr><th>Navn</th></tr></table>",
        '<table><tr><td data-label="Hjelp"> </td></tr></table>',
        "<svg></svg>",
        "<button></button>",
        "<h1>En til</h1>",
        '<a href="/a" data-variant="primary">a</a><a href="/b" data-variant="primary">b</a>',
        '<p aria-describedby="away">x</p>',
        "<p>{{ view.name }}</p>",
        "<div><p>uten slutt</div></span>",
    ],
)
def test_each_fault_is_found(part: str) -> None:
    with pytest.raises(AssertionError):
        check_html(PAGE.replace("{}", part))
