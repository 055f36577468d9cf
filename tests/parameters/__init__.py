"""Rubrics and parameters."""
