"""The weight lab."""
