"""The two stand-in hosts by which one section names another; architecture.md promises them."""

PAGE = "https://page.invalid/#"
"""Before the address whose page number is printed."""
SECTION = "https://section.invalid/#"
"""Before the address that a link leads to."""


def address(target: str) -> str | None:
    """The address that a link inside the edition leads to; None for a link out of it."""
    for prefix in (PAGE, SECTION):
        if target.startswith(prefix):
            return target[len(prefix) :]
    return None
