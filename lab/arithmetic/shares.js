// @ts-check
/*
 * Weights as whole numbers that keep their sum.
 */

/**
 * @param {ReturnType<typeof ParitranaLabNumbers>} numbers
 */
function ParitranaLabShares(numbers) {
  "use strict";

  const { sumOf, positions, divisor } = numbers;
  const WHOLE = 10_000; // weights are moved in hundredths of a percent

  /**
   * A sum shared in proportion, in whole numbers: rounded down, and the rest to the largest remainders (the first of
   * equal ones). Equally where all shares are zero.
   * @param {number} sum
   * @param {number[]} shares
   */
  function apportion(sum, shares) {
    const even = sumOf(shares) === 0 ? shares.map(() => 1) : shares;
    const whole = sumOf(even);
    const given = even.map((share) => Math.floor((sum * share) / whole));
    const remainders = even.map((share) => (sum * share) % whole);
    const largest = positions(even).sort((one, other) => remainders[other] - remainders[one] || one - other);
    for (const at of largest.slice(0, sum - sumOf(given))) given[at] += 1;
    return given;
  }

  /**
   * One weight moved, as far as locked ones leave room; the others that are not locked share the rest in proportion.
   * While a slider is held, call it with the weights at which it was taken: proportions are lost at zero.
   * @param {number[]} weights whole numbers; their sum stays
   * @param {boolean[]} locked these stay as they are; a locked one is not moved either
   * @param {number} index
   * @param {number} value
   */
  function move(weights, locked, index, value) {
    const free = positions(weights).filter((at) => at !== index && !locked[at]);
    const moved = [...weights];
    if (locked[index] || free.length === 0 || Number.isNaN(value)) return moved;
    const shares = free.map((at) => weights[at]);
    const room = sumOf(shares) + weights[index];
    moved[index] = Math.min(Math.max(Math.round(value), 0), room);
    apportion(room - moved[index], shares).forEach((given, at) => (moved[free[at]] = given));
    return moved;
  }

  /**
   * The smallest whole parts of the same proportions.
   * @param {number[]} given
   */
  function toParts(given) {
    const common = Number(given.map(BigInt).reduce(divisor, 0n)) || 1;
    return given.map((weight) => weight / common);
  }

  return Object.freeze({
    WHOLE,
    move,
    equal: (/** @type {number} */ count) => apportion(WHOLE, Array(count).fill(1)),
    only: (/** @type {number} */ count, /** @type {number} */ index) =>
      positions(Array(count)).map((at) => (at === index ? WHOLE : 0)),
    fromParts: (/** @type {number[]} */ parts) => apportion(WHOLE, parts),
    toParts,
  });
}
