"""Small-area estimates of all regions in one year: predictive draws, their quantiles, what a left-out value would be.

Coverage and protection of vulnerable workers have fields of their own (see `field`, `joint`); of growth, non-ASN staff
and regulation too little is recorded for a number of each region (see `few`). A recorded value stays what it is; a
share on an unknown base keeps its base with all that the same page says.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from paritrana.engine.scores import Floats
from paritrana.estimation.calibration import CHECKED, SEED, cross_fitted, factors
from paritrana.estimation.cells import Cells, cells_of
from paritrana.estimation.evidence import bases, expit, totals, values
from paritrana.estimation.few import AllOrPart, Like, Pooled, Unseen
from paritrana.estimation.field import fit
from paritrana.estimation.joint import Joint, join
from paritrana.estimation.mixed import FREEDOM
from paritrana.indicators.catalogue import COVERAGE, CRITERION_INDICATORS, GROWTH, NON_ASN, REGULATION, VULNERABLE
from paritrana.indicators.frames import of_indicator
from paritrana.record.picking import Picks
from paritrana.record.tables import Tables

FIELDS = (COVERAGE.id, VULNERABLE.id)
MODELLED = (*FIELDS, GROWTH.id, REGULATION.id, NON_ASN.id)
QUANTILES = {"median": 0.5, "q05": 0.05, "q10": 0.1, "q25": 0.25, "q75": 0.75, "q90": 0.9, "q95": 0.95}


@dataclass(frozen=True, eq=False)
class LeftOut:
    """Recorded values of one indicator, each as if it were not: predictive draws (n, D) in the indicator's unit.

    `rows` has the columns `region_code`, `year` and `value`, one row per value left out.
    """

    rows: pd.DataFrame
    draws: Floats


@dataclass(frozen=True, eq=False)
class Known:
    """What is recorded of one indicator in a year, each (R,) by region: `low` and `high`, NaN where nothing is.

    `base` is the page on whose unknown base a value stands ("" where it is known), `used` whether the indicator's field
    was fitted to the value.
    """

    low: Floats
    high: Floats
    base: np.ndarray
    used: np.ndarray

    def at(self, places: Sequence[int]) -> Known:
        """The same of some regions."""
        return Known(self.low[places], self.high[places], self.base[places], self.used[places])


@dataclass(frozen=True, eq=False)
class Estimates:
    """What the record and the model say of every region in every year.

    `recorded` are the derived indicators of each year, `used` the values that each field was fitted to, `calibration`
    the factor of each field's spread by indicator and year, `growth`, `non_asn` and `unseen` what stands in for fields
    (the last by year), `others` what does for an indicator that has no model.
    """

    joint: Joint
    recorded: Mapping[int, pd.DataFrame]
    used: Mapping[str, pd.DataFrame]
    calibration: Mapping[tuple[str, int], float]
    growth: Pooled
    non_asn: AllOrPart
    unseen: Mapping[int, Unseen]
    others: Mapping[str, Like]

    @property
    def cells(self) -> Cells:
        """Regions by years."""
        return self.joint.cells

    @cached_property
    def _known(self) -> dict[tuple[int, str], Known]:
        """What is recorded of each year and indicator, by region."""
        return {
            (year, name): self._known_of(of_indicator(frame, name), name, year)
            for year, frame in self.recorded.items()
            for name in CRITERION_INDICATORS
        }

    def _known_of(self, recorded: pd.DataFrame, name: str, year: int) -> Known:
        regions = self.cells.regions
        rows = recorded.reindex(regions)
        low, high = (rows[end].to_numpy(np.float64) for end in ("low", "high"))
        base = bases(rows).to_numpy(object) if name in FIELDS else np.full(len(rows), "", dtype=object)
        used = self.used[name].query("year == @year")["region_code"] if name in self.used else []
        return Known(low, high, base, np.isin(regions, list(used)))

    def regions(self, province: str) -> list[str]:
        """The codes of a province's regions, sorted."""
        of = self.cells.provinces[: len(self.cells.regions)] == province
        return [code for code, inside in zip(self.cells.regions, of, strict=True) if inside]

    def draws(self, province: str, year: int, count: int, seed: int) -> Floats:
        """Joint predictive draws, (count, regions of the province, CRITERION_INDICATORS), in each indicator's unit.

        The same for the same seed, whatever else is drawn.
        """
        rng = np.random.default_rng([seed, year, int(province)])
        regions = self.regions(province)
        made = self._fields(regions, year, count, rng) | {
            GROWTH.id: self.growth.draw(count, len(regions), rng),
            REGULATION.id: self.unseen[year].draw(count, len(regions), rng),
            NON_ASN.id: self.non_asn.draw(count, len(regions), rng),
        }
        made |= {name: other.draw(count, len(regions), rng) for name, other in self.others.items()}
        places = [self.cells.at(code, self.cells.years[0]) for code in regions]
        for name in CRITERION_INDICATORS:
            _put(self._known[year, name].at(places), made[name], rng)
        return np.stack([made[name] for name in CRITERION_INDICATORS], axis=2)

    def table(self, year: int, count: int, seed: int) -> pd.DataFrame:
        """One row per region and indicator: region_code, indicator, basis (recorded, modelled) and QUANTILES."""
        provinces = sorted(set(self.cells.provinces))
        levels = np.concatenate([_levels(self.draws(province, year, count, seed)) for province in provinces])
        regions = [code for province in provinces for code in self.regions(province)]
        index = pd.MultiIndex.from_product([regions, CRITERION_INDICATORS], names=["region_code", "indicator"])
        frame = pd.DataFrame(levels, columns=list(QUANTILES), index=index)
        frame.insert(0, "basis", np.where(index.isin(self.recorded[year].index), "recorded", "modelled"))
        return frame.reset_index()

    def left_out(self, name: str) -> LeftOut:
        """Each value of an indicator left out, all others kept: what the model would have said of it.

        Of fields the calibration is cross-fitted: that of the values of all other regions; the variance components are
        those that all values gave. Regulation is not among them: what was found says nothing of how one that exists
        was missed.
        """
        if name in FIELDS:
            rows = self.used[name]
            return LeftOut(rows, expit(cross_fitted(self.joint, FIELDS.index(name), rows)))
        kinds: dict[str, type[Pooled] | type[AllOrPart]] = {GROWTH.id: Pooled, NON_ASN.id: AllOrPart}
        rows = _pooled(self.recorded, name)
        rng, known = np.random.default_rng(SEED), rows["value"].to_numpy(np.float64)
        drawn = [kinds[name].of(np.delete(known, at)).draw(CHECKED, 1, rng)[:, 0] for at in range(len(known))]
        return LeftOut(rows, np.array(drawn).reshape(len(known), CHECKED))

    def _fields(self, regions: Sequence[str], year: int, count: int, rng: np.random.Generator) -> dict[str, Floats]:
        """Draws of the fields, (count, regions): the shares that gaps may be, and those on an unknown base."""
        places = [self.cells.at(code, year) for code in regions]
        mean, covariance = self.joint.posterior(places)
        strengths, directions = np.linalg.eigh(covariance)  # no Cholesky: recorded cells have no spread left
        # The symmetric root: that of the directions alone would turn with the last bits of the covariance.
        root = (directions * np.sqrt(np.maximum(strengths, 0))) @ directions.T
        normal = rng.standard_normal((count, len(mean))) @ root
        made = {}
        for at, (name, field) in enumerate(zip(FIELDS, self.joint.fields, strict=True)):
            part = slice(at * len(places), (at + 1) * len(places))
            error = field.cell_sd * rng.standard_t(FREEDOM, size=(count, len(places)))
            error[:, np.isin(places, field.at)] = 0
            made[name] = expit(mean[part] + self.calibration[name, year] * (normal[:, part] + error))
        return made


