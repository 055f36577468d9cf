"""Result files and their verification."""
