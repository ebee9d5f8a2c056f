"""What is claimed of the files is what the files have."""

import io
import zipfile
from dataclasses import replace

import pytest
from lxml import etree
from tests.golden.sample import MANIFEST, edition

from engross.assemble.edition import Edition
from engross.make.epub import PageStart, make_epub
from engross.make.epub.book import metadata
from engross.make.records.accessibility import accessibility
from engross.make.records.facts import Facts, facts
from engross.make.records.files import faults
from engross.make.records.linked import accessible, opds
from engross.make.records.onix import NAMESPACE, codes, onix
from engross.render import Rendered, render
from engross.schema.manifest import Manifest

VOUCHED = {
    "evaluated_by": "A Reader",
    "evaluated_on": "2026-11-20",
    "conforms_to": "EPUB Accessibility 1.1 - WCAG 2.2 Level AA",
}


def vouched(**changes: str | None) -> Edition:
    judged = accessibility(edition(), render(edition(), "epub"), paged=True).sha256
    known = VOUCHED | {"evaluated_sha256": judged} | changes
    said = {key: value for key, value in known.items() if value}
    return replace(edition(), manifest=Manifest.model_validate({**MANIFEST, "accessibility": said}))


def mute(rendered: tuple[Rendered, ...]) -> tuple[Rendered, ...]:
    """The sections with the words of the one picture taken away."""
    changed = tuple(replace(s, html=s.html.replace(' alt="A seal"', ' alt=""')) for s in rendered)
    assert changed != rendered
    return changed


def test_a_picture_without_words_takes_every_claim_that_rests_on_it() -> None:
    made = vouched()
    rendered = render(made, "epub")
    before = accessibility(made, rendered, paged=True)
    after = accessibility(made, mute(rendered), paged=True)
    assert "alternativeText" in before.features
    assert before.sufficient == ("textual",)
    assert before.conforms_to == "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"
    assert set(before.features) - set(after.features) == {"alternativeText"}
    assert after.sufficient == ()
    assert (after.conforms_to, after.certified_by, after.certified_on) == ("", "", "")


def test_the_package_loses_the_claims_with_the_words() -> None:
    made = vouched()
    rendered = render(made, "epub")
    said = [entry.value for entry in metadata(made, rendered, paged=False)]
    mutely = [entry.value for entry in metadata(made, mute(rendered), paged=False)]
    assert set(said) - set(mutely) == {
        "alternativeText",
        "EPUB Accessibility 1.1 - WCAG 2.2 Level AA",
        "A Reader",
        "2026-11-20",
    }


@pytest.mark.parametrize("missing", ["evaluated_by", "evaluated_on", "evaluated_sha256"])
def test_no_conformance_is_claimed_without_a_name_and_a_day(missing: str) -> None:
    made = vouched(**{missing: None})
    known = facts(made, render(made, "epub"), paged=False)
    assert known.accessibility.conforms_to == ""
    assert [str(fault) for fault in faults(known)] == [
        "manifest.yaml: Q302 'EPUB Accessibility 1.1 - WCAG 2.2 Level AA' is not claimed: "
        f"{missing} missing\n    fix: say who evaluated this text and when, and fix what "
        f"contradicts it: evaluated_sha256: {known.accessibility.sha256}"
    ]


def test_a_judgement_holds_for_the_text_that_was_judged() -> None:
    made = vouched(evaluated_sha256="0" * 64)
    known = facts(made, render(made, "epub"), paged=False)
    assert known.accessibility.certified_by == ""
    (told,) = faults(known)
    assert told.message == (
        "'EPUB Accessibility 1.1 - WCAG 2.2 Level AA' is not claimed: the text is not the one "
        "that was judged"
    )


def test_no_hazard_is_denied_where_something_runs() -> None:
    made = edition()
    rendered = render(made, "epub")
    running = (replace(rendered[0], html=rendered[0].html.replace(">", "><video/>", 1)),)
    assert accessibility(made, rendered, paged=False).hazards == ("none",)
    assert accessibility(made, running, paged=False).hazards == ()


def package_says(made: Edition) -> dict[str, list[str]]:
    book = make_epub(
        made,
        render(made, "epub"),
        "",
        images={"images/seal.png": b"\x89PNG"},
        page_list=[PageStart("1", "letter")],
    )
    with zipfile.ZipFile(io.BytesIO(book.content)) as archive:
        root = etree.fromstring(archive.read("EPUB/content.opf"))
    found: dict[str, list[str]] = {}
    for meta in root.iter("{http://www.idpf.org/2007/opf}meta"):
        found.setdefault(meta.get("property") or "", []).append(meta.text or "")
    return found


@pytest.mark.parametrize("made", [edition(), vouched()], ids=["plain", "vouched for"])
def test_package_onix_opds_and_json_ld_say_the_same(made: Edition) -> None:
    known = facts(made, render(made, "epub"), paged=True)
    package = package_says(made)
    linked = accessible(known)
    feed = opds(known)["publications"][0]["metadata"]["accessibility"]
    root = etree.fromstring(onix(known))
    n = f"{{{NAMESPACE}}}"
    rows = {
        (row.findtext(f"{n}ProductFormFeatureValue") or ""): (
            row.findtext(f"{n}ProductFormFeatureDescription") or ""
        )
        for row in root.iter(f"{n}ProductFormFeature")
        if row.findtext(f"{n}ProductFormFeatureType") == "09"
    }
    features = package["schema:accessibilityFeature"]
    assert features == linked["accessibilityFeature"] == feed["feature"]
    assert {codes()["features"][feature] for feature in features} <= rows.keys()
    assert (
        not {codes()["features"][f] for f in codes()["features"] if f not in features} & rows.keys()
    )
    assert package["schema:accessMode"] == linked["accessMode"] == feed["accessMode"]
    assert ("52" in rows) == ("textual" in package.get("schema:accessModeSufficient", []))
    assert package["schema:accessibilityHazard"] == linked["accessibilityHazard"] == ["none"]
    (summary,) = package["schema:accessibilitySummary"]
    assert summary == linked["accessibilitySummary"] == feed["summary"] == rows["00"]
    claim = package.get("dcterms:conformsTo", [])
    assert claim == ([linked["conformsTo"]] if "conformsTo" in linked else [])
    assert ({"04", "82", "85"} <= rows.keys()) == bool(claim)
    assert rows.get("90", "") == "".join(package.get("a11y:certifiedBy", []))


def test_each_claim_of_conformance_has_its_own_code() -> None:
    made = vouched()
    known: Facts = facts(made, render(made, "epub"), paged=True)
    codes = etree.fromstring(onix(known)).xpath(
        "//n:ProductFormFeature[n:ProductFormFeatureType='09']/n:ProductFormFeatureValue/text()",
        namespaces={"n": NAMESPACE},
    )
    assert [code for code in codes if code in {"04", "80", "81", "82", "84", "85", "86"}] == [
        "04",
        "82",
        "85",
    ]