def estimate(tables: Tables, recorded: Mapping[int, pd.DataFrame], picks: Mapping[int, Picks]) -> Estimates:
    """Fit the model to the derived indicators (see `indicators.derive`) and picked figures of some years."""
    years = tuple(sorted(recorded))
    cells = cells_of(tables, years)
    used = {name: values(recorded, name) for name in FIELDS}
    stated = {COVERAGE.id: totals(tables, picks, years), VULNERABLE.id: []}
    joint = join(cells, [fit(cells, used[name], stated[name]) for name in FIELDS])
    return Estimates(
        joint=joint,
        recorded=recorded,
        used=used,
        calibration=factors(joint, used),
        growth=Pooled.of(_pooled(recorded, GROWTH.id)["value"].to_numpy(np.float64)),
        non_asn=AllOrPart.of(_pooled(recorded, NON_ASN.id)["value"].to_numpy(np.float64)),
        unseen={
            year: Unseen.of(of_indicator(frame, REGULATION.id), len(cells.regions)) for year, frame in recorded.items()
        },
        others={
            name: Like(_pooled(recorded, name)["value"].to_numpy(np.float64))
            for name in CRITERION_INDICATORS
            if name not in MODELLED
        },
    )


def _levels(drawn: Floats) -> Floats:
    """QUANTILES of draws (count, regions, indicators): a row for each region and indicator."""
    each = np.ascontiguousarray(drawn.reshape(len(drawn), -1).T)
    made: Floats = np.quantile(each, list(QUANTILES.values()), axis=1, overwrite_input=True).T
    return made


def _put(known: Known, drawn: Floats, rng: np.random.Generator) -> None:
    """Put what is recorded of an indicator into draws (count, regions): values as they are, intervals drawn."""
    low, high, based = known.low, known.high, known.base != ""
    for label in sorted(set(known.base[based])):
        own = known.base == label
        first = int(
            np.argmax(own & known.used)
        )  # the field says what the base may be, where it knows one of the values
        if not known.used[first]:
            first = int(np.argmax(own))
            drawn[:, first] = low[first] + (high - low)[first] * rng.random(len(drawn))
        rise = np.log(np.maximum(drawn[:, first], low[first]) / low[first])
        most = np.log(high[own] / low[own]).min()
        drawn[:, own] = low[own] * np.exp(np.minimum(rise, most))[:, None]
    alone = ~np.isnan(low) & ~based
    drawn[:, alone] = low[alone] + (high - low)[alone] * rng.random((len(drawn), int(alone.sum())))


def _pooled(recorded: Mapping[int, pd.DataFrame], name: str) -> pd.DataFrame:
    """All recorded values of an indicator, all years together, but the doubtful ones (see `LeftOut.rows`)."""
    frames = [of_indicator(frame, name).assign(year=year).reset_index() for year, frame in recorded.items()]
    rows = pd.concat(frames, ignore_index=True)
    rows = rows[~rows["doubtful"].astype(bool)]
    middle = rows[["low", "high"]].astype(float).mean(axis=1)
    return rows.assign(value=middle)[["region_code", "year", "value"]].reset_index(drop=True)
