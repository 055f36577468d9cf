"""A panel's own workbook: written for it to fill in, read back with every fault, kept apart from the record."""
