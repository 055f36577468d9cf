// @ts-check
"use strict";

/*
 * One cell of a panel's workbook by the kind of its column: `paritrana.panel.cells`.
 */

/**
 * @typedef {object} LabColumnLayout
 * @property {string} key
 * @property {string} title
 * @property {"text" | "code" | "number" | "count" | "money" | "percent" | "year" | "date" | "choice" | "address"
 *   | "record"} kind
 * @property {string} [unit]
 * @property {boolean} [required]
 * @property {[string, string][]} [choices]  what is kept, and the word that stands for it
 * @property {boolean} [regional]  whether only the sheets of kabupaten/kota have it
 * @property {number} [least]
 * @property {number} [most]
 *
 * @typedef {object} LabSheetLayout
 * @property {string} key
 * @property {string} title
 * @property {string[]} ids  the columns that tell rows apart
 * @property {LabColumnLayout[]} columns
 * @property {boolean} [regional]
 *
 * @typedef {{guide: string, sheets: LabSheetLayout[]}} LabLayout
 *
 * @typedef {{text: string, fault: string}} LabKept  what is kept of a cell, or what keeps it out
 *
 * @param {LabWords} words
 * @param {boolean} textOnly  whether the file has no numbers, as CSV
 */
function ParitranaLabKept({ say, list, language }, textOnly) {
  const { LONGEST, shown } = ParitranaLabGrids;
  const { meant, dressed } = ParitranaLabNumerals;
  const CODE = /^[\p{L}\p{N}_.-]{1,40}$/u;
  const ISO = /^\d{4}-\d{2}-\d{2}$/;
  const COMPUTED = /^(?:[=@\t]|[+-].*[|(!])/; // a program that opens a table would compute such a text
  // eslint-disable-next-line no-control-regex
  const CONTROL = /[\x00-\x1f\x7f-\x9f\u2028\u2029]/;
  const [FIRST_DAY, DAY, LEAST_DAY, MOST_DAY] = [Date.UTC(1899, 11, 30), 86_400_000, 20_000, 80_000];
  const WHOLE = ["count", "money", "year"];

  /** A number as a person of the language types it. @param {number} value */
  const said = (value) => String(value).replace(".", language === "id" ? "," : ".");

  /** A number without what binary fractions leave behind its ninth decimal. @param {number} value */
  const nine = (value) => Number(value.toFixed(9));

  /** @param {string} text @returns {LabKept} */
  const keep = (text) => ({ text, fault: "" });

  /** @param {string} sentence @returns {LabKept} */
  const refuse = (sentence) => ({ text: "", fault: sentence });

  /**
   * What is kept of a cell of a column.
   * @param {LabColumnLayout} column
   * @param {LabRaw | undefined} raw
   */
  function kept(column, raw) {
    const { kind, title, required } = column;
    if (!raw) return required ? refuse(say("file_required", { title })) : keep("");
    const text = String(raw.value);
    const value = shown(text);
    if (raw.sort === "formula" || (raw.sort === "text" && COMPUTED.test(text))) {
      return refuse(say("file_formula", { value }));
    }
    if (raw.sort === "error") return refuse(say("file_error", { value }));
    if (text.length > LONGEST) return refuse(say("file_long", { value, most: LONGEST }));
    if (CONTROL.test(text)) return refuse(say("file_lines", { value }));
    if (kind === "text") return raw.sort === "date" ? refuse(say("file_became_date", { value })) : keep(text);
    if (kind === "code") return codeOf(raw, text);
    if (kind === "date") return dayOf(raw, text);
    if (kind === "choice") return choiceOf(column, raw, text);
    if (kind === "address") return /^https?:\/\/\S+$/.test(text) ? keep(text) : refuse(say("file_address", { value }));
    return numberOf(column, raw, text);
  }

  /** @param {LabRaw} raw @param {string} text */
  function codeOf(raw, text) {
    if (raw.sort === "number" && text.includes(".")) {
      return refuse(say("file_code_number", { value: said(Number(raw.value)) }));
    }
    return raw.sort === "date" || !CODE.test(text) ? refuse(say("file_code", { value: shown(text) })) : keep(text);
  }

  /** @param {LabRaw} raw @param {string} text */
  function dayOf(raw, text) {
    const number = raw.sort === "number" ? Number(raw.value) : NaN;
    if (Number.isInteger(number) && number >= LEAST_DAY && number < MOST_DAY) {
      const day = new Date(FIRST_DAY + number * DAY).toISOString().slice(0, 10);
      return refuse(say("file_day_number", { value: number, day }));
    }
    const date = new Date(`${text}T00:00:00Z`);
    const sound = ISO.test(text) && !Number.isNaN(date.valueOf()) && date.toISOString().startsWith(text);
    return sound ? keep(text) : refuse(say("file_day", { value: shown(text) }));
  }

  /** @param {LabColumnLayout} column @param {LabRaw} raw @param {string} text */
  function choiceOf({ key, choices = [] }, raw, text) {
    // Words of either language: they are typed more often than picked. Spreadsheets turn "true" into a truth.
    const typed = raw.sort === "truth" ? (raw.value ? "yes" : "no") : text.toLowerCase();
    const all = Object.values(ParitranaLabLayout).flatMap(({ sheets }) =>
      sheets.flatMap(({ columns }) => columns.filter((one) => one.key === key).flatMap((one) => one.choices ?? [])),
    );
    const known = choices.map(([id]) => id);
    const found = all.find(([id, word]) => known.includes(id) && [id, word.toLowerCase()].includes(typed));
    const listed = list(choices.map(([, word]) => word), choices.length);
    return found ? keep(found[0]) : refuse(say("file_choice", { value: shown(text), words: listed }));
  }

  /** @param {LabColumnLayout} column @param {LabRaw} raw @param {string} text */
  function numberOf(column, raw, text) {
    if (raw.sort === "date") return refuse(say("file_date", { value: text }));
    let value = raw.sort === "number" ? Number(raw.value) : NaN;
    if (raw.sort === "text") {
      const found = meant(text).map((one) => one.value);
      const [first, second] = found.map(said);
      if (!found.length) return refuse(say("file_no_number", { value: shown(text) }));
      if (found.length > 1) return refuse(say("file_ambiguous", { value: shown(text), first, second }));
      if (!textOnly || dressed(text)) return refuse(say("file_typed", { value: shown(text), number: first }));
      [value] = found;
    }
    if (!Number.isFinite(value)) return refuse(say("file_not_number", { value: shown(text) }));
    if (raw.percent && column.unit === "%") value = nine(value * 100);
    const fault = limited(column, value);
    return fault ? refuse(fault) : keep(String(value));
  }

  /**
   * What is wrong with a number of a column; empty where nothing is.
   * @param {LabColumnLayout} column
   * @param {number} value
   */
  function limited({ kind, least, most }, value) {
    if (WHOLE.includes(kind) && !Number.isInteger(value)) return say("file_not_whole", { value: said(value) });
    if (kind === "percent" && value > 0 && value <= 1) {
      return say("file_of_one", { value: said(value), hundred: said(nine(value * 100)) });
    }
    if (least !== undefined && value < least) return say("file_small", { value: said(value), least: said(least) });
    if (most !== undefined && value > most) return say("file_great", { value: said(value), most: said(most) });
    return "";
  }

  return Object.freeze({ kept });
}
