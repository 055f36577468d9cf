"""What lies in a table that a person wrote: workbooks, CSV in any form, and the numbers in their cells."""
