"""From a rubric and values to ranks."""
