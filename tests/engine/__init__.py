"""The engine against brute force and published cases."""
