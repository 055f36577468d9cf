// @ts-check
"use strict";

/** Elements made from names, attributes and text. Nothing here reads markup: what comes from data stays text. */
const ParitranaLabDom = (() => {
  const SVG = "http://www.w3.org/2000/svg";

  /** @typedef {string | Node | null | undefined | false} LabChild */

  /**
   * @param {Element} made
   * @param {Record<string, any>} given  attributes; a function under `onNAME` listens, true is an empty attribute
   * @param {LabChild[]} children
   */
  function filled(made, given, children) {
    for (const [key, value] of Object.entries(given)) {
      if (typeof value === "function") made.addEventListener(key.slice(2), value);
      else if (value === true) made.setAttribute(key, "");
      else if (value !== false && value !== null && value !== undefined) made.setAttribute(key, String(value));
    }
    for (const child of children) if (child) made.append(child);
  }

  /**
   * An element of a page.
   * @template {keyof HTMLElementTagNameMap} Tag
   * @param {Tag} tag
   * @param {Record<string, any>} [given]
   * @param {LabChild[]} children
   * @returns {HTMLElementTagNameMap[Tag]}
   */
  function el(tag, given = {}, ...children) {
    const made = document.createElement(tag);
    filled(made, given, children);
    return made;
  }

  /**
   * An element of a drawing.
   * @template {keyof SVGElementTagNameMap} Tag
   * @param {Tag} tag
   * @param {Record<string, any>} [given]
   * @param {LabChild[]} children
   * @returns {SVGElementTagNameMap[Tag]}
   */
  function svg(tag, given = {}, ...children) {
    const made = document.createElementNS(SVG, tag);
    filled(made, given, children);
    return made;
  }

  /** The letter of a criterion. @param {number} k */
  const letterOf = (k) => String.fromCharCode(65 + (k % 26));

  /** The sign of a criterion: its letter on its colour. @param {number} k */
  const letter = (k) => el("span", { class: `lab-key lab-${k % 7}`, "aria-hidden": "true" }, letterOf(k));

  /** What speaks against a figure, as on the pages of provinces. @param {string} text */
  const doubt = (text) => el("span", { class: "badge badge-doubtful" }, text);

  /** A button. @type {(text: string | Text, onclick: () => void, given?: Record<string, any>) => HTMLButtonElement} */
  const button = (text, onclick, given = {}) =>
    el("button", { type: "button", class: "lab-button", onclick, ...given }, text);

  /** Put a text into a node, touching the page only where it differs. @type {(node: Text, text: string) => void} */
  function put(node, text) {
    if (node.data !== text) node.data = text;
  }

  /**
   * A table in a region that scrolls by itself where it is wide, as the book's own tables.
   * @param {string} caption
   * @param {LabChild[]} heads  headings of columns; "" is a place without one
   * @param {LabChild[][]} rows   the first of each row is its heading
   * @param {string} [kind]       "data" or "heat"
   */
  function tableOf(caption, heads, rows, kind = "data") {
    const numeric = heads.map((_, at) => at > 0 && rows.every((row) => typeof row[at] === "string"));
    const head = el(
      "tr",
      {},
      ...heads.map((text, at) => el("th", { scope: "col", class: numeric[at] && "num" }, text)),
    );
    const body = rows.map((row) =>
      el(
        "tr",
        {},
        ...row.map((cell, at) => {
          if (at === 0) return el("th", { scope: "row" }, cell);
          return cell instanceof HTMLTableCellElement ? cell : el("td", { class: numeric[at] && "num" }, cell);
        }),
      ),
    );
    return el(
      "div",
      { class: "table-wrap", role: "region", tabindex: 0, "aria-label": caption },
      el(
        "table",
        { class: kind },
        el("caption", {}, el("span", {}, caption)),
        el("thead", {}, head),
        el("tbody", {}, ...body),
      ),
    );
  }

  /**
   * A function that acts when nobody has asked for it again for so many milliseconds.
   * @type {(wait: number, act: () => void) => () => void}
   */
  function rested(wait, act) {
    let timer = 0;
    return () => {
      clearTimeout(timer);
      timer = window.setTimeout(act, wait);
    };
  }

  return Object.freeze({ el, svg, letterOf, letter, doubt, button, put, tableOf, rested });
})();
