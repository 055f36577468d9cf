// @ts-check
"use strict";

/**
 * The weights: for each criterion a slider, a field and a lock. Their sum is always 100.
 *
 * @param {LabWords} words
 * @param {LabCoreApi} core
 * @param {{change: (patch: Partial<LabState>) => void, announce: (text: string) => void}} act
 */
function ParitranaLabWeights(words, core, { change, announce }) {
  const { el, button, letter, doubt, put } = ParitranaLabDom;
  const { say, number, percent } = words;
  const PODIUM = 3;
  const STEP = 0.01; // percent, of the arrows in a field
  const numberField = ParitranaLabFields(words);
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

  /** @type {{slider: HTMLInputElement, field: LabField, lock: HTMLInputElement}[]} */
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
    const field = numberField(
      STEP,
      { id: `${id}-field`, "aria-label": say("field", { title }) },
      { commit: (value) => moved(index, value), hold, refuse: (weight) => refuse(title, weight) },
    );
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
        el("span", { class: "lab-field" }, field.input, " %"),
        field.refusal,
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

  /** The way back to the present weights. */
  function hold() {
    const before = view?.state.parts;
    return () => {
      if (before && before !== view?.state.parts) set(before);
    };
  }

  /**
   * Say that what was written is no number.
   * @param {string} title
   * @param {number} weight  percent
   */
  function refuse(title, weight) {
    const why = say("refused", { title, weight: percent(weight / 100, 2), example: number(12.5, 1) });
    announce(why);
    return why;
  }

  /**
   * Write a weight into its slider.
   * @param {HTMLInputElement} slider
   * @param {number} weight  hundredths of a percent
   */
  function slide(slider, weight) {
    slider.valueAsNumber = weight / 100;
    slider.setAttribute("aria-valuetext", percent(weight / 1e4, 2));
  }

  /**
   * Take the criteria of a table.
   * @param {LabTable} table
   */
  function take(table) {
    view = null; // a field that goes with the keyboard in it moves no weight of another table
    list.replaceChildren();
    rows = table.titles.map(controls);
    for (const one of buttons) one.disabled = !table.rankable;
  }

  /**
   * Show the weights, and who leads under them.
   * @param {LabView} next
   */
  function update(next) {
    const same = view?.state.parts === next.state.parts;
    view = next;
    const weights = fromParts(next.state.parts);
    weights.forEach((weight, index) => {
      const { slider, field, lock } = rows[index];
      slide(slider, weight);
      if (!same) field.show(weight / 100);
      lock.checked = next.state.locked[index];
      slider.disabled = field.input.disabled = lock.checked;
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
          ...table.doubts[at].flatMap((text) => [" ", doubt(text)]),
        ),
      ),
    );
  }

  return Object.freeze({ element, take, update });
}
