"""Checkers that others wrote, run as child processes; what they say becomes a `Verdict`."""
