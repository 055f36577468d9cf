"""Tests of fresh official data: portals on this machine, which answer as documented and fail in every way."""
