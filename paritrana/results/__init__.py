"""Result files beside the site: the numbers of a book as JSON and CSV, a manifest of them, and their verification.

`rows` says what they hold; `province` and `ranked` make it; `tables` and `package` write it; `manifest` lists what a
book was made from and what came out; `verify` makes the numbers again and names those that differ.
"""
