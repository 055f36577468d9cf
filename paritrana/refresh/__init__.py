"""Fresh official data: what the portals answer, turned into rows that the door for new rows takes in."""
