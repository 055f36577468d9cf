// @ts-check
"use strict";

/**
 * The weight lab: `<paritrana-lab>` puts what answers into the place of the table that the page came with.
 *
 * One state, written into the address. Every change ranks anew and shows the ranking at once, and a little later what
 * follows from it. Without the script, or its data, the page stays as it came.
 *
 * A file of the reader's is shown in the same way, but for the address, which leaves the device when it is shared.
 *
 * @typedef {Record<string, string>} LabTexts
 * @typedef {{language: string, version: string, folder: string, start: LabChoice, texts: LabTexts}} LabGiven
 *
 * @param {HTMLElement} element
 * @param {LabGiven} given
 * @param {LabData} data
 * @param {object} file
 * @param {HTMLElement} file.mark  that a file is shown
 * @param {HTMLElement} file.element  what opens one
 * @param {(address: string) => Blob} file.kept  a state, and the file that is shown, as a file
 * @param {string} [address]  of the state to begin with, where it is not that of the page
 */
function ParitranaLab(element, given, data, file, address) {
  const { el, rested } = ParitranaLabDom;
  const SOON = 100; // milliseconds without a change before what follows from the ranking is shown
  const REST = 500; // and before the leader is said, the address written and the draws begun
  const DRAWS = 10_000;
  const SEED = 16_800; // as in params/national.yml: the same draws for everyone
  const CHOICE = /** @type {const} */ (["province", "year", "rubric", "candidates", "assumption"]);
  /** The ranking of what cannot be ranked. */
  const NOTHING = /** @type {LabRanks} */ (/** @type {unknown} */ ({ order: [], rank: [] }));

  const own = data.own !== undefined;
  const closing = new AbortController();
  const { signal } = closing;
  const core = ParitranaLabCore();
  const words = ParitranaLabWords(given.texts, given.language);
  const { say, number } = words;
  const states = ParitranaLabState(data, given.version, given.start, (choice) => core.table(data, choice));
  const loading = ParitranaLabLoad(data, given.folder);
  const work = ParitranaLabWork();
  const report = ParitranaLabReport(words, data, given.version);

  const note = el("p", { class: "lab-note", hidden: true });
  const gaps = el("p", { class: "lab-note", hidden: true });
  const empty = el("p", { class: "lab-note", hidden: true }, say("not_rankable"));
  const status = el("p", { class: "lab-hidden", role: "status", "aria-live": "polite" });
  const choice = ParitranaLabChoice(words, data, choose);
  const weights = ParitranaLabWeights(words, core, { change, announce });
  const ranking = ParitranaLabRanking(words, nameOf, ParitranaLabDetail(words, core, data).of);
  const sure = ParitranaLabSure(words, core, { change, cancel: work.stop, again: draw });
  const asking = ParitranaLabAsk(words, core, own, { ask: work.ask, apply });
  const comparing = ParitranaLabCompare(words, core, data, { change, apply, told });
  const keeping = ParitranaLabKeep(words, own, { announce, link, saveCsv, saveState });
  const panels = el("div", { class: "lab-panels" }, weights.element, ranking.element);
  const answers = el("div", { hidden: true }, panels, sure.element, asking.element, comparing.element);

  /** @type {LabView} */
  let view;
  /** Of what the leader was last said. @type {LabView | null} */
  let said = null;
  /** The last weights and scenarios that ranked anything, and the criteria that they are of. */
  let last = {
    criteria: /** @type {string[]} */ ([]),
    parts: /** @type {number[]} */ ([]),
    scenarios: /** @type {LabScenario[]} */ ([]),
  };
  const soon = rested(SOON, follow);
  const rest = rested(REST, settle);
  const drawSoon = rested(REST, drawMissing);

  choice.element.hidden = own;
  const top = [note, file.mark, keeping.paper, choice.element, file.element];
  element.replaceChildren(...top, gaps, empty, answers, keeping.element, status);
  open();
  window.addEventListener("hashchange", open, { signal });
  window.addEventListener("resize", soon, { signal });

  /** Show what the address says. A place on the page is no address of a state, and neither is an empty one. */
  function open() {
    const { hash } = location;
    const wanted = view ? hash : (address ?? hash);
    const place = (own && !address) || wanted === "" || document.getElementById(wanted.slice(1)) !== null;
    if ((place || own) && view) return;
    const found = place ? null : states.read(wanted);
    note.hidden = place || found?.other === false;
    note.textContent = note.hidden ? "" : say(found ? "other_data" : "damaged");
    show(found ? found.state : states.start(), () => {
      announce([note, gaps].map(({ textContent }) => textContent).join(" ").trim());
      follow();
      said = view;
      drawSoon();
    });
  }

  /**
   * Show a state, and what else comes of it; again when what it waited for has come, or will not come.
   * @param {LabState} state
   * @param {() => void} after
   */
  async function show(state, after) {
    put(state);
    after();
    const { awaited, table } = view;
    if (!awaited) return;
    await loading.load(state.province);
    if (view.table !== table) return; // another choice since
    put(view.state);
    after();
  }

  /** Take a state and rank by it; what the state leaves as it was is not made anew. @param {LabState} state */
  function put(state) {
    const chosen = view && CHOICE.every((key) => view.state[key] === state[key]);
    const same = chosen && view.awaited === (view.table.rankable && loading.awaited(state));
    const kept = same && view.state.parts === state.parts;
    const drawn = kept && view.state.radius === state.radius;
    const table = same ? view.table : core.table(data, state);
    const awaited = table.rankable && loading.awaited(state);
    const ready = table.rankable && !awaited;
    if (!drawn) work.stop();
    view = {
      state,
      table,
      awaited,
      ready,
      base: same ? view.base : ready ? core.rank(table, table.parts) : NOTHING,
      now: kept ? view.now : ready ? core.rank(table, state.parts) : NOTHING,
      chances: drawn ? view.chances : null,
    };
    if (!same) take(table);
    if (table.rankable) last = { criteria: table.criteria, parts: state.parts, scenarios: state.scenarios };
    if (!ready) return;
    weights.update(view);
    if (!kept) ranking.update(view);
    else if (!drawn) ranking.chances(view);
    asking.update(view);
    sure.note(view);
    comparing.note(view);
  }

  /** Let every part take a table: other regions, other criteria. @param {LabTable} table */
  function take(table) {
    choice.update(view.state);
    gaps.textContent = gapsOf(view);
    gaps.hidden = gaps.textContent === "";
    empty.hidden = table.rankable;
    answers.inert = view.awaited; // what was shown stays until then
    if (view.awaited) return;
    answers.hidden = !table.rankable;
    if (!table.rankable) return;
    for (const part of [weights, sure, asking]) part.take(table);
    ranking.take(report.title(view.state), table);
  }

  /** What is to be said of gaps that are not (yet) shown as they were chosen to be. @param {LabView} of */
  function gapsOf({ state, table, awaited }) {
    if (!table.rankable || table.assumption === state.assumption) return "";
    const key = awaited ? "gaps_awaited" : loading.failed(state.province) ? "gaps_failed" : "gaps_none";
    return say(key, { area: report.area(state) });
  }

  /** Show what follows from the ranking. */
  function follow() {
    if (signal.aborted) return;
    keeping.update(told(), view.ready);
    if (!view.ready) return;
    sure.update(view);
    sure.chance(view);
    comparing.update(view);
  }

  /** After a rest: the address, the leader, the draws. */
  function settle() {
    if (signal.aborted) return;
    if (!own) history.replaceState(null, "", states.write(view.state));
    if (!view.ready) return announce(view.awaited ? gaps.textContent : say("not_rankable"));
    if (said?.now !== view.now) tellLeader();
    drawMissing();
  }

  // ---- what readers do

  /** Another part of the state. @param {Partial<LabState>} patch */
  function change(patch) {
    note.hidden = true;
    show({ ...view.state, ...patch }, () => {
      soon();
      rest();
    });
  }

  /**
   * Another choice. Weights stay, in proportion where the criteria are others, unless the rubric is another.
   * @param {Partial<LabChoice>} patch
   */
  function choose(patch) {
    const chosen = { ...view.state, ...patch };
    const table = core.table(data, chosen);
    const carry = (/** @type {number[]} */ parts) => states.carried(last.criteria, parts, table);
    const locks = new Set(view.table.criteria.filter((_, at) => view.state.locked[at]));
    change({
      ...patch,
      parts: patch.rubric ? table.parts.slice() : carry(last.parts),
      locked: table.criteria.map((id) => !patch.rubric && locks.has(id)),
      scenarios: last.scenarios.map((one) => ("parts" in one ? { parts: carry(one.parts) } : one)),
      pair: view.state.pair.every((code) => table.codes.includes(code)) ? view.state.pair : [],
    });
  }

  /** Weights that were asked for. @param {number[]} parts @param {string} text */
  function apply(parts, text) {
    change({ parts, locked: parts.map(() => false) });
    announce(text);
  }

  function drawMissing() {
    if (!signal.aborted && view.ready && !view.chances) draw();
  }

  /** Draw weights around the chosen ones, and values, and count the ranks. */
  async function draw() {
    const { table, state } = view;
    sure.working(0);
    const question = { table, parts: state.parts, radius: state.radius / 100, draws: DRAWS, seed: SEED };
    const found = await work.ask("sample", question, sure.working);
    if (view.table !== table || view.state.parts !== state.parts || view.state.radius !== state.radius) return;
    sure.working(null);
    view = { ...view, chances: found ?? null };
    ranking.chances(view);
    sure.chance(view);
  }

  // ---- what is said and kept

  /** @param {string} text */
  function announce(text) {
    status.textContent = text;
  }

  function tellLeader() {
    const leaders = (/** @type {LabView} */ { table, now: { order, rank } }) =>
      words.list(order.filter((at) => rank[at] === 1).map((at) => table.names[at]));
    const [before, now] = [said?.table === view.table ? leaders(said) : "", leaders(view)];
    const score = number(view.now.middle[view.now.order[0]], 1);
    const leader = say(before && before !== now ? "leader_new" : "leader", { now, before, score });
    announce(`${leader} ${gaps.textContent}`.trim());
    said = view;
  }

  /** @param {string} code */
  function nameOf(code) {
    return data.regions.find(([one]) => one === code)?.[1] ?? code;
  }

  function link() {
    return location.href.split("#")[0] + states.write(view.state);
  }

  /** What a picture says of itself. */
  function told() {
    return { name: report.name(view.state), title: report.title(view.state), lines: report.lines(view) };
  }

  function saveCsv() {
    ParitranaLabSave.download(`${report.name(view.state)}.csv`, ParitranaLabSave.csv(report.rows(view)));
  }

  function saveState() {
    ParitranaLabSave.download(`${report.name(view.state)}.json`, file.kept(states.write(view.state)));
  }

  /** Leave the page to another lab. */
  function close() {
    closing.abort();
    work.end();
  }

  return Object.freeze({ close });
}

