"""Tests of the door for new rows."""
