"""The cells of the field: every region in every year, and what is known of each everywhere.

Nothing here says whether a region is recorded, nominated or awarded: regions are in the press because they won, and a
predictor that knew of it would find the winners among the recorded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse

from paritrana.engine.scores import Floats
from paritrana.record.regions import participants
from paritrana.record.tables import Tables
from paritrana.record.years import PARTICIPANTS_YEAR

# Shares of the employed in Sakernas, on the logit scale.
SHARES = {
    "informal": "informal_employed",
    "employees": "employees",
    "public": "employed_public_admin",
    "young": "employed_age_15_19",
    "old": "employed_age_65_plus",
}
LEAST = 0.001  # a share below it, of some dozen persons in the survey's sample, is no smaller on the scale
TERMS = ("intercept", "structure", "zone", "province", "province_year", "region", "year", "cell")
INTERCEPT = 3.0  # standard deviation of the level of all cells: as good as unknown
# Terms that the indicators have in common: who covers many protects many (protected workers are participants).
SHARED = ("province", "region")


@dataclass(frozen=True, eq=False)
class Cells:
    """Regions by years, years outermost: R cells.

    `regions` and `years` name them in order; `provinces` (R,) are codes, `employed` (R,) persons. `designs` has a
    matrix (R, P) for each of TERMS: what multiplies the coefficients of that term.
    """

    regions: tuple[str, ...]
    years: tuple[int, ...]
    provinces: np.ndarray
    employed: Floats
    designs: tuple[sparse.csr_matrix, ...]

    def __len__(self) -> int:
        return len(self.regions) * len(self.years)

    def at(self, region: str, year: int) -> int:
        """The place of a cell."""
        return self.years.index(year) * len(self.regions) + self.regions.index(region)

    def of(self, year: int) -> slice:
        """The places of a year's cells."""
        start = self.years.index(year) * len(self.regions)
        return slice(start, start + len(self.regions))


def cells_of(tables: Tables, years: Sequence[int]) -> Cells:
    """The cells of all kabupaten/kota in some years."""
    regions = tables.regencies.set_index("kemendagri_code").sort_index()
    totals = province_shares(tables)
    surveys = {year: _survey(tables, year) for year in years}
    known = pd.concat({year: predictors(tables, survey, totals) for year, survey in surveys.items()})
    count = len(regions)
    region, year = np.tile(np.arange(count), len(years)), np.repeat(np.arange(len(years)), count)
    province = np.tile(pd.factorize(regions["province_code"])[0], len(years))
    zones = regions["province_code"].map(tables.provinces.set_index("kemendagri_code")["paritrana_zone"])
    groups = {
        "zone": np.tile(pd.factorize(zones)[0], len(years)),
        "province": province,
        "province_year": province * len(years) + year,
        "region": region,
        "year": year,
        "cell": np.arange(count * len(years)),
    }
    designs = {name: _indicators(codes) for name, codes in groups.items()}
    designs["intercept"] = sparse.csr_matrix(np.ones((len(known), 1)))
    designs["structure"] = sparse.csr_matrix(((known - known.mean()) / known.std()).to_numpy(np.float64))
    return Cells(
        tuple(regions.index),
        tuple(years),
        np.tile(regions["province_code"].to_numpy(), len(years)),
        np.concatenate([survey["employed"].to_numpy(np.float64) for survey in surveys.values()]),
        tuple(designs[name] for name in TERMS),
    )


def predictors(tables: Tables, survey: pd.DataFrame, totals: pd.DataFrame) -> pd.DataFrame:
    """What is known of every region (rows by code), each column on a scale on which its effect may be linear.

    `survey` has a year's counts of persons by region, `totals` are those of `province_shares`.
    """
    regions = tables.regencies.set_index("kemendagri_code").sort_index()
    employed = survey["employed"]
    shares = {name: _logit(survey[column] / employed) for name, column in SHARES.items()}
    return pd.DataFrame(
        shares
        | {
            "size": np.log(employed),
            "unemployed": _logit(survey["unemployed"] / survey["labour_force"]),
            "kota": (regions["level"] == "kota").astype(float),
            "density": np.log(regions["population_dec2024"].astype(float) / regions["area_km2"].astype(float)),
        }
        | {name: np.log(regions["province_code"].map(totals[name])) for name in totals}
    )


def province_shares(tables: Tables) -> pd.DataFrame:
    """Participants of 2023 by province: all per employed, and non-wage workers per informal worker (Kemnaker 2024)."""
    rows = participants(tables)
    provinces = tables.regencies.set_index("kemendagri_code").sort_index()["province_code"]
    survey = _survey(tables, PARTICIPANTS_YEAR)[["employed", "informal_employed"]].groupby(provinces).sum()
    made: dict[str, tuple[float, float]] = {}
    for row in rows.itertuples():
        codes = str(row.kemendagri_codes).split()  # one row stands for the provinces of a former one
        workers = survey.loc[codes].sum()
        shares = (row.active_participants / workers["employed"], row.non_wage_bpu / workers["informal_employed"])
        made |= dict.fromkeys(codes, shares)
    return pd.DataFrame.from_dict(made, orient="index", columns=["province_covered", "province_non_wage"])


def _survey(tables: Tables, year: int) -> pd.DataFrame:
    """Sakernas of a year by region; a count that the survey withholds is that of the median region, as a share."""
    rows = tables.labour_force[tables.labour_force["year"] == year].set_index("kemendagri_code").sort_index()
    counts = rows[["labour_force", "employed", "unemployed", *SHARES.values()]].astype(float)
    shares = counts.div(counts["employed"], axis=0)
    return shares.fillna(shares.median()).mul(counts["employed"], axis=0)


def _logit(shares: pd.Series) -> pd.Series:
    inside = shares.clip(LEAST, 1 - LEAST)
    return np.log(inside / (1 - inside))


def _indicators(codes: np.ndarray) -> sparse.csr_matrix:
    """One column per group, 1 in the rows of its members."""
    rows = np.arange(len(codes))
    return sparse.csr_matrix((np.ones(len(codes)), (rows, codes)), shape=(len(codes), int(codes.max()) + 1))