/**
 * The public record, or a file of the reader's in its place, and the way from one to the other.
 *
 * @param {HTMLElement} element
 * @param {LabGiven} given
 * @param {LabData} record
 */
function ParitranaLabPlace(element, given, record) {
  const FILE = "file"; // the version of its data, in the states that are kept of it
  const OWN = "own_"; // begins the key of a sentence that a file has in place of the record's
  const file = ParitranaLabFile(ParitranaLabWords(given.texts, given.language), { open, back, recall });
  let shown = ParitranaLab(element, given, record, file);

  /** @param {LabGiven} next @param {LabData} data @param {string} [address] */
  function show(next, data, address) {
    shown.close();
    shown = ParitranaLab(element, next, data, file, address);
  }

  /** Show a file of the reader's, in a state that was kept of it. @param {LabOwn} read @param {string} [address] */
  function open(read, address) {
    // Sentences about regions and rubrics have others beside them, about candidates and weights.
    const others = Object.entries(given.texts).filter(([key]) => key.startsWith(OWN));
    const texts = { ...given.texts, ...Object.fromEntries(others.map(([key, text]) => [key.slice(OWN.length), text])) };
    show({ ...given, texts, version: FILE, start: ParitranaLabOwn.start(read) }, ParitranaLabOwn.data(read), address);
  }

  function back() {
    show(given, record);
  }

  /** Show the record in a state that was kept. @param {string} address */
  function recall(address) {
    history.replaceState(null, "", address);
    show(given, record);
  }
}

customElements.define(
  "paritrana-lab",
  class extends HTMLElement {
    connectedCallback() {
      const given = this.querySelector("script[type='application/json']")?.textContent;
      /** @type {LabData | undefined} */
      const data = /** @type {any} */ (globalThis).ParitranaLabData;
      if (given && data) ParitranaLabPlace(this, JSON.parse(given), data);
    }
  },
);
