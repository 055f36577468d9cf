"""The record: the tables of `data/`, the rule that picks one figure of several, regions, awards, boundaries."""
