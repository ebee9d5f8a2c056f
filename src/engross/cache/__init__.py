"""What was made before, by the digest of what made it."""
