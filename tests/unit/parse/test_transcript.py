from engross.model.finding import Place
from engross.parse.markdown import parse_markdown
from engross.parse.transcript import Paragraph, prove_transcript, received_paragraphs
from engross.schema.document import Received

RECORD = "Date\n\nHe *said* so.\n\nThe end.\n"


def received(**changes: object) -> Received:
    rows = [
        {"lines": "1", "use": "dropped", "reason": "web label"},
        {"lines": "3-5", "use": "transcript"},
    ]
    return Received.model_validate(
        {
            "sha256": "0" * 64,
            "format": "wcda-text",
            "emphasis": "asterisks",
            "lines": rows,
            **changes,
        }
    )


def prove(transcript: str, **changes: object) -> list[str]:
    body = parse_markdown(transcript, "transcript.md", dialect="transcript")
    record = Place("document.yaml", 4, 1)
    return [
        str(found)
        for found in prove_transcript(body, RECORD, received(**changes), "transcript.md", record)
    ]


def test_every_line_of_a_wilson_center_record_is_a_paragraph() -> None:
    assert received_paragraphs(RECORD.split("\n"), received()) == [
        Paragraph("He said so.", 3, ((3, 7),), (0,)),
        Paragraph("The end.", 5, (), (0,)),
    ]


def test_a_verbatim_transcript_has_no_finding() -> None:
    assert prove("He *said* so.\n\nThe end.\n") == []


def test_a_changed_word_is_shown_on_both_sides() -> None:
    assert prove("He *says* so.\n\nThe end.\n") == [
        "transcript.md:1: T002 p-001 differs from received.txt:3 at character 6: the transcript "
        "has “He says so.”, the received file “He said so.”\n"
        "    fix: restore the received words; a change is an entry of corrections.yaml; "
        'engross correct #p-001 "said" "says" --reason "…"; after a release engross correct '
        "--adopt does both"
    ]


def test_lost_italics_are_a_difference() -> None:
    assert prove("He said so.\n\nThe end.\n") == [
        "transcript.md:1: T002 p-001 has other words in italics than received.txt:3\n"
        "    fix: emphasise exactly what the received file does; or, if the leaf shows it so: "
        'engross correct #p-001 --kind typography --reason "…"'
    ]


def test_a_lost_paragraph_is_counted() -> None:
    assert prove("He *said* so.\n") == [
        "transcript.md:1: T002 the transcript has 1 blocks, fewer than the 2 paragraphs of "
        "received.txt\n    fix: keep the received paragraphs, one block each, in their order"
    ]


def test_all_faults_of_the_line_account_are_told_at_once() -> None:
    rows = [{"lines": "3-9", "use": "transcript"}, {"lines": "3", "use": "dropped"}]
    assert prove("He *said* so.\n\nThe end.\n", lines=rows) == [
        "document.yaml:4:1: T004 lines: 3-9 names line 7, but the received file has 6 lines\n"
        "    fix: correct the range",
        "document.yaml:4:1: T004 line 3 of the received file stands in two entries, 3-9 and 3\n"
        "    fix: let each line stand in one entry",
        "document.yaml:4:1: T005 lines 3 of the received file are dropped without a reason\n"
        "    fix: say under reason why they are not part of the document",
        "document.yaml:4:1: T003 1 line(s) of the received file are not accounted for: 1\n"
        "    fix: add them under received.lines as transcript, metadata or dropped",
    ]
