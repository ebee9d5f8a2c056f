"""The proof, from the published folder alone: it shares only the ledger with the making."""

from engross.verify.folder import verify_folder, verify_outputs
from engross.verify.report import Check, Report

__all__ = ["Check", "Report", "verify_folder", "verify_outputs"]
