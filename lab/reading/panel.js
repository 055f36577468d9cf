// @ts-check
"use strict";

/**
 * A panel's workbook as something to rank, with the meaning that `paritrana import` gives it: `paritrana.panel.checks`,
 * `paritrana.panel.panel`, `paritrana.analysis.judging`.
 *
 * What the record knows is not at hand here: criteria that are reckoned from it are refused, and whether a panel's
 * figures fit the record is for `paritrana import` to say.
 *
 * @param {LabWords} words
 */
function ParitranaLabPanel(words) {
  const { say, list } = words;
  const { place } = ParitranaLabGrids;
  const { grouped } = ParitranaLabPlain(words);
  const sheets = ParitranaLabSheets(words);
  const FEWEST = 2; // candidates that a ranking needs
  const MOST_CRITERIA = 26; // each has a letter
  const MOST_PARTS = 1_000_000; // sum of the weights, as in the engine
  const MOST_NAMED = 4;
  const DECIMALS = 2; // of a mean that is shown
  const ID = /^[a-z][a-z0-9_]{0,39}$/;
  const FIGURES = ["active_participants", "active_participants_before", "vulnerable_protected"];
  const RESERVED = ["code", "name", "juror", "note", "document", ...FIGURES, "vulnerable_budget", "non_asn_coverage"];
  const NONE = "none"; // a kind of regulation: there is none
  const INVENTED = "99"; // the province that does not exist

  /**
   * What a workbook gives to rank, and what is wrong with it.
   * @param {LabSheets} grids
   * @returns {LabOwn}
   */
  function read(grids) {
    const book = sheets.read(grids);
    for (const check of [cover, candidates, criteria, figures, scores, regulations, documents, something]) check(book);
    const told = new Map(book.faults.map((one) => [`${one.place}: ${one.sentence}`, one]));
    if (told.size) throw new ParitranaLabRefusal([...told.values()]);
    return ownOf(book);
  }

  /** @param {LabBook} book @param {string} key */
  const lines = ({ filled }, key) => filled.get(key)?.lines ?? [];

  /**
   * Note what is wrong with a cell, or with a sheet where there is no line.
   * @param {LabBook} book
   * @param {string} key
   * @param {string} sentence
   * @param {LabLine} [line]
   * @param {string} [column]
   */
  function fault({ file, filled, faults }, key, sentence, line, column = "") {
    const sheet = filled.get(key);
    if (sheet) faults.push({ place: place(file, sheet.grid, line?.row, sheet.places.get(column)), sentence });
  }

  /** The candidates by code; the first where a code stands twice. @param {LabBook} book @param {boolean} ranked */
  function names(book, ranked) {
    /** @type {Map<string, string>} */
    const found = new Map();
    const rows = lines(book, "candidates").map(({ values }) => values);
    const out = rows.filter((one) => one.ranked === "no").map(({ code }) => code);
    for (const values of rows) {
      const wanted = values.code && values.name && !(ranked && out.includes(values.code));
      if (wanted && !found.has(values.code)) found.set(values.code, values.name);
    }
    return found;
  }

  /**
   * Rows that cannot be told from an earlier one.
   * @param {LabBook} book
   * @param {string} key
   * @param {string[]} columns
   */
  function twice(book, key, columns) {
    /** @type {Map<string, number>} */
    const seen = new Map();
    for (const line of lines(book, key)) {
      const parts = columns.map((column) => line.values[column] ?? "");
      if (!parts[0] || columns.some((column) => line.faulty.has(column))) continue;
      const [one, earlier] = [JSON.stringify(parts), seen.get(JSON.stringify(parts))];
      const value = parts.filter(Boolean).join(", ");
      if (earlier) fault(book, key, say("file_twice", { value, row: earlier }), line, columns[0]);
      else seen.set(one, line.row);
    }
  }

  /**
   * Whether a row has a code that is known, and the name that goes with it.
   * @param {LabBook} book
   * @param {string} key
   */
  function named(book, key) {
    const known = names(book, false);
    for (const line of lines(book, key)) {
      const { code, name: found } = line.values;
      const name = known.get(code);
      if (!code) continue;
      if (name === undefined) fault(book, key, say("file_no_candidate", { code }), line, "code");
      else if (found && found !== name) fault(book, key, say("file_other_name", { code, name, found }), line, "name");
    }
  }

  /** One row. @param {LabBook} book */
  function cover(book) {
    const count = lines(book, "cover").length;
    if (count !== 1) fault(book, "cover", say("file_one_row", { count }));
  }

  /** At least two, each once. @param {LabBook} book */
  function candidates(book) {
    twice(book, "candidates", ["code"]);
    twice(book, "candidates", ["name"]);
    const ranked = lines(book, "candidates").filter(({ values }) => values.ranked !== "no");
    if (ranked.length < FEWEST) fault(book, "candidates", say("file_fewest", { fewest: FEWEST }));
  }

  /** Each once, with a key that a column can have, two different goalposts, and some weight. @param {LabBook} book */
  function criteria(book) {
    const key = "criteria";
    twice(book, key, ["id"]);
    for (const line of lines(book, key)) {
      const { id, zero, full, indicator } = line.values;
      if (id && (!ID.test(id) || RESERVED.includes(id))) fault(book, key, say("file_no_id", { id }), line, "id");
      if (zero && zero === full) fault(book, key, say("file_same_ends", { value: full }), line, "full");
      if (indicator) fault(book, key, say("file_indicator", { id: indicator }), line, "indicator");
    }
    const all = lines(book, key);
    const weights = all.reduce((sum, { values }) => sum + Number(values.weight), 0);
    if (!weights && !all.some(({ faulty }) => faulty.has("weight"))) fault(book, key, say("file_no_weight"));
    if (weights > MOST_PARTS) fault(book, key, say("file_weights", { most: words.number(MOST_PARTS) }));
    if (all.length > MOST_CRITERIA) fault(book, key, say("file_criteria", { most: MOST_CRITERIA, count: all.length }));
  }

  /** A row for each candidate that is ranked, under its own name. @param {LabBook} book */
  function figures(book) {
    twice(book, "figures", ["code"]);
    named(book, "figures");
    const there = lines(book, "figures").map(({ values }) => values.code);
    for (const [code, name] of book.filled.has("figures") ? names(book, true) : []) {
      if (!there.includes(code)) fault(book, "figures", say("file_row_missing", { code, name }));
    }
  }

  /** Points of known jurors for known candidates, a row for each pair; jurors each once. @param {LabBook} book */
  function scores(book) {
    const jurors = book.filled.get("jurors");
    if (!jurors || !book.filled.has("scores")) return;
    twice(book, "jurors", ["juror"]);
    twice(book, "scores", ["juror", "code"]);
    const known = jurors.lines.map(({ values }) => values.juror);
    for (const line of lines(book, "scores")) {
      const { juror } = line.values;
      const sentence = say("file_no_juror", { juror, title: jurors.grid.name });
      if (juror && !known.includes(juror)) fault(book, "scores", sentence, line, "juror");
    }
    named(book, "scores");
    for (const juror of lines(book, "scores").length ? known : []) {
      const given = lines(book, "scores").filter(({ values }) => values.juror === juror);
      const there = new Set(given.map(({ values }) => values.code));
      const lacking = [...names(book, true)].flatMap(([code, name]) => (there.has(code) ? [] : [name]));
      const told = lacking.length > MOST_NAMED ? lacking.slice(0, MOST_NAMED - 1) : lacking;
      if (told !== lacking) told.push(say("others", { count: lacking.length - told.length }));
      if (told.length) fault(book, "scores", say("file_points_missing", { juror, names: list(told) }));
    }
  }

  /** Regulations of candidates, each once. @param {LabBook} book */
  function regulations(book) {
    const sheet = book.filled.get("regulations");
    if (!sheet) return;
    twice(book, "regulations", sheet.layout.ids);
    const known = names(book, false);
    for (const line of sheet.lines) {
      const { code, kind } = line.values;
      for (const key of kind && kind !== NONE ? ["year", "subject"] : []) {
        const title = sheet.layout.columns.find((one) => one.key === key)?.title ?? key;
        const empty = !line.values[key] && !line.faulty.has(key);
        if (empty) fault(book, "regulations", say("file_required", { title }), line, key);
      }
      if (code && !known.has(code)) fault(book, "regulations", say("file_no_candidate", { code }), line, "code");
    }
  }

  /** Documents each once, and those that are named elsewhere are there. @param {LabBook} book */
  function documents(book) {
    const sheet = book.filled.get("documents");
    if (!sheet) return;
    twice(book, "documents", ["id"]);
    const known = sheet.lines.map(({ values }) => values.id);
    for (const key of ["figures", "regulations"]) {
      for (const line of lines(book, key)) {
        const { document: id } = line.values;
        const sentence = say("file_no_document", { id, title: sheet.grid.name });
        if (id && !known.includes(id)) fault(book, key, sentence, line, "document");
      }
    }
  }

  /** Not one figure and not one point: the workbook was not filled in. @param {LabBook} book */
  function something(book) {
    const own = ["code", "name", "juror", "note", "document"];
    const given = ["figures", "scores"].flatMap((key) => lines(book, key)).some(({ values, faulty }) =>
      Object.keys(values).some((key) => !own.includes(key) && (values[key] || faulty.has(key))),
    );
    const both = book.filled.has("figures") && book.filled.has("scores");
    if (both && !given && !lines(book, "regulations").length) fault(book, "figures", say("file_nothing"));
  }

  /** A checked workbook as something to rank. @param {LabBook} book @returns {LabOwn} */
  function ownOf(book) {
    const { values: first } = lines(book, "cover")[0];
    const all = lines(book, "criteria").map(({ values }) => values);
    const ranked = [...names(book, true)];
    const invented = first.province === INVENTED && !first.title.includes(say("fictional"));
    const notes = ["file_panel", "file_panel_weights", "file_unknown"].map((key) => say(key));
    if (first.confidential === "yes") notes.unshift(say("file_confidential"));
    return {
      file: book.file,
      title: invented ? `${first.title} (${say("fictional")})` : first.title,
      year: Number(first.year),
      told: notes,
      source: say("file_panel_weights"),
      candidates: ranked,
      criteria: all.map(({ id, title, unit, weight, zero, full }) => ({
        ...{ id, title, unit, weight: Number(weight), zero: Number(zero), full: Number(full) },
      })),
      values: ranked.map(([code]) =>
        all.map(({ id, kind }) => (kind === "jury" ? meanOf(book, code, id) : typedOf(book, code, id))),
      ),
    };
  }

  /** A figure that was typed; null where none was. @param {LabBook} book @param {string} code @param {string} id */
  function typedOf(book, code, id) {
    const line = lines(book, "figures").find(({ values }) => values.code === code);
    if (!line?.values[id]) return null;
    const value = Number(line.values[id]);
    return { low: value, high: value, told: grouped(value), place: placeOf(book, "figures", [line], id) };
  }

  /**
   * The mean points of the jurors who gave any, in the order of their sheet; null where none did.
   * @param {LabBook} book
   * @param {string} code
   * @param {string} id
   */
  function meanOf(book, code, id) {
    const order = lines(book, "jurors").map(({ values }) => values.juror);
    const given = lines(book, "scores")
      .filter(({ values }) => values.code === code && values[id])
      .sort((one, other) => order.indexOf(one.values.juror) - order.indexOf(other.values.juror));
    if (!given.length) return null;
    const points = given.map(({ values }) => Number(values[id]));
    const mean = points.reduce((sum, one) => sum + one, 0) / points.length;
    const decimals = points.every(Number.isInteger) ? 0 : DECIMALS;
    const ends = words.interval(Math.min(...points), Math.max(...points), decimals);
    const told = say("file_mean", { value: words.number(mean, DECIMALS), count: points.length, ranges: ends });
    return { low: mean, high: mean, told, place: placeOf(book, "scores", given, id) };
  }

  /**
   * The cells of some lines.
   * @param {LabBook} book
   * @param {string} key
   * @param {LabLine[]} some
   * @param {string} column
   */
  function placeOf({ filled }, key, some, column) {
    const sheet = filled.get(key);
    return some.map(({ row }) => (sheet ? place("", sheet.grid, row, sheet.places.get(column)) : "")).join(", ");
  }

  return Object.freeze({ isPanel: sheets.isPanel, read });
}
