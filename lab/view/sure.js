// @ts-check
"use strict";

/**
 * How sure the ranking is: the probability of every rank when the weights may move, who passes whom next, and for any
 * two regions where one leads the other.
 *
 * @param {LabWords} words
 * @param {LabCoreApi} core
 * @param {{change: (patch: Partial<LabState>) => void, cancel: () => void, again: () => void}} act
 */
function ParitranaLabSure(words, core, act) {
  const { el, button, tableOf } = ParitranaLabDom;
  const { say, number, percent, DASH } = words;
  const NEXT = 3; // overtakings that are told
  const DECIMALS = [1, 2, 4];
  const MOST = 40; // regions whose probabilities fit into one table
  const DARK = 0.7; // from this share on a cell needs light text

  const radius = el("input", {
    type: "range",
    id: "lab-radius",
    min: 0,
    max: 100,
    step: 1,
    oninput: () => act.change({ radius: radius.valueAsNumber }),
  });
  const reach = el("span");
  const progress = el("progress", { max: 1, "aria-label": say("progress") });
  const cancel = button(say("cancel"), act.cancel);
  const again = button(say("compute"), act.again);
  const found = el("p");
  const help = el("p", { class: "lab-help" });
  const shares = el("div");
  const heat = el("details", { class: "others" }, el("summary", {}, say("every_rank")), shares);
  const passing = el("ul");
  const pair = [0, 1].map((at) =>
    el("select", { id: `lab-pair-${at}`, onchange: () => act.change({ pair: pair.map((select) => select.value) }) }),
  );
  const lead = el("p");
  const segments = el("div");
  const element = el(
    "section",
    { "aria-labelledby": "lab-sure" },
    el("h2", { id: "lab-sure" }, say("sure")),
    el("h3", {}, say("chances")),
    help,
    el("p", { class: "lab-line-of-controls" }, el("label", { for: "lab-radius" }, say("radius")), radius, reach),
    el("p", { class: "lab-line-of-controls" }, progress, cancel, again),
    found,
    heat,
    el("h3", {}, say("passing")),
    el("p", { class: "lab-help" }, say("passing_help")),
    passing,
    el("h3", {}, say("pair")),
    el("p", { class: "lab-help" }, say("pair_help")),
    el(
      "p",
      { class: "lab-line-of-controls" },
      ...pair.flatMap((select, at) => [el("label", { for: select.id }, say(at ? "pair_b" : "pair_a")), select]),
    ),
    lead,
    segments,
  );

  /** Take the regions of a table. @param {LabTable} table */
  function take({ codes, names, sample }) {
    help.textContent = say(sample ? "chances_help_together" : "chances_help");
    const order = [...codes.keys()].sort((one, other) => names[one].localeCompare(names[other], words.language));
    for (const select of pair)
      select.replaceChildren(...order.map((at) => el("option", { value: codes[at] }, names[at])));
  }

  /** Show how far the weights may move. @param {LabView} view */
  function note({ state }) {
    radius.valueAsNumber = state.radius;
    reach.textContent = say("radius_is", { radius: state.radius });
    radius.setAttribute("aria-valuetext", reach.textContent);
  }

  /** Show what follows from the ranking. @param {LabView} view */
  function update(view) {
    const next = core.nextOvertaking(view.table, view.state.parts).slice(0, NEXT);
    passing.replaceChildren(
      ...(next.length ? next.map((one) => el("li", {}, sentence(view, one))) : [el("li", {}, say("passing_none"))]),
    );
    compare(view);
  }

  /**
   * Who passes whom when which weight moves how far.
   * @param {LabView} view
   * @param {LabOvertaking} one
   */
  function sentence({ table }, one) {
    // As many decimals as it takes to see that something moves.
    const decimals = DECIMALS.find((few) => one.distance * 100 >= 10 ** -few) ?? 6;
    return say(one.direction === "up" ? "passing_up" : "passing_down", {
      title: table.titles[one.criterion],
      way: number(one.distance * 100, decimals),
      weight: percent(one.weight, decimals),
      passing: table.names[one.up],
      passed: table.names[one.down],
    });
  }

  /** Where one region of the pair leads the other. @param {LabView} view */
  function compare({ state, table: ranking, now }) {
    // Until two are chosen, the first two.
    const [a, b] = state.pair.length ? state.pair.map((code) => ranking.codes.indexOf(code)) : now.order;
    [a, b].forEach((region, at) => (pair[at].value = ranking.codes[region]));
    const names = { a: ranking.names[a], b: ranking.names[b] };
    const ahead = now.keys[a] - now.keys[b];
    lead.textContent =
      a === b
        ? say("pair_same")
        : say(ahead > 0 ? "pair_ahead" : ahead < 0 ? "pair_behind" : "pair_tied", {
            ...names,
            way: number(Math.abs(now.middle[a] - now.middle[b]), 1),
          });
    if (a === b) return segments.replaceChildren();
    const whole = state.parts.reduce((total, part) => total + part, 0);
    const rows = core.leads(ranking, state.parts, a, b).map(({ segment, tied }, k) => {
      const weight = state.parts[k] / whole;
      const always = segment && segment[0] === 0 && segment[1] === 1;
      const told = tied ? say("pair_equal") : always ? say("always") : segment ? percents(...segment) : say("never");
      const cell = el("td", { class: "range" }, told, segment && !tied && bar(...segment, weight));
      return [ranking.titles[k], percent(weight), cell];
    });
    segments.replaceChildren(
      tableOf(say("pair_caption", names), [say("criterion"), say("weight_now"), say("pair_leads", names)], rows),
    );
  }

  /** An interval of shares. @type {(low: number, high: number) => string} */
  function percents(low, high) {
    const [first, last] = [percent(low), percent(high)];
    return first === last ? first : number(low * 100, 1) + DASH + last;
  }

  /**
   * An interval of a weight on a scale of 0 to 100 with the present weight on it.
   * @param {number} low
   * @param {number} high
   * @param {number} now
   */
  function bar(low, high, now) {
    const made = el("span", { class: "bar", "aria-hidden": "true" });
    for (const [name, value] of Object.entries({ lo: low, hi: high, mid: now }))
      made.style.setProperty(`--${name}`, String(value * 100));
    return made;
  }

  /**
   * How far the draws are, or that none are made.
   * @param {number | null} share
   */
  function working(share) {
    const busy = share !== null;
    // Whoever has the keyboard on the one button goes on with the other.
    const held = document.activeElement === cancel || document.activeElement === again;
    progress.hidden = cancel.hidden = !busy;
    again.hidden = busy;
    if (held) (busy ? cancel : again).focus();
    if (busy) progress.value = share;
  }

  /** The probabilities, or that they are not known for these weights. @param {LabView} view */
  function chance(view) {
    const { chances, table: ranking, now, state } = view;
    heat.hidden = !chances || ranking.codes.length > MOST;
    if (!chances) {
      found.textContent = say("chances_none");
      return;
    }
    const known = now.order.filter((at) => now.rank[at]);
    const first = known.reduce((best, at) => (chances.first[at] > chances.first[best] ? at : best), known[0]);
    const share = chances.first[first];
    // Joint draws come again and again: no more of them tell anything new.
    const different = ranking.sample ? ranking.sample.length / ranking.least.length : chances.draws;
    found.textContent = say("chances_found", {
      draws: number(chances.draws),
      share: percent(share),
      baseline: percent(1 / ranking.codes.length),
      error: number(100 * Math.sqrt((share * (1 - share)) / Math.min(chances.draws, different)), 1),
      radius: state.radius,
    });
    if (!heat.hidden) shares.replaceChildren(heatTable(view, chances));
  }

  /**
   * The probability of every rank for every region.
   * @param {LabView} view
   * @param {LabSample} chances
   */
  function heatTable({ table: ranking, now }, chances) {
    const count = ranking.codes.length;
    const heads = [say("column_region"), ...ranking.codes.map((_, rank) => String(rank + 1))];
    const rows = now.order.map((at) => [
      ranking.names[at],
      ...ranking.codes.map((_, rank) => {
        const share = chances.counts[at * count + rank] / chances.draws;
        const cell = el("td", { class: share >= DARK ? "hi" : "" }, share < 0.005 ? "" : number(share * 100));
        cell.style.setProperty("--p", share.toFixed(3));
        return cell;
      }),
    ]);
    return tableOf(say("every_rank_caption"), heads, rows, "heat");
  }

  return Object.freeze({ element, take, note, update, chance, working });
}
