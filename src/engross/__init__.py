"""Make editions of archival documents, and prove them against the evidence."""

__version__ = "0.1.0"
