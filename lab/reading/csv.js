// @ts-check
"use strict";

/**
 * A table as text: in UTF-8, or as Windows writes it where it is none; its cells parted by semicolons, tabs or commas.
 *
 * @param {LabWords} words
 */
function ParitranaLabCsv({ say }) {
  const { empty, put } = ParitranaLabGrids;
  const MOST_BYTES = 4 * 2 ** 20;
  const DELIMITERS = [";", "\t", ","]; // where the comma is the decimal mark, lists are parted by semicolons

  /**
   * @param {string} file
   * @param {ArrayBuffer} bytes
   * @param {string} name  of the sheet; empty where the file is a table of its own
   * @returns {LabSheets}
   */
  function grids(file, bytes, name) {
    const refuse = (/** @type {string} */ sentence) => new ParitranaLabRefusal([{ place: file, sentence }]);
    if (bytes.byteLength > MOST_BYTES) throw refuse(say("file_large", { size: MOST_BYTES / 2 ** 20 }));
    const text = decoded(bytes);
    if (text.includes("\0")) throw refuse(say("file_no_csv"));
    const grid = empty(name);
    const lines = records(text, delimiterOf(text));
    if (!lines) throw refuse(say("file_quotes"));
    lines.forEach((line, row) =>
      line.forEach((cell, column) => {
        const value = cell.trim();
        if (value) put(grid, row + 1, column + 1, { sort: "text", value });
      }),
    );
    return { file, sheets: [grid], textOnly: true };
  }

  /** @param {ArrayBuffer} bytes */
  function decoded(bytes) {
    try {
      return new TextDecoder("utf-8", { fatal: true }).decode(bytes); // without a mark at its beginning
    } catch {
      return new TextDecoder("windows-1252").decode(bytes);
    }
  }

  /** What parts most cells in the first line. @param {string} text */
  function delimiterOf(text) {
    const counts = DELIMITERS.map((one) => (records(text, one, 1)?.[0] ?? []).length);
    return DELIMITERS[counts.indexOf(Math.max(...counts))];
  }

  /**
   * The cells of each line, as RFC 4180 has them; null where a quoted one does not end.
   * @param {string} text
   * @param {string} delimiter
   * @param {number} [most]  lines that are wanted
   */
  function records(text, delimiter, most = Infinity) {
    /** @type {string[][]} */
    const lines = [];
    // A cell and what ends it: quoted with its quotes doubled, or as it is.
    const cell = new RegExp(`(?:"([^"]*(?:""[^"]*)*)"|([^"${delimiter}\\r\\n][^${delimiter}\\r\\n]*)?)(${delimiter}|\\r\\n?|\\n|$)`, "y");
    for (let line = [], at = 0; at < text.length && lines.length < most; ) {
      cell.lastIndex = at;
      const found = cell.exec(text);
      if (!found) return null;
      at = cell.lastIndex;
      line.push(found[1]?.replaceAll('""', '"') ?? found[2] ?? "");
      if (found[3] !== delimiter || at === text.length) {
        lines.push(line);
        line = [];
      }
    }
    return lines;
  }

  return Object.freeze({ grids });
}
