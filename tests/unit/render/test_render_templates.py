"""Faults of a book's own templates are findings with their line; the sandbox holds."""

import pytest
from tests.golden.sample import edition

from engross.model.finding import EngrossError
from engross.read import bounded
from engross.render import environment, render


def fault(text: str, name: str = "colophon.html") -> str:
    with pytest.raises(EngrossError) as caught:
        render(edition(), "page", {name: text})
    assert caught.value.exit_status == 3
    return str(caught.value).split("\n    fix:")[0]


def test_a_book_overrides_one_section_and_keeps_the_others() -> None:
    ours = render(edition(), "page")
    theirs = render(edition(), "page", {"colophon.html": "<section>{{ manifest.title }}</section>"})
    assert theirs[-1].html == "<section>A Sample Document &amp; Its Edition</section>"
    assert [one.html for one in theirs[:-1]] == [one.html for one in ours[:-1]]


def test_a_fault_of_syntax_names_its_line() -> None:
    assert fault("<section>\n{% if x %}</section>") == (
        "templates/colophon.html:2: S001 the template cannot be read: Unexpected end of template. "
        "Jinja was looking for the following tags: 'elif' or 'else' or 'endif'. "
        "The innermost block that needs to be closed is 'if'."
    )


def test_a_value_that_does_not_exist_is_never_printed_as_nothing() -> None:
    assert fault("<section>\n\n{{ manifest.titel }}</section>") == (
        "templates/colophon.html:3: S002 the template uses a value that does not exist: "
        "'engross.schema.manifest.Manifest object' has no attribute 'titel'"
    )


@pytest.mark.parametrize(
    "reach",
    [
        "{{ section.__class__.__mro__ }}",
        "{{ manifest.model_construct() }}",
        "{{ manifest.parse_raw('x') }}",
        "{{ say.__globals__ }}",
        "{{ 'a' * 100000000 }}",
        "{{ 10 ** 10000 }}",
    ],
)
def test_a_template_of_the_book_reaches_nothing_but_values(reach: str) -> None:
    message = fault(f"<section>\n{reach}</section>")
    assert message.startswith("templates/colophon.html:2: S003 the template asks for what")


def test_a_template_that_fails_names_its_line() -> None:
    assert fault("<section>{{ 1 + 'a' }}</section>") == (
        "templates/colophon.html:1: S004 the template fails: "
        "TypeError: unsupported operand type(s) for +: 'int' and 'str'"
    )


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("<section><br></section>", "is not well-formed: Opening and ending tag mismatch: br line"),
        ("<p>No section</p>", "makes no single <section>"),
        ("<section></section>words", "makes no single <section>"),
    ],
)
def test_a_template_makes_one_well_formed_section(text: str, why: str) -> None:
    message = fault(text)
    assert message.startswith("templates/colophon.html: S005 the ")
    assert why in message


def test_a_template_that_is_not_there_is_named_with_those_that_are() -> None:
    assert fault("{% include 'logo.html' %}") == (
        "templates/colophon.html:1: S006 there is no template 'logo.html'"
    )


def test_all_templates_that_fail_are_reported_at_once() -> None:
    with pytest.raises(EngrossError) as caught:
        render(edition(), "page", {"colophon.html": "{{ x }}", "imprint.html": "{{ y }}"})
    assert [(f.code, f.place.path) for f in caught.value.findings] == [
        ("S002", "templates/imprint.html"),
        ("S002", "templates/colophon.html"),
    ]


def test_what_an_editor_writes_is_text_and_never_markup() -> None:
    page = next(one for one in render(edition(), "page") if one.kind == "imprint")
    assert "For tests &lt;only&gt;." in page.html


SPIN = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"
DOUBLE = (
    "{% set all = namespace(text='x') %}"
    "{% for n in range(60) %}{% set all.text = all.text ~ all.text %}{% endfor %}"
)


@pytest.mark.parametrize(
    ("text", "bound", "said"),
    [
        (SPIN, {"SECONDS": 1}, "longer than 1 seconds"),
        (DOUBLE, {"MEMORY": 64 << 20}, "more than 64 MiB of memory"),
    ],
    ids=["time", "memory"],
)
def test_a_template_that_takes_too_much_is_given_up_and_the_others_are_judged(
    text: str, bound: dict[str, int], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in bound.items():
        monkeypatch.setattr(environment, name, value)
    with pytest.raises(EngrossError) as caught:
        render(edition(), "page", {"title-page.html": text, "colophon.html": "{{ absent }}"})
    assert [str(found) for found in caught.value.findings] == [
        f"templates/title-page.html: X014 the template took {said}\n"
        "    fix: let it loop less and repeat less; this limit of a book's own templates is fixed",
        "templates/colophon.html:1: S002 the template uses a value that does not exist: "
        "'absent' is undefined\n"
        "    fix: correct the name, or ask with 'is defined' first",
    ]


def test_a_template_that_includes_itself_is_a_finding() -> None:
    message = fault("<section>{% include 'colophon.html' %}</section>")
    assert message == (
        "templates/colophon.html:1: S004 the template takes itself in, or nests too deeply"
    )


def test_a_shipped_template_that_takes_in_a_part_of_the_book_is_not_trusted() -> None:
    own = environment.Templates({"parts/text.html": "{{ 1 }}"})
    assert not own._trusted("document.html")
    assert environment.Templates({"colophon.html": "{{ 1 }}"})._trusted("document.html")


def test_a_fault_of_the_program_itself_is_not_swallowed() -> None:
    def wrong() -> str:
        raise KeyError("ours")

    with pytest.raises(RuntimeError, match="KeyError: 'ours'"):
        list(bounded.bounded([wrong], 20, 1 << 30))
