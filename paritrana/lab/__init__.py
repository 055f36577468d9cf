"""The weight lab's data: what the page computes with in the browser, written by the build."""

from paritrana.lab.data import NATION, as_script, nation_data

__all__ = ["NATION", "as_script", "nation_data"]
