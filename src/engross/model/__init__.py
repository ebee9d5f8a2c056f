"""The values that pass between the stages. This layer imports nothing of engross."""
