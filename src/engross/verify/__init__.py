"""The proof, from the published folder alone: it shares only the ledger with the making."""
