"""The receipt: what made an edition, the same wherever and whenever it is made."""

import hashlib
import json
import re
from pathlib import Path

import engross
from engross.model.check import Checked, Output, Status
from engross.publish import receipt, versions

OUTPUTS = [Output("print", "b.pdf", b"pdf"), Output("epub", "a.epub", b"epub")]


def made(**more: object) -> bytes:
    return receipt(
        "yamada-1961",
        "1.0",
        {"manifest.yaml": "1" * 64, "introduction.md": "2" * 64},
        OUTPUTS,
        versions={"weasyprint": "70.0", "engross": "0.1.0"},
        fonts={"EBGaramond-Regular.ttf": "3" * 64},
        checks=[
            Checked("qpdf", "b.pdf", Status("not checked"), version="11.3"),
            Checked("epubcheck", "a.epub", Status("passed"), version="5.3.0"),
        ],
        **more,  # type: ignore[arg-type]  # one test's only parameter
    )


def test_a_receipt_is_an_in_toto_statement_with_provenance() -> None:
    statement = json.loads(made())
    assert statement["_type"] == "https://in-toto.io/Statement/v1"
    assert statement["predicateType"] == "https://slsa.dev/provenance/v1"
    assert statement["subject"] == [
        {"name": "a.epub", "digest": {"sha256": hashlib.sha256(b"epub").hexdigest()}},
        {"name": "b.pdf", "digest": {"sha256": hashlib.sha256(b"pdf").hexdigest()}},
    ]
    definition = statement["predicate"]["buildDefinition"]
    assert definition["externalParameters"] == {"edition": "yamada-1961", "version": "1.0"}
    assert definition["resolvedDependencies"] == [
        {"name": "book/introduction.md", "digest": {"sha256": "2" * 64}},
        {"name": "book/manifest.yaml", "digest": {"sha256": "1" * 64}},
        {"name": "font/EBGaramond-Regular.ttf", "digest": {"sha256": "3" * 64}},
    ]


def test_a_check_that_did_not_run_is_never_passed() -> None:
    details = json.loads(made())["predicate"]["runDetails"]
    assert details["builder"]["version"] == {"engross": "0.1.0", "weasyprint": "70.0"}
    assert [(row["tool"], row["verdict"]) for row in details["engross_checks"]] == [
        ("epubcheck", "passed"),
        ("qpdf", "not checked"),
    ]


def test_a_receipt_is_the_same_bytes_in_whatever_order_things_came() -> None:
    swapped = receipt(
        "yamada-1961",
        "1.0",
        {"introduction.md": "2" * 64, "manifest.yaml": "1" * 64},
        OUTPUTS[::-1],
        versions={"engross": "0.1.0", "weasyprint": "70.0"},
        fonts={"EBGaramond-Regular.ttf": "3" * 64},
        checks=[
            Checked("epubcheck", "a.epub", Status("passed"), version="5.3.0"),
            Checked("qpdf", "b.pdf", Status("not checked"), version="11.3"),
        ],
    )
    assert swapped == made()


def test_parameters_of_a_draft_are_recorded() -> None:
    statement = json.loads(made(parameters={"kinds": "epub"}))
    parameters = statement["predicate"]["buildDefinition"]["externalParameters"]
    assert parameters == {"edition": "yamada-1961", "version": "1.0", "kinds": "epub"}


def test_no_time_and_no_path_of_the_machine_stands_in_it() -> None:
    text = made().decode()
    assert str(Path.cwd()) not in text
    assert not re.search(r"20\d\d-\d\d-\d\d|\d\d:\d\d", text)


def test_versions_name_everything_that_makes_a_byte() -> None:
    found = versions({"pango": "1.50.12"})
    assert found["engross"] == engross.__version__
    assert found["pango"] == "1.50.12"
    assert {"python", "zlib", "weasyprint", "pydyf", "fonttools", "ebooklib"} <= found.keys()
    assert list(found) == sorted(found)
