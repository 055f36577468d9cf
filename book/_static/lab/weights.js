// @ts-check
"use strict";

/**
 * The weights: for each criterion a slider, a field and a lock. Their sum is always 100.
 *
 * @param {LabWords} words
 * @param {LabCoreApi} core
 * @param {(patch: Partial<LabState>) => void} change
 */
function ParitranaLabWeights(words, core, change) {
  const { el, button, letter, put } = ParitranaLabDom;
  const { say, number, percent } = words;
  const PODIUM = 3;
  const { fromParts, toParts, move, equal, only } = core.weights;

  const list = el("div", { class: "lab-criteria" });
  const sum = document.createTextNode("");
  const podium = el("ol", { class: "lab-podium" });
  const buttons = [
    button(say("reset"), () => view && set(view.table.parts.slice(), true)),
    button(say("equal"), () => set(toParts(equal(rows.length)), true)),
  ];
  const element = el(
    "section",
    { class: "lab-weights", "aria-labelledby": "lab-weights" },
    el("h2", { id: "lab-weights" }, say("weights")),
    el("p", { class: "lab-help" }, say("weights_help")),
    list,
    el("p", { class: "lab-sum" }, sum),
    el("div", { class: "lab-buttons" }, ...buttons),
    el("div", { class: "lab-strip" }, el("p", { id: "lab-podium" }, say("podium_now")), podium),
  );
  podium.setAttribute("aria-labelledby", "lab-podium");

  /** @type {{slider: HTMLInputElement, field: HTMLInputElement, lock: HTMLInputElement}[]} */
  let rows = [];
  /** @type {LabView | null} */
  let view = null;
  /**
   * The weights at which a slider was taken: moved step by step, the proportions of the others would be lost at zero.
   * @type {{index: number, weights: number[], made: number[], locked: boolean[]} | null}
   */
  let held = null;

  /**
   * @param {number[]} parts
   * @param {boolean} [unlock]
   */
  function set(parts, unlock = false) {
    change(unlock ? { parts, locked: parts.map(() => false) } : { parts });
  }

  /**
   * A weight moved to a percentage.
   * @param {number} index
   * @param {number} value
   */
  function moved(index, value) {
    if (!view) return;
    const { parts, locked } = view.state;
    if (held?.index !== index || held.made !== parts || held.locked !== locked) {
      held = { index, weights: fromParts(parts), made: parts, locked };
    }
    const made = toParts(move(held.weights, locked, index, Math.round(value * 100)));
    held.made = made;
    set(made);
  }

  /**
   * The controls of one criterion.
   * @param {string} title
   * @param {number} index
   */
  function controls(title, index) {
    const id = `lab-weight-${index}`;
    const slider = el("input", {
      type: "range",
      id,
      min: 0,
      max: 100,
      step: "any",
      oninput: () => moved(index, Math.round(slider.valueAsNumber * 10) / 10),
    });
    const field = el("input", {
      type: "number",
      min: 0,
      max: 100,
      step: 0.01,
      inputmode: "decimal",
      "aria-label": say("field", { title }),
      oninput: () => Number.isFinite(field.valueAsNumber) && moved(index, field.valueAsNumber),
      onchange: () => view && write(index, fromParts(view.state.parts)[index]),
    });
    const lock = el("input", {
      type: "checkbox",
      "aria-label": say("lock", { title }),
      onchange: () =>
        view && change({ locked: view.state.locked.map((one, at) => (at === index ? lock.checked : one)) }),
    });
    list.append(
      el(
        "div",
        { class: "lab-criterion" },
        el("label", { for: id }, letter(index), " ", title),
        el("span", { class: "lab-field" }, field, " %"),
        el(
          "span",
          { class: "lab-slide" },
          slider,
          el("label", { class: "lab-lock" }, lock, el("span", { "aria-hidden": "true" }, say("lock_short"))),
          button(percent(1, 0), () => set(toParts(only(rows.length, index)), true), {
            "aria-label": say("only_of", { title }),
            class: "lab-button lab-only",
          }),
        ),
      ),
    );
    return { slider, field, lock };
  }

  /**
   * Write a weight into its controls.
   * @param {number} index
   * @param {number} weight  hundredths of a percent
   */
  function write(index, weight) {
    const { slider, field } = rows[index];
    slider.valueAsNumber = weight / 100;
    slider.setAttribute("aria-valuetext", percent(weight / 1e4, 2));
    field.value = String(weight / 100);
  }

  /**
   * Take the criteria of a table.
   * @param {LabTable} table
   */
  function take(table) {
    list.replaceChildren();
    rows = table.titles.map(controls);
    for (const one of buttons) one.disabled = !table.rankable;
  }

  /**
   * Show the weights, and who leads under them.
   * @param {LabView} next
   */
  function update(next) {
    view = next;
    const weights = fromParts(next.state.parts);
    weights.forEach((weight, index) => {
      const { slider, field, lock } = rows[index];
      // A field in which somebody writes is left alone until that is done.
      const typed = field.value;
      write(index, weight);
      if (field === document.activeElement && typed !== "") field.value = typed;
      lock.checked = next.state.locked[index];
      slider.disabled = field.disabled = lock.checked;
    });
    put(sum, say("sum", { sum: number(weights.reduce((total, weight) => total + weight, 0) / 100) }));
    lead(next);
  }

  /** The first three, in sight while a slider is moved. @param {LabView} view */
  function lead({ table, now }) {
    const first = now.order.slice(0, PODIUM).filter((at) => now.rank[at]);
    podium.replaceChildren(
      ...first.map((at) =>
        el(
          "li",
          { value: now.rank[at] },
          `${table.names[at]} `,
          el("span", { class: "note" }, number(now.middle[at], 1)),
        ),
      ),
    );
  }

  return Object.freeze({ element, take, update });
}
