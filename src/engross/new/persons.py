"""Persons as a record or a header names them: a proposal, which the editor confirms."""

import re

SUFFIXES = frozenset({"Jr.", "Sr.", "Jr", "Sr", "II", "III", "IV", "M.D.", "Ph.D.", "S.J."})


def persons(words: str, role: str) -> list[dict[str, str]]:
    """
    The rows of a manifest for names in a row; what are no names of persons stays as it stands.

    >>> [row["file_as"] for row in persons("Ann Sample, Jr. and A. van Muster", "trl")]
    ['Sample, Ann, Jr.', 'Muster, A. van']
    """
    names: list[str] = []
    for part in re.split(r" ?; ?|, (?:and )?| and | & ", " ".join(words.split()).strip(" ,;")):
        if part in SUFFIXES and names:
            names[-1] += f", {part}"
        elif part:
            names.append(part)
    if len(names) > 1 and any(" " not in name or name[0].islower() for name in names):
        names = [" ".join(words.split())]
    return [{"name": name, "file_as": filed(name), "role": role} for name in names]


def filed(name: str) -> str:
    """
    A name as catalogues file it: the last word before the others, a suffix behind them all.

    >>> filed("John B. Smith, Jr."), filed("Plato")
    ('Smith, John B., Jr.', 'Plato')
    """
    words = name.replace(",", " ").split()
    suffix = f", {words.pop()}" if len(words) > 2 and words[-1] in SUFFIXES else ""
    given = f", {' '.join(words[:-1])}" if words[1:] else ""
    return f"{words[-1]}{given}{suffix}" if words else name
