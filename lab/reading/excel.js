// @ts-check
"use strict";

/**
 * Sheets of an Excel workbook as grids: nothing is computed, followed or run, as in `paritrana.panel.excel`.
 *
 * @param {LabWords} words
 */
function ParitranaLabExcel(words) {
  const { say } = words;
  const { empty, put, columnOf } = ParitranaLabGrids;
  const MOST_SHEETS = 40;
  const MOST_MERGED = 3; // ranges that are named
  const MOST_COLUMN = 16_384; // of any workbook
  const ROOT = "_rels/.rels";
  const REFERENCE = /^([A-Z]{1,3})(\d{1,7})$/;
  const DAY = 86_400_000; // milliseconds
  const FIRST_DAY = Date.UTC(1899, 11, 30); // how spreadsheets count days
  const LATER = 1462; // days by which some count from 1904
  const PERCENT = [9, 10]; // formats by their numbers: those that every program has
  const DATES = [14, 15, 16, 17, 18, 19, 20, 21, 22, 45, 46, 47];

  const { opened } = ParitranaLabArchive(words);

  /** @typedef {{shared: string[], formats: {date: boolean, percent: boolean}[], later: boolean}} LabShared */

  /** @type {(node: Document | Element | null, name: string) => Element[]} */
  const all = (node, name) => (node ? [...node.getElementsByTagNameNS("*", name)] : []);

  /** @type {(node: Element, name: string) => Element | undefined} */
  const child = (node, name) => [...node.children].find(({ localName }) => localName === name);

  /**
   * The sheets of a workbook.
   * @param {string} file
   * @param {ArrayBuffer} bytes
   * @returns {Promise<LabSheets>}
   */
  async function grids(file, bytes) {
    const part = opened(file, bytes);
    const refuse = (/** @type {string} */ sentence) => new ParitranaLabRefusal([{ place: file, sentence }]);
    const root = (await targets(part, ROOT, "")).find(({ type }) => type.endsWith("/officeDocument"))?.target;
    const book = root ? await part(root) : null;
    if (!root || !book) throw refuse(say("file_damaged"));
    const folder = root.slice(0, root.lastIndexOf("/") + 1);
    const linked = await targets(part, `${folder}_rels/${root.slice(folder.length)}.rels`, folder);
    const listed = all(book, "sheet");
    if (listed.length > MOST_SHEETS) throw refuse(say("file_sheets", { most: MOST_SHEETS, count: listed.length }));
    const content = async (/** @type {string} */ kind) => {
      const found = linked.find(({ type }) => type.endsWith(kind));
      return found ? part(found.target) : null;
    };
    const common = {
      shared: all(await content("/sharedStrings"), "si").map(textOf),
      formats: formatsOf(await content("/styles")),
      later: all(book, "workbookPr").some((one) => ["1", "true"].includes(one.getAttribute("date1904") ?? "")),
    };
    const sheets = [];
    for (const sheet of listed) {
      const id = [...sheet.attributes].find(({ localName }) => localName === "id")?.value;
      const found = linked.find((one) => one.id === id);
      if (found && !found.type.endsWith("/worksheet")) continue; // a chart
      const cells = found ? await part(found.target) : null;
      if (!cells) throw refuse(say("file_damaged"));
      sheets.push(gridOf(sheet, cells, common));
    }
    return { file, sheets, textOnly: false };
  }

  /**
   * What a part leads to.
   * @param {(name: string) => Promise<Document | null>} part
   * @param {string} name
   * @param {string} folder  from which its addresses are told
   */
  async function targets(part, name, folder) {
    return all(await part(name), "Relationship").map((one) => {
      const target = one.getAttribute("Target") ?? "";
      const whole = target.startsWith("/") ? target.slice(1) : folder + target;
      return { id: one.getAttribute("Id"), type: one.getAttribute("Type") ?? "", target: whole };
    });
  }

  /** The words of a shared or inline text, without how they are to be spoken. @param {Element} node */
  function textOf(node) {
    const runs = [...node.children].filter(({ localName }) => localName === "t" || localName === "r");
    return runs.map((run) => (run.localName === "t" ? run : child(run, "t"))?.textContent ?? "").join("");
  }

  /** Whether each style of a workbook shows days or hundredths. @param {Document | null} styles */
  function formatsOf(styles) {
    const own = new Map(
      all(styles, "numFmt").map((one) => [one.getAttribute("numFmtId"), one.getAttribute("formatCode") ?? ""]),
    );
    const used = all(styles, "cellXfs").flatMap((list) => [...list.children]);
    return used.map((style) => {
      const id = style.getAttribute("numFmtId") ?? "0";
      const code = own.get(id);
      if (code === undefined) return { date: DATES.includes(Number(id)), percent: PERCENT.includes(Number(id)) };
      // Without texts in quotes, colours and conditions, and signs that are meant as such.
      const bare = code.split(";")[0].replace(/"[^"]*"|\[(?!hh?\]|mm?\]|ss?\])[^\]]*\]|[\\_*]./g, "");
      return { date: /[dmhys]/i.test(bare), percent: code.includes("%") };
    });
  }

  /**
   * A sheet with what it hides.
   * @param {Element} sheet
   * @param {Document} content
   * @param {LabShared} common
   */
  function gridOf(sheet, content, common) {
    const grid = empty(sheet.getAttribute("name") ?? "");
    grid.hidden = (sheet.getAttribute("state") ?? "visible") !== "visible";
    grid.merged = all(content, "mergeCell")
      .slice(0, MOST_MERGED)
      .map((one) => one.getAttribute("ref") ?? "");
    let row = 0;
    for (const line of all(content, "row")) {
      row = Number(line.getAttribute("r") ?? row + 1);
      let column = 0;
      for (const cell of line.children) {
        const found = REFERENCE.exec(cell.getAttribute("r") ?? "");
        column = found ? columnOf(found[1]) : column + 1;
        const raw = rawOf(cell, common);
        if (raw && column <= MOST_COLUMN) put(grid, found ? Number(found[2]) : row, column, raw);
      }
    }
    return grid;
  }

  /**
   * A cell by what it is, not by how it looks; null where it holds nothing. What a formula came to is not taken.
   * @param {Element} cell
   * @param {LabShared} common
   * @returns {LabRaw | null}
   */
  function rawOf(cell, { shared, formats, later }) {
    const kind = cell.getAttribute("t") ?? "n";
    const formula = child(cell, "f");
    const value = child(cell, "v")?.textContent ?? "";
    if (formula) return { sort: "formula", value: `=${formula.textContent}` };
    if (kind === "inlineStr") return text(textOf(child(cell, "is") ?? cell));
    if (value === "") return null;
    if (kind === "s") return text(shared[Number(value)] ?? "");
    if (kind === "e") return { sort: "error", value };
    if (kind === "b") return { sort: "truth", value: value === "1" };
    if (kind === "d") return { sort: "date", value: value.slice(0, 10) };
    const found = Number(value);
    if (kind !== "n" || Number.isNaN(found)) return text(value);
    const { date = false, percent = false } = formats[Number(cell.getAttribute("s") ?? 0)] ?? {};
    const day = new Date(FIRST_DAY + (Math.floor(found) + (later ? LATER : 0)) * DAY);
    if (date && !Number.isNaN(day.valueOf())) return { sort: "date", value: day.toISOString().slice(0, 10) };
    return { sort: "number", value: found, percent };
  }

  /** @param {string} value @returns {LabRaw | null} */
  function text(value) {
    const bare = value.trim();
    return bare ? { sort: "text", value: bare } : null;
  }

  return Object.freeze({ grids });
}
