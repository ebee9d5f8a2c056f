"""What preflight says of one file."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from engross.catalog import entry, finding
from engross.model.check import Status
from engross.model.finding import Finding, Place


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong, wherever in the file it is."""

    code: str
    text: str
    pages: tuple[int, ...] = ()
    """From 1; empty where the whole file is meant."""
    fix: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One check in a printer's words."""

    name: str
    """`fonts`, `bleed` …"""
    state: Status
    text: str

    @classmethod
    def judged(cls, name: str, codes: Iterable[str], told: Mapping[str, str], text: str) -> "Line":
        """The line of a check with these codes: the first fault `told` of them, else `text`."""
        wrong = next((told[code] for code in codes if code in told), "")
        return cls(name, Status.FAILED if wrong else Status.PASSED, wrong or text)


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that was looked at in one file."""

    subject: str
    """SHA-256 of the bytes."""
    printer: str
    standard: str
    lines: tuple[Line, ...]
    faults: tuple[Fault, ...]

    @property
    def passed(self) -> bool:
        """Whether nothing was found that blocks publishing."""
        return not any(entry(fault.code).severity.value == "error" for fault in self.faults)

    def findings(self, name: str) -> list[Finding]:
        """The faults as findings at an output's name."""
        return [
            finding(fault.code, Place(name), f"{fault.text}{on_pages(fault.pages)}", fault.fix)
            for fault in self.faults
        ]

    def text(self, name: str) -> str:
        """The report as a printer reads it, a line a check."""
        head = f"{name}: {self.standard}" if self.standard != "none" else f"{name}: plain PDF"
        if self.printer:
            head += f", for {self.printer}"
        signs = {Status.PASSED: "ok", Status.FAILED: "NO", Status.NOT_CHECKED: "--"}
        rows = [f"  {signs[line.state]}  {line.name:<12} {line.text}" for line in self.lines]
        return "\n".join([head, *rows])


@dataclass(slots=True)
class Tally:
    """Faults while a file is read; the same fault on many pages is one."""

    rows: dict[tuple[str, str, str], list[int]] = field(default_factory=dict)
    page: int = 0
    """The page that is looked at, from 1; 0 for the whole file."""

    def add(self, code: str, text: str, fix: str = "", page: int = 0) -> None:
        """Note a fault of the page that is looked at, or of another."""
        page = page or self.page
        pages = self.rows.setdefault((code, text, fix), [])
        if page and (not pages or pages[-1] != page):
            pages.append(page)

    def faults(self) -> tuple[Fault, ...]:
        """All faults, by code, then in the order in which they were met."""
        rows = sorted(self.rows.items(), key=lambda row: row[0][0])
        return tuple(Fault(code, text, tuple(pages), fix) for (code, text, fix), pages in rows)


def on_pages(pages: Iterable[int]) -> str:
    """` (page 3)`, ` (pages 3, 5–9)`; nothing for none."""
    numbers = sorted(set(pages))
    if not numbers:
        return ""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    words = [str(a) if a == b else f"{a}–{b}" for a, b in runs]
    more = f" and {len(words) - 8} more places" if len(words) > 8 else ""
    return f" (page{'s' if len(numbers) > 1 else ''} {', '.join(words[:8])}{more})"
