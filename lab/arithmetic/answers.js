// @ts-check
/*
 * What weights would have to be for a region to be first, or for the announced podium to come out.
 * `paritrana.engine.smallest` and `paritrana.engine.inverse`.
 */

/**
 * @param {ReturnType<typeof ParitranaLabNumbers>} numbers
 * @param {ReturnType<typeof ParitranaLabRanks>} ranks
 * @param {ReturnType<typeof ParitranaLabNearest>} nearest
 */
function ParitranaLabAnswers(numbers, ranks, nearest) {
  "use strict";

  const { sumOf, positions, nearestDouble, product } = numbers;
  const { checkParts, comparable, totals, doubled } = ranks;
  const WHOLE = 10_000; // weights are applied in hundredths of a percent

  /**
   * @param {bigint[]} parts
   * @returns {number[]} weights of sum 1
   */
  function shares(parts) {
    const whole = parts.reduce((sum, part) => sum + part, 0n);
    return parts.map((part) => nearestDouble([part, whole]));
  }

  /**
   * Weights in hundredths of a percent at which all rows hold, beside the nearest ones: these are often a tie on a
   * knife edge, which rounding would lose. Null where there are none so near.
   * @param {number[][]} rows
   * @param {number[]} parts
   * @param {bigint[]} found
   */
  function onGrid(rows, parts, found) {
    // A margin that rounding cannot use up: no weight moves by more than one hundredth of a percent.
    const inside = nearest(
      rows.map((row) => {
        const margin = Math.ceil(((Math.max(...row) - Math.min(...row)) * row.length) / (2 * WHOLE));
        return row.map((value) => value - margin);
      }),
      parts,
    );
    for (const around of [found, inside.parts]) {
      const near = around.length > 0 ? gridPoint(rows, shares(around).map((share) => share * WHOLE)) : null;
      if (near) return near;
    }
    return null;
  }

  /**
   * The nearest whole weights around a point at which all rows hold; null where none of those beside it will do.
   * @param {number[][]} rows
   * @param {number[]} point sum WHOLE
   */
  function gridPoint(rows, point) {
    /** @type {number[][]} */
    let made = [[]];
    for (const value of point.slice(1)) {
      const steps = [-1, 0, 1, 2].map((step) => Math.floor(value) + step).filter((weight) => weight >= 0);
      made = made.flatMap((weights) => steps.map((weight) => [...weights, weight]));
    }
    const away = (/** @type {number[]} */ weights) => sumOf(weights.map((weight, k) => Math.abs(weight - point[k])));
    const beside = made.map((weights) => [WHOLE - sumOf(weights), ...weights]).filter((weights) => weights[0] >= 0);
    const told = beside.map((weights) => ({ weights, away: away(weights) })).sort((one, two) => one.away - two.away);
    const asked = Float64Array.from(rows.flat());
    return told.find(({ weights }) => totals(asked, weights).every((total) => total >= 0))?.weights ?? null;
  }

  /**
   * The smallest change of the weights (L1) that makes a region first or tied first among the ranked ones, at the
   * middle of the intervals, or the proof that none does.
   * @param {LabTable} table
   * @param {number[]} parts
   * @param {number} region
   * @returns {LabFirst}
   */
  function smallestFirst(table, parts, region) {
    checkParts(table, parts);
    const [criteria, scores] = [parts.length, doubled(table)];
    const own = scores.slice(region * criteria, (region + 1) * criteria);
    const others = comparable(table).filter((at) => at !== region);
    const rows = others.map((at) => Array.from(own, (value, k) => value - scores[at * criteria + k]));
    const always = rows.findIndex((row) => row.every((value) => value < 0));
    if (always >= 0) return { ...nothing(), near: null, tied: [], rivals: [others[always]] };
    const rivals = positions(rows).filter((at) => rows[at].some((value) => value < 0));
    const asked = rivals.map((at) => rows[at]);
    const found = nearest(asked, parts);
    const answer = answerOf(found);
    return {
      ...answer,
      near: answer.possible ? onGrid(asked, parts, found.parts) : null,
      tied: answer.possible ? others.filter((_, at) => product(rows[at], found.parts) === 0n) : [],
      rivals: found.binding.map((row) => others[rivals[row]]),
    };
  }

  function nothing() {
    return { possible: false, distance: NaN, weights: [], parts: [] };
  }

  /** @param {LabNearest} found */
  function answerOf({ parts, distance }) {
    if (parts.length === 0) return nothing();
    return { possible: true, distance: nearestDouble(distance), weights: shares(parts), parts };
  }

  /**
   * The weights nearest to the given ones under which the announced podium comes out, or the proof that there are none;
   * null where no podium was announced from the first place on, not all of it is in the table, or nothing is recorded.
   * @param {LabTable} table
   * @param {number[]} parts
   * @returns {LabPodium | null}
   */
  function podium(table, parts) {
    checkParts(table, parts);
    if (!table.podiumWhole || !table.rankable) return null;
    return { middle: reproduction(table, parts, false), free: reproduction(table, parts, true) };
  }

  /**
   * @param {LabTable} table
   * @param {number[]} parts
   * @param {boolean} free whether values are any inside their intervals
   * @returns {LabPodiumAnswer}
   */
  function reproduction(table, parts, free) {
    const places = [...new Set(table.podium.map(([, place]) => place))].sort((one, two) => one - two);
    const level = table.codes.map(() => places.length);
    for (const [at, place] of table.podium) level[at] = places.indexOf(place);
    // With known values the order of neighbouring places gives that of all; with free values each pair counts.
    const last = (/** @type {number} */ above) => (free ? places.length : level[above] + 1);
    const pairs = table.podium.flatMap(([above]) =>
      positions(level)
        .filter((below) => below !== above && level[below] >= level[above] && level[below] <= last(above))
        .map((below) => /** @type {[number, number]} */ ([above, below])),
    );
    const rows = pairs.map(([above, below]) => leadOf(table, parts.length, above, below, free));
    const found = nearest(rows, parts);
    // Rows hold twice the scores: a lead of two is a millionth of a point.
    const ahead = rows.map((row, at) => row.map((value) => value - 2 * (level[pairs[at][1]] - level[pairs[at][0]])));
    const answer = answerOf(found);
    return {
      ...answer,
      clear: nearest(ahead, parts).parts.length > 0,
      near: answer.possible ? onGrid(rows, parts, found.parts) : null,
      conflict: answer.possible ? [] : found.binding.map((row) => pairs[row]),
    };
  }

  /**
   * Twice the lead of a region over another in each criterion, with `free` values at its best.
   * @param {LabTable} table
   * @param {number} criteria
   * @param {number} above
   * @param {number} below
   * @param {boolean} free
   */
  function leadOf({ least, most }, criteria, above, below, free) {
    return Array.from({ length: criteria }, (_, k) => {
      const [one, other] = [above * criteria + k, below * criteria + k];
      return free ? 2 * (most[one] - least[other]) : least[one] + most[one] - (least[other] + most[other]);
    });
  }

  return Object.freeze({ smallestFirst, podium });
}
