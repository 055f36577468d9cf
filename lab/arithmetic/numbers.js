// @ts-check
/*
 * Whole numbers of any size, and fractions of them: what sums of doubles cannot tell exactly.
 */

function ParitranaLabNumbers() {
  "use strict";

  /** @param {ArrayLike<number>} values */
  function sumOf(values) {
    let total = 0;
    for (let at = 0; at < values.length; at++) total += values[at];
    return total;
  }

  /** The nearest whole number, of two the even one. @param {number} value */
  function halfEven(value) {
    const down = Math.floor(value);
    const rest = value - down;
    return rest > 0.5 || (rest === 0.5 && down % 2 !== 0) ? down + 1 : down;
  }

  /** @param {ArrayLike<unknown>} list */
  function positions(list) {
    return Array.from({ length: list.length }, (_, at) => at);
  }

  /**
   * The greatest common divisor.
   * @param {bigint} one
   * @param {bigint} other
   */
  function divisor(one, other) {
    while (other !== 0n) [one, other] = [other, one % other];
    return one < 0n ? -one : one;
  }

  /**
   * @param {bigint} above
   * @param {bigint} below
   * @returns {LabFraction}
   */
  function fraction(above, below) {
    const common = divisor(above, below) * (below < 0n ? -1n : 1n);
    return [above / common, below / common];
  }

  /**
   * The double nearest to a fraction of at least zero.
   * @param {LabFraction} value
   */
  function nearestDouble([above, below]) {
    const shift = 68 + 4 * (below.toString(16).length - above.toString(16).length);
    const [over, under] = shift > 0 ? [above << BigInt(shift), below] : [above, below << BigInt(-shift)];
    // More bits than a double has, and a last one that says whether anything is left: it is rounded once.
    const bits = ((over / under) << 1n) | (over % under === 0n ? 0n : 1n);
    return Number(bits) * 2 ** (-shift - 1);
  }

  /**
   * The number that a positive double is, as a fraction.
   * @param {number} value
   * @returns {LabFraction}
   */
  function exactly(value) {
    let below = 1n;
    for (; !Number.isInteger(value); value *= 2) below *= 2n;
    return [BigInt(value), below];
  }

  /**
   * @param {LabFraction} one
   * @param {LabFraction} other
   */
  function compare(one, other) {
    const difference = one[0] * other[1] - other[0] * one[1];
    return difference < 0n ? -1 : Number(difference > 0n);
  }

  /**
   * Sum of products of whole doubles with whole numbers of any size.
   * @param {ArrayLike<number>} row
   * @param {bigint[]} parts
   */
  function product(row, parts) {
    return parts.reduce((sum, part, k) => sum + BigInt(row[k]) * part, 0n);
  }

  return Object.freeze({ sumOf, halfEven, positions, divisor, fraction, nearestDouble, exactly, compare, product });
}
