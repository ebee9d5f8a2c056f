"""What a stage needs to know of the store that keeps what it made."""

from typing import Protocol


class Keeper(Protocol):
    """What keeps bytes by key, as the cache's store does."""

    def get(self, key: str) -> bytes | None:
        """Give what was put under the key, if it is still there."""

    def put(self, key: str, body: bytes) -> None:
        """Keep the bytes, if possible."""
