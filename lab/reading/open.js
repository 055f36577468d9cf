// @ts-check
"use strict";

/**
 * @typedef {{name: string, bytes: ArrayBuffer}} LabFile
 */

/**
 * A file of the reader's, opened on the reader's device: what it gives to rank, or every fault in it.
 *
 * @param {LabWords} words
 */
function ParitranaLabOpen(words) {
  const { say, number, list } = words;
  const MOST_FILE = 16 * 2 ** 20; // bytes
  const MOST_TOLD = 200; // faults; what is wrong two hundred times is wrong everywhere
  const TABLE = /\.(csv|tsv|txt)$/i;
  const ZIP = 0x504b0304; // how an archive begins

  const excel = ParitranaLabExcel(words);
  const csv = ParitranaLabCsv(words);
  const plain = ParitranaLabPlain(words);
  const panel = ParitranaLabPanel(words);

  /**
   * What a file is: its first bytes tell, not its name.
   * @param {LabFile} file
   */
  function gridsOf({ name, bytes }) {
    const refuse = (/** @type {string} */ sentence) => new ParitranaLabRefusal([{ place: name, sentence }]);
    if (bytes.byteLength > MOST_FILE) throw refuse(say("file_large", { size: MOST_FILE / 2 ** 20 }));
    const archive = bytes.byteLength > 3 && new DataView(bytes).getUint32(0) === ZIP;
    if (archive) return excel.grids(name, bytes);
    if (/\.xls[xmb]?$|\.ods$/i.test(name)) throw refuse(say("file_no_workbook"));
    return csv.grids(name, bytes, "");
  }

  /**
   * The sheets of a workbook that were saved as CSV, a file each.
   * @param {LabFile[]} files
   * @returns {LabSheets}
   */
  function together(files) {
    const read = files.map(({ name, bytes }) => {
      const tables = TABLE.test(name) && bytes.byteLength <= MOST_FILE;
      if (!tables) throw new ParitranaLabRefusal([{ place: name, sentence: say("file_several") }]);
      return csv.grids(name, bytes, name.replace(TABLE, ""));
    });
    const file = list(files.map(({ name }) => name));
    const grids = { file, sheets: read.flatMap(({ sheets }) => sheets), textOnly: true };
    if (!panel.isPanel(grids)) throw new ParitranaLabRefusal([{ place: file, sentence: say("file_several") }]);
    return grids;
  }

  /**
   * What a file gives to rank, or the sheets of a panel in a file each; or what is wrong with them.
   * @param {LabFile[]} files
   * @returns {Promise<{own: LabOwn} | {faults: LabFault[]}>}
   */
  async function open(files) {
    try {
      const grids = files.length > 1 ? together(files) : await gridsOf(files[0]);
      return { own: (panel.isPanel(grids) ? panel : plain).read(grids) };
    } catch (error) {
      if (!(error instanceof ParitranaLabRefusal)) throw error;
      return { faults: told(files[0].name, error.faults) };
    }
  }

  /**
   * The faults that a person can read at once, and how many there are besides.
   * @type {(file: string, faults: LabFault[]) => LabFault[]}
   */
  function told(file, faults) {
    if (faults.length <= MOST_TOLD) return faults;
    const sentence = say("file_more", { count: number(faults.length - MOST_TOLD) });
    return [...faults.slice(0, MOST_TOLD), { place: file, sentence }];
  }

  return Object.freeze({ open });
}
