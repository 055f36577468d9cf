// @ts-check
/*
 * The nearest weights that satisfy inequalities, or the proof that there are none: `paritrana.engine.smallest`.
 * Solved in doubles, in the same steps, so that of equal optima the same one is found; then computed again and proved
 * in whole numbers; where the proof fails, solved in whole numbers.
 */

/**
 * @typedef {object} LabNearest the nearest weights, as whole parts; empty where a proof says that there are none
 * @property {bigint[]} parts
 * @property {LabFraction} distance
 * @property {number[]} binding rows that hold the weights where they are, or together exclude all
 *
 * @typedef {object} LabProgramme left * z <= right, z >= 0, the sum of z least; z is what is added to and taken from
 *   each weight. The first rows are the inequalities asked for.
 * @property {number[][]} left
 * @property {number[]} right
 *
 * @typedef {object} LabEnd where the dual simplex method ends: labels (variables, then slacks) that are zero and not
 * @property {number[]} zero
 * @property {number[]} other
 * @property {LabFraction[] | null} blocked multiples of the rows whose sum no z >= 0 satisfies; null at an optimum
 */

/**
 * @param {ReturnType<typeof ParitranaLabNumbers>} numbers
 */
function ParitranaLabNearest(numbers) {
  "use strict";

  const { sumOf, positions, divisor, fraction, exactly, product } = numbers;
  const NOISE = 1e-9; // a coefficient of a tableau of doubles below this is noise (rows are scaled to 1)
  const NEGATIVE = 1e-12; // a right side below minus this is not yet satisfied, in a tableau of doubles
  const MOST_PIVOTS = 1_000; // doubles that have not finished by then go round in circles

  /**
   * The weights w nearest (L1) to `parts` with rows * w >= 0, weights not negative.
   * @param {number[][]} rows whole numbers
   * @param {number[]} parts
   * @returns {LabNearest}
   */
  function nearest(rows, parts) {
    if (rows.every((row) => sumOf(row.map((value, k) => value * parts[k])) >= 0)) {
      return nearestOf(parts.map(BigInt), [0n, 1n], []);
    }
    const programme = programmeOf(rows, parts);
    const scale = programme.left.map((row) => Math.max(1, ...row.map(Math.abs)));
    const end = inDoubles(programme, scale, sumOf(parts));
    const found = end && proved(rows, parts, programme, end);
    const certain = found ?? proved(rows, parts, programme, inWholeNumbers(programme));
    if (!certain) throw new Error("a linear programme solved in whole numbers could not be proved");
    return certain;
  }

  /**
   * @param {bigint[]} parts
   * @param {LabFraction} distance
   * @param {number[]} binding
   */
  function nearestOf(parts, distance, binding) {
    const common = parts.reduce(divisor, 0n);
    return { parts: parts.map((part) => part / common), distance, binding };
  }

  /**
   * @param {number[][]} rows
   * @param {number[]} parts
   * @returns {LabProgramme}
   */
  function programmeOf(rows, parts) {
    const each = positions(parts);
    const both = (/** @type {number[]} */ row) => [...row.map((value) => 0 - value), ...row];
    const [more, less] = [both(parts.map(() => -1)), both(parts.map(() => 1))];
    return {
      left: [...rows.map(both), ...each.map((k) => both(each.map((j) => Number(j === k)))), more, less],
      right: [...rows.map((row) => sumOf(row.map((value, k) => value * parts[k]))), ...parts, 0, 0],
    };
  }

  /**
   * The dual simplex method (Lemke 1954) in doubles, on the condensed tableau; null where it goes round in circles.
   * @param {LabProgramme} programme
   * @param {number[]} scale of each row
   * @param {number} whole sum of the weights
   * @returns {LabEnd | null}
   */
  function inDoubles({ left, right }, scale, whole) {
    const variables = left[0].length;
    const tableau = left.map((row, at) => {
      return Float64Array.from([...row.map((value) => value / scale[at]), right[at] / scale[at] / whole]);
    });
    const cost = Float64Array.from([...Array(variables).fill(1), 0]);
    const zero = positions(cost).slice(0, variables);
    const other = left.map((_, at) => variables + at);
    for (let step = 0; step < MOST_PIVOTS; step++) {
      const row = tableau.reduce((least, one, at) => (one[variables] < tableau[least][variables] ? at : least), 0);
      if (!(tableau[row][variables] < -NEGATIVE)) return { zero, other, blocked: null };
      const column = entering(tableau[row], cost, variables);
      if (column === null) return { zero, other, blocked: multiples(tableau[row], zero, other[row], scale) };
      pivot([...tableau, cost], row, column);
      [zero[column], other[row]] = [other[row], zero[column]];
    }
    return null;
  }

  /**
   * The column that satisfies a row at least cost; of equal ones that of the largest coefficient.
   * @param {Float64Array} row
   * @param {Float64Array} cost
   * @param {number} variables
   */
  function entering(row, cost, variables) {
    let least = Infinity;
    for (let at = 0; at < variables; at++) if (row[at] < -NOISE) least = Math.min(least, cost[at] / -row[at]);
    let chosen = null;
    for (let at = 0; at < variables; at++) {
      const fits = row[at] < -NOISE && cost[at] / -row[at] <= least + NEGATIVE;
      if (fits && (chosen === null || row[at] < row[chosen])) chosen = at;
    }
    return chosen;
  }

  /**
   * Exchange the variable of a column with that of a row, in place.
   * @param {Float64Array[]} tableau
   * @param {number} row
   * @param {number} column
   */
  function pivot(tableau, row, column) {
    const head = tableau[row][column];
    const leading = tableau[row].map((value) => value / head);
    tableau.forEach((line, at) => {
      const side = line[column];
      if (at !== row) for (let j = 0; j < line.length; j++) line[j] -= side * leading[j];
      line[column] = -side / head;
    });
    tableau[row].set(leading);
    tableau[row][column] = 1 / head;
  }

  /**
   * The multiple of each row of the programme that stands in a row of the tableau: the coefficients of their slacks.
   * @param {Float64Array} row
   * @param {number[]} zero
   * @param {number} own
   * @param {number[]} scale
   */
  function multiples(row, zero, own, scale) {
    /** @type {LabFraction[]} */
    const made = scale.map(() => [0n, 1n]);
    [...zero, own].forEach((label, at) => {
      const value = at < zero.length ? row[at] : 1;
      const slack = label - zero.length;
      if (slack < 0 || !(value > 0)) return;
      const [above, below] = exactly(value);
      made[slack] = [above, below * BigInt(scale[slack])];
    });
    return made;
  }

  /**
   * The same method in whole numbers with one common denominator (Edmonds 1967), slow and certain: the smallest label
   * enters and leaves (Bland 1977), so that it ends.
   * @param {LabProgramme} programme
   * @returns {LabEnd}
   */
  function inWholeNumbers({ left, right }) {
    const variables = left[0].length;
    /** @type {bigint[][]} */
    const tableau = [...left.map((row, at) => [...row, right[at]].map(BigInt)), [...Array(variables).fill(1n), 0n]];
    const zero = positions(left[0]);
    const other = left.map((_, at) => variables + at);
    for (let unit = 1n; ; ) {
      const cost = tableau[left.length];
      const negative = positions(left).filter((at) => tableau[at][variables] < 0n);
      if (negative.length === 0) return { zero, other, blocked: null };
      const row = negative.reduce((least, at) => (other[at] < other[least] ? at : least));
      const columns = positions(zero).filter((at) => tableau[row][at] < 0n);
      if (columns.length === 0) {
        /** @type {LabFraction[]} */
        const blocked = left.map(() => [0n, 1n]);
        zero.forEach((label, at) => label >= variables && (blocked[label - variables] = [tableau[row][at], 1n]));
        blocked[other[row] - variables] = [unit, 1n];
        return { zero, other, blocked };
      }
      /** @type {(one: number, two: number) => bigint} */
      const dearer = (one, two) => cost[two] * tableau[row][one] - cost[one] * tableau[row][two];
      const column = columns.reduce((best, at) => {
        const difference = dearer(best, at);
        return difference > 0n || (difference === 0n && zero[at] < zero[best]) ? at : best;
      });
      unit = pivotWhole(tableau, row, column, unit);
      [zero[column], other[row]] = [other[row], zero[column]];
    }
  }

  /**
   * @param {bigint[][]} tableau
   * @param {number} row
   * @param {number} column
   * @param {bigint} unit the common denominator
   * @returns {bigint} the new one
   */
  function pivotWhole(tableau, row, column, unit) {
    const leading = tableau[row];
    const head = leading[column];
    const sign = head < 0n ? -1n : 1n;
    tableau.forEach((line, at) => {
      if (at === row) return;
      const side = line[column];
      tableau[at] = line.map((value, j) => (sign * (value * head - side * leading[j])) / unit);
      tableau[at][column] = -sign * side;
    });
    tableau[row] = leading.map((value, j) => (j === column ? sign * unit : sign * value));
    return sign * head;
  }

  /**
   * An end computed again and tested in whole numbers; null where it does not stand the test.
   * @param {number[][]} rows
   * @param {number[]} parts
   * @param {LabProgramme} programme
   * @param {LabEnd} end
   */
  function proved(rows, parts, programme, end) {
    return end.blocked ? exclusion(rows, end.blocked) : optimum(rows, parts, programme, end);
  }

  /**
   * Proof that no weights do it (Farkas 1902): multiples of the rows whose sum is negative in each criterion.
   * @param {number[][]} rows
   * @param {LabFraction[]} blocked
   * @returns {LabNearest | null}
   */
  function exclusion(rows, blocked) {
    const used = positions(rows).filter((row) => blocked[row][0] !== 0n);
    const common = used.reduce((all, row) => (all / divisor(all, blocked[row][1])) * blocked[row][1], 1n);
    const shares = used.map((row) => (common / blocked[row][1]) * blocked[row][0]);
    const excluded = positions(rows[0]).every((k) => product(used.map((row) => rows[row][k]), shares) < 0n);
    return excluded && used.length > 0 ? { parts: [], distance: [0n, 1n], binding: used } : null;
  }

  /**
   * Proof of an optimum: the vertex satisfies all rows, and multiples of the tight ones price no other below it.
   * @param {number[][]} rows
   * @param {number[]} parts
   * @param {LabProgramme} programme
   * @param {LabEnd} end
   * @returns {LabNearest | null}
   */
  function optimum(rows, parts, { left, right }, { zero, other }) {
    const variables = zero.length;
    const ascending = (/** @type {number} */ one, /** @type {number} */ two) => one - two;
    const tight = zero.filter((label) => label >= variables).sort(ascending).map((label) => label - variables);
    const free = other.filter((label) => label < variables).sort(ascending);
    const values = solved(tight.map((row) => free.map((column) => left[row][column])), tight.map((row) => right[row]));
    const prices = solved(free.map((column) => tight.map((row) => left[row][column])), free.map(() => -1));
    if (!values || !prices || [...values.over, ...prices.over].some((value) => value < 0n)) return null;
    const cheaper = positions(zero).some((column) => {
      return prices.under + product(tight.map((row) => left[row][column]), prices.over) < 0n;
    });
    const moved = parts.map((part) => BigInt(part) * values.under);
    free.forEach((label, at) => {
      moved[label % parts.length] += label < parts.length ? values.over[at] : -values.over[at];
    });
    const holds = [...moved, ...rows.map((row) => product(row, moved))].every((value) => value >= 0n);
    if (cheaper || !holds) return null;
    const length = values.over.reduce((sum, value) => sum + value, 0n);
    const binding = tight.filter((row, at) => row < rows.length && prices.over[at] > 0n);
    return nearestOf(moved, fraction(length, values.under * BigInt(sumOf(parts))), binding);
  }

  /**
   * Solution of a square system: numerators and one positive denominator; null if singular. Elimination without
   * fractions (Bareiss 1968).
   * @param {number[][]} matrix
   * @param {number[]} right
   */
  function solved(matrix, right) {
    const work = matrix.map((row, at) => [...row, right[at]].map(BigInt));
    let before = 1n;
    for (let step = 0; step < work.length; step++) {
      const from = work.findIndex((row, at) => at >= step && row[step] !== 0n);
      if (from < 0) return null;
      [work[step], work[from]] = [work[from], work[step]];
      const leading = work[step];
      const head = leading[step];
      work.forEach((row, at) => {
        if (at !== step) work[at] = row.map((value, j) => (head * value - row[step] * leading[j]) / before);
      });
      before = head;
    }
    const sign = before > 0n ? 1n : -1n;
    return { over: work.map((row) => sign * row[work.length]), under: sign * before };
  }

  return nearest;
}
