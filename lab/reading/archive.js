// @ts-check
"use strict";

/**
 * Workbooks are archives of XML: they are weighed before anything is read of them, as `paritrana.panel.archive` does.
 *
 * The browser's own inflater and its own parser of XML read them, so that no library has to be kept up to date. What a
 * part says of its size bounds how much of it is inflated; a document type could define entities that grow without end,
 * and no workbook has one.
 *
 * @param {LabWords} words
 */
function ParitranaLabArchive({ say, number }) {
  const MOST_BYTES = 16 * 2 ** 20; // inflated
  const MOST_ELEMENTS = 400_000; // of the XML that is read, opening and closing ones
  const MOST_PARTS = 500;
  const [END, ENTRY, LOCAL] = [0x06054b50, 0x02014b50, 0x04034b50];
  const [END_BYTES, ENTRY_BYTES, LOCAL_BYTES] = [22, 46, 30];
  const MOST_COMMENT = 0xffff;
  const [STORED, DEFLATED] = [0, 8];
  // eslint-disable-next-line no-control-regex
  const FORBIDDEN = /<!DOCTYPE|<!ENTITY|\x00/i;
  const MACROS = /vbaproject|^basic\/|^scripts\/|macrosheets/i;
  const LINKED = /externallinks\//i;
  /** Remainders of CRC-32, a byte at a time. */
  const CRC = Uint32Array.from({ length: 256 }, (_, byte) => {
    for (let bit = 0; bit < 8; bit++) byte = byte & 1 ? (byte >>> 1) ^ 0xedb88320 : byte >>> 1;
    return byte;
  });

  /** @typedef {{name: string, method: number, sum: number, packed: number, size: number, at: number}} LabEntry */

  /**
   * The parts of an archive that can be read, each when it is asked for.
   * @param {string} file
   * @param {ArrayBuffer} bytes
   * @returns {(name: string) => Promise<Document | null>}  the XML of a part; null where there is none of this name
   */
  function opened(file, bytes) {
    const refuse = (/** @type {string} */ sentence) => new ParitranaLabRefusal([{ place: file, sentence }]);
    const damaged = () => refuse(say("file_damaged"));
    const large = () => refuse(say("file_heavy", { size: MOST_BYTES / 2 ** 20, cells: number(MOST_ELEMENTS / 4) }));
    if (typeof DecompressionStream === "undefined") throw refuse(say("file_old_browser"));
    const entries = entriesOf(new DataView(bytes), damaged);
    const total = entries.reduce((sum, { size }) => sum + size, 0);
    if (entries.length > MOST_PARTS || total > MOST_BYTES) throw large();
    if (entries.some(({ name }) => MACROS.test(name))) throw refuse(say("file_macros"));
    if (entries.some(({ name }) => LINKED.test(name))) throw refuse(say("file_linked"));
    let elements = 0;

    return async (name) => {
      const entry = entries.find((one) => one.name === name);
      if (!entry) return null;
      const text = textOf(await inflated(bytes, entry, damaged), damaged);
      if (FORBIDDEN.test(text)) throw damaged();
      elements += text.split("<").length - 1;
      if (elements > MOST_ELEMENTS) throw large();
      const made = new DOMParser().parseFromString(text, "application/xml");
      if (made.getElementsByTagName("parsererror").length) throw damaged();
      return made;
    };
  }

  /**
   * What the directory at the end of an archive names.
   * @param {DataView} view
   * @param {() => Error} damaged
   */
  function entriesOf(view, damaged) {
    const end = endOf(view);
    if (end < 0) throw damaged();
    const count = view.getUint16(end + 10, true);
    let at = view.getUint32(end + 16, true);
    /** @type {LabEntry[]} */
    const entries = [];
    try {
      for (let one = 0; one < count; one++) {
        const [name, comment] = [view.getUint16(at + 28, true), view.getUint16(at + 32, true)];
        if (view.getUint32(at, true) !== ENTRY || view.getUint16(at + 8, true) & 1) throw damaged(); // or encrypted
        entries.push({
          name: new TextDecoder().decode(new Uint8Array(view.buffer, at + ENTRY_BYTES, name)),
          method: view.getUint16(at + 10, true),
          sum: view.getUint32(at + 16, true),
          packed: view.getUint32(at + 20, true),
          size: view.getUint32(at + 24, true),
          at: view.getUint32(at + 42, true),
        });
        at += ENTRY_BYTES + name + view.getUint16(at + 30, true) + comment;
      }
    } catch {
      throw damaged(); // it ends before its directory does
    }
    return entries;
  }

  /** Where the end of the directory begins; -1 where there is none. @param {DataView} view */
  function endOf(view) {
    const last = view.byteLength - END_BYTES;
    for (let at = last; at >= Math.max(0, last - MOST_COMMENT); at--) if (view.getUint32(at, true) === END) return at;
    return -1;
  }

  /**
   * The content of a part. Not a byte more than its directory says is inflated.
   * @param {ArrayBuffer} bytes
   * @param {LabEntry} entry
   * @param {() => Error} damaged
   */
  async function inflated(bytes, { method, sum, packed, size, at }, damaged) {
    const view = new DataView(bytes);
    if (at + LOCAL_BYTES > bytes.byteLength || view.getUint32(at, true) !== LOCAL) throw damaged();
    const start = at + LOCAL_BYTES + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
    if (start + packed > bytes.byteLength || ![STORED, DEFLATED].includes(method)) throw damaged();
    const part = new Uint8Array(bytes, start, packed);
    const made = new Uint8Array(size);
    let filled = 0;
    try {
      const stream = new Blob([part]).stream();
      const reader = (method === DEFLATED ? stream.pipeThrough(inflater()) : stream).getReader();
      for (let read = await reader.read(); !read.done; read = await reader.read()) {
        made.set(read.value, filled); // raises where there is more than was said
        filled += read.value.length;
      }
    } catch {
      throw damaged();
    }
    if (filled !== size || sumOf(made) !== sum) throw damaged();
    return made;
  }

  /** @returns {ReadableWritablePair<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>} */
  const inflater = () => /** @type {any} */ (new DecompressionStream("deflate-raw"));

  /** CRC-32. @param {Uint8Array} bytes */
  function sumOf(bytes) {
    let sum = ~0;
    for (const byte of bytes) sum = CRC[(sum ^ byte) & 255] ^ (sum >>> 8);
    return ~sum >>> 0;
  }

  /** @param {Uint8Array} bytes @param {() => Error} damaged */
  function textOf(bytes, damaged) {
    try {
      return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    } catch {
      throw damaged();
    }
  }

  return Object.freeze({ opened });
}
