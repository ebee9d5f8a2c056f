"""Typesetting processes that several outputs, and in a batch several editions, have in common."""

from collections.abc import Iterable
from typing import Self

from engross.make.typeset.pool import Hands, Pool
from engross.make.typeset.values import House, Limits
from engross.model.font import FontFile


class Engines:
    """Workers by the faces that they see; whoever makes one closes it."""

    def __init__(self) -> None:
        self.hands: dict[tuple[str, ...], Hands] = {}
        self.early: Hands | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def start(self) -> None:
        """Start a worker now, so that the engine is loaded while the book is read."""
        self.early = Hands()
        self.early.start()

    def pool(
        self, house: House, faces: Iterable[FontFile] = (), limits: Limits | None = None
    ) -> Pool:
        """
        Workers for a house.

        Args:
            house: what is to be set.
            faces: of the other houses that the same processes will work for.
            limits: of each section; the usual ones if not given.
        """
        every = {face.digest: face for face in (*house.fonts, *faces)}
        key = tuple(sorted(every))
        if key not in self.hands:
            hands, self.early = self.early or Hands(), None
            hands.faces = every
            self.hands[key] = hands
        return Pool(house, limits or Limits(), self.hands[key])

    def close(self) -> None:
        """End all workers."""
        if self.early is not None:
            self.early.close()
            self.early = None
        while self.hands:
            self.hands.popitem()[1].close()
