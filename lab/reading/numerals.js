// @ts-check
"use strict";

/*
 * Numbers that were typed as text, as `paritrana.sheets.numbers` reads them. What can be read in two ways is never
 * guessed at: 12.345 is twelve thousand to one reader and twelve to another.
 */
const ParitranaLabNumerals = (() => {
  const DIGITS = /^([+-]?)(\d+(?:[.,' ]\d+)*)$/;
  const AROUND = /^(?:rp\.?|idr)\s*|\s*(?:%|persen|percent|orang|persons|poin|points)$/i;

  /** @typedef {{value: number, mark: "" | "." | ","}} LabMeaning  a number, and the decimal mark by which it is read */

  /** Whether a text has more than a number: a currency, a unit. @param {string} text */
  const dressed = (text) => AROUND.test(text);

  /**
   * The numbers that a text can mean: none, one, or two where a mark may part thousands or decimals.
   * @param {string} text
   * @returns {LabMeaning[]}
   */
  function meant(text) {
    const plain = text.replace(/[\u00a0\u202f\u2009]/g, " ").trim();
    const found = DIGITS.exec(plain.replace(AROUND, "").replace(AROUND, ""));
    if (!found) return [];
    const sign = found[1] === "-" ? -1 : 1;
    const parts = found[2].split(/[.,' ]/);
    const marks = [...found[2]].filter((letter) => !/\d/.test(letter));
    if (!marks.length) return [{ value: sign * Number(found[2]), mark: "" }];
    const last = marks[marks.length - 1];
    const threes = (/** @type {string[]} */ some) => some.every((part) => part.length === 3);
    const decimal = { value: sign * Number(`${parts.slice(0, -1).join("")}.${parts.at(-1)}`), mark: markOf(last) };
    const begun = !parts[0].startsWith("0"); // no thousands are written 01.234
    const sound = ".,".includes(last) && threes(parts.slice(1, -1));
    if (new Set(marks).size > 1) {
      const before = marks.slice(0, -1);
      return sound && begun && new Set(before).size === 1 && !before.includes(last) ? [decimal] : [];
    }
    if (threes(parts.slice(1)) && parts[0].length <= 3 && begun) {
      const grouped = { value: sign * Number(parts.join("")), mark: last === "." ? ","  : last === "," ? "." : "" };
      const open = sound && marks.length === 1 && grouped.value !== decimal.value;
      return /** @type {LabMeaning[]} */ (open ? [grouped, decimal] : [grouped]);
    }
    return sound && marks.length === 1 ? [decimal] : [];
  }

  /** @param {string} mark @returns {"." | ","} */
  const markOf = (mark) => (mark === "," ? "," : ".");

  return Object.freeze({ meant, dressed });
})();
