// @ts-check
"use strict";

/*
 * What lies in a file of the reader's before anything is made of it, as `paritrana.panel.grids` has it. Whatever is
 * read here is read on the reader's own device: nothing in these scripts can send anything.
 */

/**
 * @typedef {"text" | "number" | "date" | "truth" | "formula" | "error"} LabSort
 * @typedef {object} LabRaw  a cell that holds something
 * @property {LabSort} sort
 * @property {string | number | boolean} value  of a date its day, as 2024-12-31
 * @property {boolean} [percent]  whether its format shows hundredths
 *
 * @typedef {object} LabSheet  a sheet
 * @property {string} name  empty where the file has no sheets, as CSV
 * @property {Map<number, Map<number, LabRaw>>} rows  row, column -> cell, both counted from 1
 * @property {boolean} hidden
 * @property {string[]} merged  ranges of merged cells, the first few
 * @property {boolean} beyond  whether more rows were left unread
 * @property {boolean} wide  whether more columns were left unread
 *
 * @typedef {object} LabSheets  the sheets of a file
 * @property {string} file
 * @property {LabSheet[]} sheets
 * @property {boolean} textOnly  whether its format has no numbers, as CSV
 *
 * @typedef {{place: string, sentence: string}} LabFault
 */

/** A file that is not taken, with all that is wrong with it. */
class ParitranaLabRefusal extends Error {
  /** @param {LabFault[]} faults */
  constructor(faults) {
    super(faults.map(({ place, sentence }) => `${place}: ${sentence}`).join("\n"));
    this.faults = faults;
  }
}

const ParitranaLabGrids = (() => {
  const MOST_ROWS = 2000; // as in paritrana/panel/layout.py
  const MOST_COLUMNS = 80;
  const LONGEST = 500; // characters of a cell
  const QUOTED = 80; // characters of a value that a sentence quotes

  /** A sheet without cells. @param {string} name @returns {LabSheet} */
  const empty = (name) => ({ name, rows: new Map(), hidden: false, merged: [], beyond: false, wide: false });

  /**
   * Put a cell where it belongs, or note that it lies outside of what is read.
   * @param {LabSheet} grid
   * @param {number} row
   * @param {number} column
   * @param {LabRaw} raw
   */
  function put(grid, row, column, raw) {
    if (row > MOST_ROWS) grid.beyond = true;
    else if (column > MOST_COLUMNS) grid.wide = true;
    else {
      const own = grid.rows.get(row) ?? new Map();
      own.set(column, raw);
      grid.rows.set(row, own);
    }
  }

  /** The letters of a column, counted from 1. @param {number} column */
  function letters(column) {
    let made = "";
    for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26)) {
      made = String.fromCharCode(65 + ((rest - 1) % 26)) + made;
    }
    return made;
  }

  /** The column of its letters. @param {string} name */
  const columnOf = (name) => [...name].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);

  /**
   * Where a fault lies: the file, the sheet where it has some, the cell.
   * @param {string} file
   * @param {LabSheet} grid
   * @param {number} [row]
   * @param {number} [column]
   */
  function place(file, grid, row, column) {
    const cell = row && column ? `${letters(column)}${row}` : "";
    return [file, [grid.name, cell].filter(Boolean).join("!")].filter(Boolean).join(", ");
  }

  /** A control character as it is written where none may stand. @param {string} sign */
  function escaped(sign) {
    const named = { "\n": "\\n", "\r": "\\r", "\t": "\\t" }[sign];
    const code = sign.charCodeAt(0).toString(16);
    return named ?? (code.length > 2 ? `\\u${code.padStart(4, "0")}` : `\\x${code.padStart(2, "0")}`);
  }

  /** A value as a sentence quotes it: on one line, and cut where it is long. @param {unknown} value */
  function shown(value) {
    // eslint-disable-next-line no-control-regex
    const text = String(value).replace(/[\x00-\x1f\x7f-\x9f\u2028\u2029]/g, escaped);
    return text.length > QUOTED ? `${text.slice(0, QUOTED)}...` : text;
  }

  return Object.freeze({ MOST_ROWS, MOST_COLUMNS, LONGEST, empty, put, letters, columnOf, place, shown });
})();
