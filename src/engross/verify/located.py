"""On which pages things stand, and whether an index says so."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engross.verify.streams import Streams


@dataclass(frozen=True, slots=True)
class PageMap:
    """On which page each position of a stream stands."""

    ends: tuple[int, ...]
    apart: tuple[tuple[int, int, int], ...] = ()
    """What cells of a row over pages say out of turn: from, to, and the page."""

    def page(self, position: int) -> int:
        """The page of the character behind a position."""
        for start, end, page in self.apart:
            if start <= position < end:
                return page
        return min(bisect_right(self.ends, position), len(self.ends) - 1)


def index_faults(
    streams: Streams, body: PageMap, labels: Sequence[str]
) -> Iterator[tuple[str, str]]:
    """Each heading of the index names the pages of its places: in order, once, ranges joined."""
    begins = dict(reversed([(address, at) for at, address in streams.body.places]))
    for heading, places, said in streams.located:
        rows: list[list[int]] = []
        found = [pair for pair in places if pair[0] in begins and pair[1] in begins]
        for first, last in sorted((body.page(begins[a]), body.page(begins[b])) for a, b in found):
            if rows and first <= rows[-1][1]:
                rows[-1][1] = max(last, rows[-1][1])
            else:
                rows.append([first, last])
        wanted = ",".join(labels[a] if a == b else f"{labels[a]}\u2013{labels[b]}" for a, b in rows)
        if said.strip(",") != wanted:
            yield "P006", f"the index gives '{heading}' the pages {said}, it stands on {wanted}"
