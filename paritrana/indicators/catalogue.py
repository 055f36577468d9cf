"""The indicators that the criteria of a rubric can score."""

from __future__ import annotations

CRITERION_INDICATORS = ("coverage_employed", "vulnerable_per_informal", "growth", "regulation", "non_asn")
