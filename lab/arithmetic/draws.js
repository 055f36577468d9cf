// @ts-check
/*
 * Ranks under random weights and values: `paritrana.engine.acceptability` with weights of a box.
 */

/**
 * @param {ReturnType<typeof ParitranaLabNumbers>} numbers
 * @param {ReturnType<typeof ParitranaLabRanks>} ranks
 */
function ParitranaLabDraws(numbers, ranks) {
  "use strict";

  const { sumOf, positions } = numbers;
  const { MAX_PARTS, roundedLog, checkParts, totals, countBelow, roundedKeys, ranksOf } = ranks;

  /**
   * Random numbers in [0, 1): xoshiro128** (Blackman and Vigna 2018), its state from splitmix32 of the seed.
   * @param {number} seed a whole number from 0 to 2 ** 32 - 1
   */
  function generator(seed) {
    let from = seed >>> 0;
    const state = new Int32Array(4).map(() => {
      from = (from + 0x9e3779b9) | 0;
      let mixed = Math.imul(from ^ (from >>> 16), 0x21f0aaad);
      mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
      return mixed ^ (mixed >>> 15);
    });
    let [a, b, c, d] = state;
    return () => {
      const five = Math.imul(b, 5);
      const drawn = Math.imul((five << 7) | (five >>> 25), 9) >>> 0;
      const shifted = b << 9;
      c ^= a;
      d ^= b;
      b ^= c;
      a ^= d;
      c ^= shifted;
      d = (d << 11) | (d >>> 21);
      return drawn / 2 ** 32;
    };
  }

  /**
   * Least and greatest weights within `radius` of the present ones that weights of sum one can have.
   * @param {number[]} parts
   * @param {number} radius
   */
  function boxOf(parts, radius) {
    const whole = sumOf(parts);
    const lower = parts.map((part) => Math.max(part / whole - radius, 0));
    const upper = parts.map((part) => Math.min(part / whole + radius, 1));
    const [below, above] = [1 - sumOf(lower), 1 - sumOf(upper)];
    // What one weight may be depends on what the others leave.
    return {
      least: lower.map((value, k) => Math.max(value, upper[k] + above)),
      most: upper.map((value, k) => Math.min(value, lower[k] + below)),
    };
  }

  /**
   * Draws weights uniformly from the box within the simplex: from a simplex or a box around it, whichever hits more
   * often in a trial, until one lies inside. Whole parts of a million.
   * @param {number[]} parts
   * @param {number} radius share of the sum, to either side
   * @param {() => number} random
   * @returns {() => Float64Array}
   */
  function weightDraws(parts, radius, random) {
    const { least, most } = boxOf(parts, radius);
    if (Math.max(...most.map((value, k) => value - least[k])) <= 1e-12) return () => Float64Array.from(parts);
    const room = 1 - sumOf(least);
    const widest = positions(most).reduce((best, k) => (most[k] - least[k] > most[best] - least[best] ? k : best), 0);
    const simplex = (/** @type {() => number} */ next) => {
      const waits = parts.map(() => -Math.log(1 - next()));
      const whole = sumOf(waits);
      return waits.map((wait, k) => least[k] + (room * wait) / whole);
    };
    const box = (/** @type {() => number} */ next) => {
      const drawn = parts.map((_, k) => (k === widest ? 0 : least[k] + (most[k] - least[k]) * next()));
      drawn[widest] = 1 - sumOf(drawn);
      return drawn;
    };
    const inside = (/** @type {number[]} */ drawn) => drawn.every((part, k) => part >= least[k] && part <= most[k]);
    const hits = (/** @type {typeof box} */ around) => {
      const trial = generator(0);
      return positions(Array(512)).filter(() => inside(around(trial))).length;
    };
    const around = hits(simplex) > hits(box) ? simplex : box;
    return () => {
      for (;;) {
        const drawn = around(random);
        if (inside(drawn)) return Float64Array.from(drawn, (weight) => Math.round(weight * MAX_PARTS));
      }
    };
  }

  /**
   * Ranks under random weights and values: weights uniform in the box of `parts` plus and minus `radius` (a share: 0.1
   * is ten points of a hundred) within the simplex, values uniform in their intervals, independent of each other, or
   * one of the joint draws that there are: the first for the first weights, and so on, over and over again.
   * Rounded and shared as the rubric says. The same seed gives the same draws, however they are cut.
   * @param {LabTable} table
   * @param {number[]} parts
   * @param {number} radius
   * @param {number} seed
   * @returns {LabSampling}
   */
  function sampling(table, parts, radius, seed) {
    checkParts(table, parts);
    const random = generator(seed);
    const weights = weightDraws(parts, radius, random);
    const [count, criteria] = [table.codes.length, parts.length];
    const counts = new Uint32Array(count * count);
    const open = positions(table.least).filter((at) => table.most[at] > table.least[at]);
    const owner = Int32Array.from(open, (at) => Math.floor(at / criteria));
    const column = Int32Array.from(open, (at) => at % criteria);
    // In points also where logarithms are added up: a value is uniform in its interval.
    const width = Float64Array.from(open, (at) => table.high[at] - table.low[at]);
    const geometric = table.aggregation === "geometric";
    /** @param {number} at @param {number} above the drawn score over the lowest */
    const added = (at, above) => {
      if (!geometric) return above;
      const cell = open[at];
      const least = table.least[cell];
      return Math.max(Math.min(roundedLog(table.low[cell] + above), table.most[cell]), least) - least;
    };
    const plain = table.ties === "min" && table.round === null;
    const joint = table.sample;
    let done = 0;
    /** @param {Float64Array} drawn weights */
    const apart = (drawn) => {
      const total = totals(table.least, drawn);
      for (let at = 0; at < width.length; at++) {
        // Rounded; Math.round takes three times as long.
        total[owner[at]] += drawn[column[at]] * added(at, Math.floor(random() * width[at] + 0.5));
      }
      return total;
    };
    /** @type {(all: Float64Array, drawn: Float64Array, draw: number) => Float64Array} */
    const together = (all, drawn, draw) => {
      const start = (draw * count * criteria) % all.length;
      return totals(all.subarray(start, start + count * criteria), drawn);
    };
    return {
      draw(draws) {
        for (let at = 0; at < draws; at++) {
          const drawn = weights();
          const total = joint ? together(joint, drawn, done + at) : apart(drawn);
          if (!plain) {
            const ranked = ranksOf(roundedKeys(table, total, sumOf(Array.from(drawn))), table.ties);
            ranked.forEach((place, row) => counts[row * count + place - 1]++);
            continue;
          }
          const sorted = total.slice().sort();
          for (let row = 0; row < count; row++) counts[row * count + count - countBelow(sorted, total[row], true)]++;
        }
        done += draws;
      },
      result: () => ({ draws: done, radius, counts: counts.slice(), ...summary(counts, count, done) }),
    };
  }

  /**
   * Mean rank, share of first and first three places, and the central 90 % of draws of each region.
   * @param {Uint32Array} counts N * N
   * @param {number} count
   * @param {number} draws
   */
  function summary(counts, count, draws) {
    const tail = 0.05;
    const [expected, first, top3] = [new Float64Array(count), new Float64Array(count), new Float64Array(count)];
    const [best, worst] = [new Int32Array(count).fill(1), new Int32Array(count).fill(1)];
    for (let row = 0; row < count; row++) {
      let cumulative = 0;
      for (let place = 1; place <= count; place++) {
        const share = counts[row * count + place - 1] / draws;
        cumulative += share;
        expected[row] += share * place;
        if (place === 1) first[row] = cumulative;
        if (place <= 3) top3[row] = cumulative;
        // The smallest rank whose cumulative share exceeds the tail; 1e-12 absorbs the rounding of sums.
        if (cumulative <= tail + 1e-12) best[row] = place + 1;
        if (cumulative < 1 - tail - 1e-12) worst[row] = place + 1;
      }
    }
    return { expected, first, top3, best, worst };
  }

  /**
   * @param {LabTable} table
   * @param {number[]} parts
   * @param {number} radius
   * @param {number} draws
   * @param {number} seed
   */
  function sample(table, parts, radius, draws, seed) {
    const drawing = sampling(table, parts, radius, seed);
    drawing.draw(draws);
    return drawing.result();
  }

  return Object.freeze({ sampling, sample });
}
