"""`python -m engross`."""

from engross.cli.main import run

run()
