// @ts-check
"use strict";

/**
 * Questions that are put to the weights: the smallest change that puts a region first, and the announced podium.
 * The answers are computed and proved in whole numbers; they hold for the weights they were asked with.
 *
 * @param {LabWords} words
 * @param {LabCoreApi} core
 * @param {boolean} file  whether a file of the reader's is ranked, of which no podium was announced
 * @param {object} act
 * @param {(kind: string, given: object) => Promise<any>} act.ask  the answer, or none where it was stopped
 * @param {(parts: number[], said: string) => void} act.apply
 */
function ParitranaLabAsk(words, core, file, act) {
  const { el, button, tableOf } = ParitranaLabDom;
  const { say, number, percent, list } = words;

  const region = el("select", { id: "lab-ask-region" });
  const first = button(say("ask_first_button"), () => view && askFirst(view));
  const podium = button(say("ask_podium_button"), () => view && askPodium(view));
  const announced = el("p", { class: "lab-help", id: "lab-announced" });
  const answer = el("div", { class: "lab-answer", tabindex: -1 });
  const element = el(
    "section",
    { class: "lab-ask", "aria-labelledby": "lab-ask" },
    el("h2", { id: "lab-ask" }, say("ask")),
    el("p", { class: "lab-help" }, say("ask_help")),
    el("p", { class: "lab-line-of-controls" }, el("label", { for: "lab-ask-region" }, say("ask_first")), region, first),
    announced,
    el("p", {}, podium),
    answer,
  );
  podium.setAttribute("aria-describedby", "lab-announced");
  /** @type {LabView | null} */
  let view = null;
  /** @type {string} */
  let asked = ""; // the weights that the answer is of

  /** @param {LabTable} table */
  function take({ codes, names, recorded, podium: ranks, podiumWhole }) {
    const order = [...codes.keys()].filter((at) => recorded[at]);
    order.sort((one, other) => names[one].localeCompare(names[other], words.language));
    region.replaceChildren(...order.map((at) => el("option", { value: at }, names[at])));
    const places = ranks.map(([at, rank]) => say("place", { rank, name: names[at] }));
    announced.textContent = podiumWhole
      ? say("announced", { places: list(places) })
      : say(ranks.length ? "announced_part" : "announced_none");
    podium.disabled = !podiumWhole;
    announced.hidden = podium.hidden = file;
    first.disabled = !order.length;
    answer.replaceChildren();
  }

  /** An answer goes when the weights are others. @param {LabView} next */
  function update(next) {
    view = next;
    if (next.state.parts.join() !== asked) answer.replaceChildren();
  }

  /**
   * Show an answer.
   * @param {LabView} of  what was shown when it was asked
   * @param {(string | Node)[]} parts
   */
  function show(of, parts) {
    asked = of.state.parts.join();
    answer.replaceChildren(
      ...parts.filter(Boolean).map((part) => (typeof part === "string" ? el("p", {}, part) : part)),
    );
    answer.focus();
  }

  /** Whether what was asked is still shown. @param {LabView} of */
  function holds(of) {
    return view?.table === of.table && view.state.parts === of.state.parts;
  }

  /** @param {LabView} of */
  async function askFirst(of) {
    answer.replaceChildren(); // the answer to an earlier question is none to this one
    const own = Number(region.value);
    const name = of.table.names[own];
    /** @type {LabFirst | undefined} */
    const found = await act.ask("smallestFirst", { table: of.table, parts: of.state.parts, region: own });
    if (!found || !holds(of)) return;
    if (!found.possible) return show(of, [say("first_never", { name, rivals: namesOf(of, found.rivals) })]);
    if (of.now.rank[own] === 1) return show(of, [say("first_already", { name })]);
    show(of, [
      // Half of the L1 distance is what has to be taken from some criteria and given to others.
      say("first_found", { name, way: number(50 * found.distance, 1) }),
      found.tied.length ? say("first_tied", { names: namesOf(of, found.tied) }) : "",
      ...weightsOf(of, found),
    ]);
  }

  /** @param {LabView} of */
  async function askPodium(of) {
    answer.replaceChildren();
    /** @type {LabPodium | undefined} */
    const found = await act.ask("podium", { table: of.table, parts: of.state.parts });
    if (!found || !holds(of)) return;
    const { middle, free } = found;
    if (middle.possible)
      return show(of, [say(middle.clear ? "podium_found" : "podium_tied"), ...weightsOf(of, middle)]);
    if (free.possible) return show(of, [say("podium_free"), ...weightsOf(of, free)]);
    const pairs = free.conflict.map(([above, below]) =>
      say("above", { above: of.table.names[above], below: of.table.names[below] }),
    );
    show(of, [say("podium_never"), pairs.length ? say("podium_conflict", { pairs: list(pairs) }) : ""]);
  }

  /** @param {LabView} of @param {number[]} positions */
  function namesOf({ table }, positions) {
    return list(positions.map((at) => table.names[at]));
  }

  /**
   * The weights of an answer beside the present ones, and the way to take them over.
   * @param {LabView} of
   * @param {{weights: number[], parts: bigint[], near: number[] | null}} found
   */
  function weightsOf({ table: ranking, state }, { weights, near }) {
    const whole = state.parts.reduce((total, part) => total + part, 0);
    const rows = ranking.titles.map((title, k) => [title, percent(state.parts[k] / whole), percent(weights[k])]);
    const shown = tableOf(say("answer_caption"), [say("criterion"), say("weight_now"), say("weight_new")], rows);
    if (!near) return [shown, say("no_near")];
    const apply = button(say("apply"), () => {
      const parts = core.weights.toParts(near);
      asked = parts.join();
      act.apply(parts, say("applied"));
    });
    return [shown, say("near"), apply];
  }

  return Object.freeze({ element, take, update });
}
