"""The engine under the book: scores, ranks and how far they depend on weights and gaps.

It works on plain arrays and knows nothing of the award: N alternatives (rows) by K criteria (columns).

- A criterion score is a whole number of millionths of a point, 0 to 100 points: an int64 array of shape (N, K).
- A weight is a whole number of parts, at most a million in sum: an int64 array of shape (K,).
- A total is the sum of parts x scores: whole, below 2**53, so that sums are exact and ties are real ties.
- A score that is not known exactly is an interval: two arrays, `low` and `high`.
"""
