// @ts-check
"use strict";

/** Files for the reader: tables as CSV, drawings as SVG and PNG. They are made in the page and sent nowhere. */
const ParitranaLabSave = (() => {
  const SHARPNESS = 2; // pixels of a PNG for each pixel of the drawing

  /**
   * Hand a file over as a download.
   * @param {string} name
   * @param {Blob} content
   */
  function download(name, content) {
    const href = URL.createObjectURL(content);
    const link = ParitranaLabDom.el("a", { href, download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(href), 60_000);
  }

  /**
   * A cell as RFC 4180 writes it. A text that a spreadsheet would take for a formula is marked as text.
   * @param {string | number | null} cell
   */
  function field(cell) {
    if (cell === null) return "";
    const text = typeof cell === "string" && /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : String(cell);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  }

  /**
   * A table as CSV, the first row its headings.
   * @param {(string | number | null)[][]} rows
   */
  function csv(rows) {
    return new Blob(
      rows.map((row) => `${row.map(field).join(",")}\r\n`),
      { type: "text/csv;charset=utf-8" },
    );
  }

  /** A drawing as the text of a file. @param {SVGSVGElement} drawing */
  const svgText = (drawing) => new XMLSerializer().serializeToString(drawing);

  /** @param {SVGSVGElement} drawing */
  const svg = (drawing) => new Blob([svgText(drawing)], { type: "image/svg+xml" });

  /**
   * A drawing as pixels.
   * @param {SVGSVGElement} drawing
   * @returns {Promise<Blob>}
   */
  async function png(drawing) {
    const image = new Image();
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgText(drawing))}`;
    await image.decode();
    const canvas = ParitranaLabDom.el("canvas", { width: image.width * SHARPNESS, height: image.height * SHARPNESS });
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return new Promise((resolve, reject) =>
      canvas.toBlob((made) => (made ? resolve(made) : reject(new Error("no picture"))), "image/png"),
    );
  }

  return Object.freeze({ download, csv, svg, png });
})();
