"""The proof, from the published folder alone: it shares only the ledger with the making."""

from engross.verify.folder import verify_folder, verify_outputs
from engross.verify.report import Report

__all__ = ["Report", "verify_folder", "verify_outputs"]
