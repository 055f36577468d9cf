"""Sampled answers about weights: draws, their tally, the shares that come of it, and Sobol indices."""
