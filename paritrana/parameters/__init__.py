"""Parameters: rubrics, and what decides what a page says besides the data."""
