// @ts-check
"use strict";

/**
 * The table of the ranking: one row for each region, kept and moved, never made anew, so that a step of a slider costs
 * less than a frame. Only the first rows are in the page until all are asked for.
 *
 * @typedef {object} LabView  what is shown
 * @property {LabState} state
 * @property {LabTable} table
 * @property {LabRanks} base      under the weights of the rubric
 * @property {LabRanks} now       under the chosen weights
 * @property {LabSample | null} chances  under weights around the chosen ones; null where not (yet) known
 *
 * @typedef {object} LabRow
 * @property {HTMLTableRowElement} tr
 * @property {HTMLButtonElement} name
 * @property {HTMLElement} move
 * @property {HTMLElement} reach   the interval of the score under the bar
 * @property {HTMLElement[]} segments
 * @property {Record<string, Text>} texts
 * @property {HTMLTableRowElement | null} detail
 * @property {number} top          where the row was, in pixels
 *
 * @param {LabWords} words
 * @param {(code: string) => string} nameOf  the name of a region that is not in the table
 * @param {(view: LabView, at: number) => HTMLElement} detailOf  what a region's row opens to
 */
function ParitranaLabRanking(words, nameOf, detailOf) {
  const { el, button, put } = ParitranaLabDom;
  const { say, number, percent, interval, DASH } = words;
  const FIRST = 50; // rows in the page before all are asked for
  const GLIDE = 250; // milliseconds that a row takes to its new place
  const COLUMNS = 7;
  const THIN = 7; // points below which a part of the bar has no room for its letter
  const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  const still = matchMedia("(prefers-reduced-motion: reduce)");

  const caption = el("span");
  const body = el("tbody");
  const all = button("", () => showAll(), { class: "lab-button lab-all" });
  const others = el("p", { class: "lab-help" });
  const wrap = el(
    "div",
    { class: "table-wrap lab-ranking", role: "region", tabindex: 0 },
    el("table", { class: "data" }, el("caption", {}, caption), el("colgroup", {}, ...columns()), head(), body),
  );
  const element = el(
    "section",
    { "aria-labelledby": "lab-ranking" },
    el("h2", { id: "lab-ranking" }, say("ranking")), wrap, all, others, el("p", { class: "lab-help" }, say("ranking_help")),
  );
  /** @type {LabRow[]} */
  let rows = [];
  /** @type {LabView | null} */
  let view = null;
  let limit = FIRST;

  function columns() {
    return ["rank", "name", "score", "range", "first", "podium", "often"].map((name) => el("col", { class: `lab-col-${name}` }));
  }

  function head() {
    const titles = ["rank", "region", "score", "range", "first", "podium", "often"].map((key) => {
      const heading = el("th", { scope: "col", class: key === "region" || key === "score" ? "" : "num" }, say(`column_${key}`));
      heading.append(el("span", { class: "unit" }, say(`unit_${key}`)));
      return heading;
    });
    return el("thead", {}, el("tr", {}, ...titles));
  }

  /**
   * A region's row, empty but for its name.
   * @param {LabTable} table
   * @param {number} at
   * @returns {LabRow}
   */
  function rowOf(table, at) {
    const names = ["rank", "move", "word", "score", "ends", "range", "first", "podium", "often"];
    const texts = Object.fromEntries(names.map((name) => [name, document.createTextNode("")]));
    const name = button(table.names[at], () => toggle(at), { class: "lab-name", "aria-expanded": "false" });
    const badge = table.recorded[at] ? null : el("span", { class: "badge badge-gap" }, say("unrecorded"));
    const move = el("span", { class: "lab-move" }, texts.move, el("span", { class: "lab-hidden" }, texts.word));
    const segments = table.criteria.map((_, k) => el("span", { class: `lab-segment lab-${k % 7}` }, LETTERS[k]));
    const reach = el("span", { class: "lab-reach" });
    const bar = el("span", { class: "lab-bar", "aria-hidden": "true" }, el("span", { class: "lab-stack" }, ...segments), reach);
    const tr = el(
      "tr",
      {},
      el("td", { class: "num" }, el("span", { class: "lab-rank" }, texts.rank), move),
      el("th", { scope: "row" }, name, badge),
      el("td", {}, el("span", { class: "lab-score" }, texts.score), el("span", { class: "note lab-ends" }, texts.ends), bar),
      ...["range", "first", "podium", "often"].map((key) => el("td", { class: "num" }, texts[key])),
    );
    return { tr, name, move, reach, segments, texts, detail: null, top: NaN };
  }

  /**
   * Take another table: other regions, other criteria.
   * @param {string} title
   * @param {LabTable} table
   */
  function take(title, table) {
    caption.textContent = title;
    wrap.setAttribute("aria-label", title);
    body.replaceChildren();
    rows = table.codes.map((_, at) => rowOf(table, at));
    limit = FIRST;
    view = null;
    others.hidden = table.notRankable.length === 0;
    others.textContent = say("left_out", { names: words.list(table.notRankable.map(nameOf)) });
  }

  /** Open or close what stands behind a region. @param {number} at */
  function toggle(at) {
    const row = rows[at];
    if (!view) return;
    if (row.detail) row.detail.remove();
    row.detail = row.detail ? null : el("tr", { class: "lab-detail" }, el("td", { colspan: COLUMNS }, detailOf(view, at)));
    if (row.detail) row.tr.after(row.detail);
    row.name.setAttribute("aria-expanded", String(row.detail !== null));
  }

  function showAll() {
    limit = rows.length;
    if (view) update(view);
    wrap.focus();
  }

  /**
   * Show a ranking.
   * @param {LabView} next
   */
  function update(next) {
    const shown = next.now.order.slice(0, limit);
    const opened = rows.flatMap((row, at) => (row.detail && view !== next ? [at] : []));
    view = next;
    for (const at of shown) write(next, at);
    for (const at of opened) rows[at].detail?.firstElementChild?.replaceChildren(detailOf(next, at));
    place(shown);
    glide(shown);
    all.hidden = shown.length === rows.length;
    if (!all.hidden) all.textContent = say("show_all", { shown: shown.length, all: number(rows.length) });
  }

  /**
   * A region's figures into its row.
   * @param {LabView} view
   * @param {number} at
   */
  function write({ table, base, now }, at) {
    const { tr, move, reach, segments, texts } = rows[at];
    const rank = now.rank[at];
    const up = rank && base.rank[at] ? base.rank[at] - rank : 0;
    const kind = up > 0 ? "up" : up < 0 ? "down" : "same";
    put(texts.rank, rank ? String(rank) : DASH);
    put(texts.move, !rank ? "" : up > 0 ? `▲ +${up}` : up < 0 ? `▼ −${-up}` : "=");
    put(texts.word, rank ? ` ${say(`move_${kind}`, { places: Math.abs(up) })}` : "");
    if (move.dataset.kind !== kind) move.dataset.kind = kind;
    put(texts.score, number(now.middle[at], 1));
    const ends = interval(now.low[at], now.high[at], 1);
    put(texts.ends, ends.includes(DASH) ? ends : "");
    put(texts.range, interval(now.best[at], now.worst[at]));
    const count = table.criteria.length;
    segments.forEach((segment, k) => {
      const points = now.contributions[at * count + k];
      segment.style.width = `${points.toFixed(2)}%`;
      segment.classList.toggle("lab-thin", points < THIN);
    });
    reach.style.left = `${now.low[at].toFixed(2)}%`;
    reach.style.width = `${(now.high[at] - now.low[at]).toFixed(2)}%`;
    tr.classList.toggle("lab-first", rank === 1);
  }

  /** The rows into their order. @param {number[]} shown */
  function place(shown) {
    let next = body.firstElementChild;
    for (const at of shown) {
      for (const tr of [rows[at].tr, rows[at].detail]) {
        if (!tr) continue;
        if (tr === next) next = next.nextElementSibling;
        else body.insertBefore(tr, next);
      }
    }
    while (next) {
      const gone = next;
      next = next.nextElementSibling;
      gone.remove();
    }
  }

  /** Let rows that have moved glide to where they are now, where motion is welcome. @param {number[]} shown */
  function glide(shown) {
    if (still.matches || shown.length > FIRST) return;
    const tops = shown.map((at) => rows[at].tr.offsetTop);
    shown.forEach((at, place) => {
      const way = rows[at].top - tops[place];
      if (way) rows[at].tr.animate([{ transform: `translateY(${way}px)` }, {}], { duration: GLIDE, easing: "ease-out" });
      rows[at].top = tops[place];
    });
  }

  /**
   * The probabilities into the rows; dashes where there are none.
   * @param {LabView} view
   */
  function chance({ chances, now }) {
    now.order.forEach((at) => {
      const { texts } = rows[at];
      put(texts.first, chances ? percent(chances.first[at]) : DASH);
      put(texts.podium, chances ? percent(chances.top3[at]) : DASH);
      put(texts.often, chances ? interval(chances.best[at], chances.worst[at]) : DASH);
    });
  }

  return Object.freeze({ element, take, update, chance });
}
