"""Exact answers about weights: programmes solved in doubles and proved in whole numbers."""
