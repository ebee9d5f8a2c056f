"""A picture is proved where pages show it, not where a file holds it."""

from engross.check.epub.opened import Opened, open_web
from engross.verify.plates import Plate, prove_shown
from engross.verify.report import Log

PAGE = b'<html><body><img src="../%s" alt="A plan"/></body></html>'
PLAN, SEAL = Plate("letter, plan.png", b"plan", "A plan"), Plate("letter, seal.png", b"seal", "A")


def told(page: bytes, *plates: Plate) -> list[str]:
    log = Log("web")
    files = {"texts/letter.html": page, "images/plan.png": b"plan", "images/seal.png": b"seal"}
    site = open_web(files)
    assert isinstance(site, Opened)
    prove_shown(site, plates, log)
    return [one.message for one in log.findings]


def test_a_picture_that_a_page_shows_is_proved() -> None:
    assert told(PAGE % b"images/plan.png", PLAN) == []


def test_a_picture_that_no_page_shows_or_only_once_of_twice_is_missed() -> None:
    gone = "the picture of letter, plan.png is not there, or not as the evidence has it"
    assert told(PAGE % b"images/seal.png", PLAN) == [gone]
    assert told(PAGE % b"images/plan.png", PLAN, PLAN) == [gone]
    assert told(PAGE % b"images/plan.png", PLAN, SEAL) == [
        "the picture of letter, seal.png is not there, or not as the evidence has it"
    ]
