"""Stage 1: the one door in."""
