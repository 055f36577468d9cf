// @ts-check
"use strict";

/**
 * A plain table: the first row has headings, the first column names, the other columns are criteria.
 *
 * It has neither weights nor goalposts of its own: the weights are equal to begin with, and the lowest value of a
 * column makes 0 points, its highest 100. An empty cell is unknown, `lo..hi` an interval, as in `paritrana rank`.
 *
 * @param {LabWords} words
 */
function ParitranaLabPlain({ say, number, language }) {
  const { MOST_ROWS, MOST_COLUMNS, LONGEST, place, letters, shown } = ParitranaLabGrids;
  const { meant, dressed } = ParitranaLabNumerals;
  const FEWEST = 2; // candidates that a ranking needs
  const MOST_CRITERIA = 26; // each has a letter
  const BETWEEN = "..";
  const DECIMALS = 6;
  // eslint-disable-next-line no-control-regex
  const CONTROL = /[\x00-\x1f\x7f-\x9f\u2028\u2029]/;

  /** A number as a person of the language types it. @param {number} value */
  const said = (value) => String(value).replace(".", language === "id" ? "," : ".");

  /** A number as it is shown: grouped, with the decimals that it has. @param {number} value */
  function grouped(value) {
    const [, decimals = ""] = String(value).split(".");
    return number(value, Math.min(decimals.length, DECIMALS));
  }

  /**
   * What a file gives to rank, and what is wrong with it.
   * @param {LabSheets} grids
   * @returns {LabOwn}
   */
  function read({ file, sheets, textOnly }) {
    const grid = sheets.find(({ rows, hidden }) => rows.size && !hidden);
    if (!grid) throw new ParitranaLabRefusal([{ place: file, sentence: say("file_empty") }]);
    /** @type {LabFault[]} */
    const faults = [];
    /** @param {string} sentence @param {number} [row] @param {number} [column] */
    const fault = (sentence, row, column) => faults.push({ place: place(file, grid, row, column), sentence });

    if (grid.merged.length) fault(say("file_merged", { ranges: grid.merged.join(", ") }));
    if (grid.beyond) fault(say("file_beyond", { most: MOST_ROWS }));
    if (grid.wide) fault(say("file_wide", { most: letters(MOST_COLUMNS) }));
    const [top, ...lines] = [...grid.rows.keys()].sort((one, other) => one - other);
    const heads = headsOf(grid, top, lines, fault);
    const names = namesOf(grid, lines, fault);
    const cells = lines.map((row) => heads.map(({ column }) => grid.rows.get(row)?.get(column) ?? null));
    const mark = textOnly ? markOf(grid, lines, heads, cells, fault) : "";
    const values = cells.map((line, at) =>
      line.map((raw, k) => {
        const found = raw && figureOf(raw, mark, textOnly);
        if (typeof found === "string") fault(found, lines[at], heads[k].column);
        return found && typeof found !== "string"
          ? { ...found, place: place("", grid, lines[at], heads[k].column) }
          : null;
      }),
    );
    const criteria = heads.map((head, k) => criterionOf(head, values.map((line) => line[k]), k));
    criteria.forEach(({ zero, full, title }, k) => {
      const sound = cells.every((line, at) => !line[k] || values[at][k]); // else its cells are told already
      if (sound && !(zero < full)) fault(say("file_no_scale", { title: shown(title) }), top, heads[k].column);
    });
    if (lines.length < FEWEST) fault(say("file_fewest", { fewest: FEWEST }));
    if (!heads.length) fault(say("file_no_criteria"));
    if (heads.length > MOST_CRITERIA) fault(say("file_criteria", { most: MOST_CRITERIA, count: heads.length }));
    if (faults.length) throw new ParitranaLabRefusal(faults);
    return {
      file,
      title: [file, grid.name].filter(Boolean).join(", "),
      year: 0,
      told: [say("file_plain"), say("file_unknown")],
      source: say("file_equal"),
      candidates: names.map((name, at) => [String(at + 1), name]),
      criteria,
      values,
    };
  }

  /** @typedef {(sentence: string, row?: number, column?: number) => void} LabTell */

  /**
   * The headings of the criteria with their columns; the first column needs none.
   * @param {LabSheet} grid
   * @param {number} top
   * @param {number[]} lines
   * @param {LabTell} fault
   */
  function headsOf(grid, top, lines, fault) {
    const used = [...new Set(lines.flatMap((row) => [...(grid.rows.get(row)?.keys() ?? [])]))];
    const first = grid.rows.get(top) ?? new Map();
    /** @type {Map<string, number>} */
    const seen = new Map();
    const columns = [...new Set([...first.keys(), ...used])].filter((one) => one > 1).sort((one, other) => one - other);
    return columns.map((column) => {
      const raw = first.get(column);
      const title = String(raw?.value ?? "");
      const earlier = seen.get(title.toLowerCase());
      if (!raw) fault(say("file_no_head"), top, column);
      else if (wrong(raw)) fault(wrong(raw), top, column);
      else if (earlier) fault(say("file_head_twice", { value: shown(title), cell: `${letters(earlier)}${top}` }), top, column);
      seen.set(title.toLowerCase(), column);
      return { column, title };
    });
  }

  /**
   * The names in the first column, each once.
   * @param {LabSheet} grid
   * @param {number[]} lines
   * @param {LabTell} fault
   */
  function namesOf(grid, lines, fault) {
    /** @type {Map<string, number>} */
    const seen = new Map();
    return lines.map((row) => {
      const raw = grid.rows.get(row)?.get(1);
      const name = String(raw?.value ?? "");
      const earlier = seen.get(name);
      if (!raw) fault(say("file_no_name"), row, 1);
      else if (wrong(raw)) fault(wrong(raw), row, 1);
      else if (earlier) fault(say("file_twice", { value: shown(name), row: earlier }), row, 1);
      if (raw) seen.set(name, row);
      return name;
    });
  }

  /** What is wrong with a cell whatever it is read as; empty where nothing is. @param {LabRaw} raw */
  function wrong({ sort, value }) {
    const text = String(value);
    if (sort === "formula") return say("file_formula", { value: shown(text) });
    if (sort === "error") return say("file_error", { value: shown(text) });
    if (text.length > LONGEST) return say("file_long", { value: shown(text), most: LONGEST });
    return CONTROL.test(text) ? say("file_lines", { value: shown(text) }) : "";
  }

  /**
   * The decimal mark of a table in text: the only one that its numbers can be read by; none where either could be.
   * @param {LabSheet} grid
   * @param {number[]} lines
   * @param {{column: number}[]} heads
   * @param {(LabRaw | null)[][]} cells
   * @param {LabTell} fault
   */
  function markOf(grid, lines, heads, cells, fault) {
    /** @type {Map<string, string>} */
    const first = new Map();
    cells.forEach((line, at) =>
      line.forEach((raw, k) => {
        for (const part of raw ? String(raw.value).split(BETWEEN) : []) {
          const [one, ...others] = meant(part);
          if (one?.mark && !others.length && !first.has(one.mark)) {
            first.set(one.mark, `${letters(heads[k].column)}${lines[at]}`);
          }
        }
      }),
    );
    if (first.size > 1) fault(say("file_marks", { comma: first.get(",") ?? "", point: first.get(".") ?? "" }));
    return first.size === 1 ? [...first.keys()][0] : "";
  }

  /**
   * A cell as a figure, or what is wrong with it.
   * @param {LabRaw} raw
   * @param {string} mark
   * @param {boolean} textOnly
   * @returns {{low: number, high: number, told: string} | string}
   */
  function figureOf(raw, mark, textOnly) {
    if (wrong(raw)) return wrong(raw);
    if (raw.sort === "date") return say("file_date", { value: String(raw.value) });
    if (raw.sort === "number" && Number.isFinite(raw.value)) return figure([Number(raw.value)]);
    if (raw.sort !== "text") return say("file_no_number", { value: shown(raw.value) });
    const parts = String(raw.value).split(BETWEEN);
    const found = parts.map((part) => numberOf(part.trim(), mark, textOnly || parts.length > 1));
    const fault = found.find((one) => typeof one === "string");
    if (fault !== undefined) return String(fault);
    const ends = found.map(Number);
    return ends.length > 2 || ends[0] > ends[ends.length - 1]
      ? say("file_interval", { value: shown(raw.value) })
      : figure(ends);
  }

  /** @param {number[]} ends */
  function figure(ends) {
    const [low, high] = [ends[0], ends[ends.length - 1]];
    return { low, high, told: low === high ? grouped(low) : `${grouped(low)}–${grouped(high)}` };
  }

  /**
   * A number typed as text, or what is wrong with it.
   * @param {string} text
   * @param {string} mark
   * @param {boolean} allowed  whether numbers may be texts here
   */
  function numberOf(text, mark, allowed) {
    const all = meant(text);
    const found = mark && all.length > 1 ? all.filter((one) => one.mark === mark) : all;
    if (!found.length || !found.every(({ value }) => Number.isFinite(value))) {
      return say("file_no_number", { value: shown(text) });
    }
    const [first, second] = found.map(({ value }) => said(value));
    if (found.length > 1) return say("file_ambiguous", { value: shown(text), first, second });
    return allowed && !dressed(text) ? found[0].value : say("file_typed", { value: shown(text), number: first });
  }

  /**
   * A criterion with the goalposts that its column makes.
   * @param {{title: string}} head
   * @param {(LabFigure | null)[]} figures
   * @param {number} k
   * @returns {LabOwnCriterion}
   */
  function criterionOf({ title }, figures, k) {
    const known = figures.flatMap((one) => one ?? []);
    const zero = known.reduce((least, { low }) => Math.min(least, low), Infinity);
    const full = known.reduce((most, { high }) => Math.max(most, high), -Infinity);
    const id = title.toLowerCase().replace(/[^a-z0-9]+/g, "_").replace(/^_+|_+$/g, "");
    return { id: `${k + 1}_${id}`, title, unit: "", weight: 1, zero, full };
  }

  return Object.freeze({ read, grouped });
}
