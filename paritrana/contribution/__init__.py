"""The door for new rows of the record: read, checked with all that is there, shown as differences, written whole."""
