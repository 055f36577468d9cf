"""A reproducible report book on the Paritrana Award: record, rubric, ranking and how sure the ranking is."""
