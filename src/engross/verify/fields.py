"""Fields that the ledger corrects: nothing that was set from them still says the old words."""

from collections.abc import Iterator, Mapping

from engross.verify.furniture import Furniture, Item
from engross.verify.plain import bare
from engross.verify.report import Log


def prove_fields(
    before: Mapping[str, str], after: Mapping[str, str], furniture: Furniture, log: Log
) -> None:
    """
    Hold corrected fields against what titles, imprint and headings say.

    A field that is printed nowhere, such as one for catalogues only, has nothing to be held
    against. The list of corrections quotes old words and is left out.
    """
    changed = [address for address in before if after.get(address) != before[address]]
    if not changed:
        return
    since = len(log.findings)
    for name, said in (("pages", _said(furniture, "page")), ("EPUB", _said(furniture, "epub"))):
        for address in changed:
            old, new = before[address], after.get(address, "")
            if bare(old) in said and bare(new) not in said:
                log.fault("P021", f'the {name} still say "{old}", {address} is now "{new}"')
    log.check("fields", len(changed), "corrected fields", since)


def _said(furniture: Furniture, medium: str) -> str:
    sections = furniture.page if medium == "page" else furniture.epub
    words = [
        word
        for section in sections
        if section.kind != "corrections"
        for word in (section.title, section.head, *_words((*section.items, *section.notes)))
    ]
    return bare("".join(words))


def _words(items: tuple[Item, ...]) -> Iterator[str]:
    for item in items:
        for sign in (item.sign, *item.inside):
            if sign is not None:
                yield sign.words
