// @ts-check
"use strict";

/**
 * Fields in which somebody writes a number. A plain text field: one of type "number" reads a point or a comma as its
 * browser likes, hides what it cannot read, and loses the caret when it is written to.
 *
 * What is being written stays to the letter. It takes effect on Enter, on leaving the field, and for the time being
 * after a pause, which changes nothing in the field itself. What is no number in the end is refused and said to be;
 * this and Escape take back all since the first key. The arrows up and down step.
 *
 * @typedef {object} LabField
 * @property {HTMLInputElement} input
 * @property {HTMLElement} refusal  why what stands in the field is refused
 * @property {(value: number) => void} show  take the number in force, and write it unless somebody is writing
 *
 * @typedef {object} LabFieldAct
 * @property {(value: number) => void} commit  put a number in force
 * @property {() => () => void} hold  called when somebody begins to write: gives the way back
 * @property {(value: number) => string} refuse  say that nothing changes, and what is in force
 *
 * @param {LabWords} words
 * @returns {(step: number, given: {id: string, "aria-label": string}, act: LabFieldAct) => LabField}
 */
function ParitranaLabFields(words) {
  const { el, rested } = ParitranaLabDom;
  const PAUSE = 600; // milliseconds without a key
  const NUMBER = /^[+-]?(\d+[.,]?\d*|[.,]\d+)$/;
  const STEPS = new Map([
    ["ArrowUp", 1],
    ["ArrowDown", -1],
  ]);
  /** The decimal sign of all fields: that of the language until the reader writes another. */
  let sign = words.decimal;

  /** The number that a text says, with point or comma; null where it says none. @param {string} text */
  function read(text) {
    const bare = text.replace(/%\s*$/, "").trim();
    return NUMBER.test(bare) ? Number(bare.replace(",", ".")) : null;
  }

  return (step, given, act) => {
    const refusal = el("p", { class: "lab-refusal", id: `${given.id}-refusal`, hidden: true });
    const input = el("input", {
      ...given,
      type: "text",
      inputmode: "decimal",
      autocomplete: "off",
      oninput: written,
      onkeydown: key,
      // A window that loses the keyboard leaves its field where it is: somebody may come back and write on.
      onblur: () => (document.activeElement === input ? commit() : finish()),
    });
    let value = 0; // in force
    let pending = false; // whether what is written is not in force yet
    /** The way back for who is writing; null where nobody is. @type {(() => void) | null} */
    let back = null;
    const pause = rested(PAUSE, commit);

    function written() {
      back ??= act.hold();
      pending = true;
      refused("");
      pause();
    }

    /** Put what is written in force; false where it is no number. */
    function commit() {
      const found = read(input.value);
      if (!pending || !input.isConnected) return true;
      if (found === null) return false;
      pending = false;
      sign = /[.,]/.exec(input.value)?.[0] ?? sign;
      act.commit(found);
      return true;
    }

    /** Take what is written, or go back; an empty field asks for nothing and is not refused. */
    function finish() {
      if (commit()) return write();
      const text = input.value;
      back?.();
      if (text.trim() === "") return write();
      if (input.value !== text) input.value = text;
      [back, pending] = [act.hold(), true];
      refused(act.refuse(value));
    }

    /** Write the number in force. */
    function write() {
      [back, pending] = [null, false];
      refused("");
      const text = String(value).replace(".", sign);
      if (input.value !== text) input.value = text;
    }

    /** @param {string} why  empty where what is written is not refused */
    function refused(why) {
      if (refusal.textContent === why) return;
      refusal.textContent = why;
      refusal.hidden = why === "";
      if (why) input.setAttribute("aria-describedby", refusal.id);
      else input.removeAttribute("aria-describedby");
      input.setAttribute("aria-invalid", String(why !== ""));
    }

    /** @param {KeyboardEvent} event */
    function key(event) {
      const steps = STEPS.get(event.key);
      if (event.key === "Enter") finish();
      else if (event.key === "Escape" && back) giveUp();
      else if (steps && !event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
        event.preventDefault();
        pending = false;
        act.commit((Math.round((read(input.value) ?? value) / step) + steps) * step);
        write();
      }
    }

    function giveUp() {
      const undo = back;
      write();
      undo?.();
    }

    /** @param {number} next */
    function show(next) {
      value = next;
      if (!back || document.activeElement !== input) write();
    }

    return Object.freeze({ input, refusal, show });
  };
}
