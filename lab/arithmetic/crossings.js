// @ts-check
/*
 * One weight moves, the others in proportion, so that every total is a straight line in it: where two cross, exactly.
 * `paritrana.engine.stability`.
 */

/**
 * @param {ReturnType<typeof ParitranaLabNumbers>} numbers
 * @param {ReturnType<typeof ParitranaLabRanks>} ranks
 */
function ParitranaLabCrossings(numbers, ranks) {
  "use strict";

  const { sumOf, positions, fraction, nearestDouble, compare } = numbers;
  const { checkParts, comparable, totals, doubled } = ranks;
  const CLOSE = 1e-12; // crossings nearer than this are compared as fractions: doubles err by less than 1e-15

  /**
   * Totals with none and with all of the weight on each criterion, N * K; one positive scale for each criterion.
   * @param {LabTable} table
   * @param {number[]} parts
   */
  function lineEnds(table, parts) {
    const scores = doubled(table);
    // The others of a criterion that has all the weight count one part each.
    const whole = sumOf(parts);
    const shapes = parts.map((own, k) => parts.map((part, j) => (j === k ? 0 : own === whole ? 1 : part)));
    const none = new Float64Array(scores.length);
    shapes.forEach((shape, k) => {
      totals(scores, shape).forEach((total, row) => (none[row * parts.length + k] = total));
    });
    const full = scores.map((score, at) => score * sumOf(shapes[at % parts.length]));
    return { none, full };
  }

  /**
   * The first change of the order of the ranked regions for each weight and direction, nearest first: see
   * `paritrana.engine.stability`. At the weight itself both are tied.
   * @param {LabTable} table
   * @param {number[]} parts
   * @returns {LabOvertaking[]}
   */
  function nextOvertaking(table, parts) {
    checkParts(table, parts);
    const { none, full } = lineEnds(table, parts);
    const criteria = parts.length;
    const pairs = neighbours(table, totals(doubled(table), parts));
    const rest = (/** @type {LabFraction} */ [above, below]) => fraction(below - above, below);
    const found = positions(parts).flatMap((k) => {
      /** @type {(ends: Float64Array) => number[]} */
      const ahead = (ends) => pairs.map(([upper, lower]) => ends[upper * criteria + k] - ends[lower * criteria + k]);
      const down = firstLost(ahead(none), ahead(full));
      const up = firstLost(ahead(full), ahead(none));
      const made = [];
      if (down) made.push(overtaking(parts, k, "down", rest(down.way), pairs[down.at]));
      if (up) made.push(overtaking(parts, k, "up", up.way, pairs[up.at]));
      return made;
    });
    const distances = new Map(found.map((one) => [one, fromPresent(parts, one.criterion, one.exact)]));
    const away = (/** @type {LabOvertaking} */ one) => /** @type {LabFraction} */ (distances.get(one));
    return criteria > 1 ? found.sort((one, other) => compare(away(one), away(other))) : [];
  }

  /**
   * Neighbours in the ranking, the upper first; tied ones both ways, because each must stay as high as the other.
   * @param {LabTable} table
   * @param {Float64Array} total
   * @returns {[number, number][]}
   */
  function neighbours(table, total) {
    const order = comparable(table).sort((one, other) => total[other] - total[one] || one - other);
    /** @type {[number, number][]} */
    const downward = order.slice(1).map((lower, at) => [order[at], lower]);
    const tied = downward.filter(([upper, lower]) => total[upper] === total[lower]);
    return [...tied.map(([upper, lower]) => /** @type {[number, number]} */ ([lower, upper])), ...downward];
  }

  /**
   * The first crossing on the way from `before` (leads at its start) to `beyond` (at its end): which, and where.
   * @param {number[]} beyond
   * @param {number[]} before
   * @returns {{at: number, way: LabFraction} | null}
   */
  function firstLost(beyond, before) {
    const lost = positions(beyond).filter((at) => beyond[at] < 0);
    const where = lost.map((at) => before[at] / (before[at] - beyond[at]));
    const least = where.reduce((one, other) => Math.min(one, other), Infinity);
    let first = null;
    // Doubles tell all but the nearest, and those near them.
    for (const at of lost.filter((_, place) => where[place] <= least + CLOSE)) {
      const way = fraction(BigInt(before[at]), BigInt(before[at] - beyond[at]));
      if (!first || compare(way, first.way) < 0) first = { at, way };
    }
    return first;
  }

  /**
   * @param {number[]} parts
   * @param {number} criterion
   * @param {LabFraction} weight
   */
  function fromPresent(parts, criterion, weight) {
    const [whole, own] = [BigInt(sumOf(parts)), BigInt(parts[criterion])];
    const difference = weight[0] * whole - own * weight[1];
    return fraction(difference < 0n ? -difference : difference, weight[1] * whole);
  }

  /**
   * @param {number[]} parts
   * @param {number} criterion
   * @param {"up" | "down"} direction
   * @param {LabFraction} exact
   * @param {[number, number]} pair
   * @returns {LabOvertaking}
   */
  function overtaking(parts, criterion, direction, exact, [passed, passing]) {
    const distance = nearestDouble(fromPresent(parts, criterion, exact));
    return { criterion, direction, exact, weight: nearestDouble(exact), distance, up: passing, down: passed };
  }

  /**
   * Where `a` leads `b`, for each criterion: the segment of its own weight, others in proportion. An end inside
   * (0, 1) is a tie.
   * @param {LabTable} table
   * @param {number[]} parts
   * @param {number} a
   * @param {number} b
   * @returns {LabLead[]}
   */
  function leads(table, parts, a, b) {
    checkParts(table, parts);
    const { none, full } = lineEnds(table, parts);
    const scores = doubled(table);
    return parts.map((_, k) => {
      const at = (/** @type {number} */ row) => row * parts.length + k;
      // The only criterion of a table has weight 1 and nowhere to go.
      if (parts.length === 1) return lead(scores[a] - scores[b], 0, true);
      return lead(full[at(a)] - full[at(b)], none[at(a)] - none[at(b)], false);
    });
  }

  /**
   * @param {number} beyond the lead at weight 1
   * @param {number} before the lead at weight 0
   * @param {boolean} only whether the weight is 1 in any case
   * @returns {LabLead}
   */
  function lead(beyond, before, only) {
    const tied = beyond === 0 && before === 0;
    if (beyond <= 0 && before <= 0) return { segment: null, exact: null, tied };
    /** @type {LabFraction} */
    const crossing = before === beyond ? [0n, 1n] : fraction(BigInt(before), BigInt(before - beyond));
    /** @type {[LabFraction, LabFraction]} */
    const exact = [before > 0 ? [0n, 1n] : crossing, beyond > 0 ? [1n, 1n] : crossing];
    if (only) exact[0] = [1n, 1n];
    return { segment: [nearestDouble(exact[0]), nearestDouble(exact[1])], exact, tied };
  }

  return Object.freeze({ nextOvertaking, leads });
}
