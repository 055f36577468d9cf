"""Derived indicators: formulas, gaps, and the record of the whole country."""
