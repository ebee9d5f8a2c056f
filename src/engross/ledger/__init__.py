"""Anchors and corrections: all that the proof shares with the making of an edition."""
