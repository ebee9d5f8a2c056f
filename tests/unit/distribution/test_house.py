"""Files of the repository for people and services: forms, recipe, container, bill, citation."""

import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

import engross
from engross.commands.doctor import LIBRARIES, PROGRAMS
from engross.model.source import SourceFile
from engross.parse.yaml import Yaml, parse_yaml

ROOT = Path(__file__).parent.parent.parent.parent
RECIPE = ROOT / "docs/recipes/edition.yml"


def tree(path: Path) -> Any:
    """A YAML file, every scalar a text."""
    read = parse_yaml(SourceFile.of(path.name, path.read_bytes()))
    assert isinstance(read, Yaml), read
    return read.value


def runs() -> list[str]:
    """What the recipe runs, a command a line."""
    steps = tree(RECIPE)["jobs"]["edition"]["steps"]
    return [line for step in steps for line in step.get("run", "").splitlines()]


def test_the_recipe_and_the_container_install_what_the_typesetter_needs() -> None:
    for words in (" ".join(runs()), (ROOT / "Dockerfile").read_text("utf-8")):
        named = set(re.split(r"[\s\"]+", words))
        assert set(LIBRARIES.values()) <= named
        assert {PROGRAMS[one][0] for one in ("java", "qpdf", "gs", "zbarimg")} <= named


def test_the_recipe_builds_keeps_and_hands_over() -> None:
    assert [line for line in runs() if line.startswith("engross")] == [
        "engross doctor",
        "engross check --plain",
        "engross build --checked --plain",
        "engross verify --plain",
    ]
    used = [step.get("uses", "") for step in tree(RECIPE)["jobs"]["edition"]["steps"]]
    assert {"actions/cache@v4", "actions/upload-artifact@v4"} <= set(used)


def test_the_container_copies_what_is_there_and_runs_as_nobody_special() -> None:
    rows = (ROOT / "Dockerfile").read_text("utf-8").replace("\\\n", " ").splitlines()
    kept = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    copied = [word for row in rows if row.startswith("COPY") for word in row.split()[1:-1]]
    assert copied
    for path in copied:
        assert (ROOT / path).exists()
        assert f"!{path}" in kept
    starts = [row.split()[0] for row in rows if row and row[0].isupper()]
    assert starts.index("USER") < starts.index("ENTRYPOINT")
    assert starts[-2:] == ["ENTRYPOINT", "CMD"]


def test_forms_ask_for_the_machine_and_the_finding() -> None:
    form = tree(ROOT / ".github/ISSUE_TEMPLATE/fault.yml")
    asked = {
        row["id"]: row["validations"]["required"]
        for row in form["body"]
        if "id" in row and "validations" in row
    }
    assert asked == {"happened": "true", "finding": "true", "doctor": "true"}
    labels = " ".join(row["attributes"].get("label", "") for row in form["body"])
    assert "engross doctor --json" in labels


def test_the_citation_names_the_version_that_is_here() -> None:
    assert tree(ROOT / "CITATION.cff")["version"] == engross.__version__


def test_the_bill_of_materials_names_all_that_is_locked(tmp_path: Path) -> None:
    wheel = tmp_path / "engross-0.1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        about = "Name: engross\nVersion: 0.1.0\nLicense-Expression: AGPL-3.0-or-later\n"
        archive.writestr("engross-0.1.0.dist-info/METADATA", about)
    command = [sys.executable, str(ROOT / ".ci/sbom"), str(wheel)]
    first, again = (subprocess.run(command, capture_output=True, check=True) for _ in range(2))
    assert first.stdout == again.stdout
    bill = json.loads(first.stdout)
    locked = re.findall(r"^([\w.-]+)==", (ROOT / "requirements/runtime.lock").read_text(), re.M)
    assert sorted(one["name"] for one in bill["components"]) == sorted(locked)
    assert all(one["externalReferences"] for one in bill["components"])
    assert bill["metadata"]["component"]["licenses"] == [{"expression": "AGPL-3.0-or-later"}]


@pytest.mark.parametrize("name", ["Dockerfile", "RELEASING.md", "docs/install.md"])
def test_they_name_no_machine_of_ours(name: str) -> None:
    assert not re.search(r"/home/|/root/|/work/", (ROOT / name).read_text("utf-8"))
