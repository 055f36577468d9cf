// @ts-check
"use strict";

/**
 * A file of the reader's, opened on the reader's device: what it gives to rank, or every fault in it.
 *
 * @param {LabWords} words
 */
function ParitranaLabOpen(words) {
  const { say, number } = words;
  const MOST_FILE = 16 * 2 ** 20; // bytes
  const MOST_TOLD = 200; // faults; what is wrong two hundred times is wrong everywhere
  const ZIP = 0x504b0304; // how an archive begins

  const excel = ParitranaLabExcel(words);
  const csv = ParitranaLabCsv(words);
  const plain = ParitranaLabPlain(words);

  /** @typedef {{name: string, bytes: ArrayBuffer}} LabFile */

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
   * What a file gives to rank, or what is wrong with it.
   * @param {LabFile} file
   * @returns {Promise<{own: LabOwn} | {faults: LabFault[]}>}
   */
  async function open(file) {
    try {
      return { own: plain.read(await gridsOf(file)) };
    } catch (error) {
      if (!(error instanceof ParitranaLabRefusal)) throw error;
      return { faults: told(file.name, error.faults) };
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
