"""Every fault of data and parameters."""
