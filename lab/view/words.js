// @ts-check
"use strict";

/**
 * Sentences and numbers in the language of the page, written as the rest of the book writes them.
 *
 * @typedef {ReturnType<typeof ParitranaLabWords>} LabWords
 *
 * @param {Record<string, string>} texts  sentences by their key, values in braces
 * @param {string} language               "id" or "en"
 */
function ParitranaLabWords(texts, language) {
  const NO_BREAK = "\u00a0";
  const DASH = "–";
  const MOST = 7; // words of an enumeration
  /** @type {Map<number, Intl.NumberFormat>} */
  const formats = new Map();

  /**
   * The sentence of a key with its values filled in.
   * @param {string} key
   * @param {Record<string, string | number>} [values]
   */
  function say(key, values = {}) {
    const sentence = texts[key];
    if (sentence === undefined) throw new Error(`no text for ${key}`);
    return sentence.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
  }

  /**
   * A number with grouped thousands, half a unit rounded to even as Babel does; 0 for what rounds to it.
   * @param {number} value
   * @param {number} [decimals]
   */
  function number(value, decimals = 0) {
    let format = formats.get(decimals);
    if (!format) {
      const options = {
        minimumFractionDigits: decimals,
        maximumFractionDigits: decimals,
        roundingMode: "halfEven",
        signDisplay: "negative",
      };
      format = new Intl.NumberFormat(language, /** @type {Intl.NumberFormatOptions} */ (options));
      formats.set(decimals, format);
    }
    return format.format(value);
  }

  /** A share (0 to 1) as a percentage. @type {(share: number, decimals?: number) => string} */
  const percent = (share, decimals = 1) => number(share * 100, decimals) + (language === "id" ? `${NO_BREAK}%` : "%");

  /**
   * One number, or two where they are written differently.
   * @param {number} low
   * @param {number} high
   */
  function interval(low, high, decimals = 0) {
    const [first, last] = [number(low, decimals), number(high, decimals)];
    return first === last ? first : first + DASH + last;
  }

  /**
   * Words as an enumeration; of more than `most` the last are only counted.
   * @param {string[]} words
   * @param {number} [most]
   */
  function list(words, most = MOST) {
    const told =
      words.length > most ? [...words.slice(0, most - 1), say("others", { count: words.length - most + 1 })] : words;
    return new Intl.ListFormat(language).format(told);
  }

  /** The decimal sign of the language. */
  const decimal = number(0.5, 1).charAt(1);

  return Object.freeze({ say, number, percent, interval, list, language, decimal, DASH });
}
