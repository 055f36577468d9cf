"""Which pages a book has, what each is made from, and which have to be made."""
