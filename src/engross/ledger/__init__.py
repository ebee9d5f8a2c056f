"""Anchors and the application of corrections: all that verify shares with the making of an edition."""
