// @ts-check
"use strict";

/**
 * Keeping a result: the address that brings it back, the table as a file, and paper.
 *
 * @param {LabWords} words
 * @param {boolean} own  whether a file of the reader's is ranked, to which no address leads
 * @param {object} act
 * @param {(text: string) => void} act.announce
 * @param {() => string} act.link   the address of what is shown
 * @param {() => void} act.saveCsv
 * @param {() => void} act.saveState
 */
function ParitranaLabKeep(words, own, act) {
  const { el, button } = ParitranaLabDom;
  const { say } = words;

  const link = el("input", { type: "text", id: "lab-link", readonly: true, onfocus: () => link.select() });
  const csv = button(say("save_csv"), act.saveCsv);
  const element = el(
    "section",
    { class: "lab-keep", "aria-labelledby": "lab-keep" },
    el("h2", { id: "lab-keep" }, say("keep_title")),
    el(
      "p",
      { class: "lab-line-of-controls", hidden: own },
      el("label", { for: "lab-link" }, say("link")),
      link,
      button(say("copy"), copy),
    ),
    el("p", { class: "lab-help", hidden: own }, say("link_help")),
    el(
      "div",
      { class: "lab-buttons" },
      csv,
      button(say("save_state"), act.saveState),
      button(say("print"), () => window.print()),
    ),
    el("p", { class: "lab-help" }, say(own ? "save_state_own" : "save_state_help")),
  );
  const paper = el("div", { class: "lab-paper" });

  async function copy() {
    link.value = act.link();
    try {
      await navigator.clipboard.writeText(link.value);
      act.announce(say("copied"));
    } catch {
      // A page that may not use the clipboard leaves the address selected.
      link.select();
      act.announce(say("select_to_copy"));
    }
  }

  /**
   * Show the address, and on paper what it was made from.
   * @param {{title: string, lines: string[]}} told
   * @param {boolean} rankable
   */
  function update(told, rankable) {
    link.value = act.link();
    csv.disabled = !rankable;
    paper.replaceChildren(
      el("p", {}, el("strong", {}, told.title)),
      ...told.lines.map((line) => el("p", {}, line)),
      own ? "" : el("p", {}, link.value),
    );
  }

  return Object.freeze({ element, paper, update });
}
