"""One function says what may be an address; all that leads anywhere asks it."""

from typing import Annotated, Any, Literal, get_origin

import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError

from engross.model.address import leads, outward
from engross.parse.markdown import parse_markdown
from engross.parse.prose import prose_findings
from engross.schema.base import Address
from engross.schema.document import DocumentRecord
from engross.schema.manifest import Manifest
from engross.schema.profile import Profile
from engross.schema.registers import Sources

BAD = [
    f"{before}{scheme}{words}"
    for scheme, words in (
        ("javascript:", "alert(1)"),
        ("data:", "text/html,x"),
        ("file:", "///etc/passwd"),
        ("vbscript:", "x"),
        ("blob:", "x"),
    )
    for before in ("", " ", "\t", "\u200b", "\x01")
] + [
    *(
        "java\tscript:x",
        "java\nscript:x",
        "jav\u00adascript:x",
        "JaVaScRiPt:x",
        "java\u2028script:x",
    ),
    *("//example.org/", "/etc/passwd", "\\\\host\\share", "\\/example.org", " //example.org"),
    *("ht\ttp://example.org/", "https://example.org/\u202e", "https:", "view-source:http://a/"),
    *("edition:map.png", "page.invalid:x"),
]


def test_there_are_forty_bad_spellings() -> None:
    assert len(BAD) >= 40


@pytest.mark.parametrize("address", BAD)
def test_a_bad_address_is_refused_wherever_software_would_follow_it(address: str) -> None:
    assert not leads(address)
    assert not outward(address)
    with pytest.raises(ValidationError):
        TypeAdapter(Address).validate_python(address)


@pytest.mark.parametrize(
    "address",
    ["https://example.org/a%20b", "HTTP://A.ORG", "mailto:a@b.org", "tel:+1", "doi:10.1/2"],
)
def test_what_leads_to_the_web_to_a_mailbox_or_to_a_telephone_may_be_one(address: str) -> None:
    assert outward(address)
    assert leads(address)


def fields(model: type[BaseModel], seen: set[type]) -> list[tuple[str, Any]]:
    """Every field of a model and of those within it."""
    if model in seen:
        return []
    seen.add(model)
    found: list[tuple[str, Any]] = []
    waiting: list[object] = []
    for name, field in model.model_fields.items():
        found.append((f"{model.__name__}.{name}", field))
        waiting.append(field.annotation)
    while waiting:
        one = waiting.pop()
        if isinstance(one, type) and issubclass(one, BaseModel):
            found += fields(one, seen)
        waiting += getattr(one, "__args__", ())
    return found


@pytest.mark.parametrize("model", [Manifest, DocumentRecord, Sources, Profile])
def test_every_field_that_is_named_an_address_is_one(model: type[BaseModel]) -> None:
    for name, field in fields(model, set()):
        named = name.rpartition(".")[2].lower() in {"url", "href", "link", "homepage"}
        if named and get_origin(field.annotation) is not Literal:
            checked = TypeAdapter(Annotated[field.annotation, *field.metadata])
            with pytest.raises(ValidationError, match="javascript: is no address"):
                checked.validate_python("javascript:alert(1)")


def test_a_link_of_the_editors_to_elsewhere_is_refused_at_its_line() -> None:
    text = "[A](/etc/passwd) and [B](vbscript:x).\n"
    body = parse_markdown(text, "introduction.md")
    assert [str(found) for found in prose_findings(body, text, "introduction.md")] == [
        "introduction.md:1: T008 link to '/etc/passwd' is refused\n"
        "    fix: link to http, https, mailto or a place within the book",
        "introduction.md:1: T008 link to vbscript: is refused\n"
        "    fix: link to http, https, mailto or a place within the book",
    ]
