// @ts-check
"use strict";

/**
 * A state of the lab as a file, and back: its address, and where files of the reader's are shown their bytes as well,
 * so that they are read and checked anew. The file stays with the reader.
 */
const ParitranaLabStateFile = (() => {
  const FORM = "paritrana-lab";
  const VERSION = 1;
  const MOST_FILES = 40;
  const ADDRESS = /^#[^\s]{1,1200}$/;
  const PIECE = 0x8000; // bytes that are turned into text at once

  /**
   * @param {string} address
   * @param {LabFile[]} files
   */
  function write(address, files) {
    const kept = files.map(({ name, bytes }) => ({ name, content: textOf(new Uint8Array(bytes)) }));
    const text = JSON.stringify({ form: FORM, version: VERSION, address, files: kept }, null, 1);
    return new Blob([`${text}\n`], { type: "application/json" });
  }

  /** Bytes in base 64. @param {Uint8Array} bytes */
  function textOf(bytes) {
    let made = "";
    for (let at = 0; at < bytes.length; at += PIECE) made += String.fromCharCode(...bytes.subarray(at, at + PIECE));
    return btoa(made);
  }

  /**
   * What was kept; null where a file is none of this form and version, or damaged.
   * @param {ArrayBuffer} bytes
   * @returns {{address: string, files: LabFile[]} | null}
   */
  function read(bytes) {
    try {
      const { form, version, address, files } = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
      const known = form === FORM && version === VERSION && ADDRESS.test(address) && files.length <= MOST_FILES;
      return known ? { address, files: files.map(fileOf) } : null;
    } catch {
      return null; // no JSON, or of another shape
    }
  }

  /** @param {{name: unknown, content: string}} kept @returns {LabFile} */
  function fileOf({ name, content }) {
    return { name: String(name), bytes: Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0)).buffer };
  }

  return Object.freeze({ write, read });
})();
