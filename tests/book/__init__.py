"""The book, built for real and read in a browser."""
