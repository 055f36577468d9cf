"""Derived indicators."""
