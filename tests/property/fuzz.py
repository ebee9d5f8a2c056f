"""`python -m tests.property.fuzz READER CORPUS…`: atheris on one reader, for `make prove`."""

import sys

import atheris

name = sys.argv.pop(1)
with atheris.instrument_imports(include=["engross"]):
    from tests.property.readers import read


def one(content: bytes) -> None:
    read(name, content)


if __name__ == "__main__":
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()
