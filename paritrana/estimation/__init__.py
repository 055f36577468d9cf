"""Small-area estimation: what a value that nobody recorded may be, as a distribution that was fitted to the record."""
