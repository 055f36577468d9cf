// @ts-check
"use strict";

/**
 * Scenarios side by side: the rubric to start from, up to three sets of weights that were kept, and the chosen ones.
 *
 * @param {LabWords} words
 * @param {LabCoreApi} core
 * @param {LabData} data
 * @param {object} act
 * @param {(patch: Partial<LabState>) => void} act.change
 * @param {(parts: number[], said: string) => void} act.apply
 * @param {() => {name: string, title: string, lines: string[]}} act.told  what a saved picture says of the choice
 */
function ParitranaLabCompare(words, core, data, act) {
  const { el, button, tableOf } = ParitranaLabDom;
  const { say, percent } = words;
  const MOST = 3;
  const LISTED = 50; // regions in the table under the chart
  const WIDTH = 900; // pixels of a saved picture
  const chart = ParitranaLabChart(words);

  const keep = button(say("keep"), () => view && add({ parts: view.state.parts.slice() }));
  const rubric = el(
    "select",
    { id: "lab-scenario" },
    ...data.rubrics.map(({ id, title }) => el("option", { value: id }, title)),
  );
  const take = button(say("add"), () => add({ rubric: rubric.value }));
  const kept = el("ol", { class: "lab-scenarios" });
  const figure = el("figure", {
    class: "table-wrap lab-chart",
    role: "region",
    tabindex: 0,
    "aria-label": say("chart_drawn"),
  });
  const listed = el("div");
  const places = el("details", { class: "others" }, el("summary", {}, say("chart_table")), listed);
  const element = el(
    "section",
    { "aria-labelledby": "lab-compare" },
    el("h2", { id: "lab-compare" }, say("compare")),
    el("p", { class: "lab-help" }, say("compare_help")),
    el(
      "div",
      { class: "lab-line-of-controls" },
      keep,
      el("label", { for: "lab-scenario" }, say("or_rubric")),
      rubric,
      take,
    ),
    kept,
    figure,
    places,
    el(
      "div",
      { class: "lab-buttons" },
      button(say("save_svg"), () => save("svg")),
      button(say("save_png"), () => save("png")),
    ),
  );
  /** @type {LabView | null} */
  let view = null;

  /** @param {LabScenario} scenario */
  function add(scenario) {
    if (view && view.state.scenarios.length < MOST) act.change({ scenarios: [...view.state.scenarios, scenario] });
  }

  /**
   * What a scenario ranks by: a rubric has its own criteria and goalposts, kept weights have those of the table.
   * @param {LabView} of
   * @param {LabScenario} scenario
   */
  function ground({ table, state }, scenario) {
    if ("parts" in scenario) return { own: table, parts: scenario.parts };
    const own = core.table(data, { ...state, rubric: scenario.rubric });
    return { own, parts: own.parts };
  }

  /**
   * A ranking as a column, in the positions of the table.
   * @param {LabTable} table
   * @param {LabTable} own     that the ranking is of
   * @param {LabRanks} ranks
   */
  function ranked(table, own, { order, rank }) {
    const positions = own.codes.map((code) => table.codes.indexOf(code));
    const here = new Int32Array(table.codes.length);
    positions.forEach((at, row) => (here[at] = rank[row]));
    const shown = order.filter((row) => rank[row] && positions[row] >= 0);
    return { order: shown.map((row) => positions[row]), rank: here };
  }

  /** @param {LabScenario} scenario @param {number} at */
  function titleOf(scenario, at) {
    return "rubric" in scenario ? rubricTitle(scenario.rubric) : say("kept", { number: at + 1 });
  }

  /** @param {string} id */
  function rubricTitle(id) {
    return data.rubrics.find((one) => one.id === id)?.title ?? id;
  }

  /** The columns of the chart. @param {LabView} of */
  function columns(of) {
    const { table, state, base, now } = of;
    return [
      { short: say("chart_start"), title: rubricTitle(state.rubric), ...ranked(table, table, base) },
      ...state.scenarios.map((scenario, at) => {
        const { own, parts } = ground(of, scenario);
        return { short: String(at + 1), title: titleOf(scenario, at), ...ranked(table, own, core.rank(own, parts)) };
      }),
      { short: say("chart_now"), title: say("chosen"), ...ranked(table, table, now) },
    ];
  }

  /** Take note of what is shown, and list the scenarios. @param {LabView} next */
  function note(next) {
    const other = view?.state.scenarios !== next.state.scenarios || view?.table !== next.table;
    view = next;
    if (other) listScenarios(next);
    for (const one of [keep, take]) one.disabled = next.state.scenarios.length >= MOST;
  }

  /** Draw the chart. @param {LabView} next */
  function update(next) {
    const shown = columns(next);
    const drawing = chart.draw(shown, next.table.names, Math.max(300, figure.clientWidth));
    drawing.setAttribute("aria-label", describe(next, shown));
    figure.replaceChildren(drawing);
    listed.replaceChildren(placesTable(next, shown)); // the summary stays where it is, and so does the keyboard
  }

  /** The scenarios with what can be done with them. @param {LabView} of */
  function listScenarios(of) {
    kept.replaceChildren(
      ...of.state.scenarios.map((scenario, at) => {
        const title = titleOf(scenario, at);
        const { own, parts } = ground(of, scenario);
        const whole = parts.reduce((total, part) => total + part, 0);
        const weights = parts.map((part, k) => `${own.titles[k]} ${percent(part / whole)}`).join("; ");
        const same = own.criteria.join() === of.table.criteria.join();
        const others = of.state.scenarios.filter((_, other) => other !== at);
        return el(
          "li",
          {},
          el("strong", {}, title),
          el("span", { class: "note" }, weights),
          // Weights of other criteria are none of these.
          same &&
            button(say("use"), () => act.apply(parts.slice(), say("applied")), {
              "aria-label": say("use_of", { title }),
            }),
          button(
            say("remove"),
            () => {
              act.change({ scenarios: others });
              keep.focus();
            },
            { "aria-label": say("remove_of", { title }) },
          ),
        );
      }),
    );
  }

  /** The chart in a sentence. @param {LabView} of @param {{title: string, order: number[]}[]} shown */
  function describe({ table }, shown) {
    const leaders = shown.map(({ title, order }) => say("chart_leader", { title, name: table.names[order[0]] ?? "–" }));
    return say("chart_alt", { leaders: leaders.join("; ") });
  }

  /** @param {LabView} of @param {{title: string, rank: Int32Array}[]} shown */
  function placesTable({ table: ranking, now }, shown) {
    const rows = now.order
      .filter((at) => now.rank[at])
      .slice(0, LISTED)
      .map((at) => [ranking.names[at], ...shown.map(({ rank }) => String(rank[at]))]);
    return tableOf(say("chart"), [say("column_region"), ...shown.map(({ title }) => title)], rows);
  }

  /** @param {"svg" | "png"} form */
  async function save(form) {
    if (!view) return;
    const { name, title, lines } = act.told();
    const drawing = chart.picture(columns(view), view.table.names, WIDTH, { title, lines });
    ParitranaLabSave.download(`${name}.${form}`, await ParitranaLabSave[form](drawing));
  }

  return Object.freeze({ element, note, update });
}
