// @ts-check
"use strict";

/**
 * The sheets of a panel's workbook as checked rows, every fault by sheet and cell: `paritrana.panel.reading`.
 *
 * @typedef {{row: number, values: Record<string, string>, faulty: Set<string>}} LabLine  a row that was filled in
 *
 * @typedef {object} LabFilled  a sheet with its rows
 * @property {LabSheetLayout} layout
 * @property {LabSheet} grid
 * @property {Map<string, number>} places  where its columns stand
 * @property {LabLine[]} lines
 *
 * @typedef {object} LabBook
 * @property {string} file
 * @property {LabLayout} layout
 * @property {Map<string, LabFilled>} filled  by the key of the sheet
 * @property {LabFault[]} faults
 *
 * @param {LabWords} words
 */
function ParitranaLabSheets(words) {
  const { say, language } = words;
  const { MOST_ROWS, place, shown } = ParitranaLabGrids;
  const [KEYS, TITLES, FIRST] = [1, 2, 5]; // rows
  const ALWAYS = ["cover", "candidates", "criteria"];
  const MOST_OF = 0.5; // of a sheet's columns, and it is that sheet whatever it is called
  const ID = /^[a-z][a-z0-9_]{0,39}$/;
  const layouts = Object.values(ParitranaLabLayout);

  /** The texts of a row by column. @param {LabSheet} grid @param {number} row */
  function texts(grid, row) {
    const cells = [...(grid.rows.get(row) ?? [])].sort(([one], [other]) => one - other);
    return cells.map(([column, { value }]) => /** @type {[number, string]} */ ([column, String(value).trim()]));
  }

  /** The sheet of the template that a sheet is by its name. @param {LabSheet} grid */
  function named(grid) {
    const name = grid.name.trim().toLowerCase();
    for (const { guide, sheets } of layouts) {
      if ([guide.toLowerCase(), "guide"].includes(name)) return "guide";
      const found = sheets.find(({ key, title }) => [key, title.toLowerCase()].includes(name));
      if (found) return found.key;
    }
    return "";
  }

  /** The share of a sheet's columns that a grid has. @param {LabSheet} grid @param {LabSheetLayout} layout */
  function shared(grid, { columns }) {
    const keys = new Set(texts(grid, KEYS).map(([, text]) => text));
    return columns.filter(({ key }) => keys.has(key)).length / columns.length;
  }

  /** Whether a file is a panel's workbook, however much of it is wrong. @param {LabSheets} grids */
  function isPanel({ sheets }) {
    const heads = layouts[0].sheets.filter(({ key }) => key === "cover" || key === "criteria");
    return heads.some((head) => sheets.some((grid) => named(grid) === head.key || shared(grid, head) > MOST_OF));
  }

  /** The layout in the language of the workbook: that of the titles in its cover. @param {LabSheets} grids */
  function layoutOf({ sheets }) {
    const written = sheets.map((grid) => texts(grid, TITLES).map(([, text]) => text.replace(/ \*$/, "")));
    const fits = (/** @type {LabLayout} */ { sheets: [cover] }) => {
      const first = cover.columns.slice(0, 3);
      return written.some((row) => first.every(({ title }, at) => row[at] === title));
    };
    return layouts.find(fits) ?? ParitranaLabLayout[language] ?? layouts[0];
  }

  /**
   * The rows of a workbook with all that is wrong with its cells.
   * @param {LabSheets} grids
   * @returns {LabBook}
   */
  function read(grids) {
    const layout = layoutOf(grids);
    /** @type {LabBook} */
    const book = { file: grids.file, layout, filled: new Map(), faults: [] };
    const tabs = tabsOf(grids, layout, book.faults);
    if (!tabs.has("cover") || !tabs.has("criteria")) throw new ParitranaLabRefusal(book.faults);
    const take = (/** @type {LabSheetLayout} */ sheet) => {
      const grid = tabs.get(sheet.key);
      if (grid) book.filled.set(sheet.key, filledOf(book, grid, sheet, grids.textOnly));
    };
    const [cover, criteria] = ["cover", "criteria"].map((key) => sheetOf(layout, key));
    [cover, criteria].forEach(take);
    const { regional, typed, judged } = asked(book);
    for (const sheet of layout.sheets.filter((one) => regional || !one.regional)) {
      if (sheet === cover || sheet === criteria) continue;
      const more = { figures: typed, scores: judged }[sheet.key] ?? [];
      // Columns of criteria stand before those for documents and notes.
      const columns = sheet.columns.filter((one) => regional || !one.regional);
      if (tabs.has(sheet.key)) take({ ...sheet, columns: [...columns, ...more] });
      else book.faults.push(missing(grids.file, sheet.title));
    }
    return book;
  }

  /** @param {LabLayout} layout @param {string} key */
  const sheetOf = ({ sheets }, key) => /** @type {LabSheetLayout} */ (sheets.find((one) => one.key === key));

  /** @param {string} file @param {string} title @returns {LabFault} */
  const missing = (file, title) => ({ place: file, sentence: say("file_sheet_missing", { title }) });

  /**
   * The sheets that are known, by key, and faults for the others that hold anything and for known ones that hide.
   * @param {LabSheets} grids
   * @param {LabLayout} layout
   * @param {LabFault[]} faults
   */
  function tabsOf({ file, sheets }, layout, faults) {
    /** @type {Map<string, LabSheet>} */
    const tabs = new Map();
    const fault = (/** @type {LabSheet} */ grid, /** @type {string} */ sentence) =>
      faults.push({ place: place(file, grid), sentence });
    const unknown = sheets.filter((grid) => {
      const key = named(grid);
      if (!key) return grid.rows.size > 0;
      if (tabs.has(key)) fault(grid, say("file_sheet_twice"));
      else if (grid.hidden) fault(grid, say("file_sheet_hidden"));
      if (!tabs.has(key)) tabs.set(key, grid);
      return false;
    });
    for (const grid of unknown) {
      const free = layout.sheets.filter(({ key }) => !tabs.has(key));
      const [best] = free.sort((one, other) => shared(grid, other) - shared(grid, one));
      if (best && shared(grid, best) > MOST_OF) {
        fault(grid, say("file_sheet_renamed", { title: best.title }));
        tabs.set(best.key, grid);
      } else fault(grid, say(grid.hidden ? "file_sheet_unseen" : "file_sheet_unknown"));
    }
    if (!tabs.has("cover") || !tabs.has("criteria")) {
      for (const key of ALWAYS) if (!tabs.has(key)) faults.push(missing(file, sheetOf(layout, key).title));
    }
    return tabs;
  }

  /** The columns that the criteria of a workbook ask for. @param {LabBook} book */
  function asked({ filled }) {
    const lines = (/** @type {string} */ key) => filled.get(key)?.lines ?? [];
    const category = lines("cover").map(({ values }) => values.category).find(Boolean) ?? "kabupaten_kota";
    const known = lines("criteria").map(({ values }) => values).filter(({ id }) => ID.test(id));
    /** @type {(values: Record<string, string>) => LabColumnLayout} */
    const column = ({ id, title, unit }) => ({ key: id, title, kind: "number", unit });
    return {
      regional: category === "kabupaten_kota",
      typed: known
        .filter(({ kind, indicator }) => kind === "figure" && !indicator)
        .map(column),
      judged: known
        .filter(({ kind }) => kind === "jury")
        .map((values) => {
          const ends = ["zero", "full"].map((key) => values[key]).filter(Boolean).map(Number);
          const [least, most] = [Math.min(...ends), Math.max(...ends)];
          return ends.length === 2 && least < most ? { ...column(values), least, most } : column(values);
        }),
    };
  }

  /**
   * A sheet's rows; faults of its head and of its cells go to those of the book.
   * @param {LabBook} book
   * @param {LabSheet} grid
   * @param {LabSheetLayout} layout
   * @param {boolean} textOnly
   * @returns {LabFilled}
   */
  function filledOf({ file, faults }, grid, layout, textOnly) {
    /** @param {string} sentence @param {number} [row] @param {number} [column] */
    const fault = (sentence, row, column) => faults.push({ place: place(file, grid, row, column), sentence });
    const places = placesOf(grid, layout, fault);
    if (grid.merged.length) fault(say("file_merged", { ranges: grid.merged.join(", ") }));
    if (grid.beyond) fault(say("file_beyond", { most: MOST_ROWS }));
    const { kept } = ParitranaLabKept(words, textOnly);
    const columns = layout.columns.filter(({ key, kind }) => kind !== "record" && places.has(key));
    const [headed, known] = [new Set(texts(grid, KEYS).map(([column]) => column)), new Set(places.values())];
    /** @type {LabLine[]} */
    const lines = [];
    for (const row of [...grid.rows.keys()].sort((one, other) => one - other).filter((one) => one >= FIRST)) {
      const cells = grid.rows.get(row) ?? new Map();
      const outside = Math.min(...[...cells.keys()].filter((one) => !known.has(one) && !headed.has(one)));
      if (outside < Infinity) fault(say("file_outside", { value: shown(cells.get(outside)?.value) }), row, outside);
      if (!columns.some(({ key }) => cells.has(places.get(key) ?? 0))) continue;
      /** @type {LabLine} */
      const line = { row, values: Object.fromEntries(layout.columns.map(({ key }) => [key, ""])), faulty: new Set() };
      for (const column of columns) {
        const at = places.get(column.key) ?? 0;
        const found = kept(column, cells.get(at));
        line.values[column.key] = found.text;
        if (!found.fault) continue;
        line.faulty.add(column.key);
        fault(found.fault, row, at);
      }
      lines.push(line);
    }
    return { layout, grid, places, lines };
  }

  /**
   * Where each column stands, and faults for those that lack, are unknown, or stand twice.
   * @param {LabSheet} grid
   * @param {LabSheetLayout} layout
   * @param {(sentence: string, row?: number, column?: number) => void} fault
   */
  function placesOf(grid, { columns }, fault) {
    const heads = texts(grid, KEYS);
    for (const { key, title, kind } of columns) {
      const there = kind === "record" || heads.some(([, head]) => head === key);
      if (!there) fault(say("file_column_missing", { key, title }));
    }
    /** @type {Map<string, number>} */
    const places = new Map();
    for (const [column, head] of heads) {
      const known = columns.some(({ key }) => key === head);
      if (!known) fault(say("file_column_unknown", { head: shown(head) }), KEYS, column);
      else if (places.has(head)) fault(say("file_column_twice", { key: head }), KEYS, column);
      else places.set(head, column);
    }
    return places;
  }

  return Object.freeze({ isPanel, read });
}
