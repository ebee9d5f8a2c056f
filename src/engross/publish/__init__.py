"""Stage 7: the one door out."""
