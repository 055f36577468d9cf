// @ts-check
/*
 * Totals, ranks, and the ranks that gaps allow: `paritrana.scoring` and `paritrana.engine.ranks`.
 */

/**
 * @param {ReturnType<typeof ParitranaLabNumbers>} numbers
 */
function ParitranaLabRanks(numbers) {
  "use strict";

  const { sumOf, positions, halfEven } = numbers;
  const POINT = 1_000_000; // a score is counted in millionths of a point
  const FULL = 100 * POINT;
  const MAX_PARTS = 1_000_000; // the sum of a set of weights is at most this
  const OCTAVE = 265_079_474; // parts of an octave, in which logarithms are counted
  const CLOSE = 5e-7; // points by which a geometric mean of such logarithms may be off

  /**
   * Logarithms of scores in parts of an octave, made of those of the primes, so that equal products have equal sums:
   * `paritrana.engine.logarithms`. Less than a millionth of a point counts as a millionth.
   * @param {Float64Array} scores
   */
  function logScores(scores) {
    /** @type {Map<number, number>} */
    const seen = new Map();
    return scores.map((score) => {
      const made = seen.get(score) ?? logOf(Math.max(score, 1));
      seen.set(score, made);
      return made;
    });
  }

  /** @param {number} score a whole number of at least one */
  function logOf(score) {
    let [rest, made] = [score, 0];
    for (let prime = 2; prime * prime <= rest; prime += prime === 2 ? 1 : 2) {
      for (; rest % prime === 0; rest /= prime) made += roundedLog(prime);
    }
    return made + roundedLog(rest);
  }

  /**
   * The logarithm of a drawn score, rounded by itself: fast, ties are not kept.
   * @param {number} score
   */
  function roundedLog(score) {
    return halfEven(OCTAVE * Math.log2(Math.max(score, 1)));
  }

  /**
   * @param {LabTable} table
   * @param {number[]} parts
   */
  function checkParts(table, parts) {
    const proper = parts.length === table.criteria.length && parts.every((part) => Number.isInteger(part) && part >= 0);
    const whole = proper ? sumOf(parts) : 0;
    if (whole < 1 || whole > MAX_PARTS) {
      throw new RangeError(`weights in whole parts, one for each of ${table.criteria.length} criteria, were expected`);
    }
  }

  /**
   * @param {Float64Array} scores N * K
   * @param {ArrayLike<number>} parts
   */
  function totals(scores, parts) {
    const made = new Float64Array(scores.length / parts.length);
    for (let row = 0, at = 0; row < made.length; row++) {
      for (let k = 0; k < parts.length; k++, at++) made[row] += scores[at] * parts[k];
    }
    return made;
  }

  /**
   * Totals in points.
   * @param {LabTable} table
   * @param {Float64Array} scores N * K, millionths of a point
   * @param {number[]} parts
   */
  function points(table, scores, parts) {
    const whole = sumOf(parts);
    if (table.aggregation === "additive") return totals(scores, parts).map((total) => total / (whole * POINT));
    return new Float64Array(scores.length / parts.length).map((_, row) => {
      let log = 0;
      parts.forEach((part, k) => {
        log += (part / whole) * Math.log(Math.max(scores[row * parts.length + k], 1) / POINT);
      });
      return Math.round(Math.exp(log) * 1e9) / 1e9; // equal means are equal numbers
    });
  }

  /**
   * Whole numbers that rank the regions at the middle of their intervals; equal is a tie.
   * @param {LabTable} table
   * @param {number[]} parts
   */
  function rankKeys(table, parts) {
    const doubles = totals(doubled(table), parts); // twice the middle, without a half
    if (table.round === null) return doubles;
    const geometric = table.aggregation === "geometric";
    return roundedKeys(table, geometric ? doubles.map((sum) => sum / 2) : totals(table.middle, parts), sumOf(parts));
  }

  /**
   * What ranks totals under weights of this sum: `paritrana.engine.rules`.
   * @param {LabTable} table
   * @param {Float64Array} sums
   * @param {number} whole
   */
  function roundedKeys({ round, aggregation }, sums, whole) {
    if (round === null) return sums;
    const geometric = aggregation === "geometric";
    return sums.map((sum) => {
      const value = geometric ? 2 ** (sum / (whole * OCTAVE)) / POINT + CLOSE : sum / (whole * POINT);
      // 1e-9 absorbs the last bits: a total of exactly half a unit must not fall below it.
      return Math.floor(value * 10 ** round + 0.5 + 1e-9);
    });
  }

  /**
   * Twice the middle of what is added up, N * K: of logarithms that of the middle in points.
   * @param {LabTable} table
   */
  function doubled(table) {
    if (table.aggregation === "geometric") return logScores(table.middle).map((value) => 2 * value);
    return table.least.map((value, at) => value + table.most[at]);
  }

  /**
   * How many of sorted numbers lie below a value, or not above it.
   * @param {Float64Array} sorted
   * @param {number} value
   * @param {boolean} equal whether equal ones count
   */
  function countBelow(sorted, value, equal) {
    let from = 0;
    let to = sorted.length;
    while (from < to) {
      const at = (from + to) >>> 1;
      if (sorted[at] < value || (equal && sorted[at] === value)) from = at + 1;
      else to = at;
    }
    return from;
  }

  /**
   * @param {Float64Array} keys
   * @param {LabTable["ties"]} ties equal keys share the better rank, the worse, or the next one follows without a gap
   */
  function ranksOf(keys, ties) {
    const sorted = (ties === "dense" ? Float64Array.from(new Set(keys)) : keys.slice()).sort();
    const worse = ties === "max" ? 0 : 1;
    return Int32Array.from(keys, (key) => sorted.length - countBelow(sorted, key, ties !== "max") + worse);
  }

  /**
   * Best and worst rank that totals anywhere in [low, high] can give; under `dense`, where rivals may tie, bounds.
   * @param {Float64Array} low
   * @param {Float64Array} high
   * @param {LabTable["ties"]} ties
   */
  function rangesOf(low, high, ties) {
    const [lows, highs] = [low.slice().sort(), high.slice().sort()];
    const alone = ties === "max"; // equal rivals count as above
    const best = Int32Array.from(high, (value, at) => {
      const above = lows.length - countBelow(lows, value, !alone) - (alone && low[at] >= value ? 1 : 0);
      return ties === "dense" ? Math.min(1 + above, 2) : 1 + above;
    });
    // A region does not pass itself.
    const worst = Int32Array.from(low, (value, at) => {
      return 1 + highs.length - countBelow(highs, value, !alone) - (alone || high[at] > value ? 1 : 0);
    });
    return { best, worst };
  }

  /**
   * Positions of the regions that have a rank.
   * @param {LabTable} table
   */
  function ranked(table) {
    return positions(table.recorded).filter((at) => table.recorded[at]);
  }

  /**
   * Positions of the regions that are compared at the middle of their intervals: those that have a rank, or all where
   * none has.
   * @param {LabTable} table
   */
  function comparable(table) {
    const known = ranked(table);
    return known.length > 0 ? known : positions(table.recorded);
  }

  /**
   * What each criterion adds to the total at the middle, points; of a geometric mean its part of the logarithm.
   * @param {LabTable} table
   * @param {number[]} parts
   * @param {Float64Array} middle
   */
  function contributionsOf(table, parts, middle) {
    const sums = doubled(table);
    const whole = totals(sums, parts);
    return sums.map((value, at) => {
      const row = Math.floor(at / parts.length);
      return whole[row] > 0 ? (value * parts[at % parts.length] * middle[row]) / whole[row] : 0;
    });
  }

  /**
   * The ranking under weights given as whole parts of their own sum, a million at most.
   * @param {LabTable} table
   * @param {number[]} parts
   * @returns {LabRanks}
   */
  function rank(table, parts) {
    checkParts(table, parts);
    const middle = points(table, table.middle, parts);
    const keys = rankKeys(table, parts);
    const [least, most] = [table.least, table.most].map((end) => roundedKeys(table, totals(end, parts), sumOf(parts)));
    const known = ranked(table);
    const ranks = new Int32Array(keys.length);
    ranksOf(Float64Array.from(known, (at) => keys[at]), table.ties).forEach((value, at) => (ranks[known[at]] = value));
    const best = [...known].sort((one, other) => keys[other] - keys[one] || one - other);
    return {
      rank: ranks,
      low: points(table, table.low, parts),
      middle,
      high: points(table, table.high, parts),
      keys,
      ...rangesOf(least, most, table.ties),
      order: [...best, ...positions(keys).filter((at) => !table.recorded[at])],
      contributions: contributionsOf(table, parts, middle),
    };
  }

  return Object.freeze({
    ...{ FULL, MAX_PARTS, logScores, roundedLog, checkParts, comparable, totals, doubled, countBelow },
    ...{ roundedKeys, ranksOf, rank },
  });
}
