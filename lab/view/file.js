// @ts-check
"use strict";

/**
 * @typedef {object} LabOpened  what was read of files, or every fault in them
 * @property {LabFile[]} files
 * @property {LabOwn} [own]
 * @property {LabFault[]} [faults]
 * @property {string} [address]  the state that was kept
 */

/**
 * A file of the reader's own: what opens it, every fault in it, and the mark that it is shown and stays on the device.
 *
 * @param {LabWords} words
 * @param {object} act
 * @param {(own: LabOwn, address?: string) => void} act.open
 * @param {(address: string) => void} act.recall  the record in a state that was kept
 * @param {() => void} act.back  to the public record
 */
function ParitranaLabFile(words, act) {
  const { el, button, tableOf } = ParitranaLabDom;
  const { say, number } = words;
  const { grouped } = ParitranaLabPlain(words);
  const CHOSEN = { type: "file", id: "lab-file-input", accept: ".csv,.tsv,.txt,.xlsx,.json", multiple: true };
  const FORM = ["file_form_plain", "file_form_panel", "file_form_numbers", "file_form_limits"];

  const JSON_NAME = /\.json$/i;

  const opening = ParitranaLabOpen(words);
  const keeping = ParitranaLabStateFile;
  // Its own words would be those of the browser's language, and "no file" beside a file that is shown.
  const input = el("input", { ...CHOSEN, hidden: true, onchange: chosen });
  const open = button(say("file_open"), () => input.click());
  const faults = el("div", { class: "lab-faults", tabindex: -1, hidden: true });
  const element = el(
    "section",
    { class: "lab-file", "aria-labelledby": "lab-file" },
    el("h2", { id: "lab-file" }, say("file")),
    el("p", { class: "lab-help" }, say("file_help")),
    el("div", { class: "lab-buttons" }, open, input),
    faults,
    el(
      "details",
      { class: "others" },
      el("summary", {}, say("file_form")),
      el("ul", {}, ...FORM.map((key) => el("li", {}, say(key)))),
    ),
  );
  const named = { "aria-label": say("file_shown") };
  const mark = el("section", { class: "lab-note lab-mark", tabindex: -1, hidden: true, ...named });
  /** The last file that was asked for: one that is read meanwhile is not shown any more. */
  let asked = 0;
  /** The files that are shown. @type {LabFile[]} */
  let here = [];

  async function chosen() {
    const files = [...(input.files ?? [])];
    if (!files.length) return;
    const own = (asked += 1);
    const found = await read(files);
    input.value = ""; // the same file can be chosen again, changed
    if (own === asked) take(words.list(files.map(({ name }) => name)), found);
  }

  /**
   * What files hold; one that the device does not hand over is a fault as any other.
   * @param {File[]} files
   */
  async function read(files) {
    try {
      return await opened(
        await Promise.all(files.map(async (file) => ({ name: file.name, bytes: await file.arrayBuffer() }))),
      );
    } catch (error) {
      console.error(error);
      return { faults: [{ place: files[0].name, sentence: say("file_damaged") }], files: [] };
    }
  }

  /**
   * What was opened: a state that was kept here, with its files or of the record, or files.
   * @param {LabFile[]} files
   * @returns {Promise<LabOpened>}
   */
  async function opened(files) {
    const [{ name, bytes }] = files;
    if (files.length > 1 || !JSON_NAME.test(name)) return { ...(await opening.open(files)), files };
    const kept = keeping.read(bytes);
    if (!kept) return { faults: [{ place: name, sentence: say("file_state") }], files };
    if (!kept.files.length) return { address: kept.address, files };
    return { ...(await opening.open(kept.files)), address: kept.address, files: kept.files };
  }

  /**
   * Show what was read, or all that is wrong with it: nothing is shown of a file with a fault.
   * @param {string} name
   * @param {LabOpened} found
   */
  function take(name, found) {
    faults.replaceChildren();
    faults.hidden = !found.faults;
    if (found.own) {
      here = found.files;
      return show(found.own, found.address);
    }
    if (!found.faults) return recall(found.address ?? "");
    const told = found.faults.map(({ place, sentence }) => el("li", {}, `${place}: ${sentence}.`));
    faults.append(el("p", {}, say("file_faults", { name, count: number(told.length) })), el("ul", {}, ...told));
    faults.focus();
  }

  /** @param {LabOwn} own @param {string} [address] */
  function show(own, address) {
    const goalposts = own.criteria.map(({ title, unit, zero, full }) => [
      title,
      ...[zero, full].map((value) => [grouped(value), unit].filter(Boolean).join(" ")),
    ]);
    const heads = ["criterion", "file_zero", "file_full"].map((key) => say(key));
    mark.replaceChildren(
      el("p", {}, el("strong", {}, say("file_shown")), ` ${say("file_here", { name: own.title })}`),
      ...own.told.map((sentence) => el("p", {}, sentence)),
      el(
        "details",
        { class: "others" },
        el("summary", {}, say("file_goalposts")),
        tableOf(say("file_goalposts"), heads, goalposts),
      ),
      button(say("file_back"), back),
    );
    mark.hidden = false;
    act.open(own, address);
    mark.focus();
  }

  /** Show the record as it was kept. @param {string} address */
  function recall(address) {
    leave();
    act.recall(address);
    open.focus();
  }

  function leave() {
    here = [];
    mark.hidden = true;
    mark.replaceChildren();
  }

  function back() {
    asked += 1;
    leave();
    faults.replaceChildren();
    faults.hidden = true;
    act.back();
    open.focus();
  }

  /** A state, and the files that are shown, as a file. @param {string} address */
  const kept = (address) => keeping.write(address, here);

  return Object.freeze({ element, mark, kept });
}
