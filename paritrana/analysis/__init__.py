"""One computation under every surface: from the record and a rubric to ranks and how sure they are."""
