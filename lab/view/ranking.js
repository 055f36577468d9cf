// @ts-check
"use strict";

/**
 * The table of the ranking: one row for each place, in which whoever takes the place is written. No row is ever moved
 * or made anew, and only those in sight are written at once, the others when the slider rests: a step of a slider
 * costs less than a frame. Only the first rows are in the page until all are asked for.
 *
 * @typedef {object} LabView  what is shown
 * @property {LabState} state
 * @property {LabTable} table
 * @property {boolean} awaited   whether what the table is to be made of is still to come
 * @property {boolean} ready     whether it is there, and anything can be ranked
 * @property {LabRanks} base      under the weights of the rubric
 * @property {LabRanks} now       under the chosen weights
 * @property {LabSample | null} chances  under weights around the chosen ones; null where not (yet) known
 *
 * @typedef {object} LabRow
 * @property {HTMLTableRowElement} tr
 * @property {HTMLButtonElement} name
 * @property {HTMLElement} badge   that nothing is recorded
 * @property {HTMLElement} doubts  what speaks against figures of the region
 * @property {HTMLElement} move
 * @property {HTMLElement} stack   the parts of the score
 * @property {HTMLElement[]} segments
 * @property {HTMLElement} reach   the interval of the score under the bar
 * @property {Record<string, Text>} texts
 *
 * @param {LabWords} words
 * @param {(code: string) => string} nameOf  the name of a region that is not in the table
 * @param {(view: LabView, at: number) => HTMLElement} detailOf  what a region's row opens to
 */
function ParitranaLabRanking(words, nameOf, detailOf) {
  const { el, button, letterOf, doubt, put, rested } = ParitranaLabDom;
  const { say, number, percent, interval, DASH } = words;
  const FIRST = 50; // rows in the page before all are asked for
  const GLIDE = 250; // milliseconds that a row takes to its new place
  const LATER = 60; // milliseconds without a change before rows out of sight are written
  const MARGIN = "100px"; // around what is in sight
  const NARROW = 1.5; // points that the line under a bar has at least, to be seen
  const THIN = 7; // points below which a part of the bar has no room for its letter
  const COLUMNS = ["rank", "region", "score", "range", "first", "podium", "often"];
  const TEXTS = ["name", "rank", "move", "word", "score", "ends", "range", "first", "podium", "often"];
  const still = matchMedia("(prefers-reduced-motion: reduce)");

  const caption = el("span");
  const body = el("tbody");
  const all = button("", showAll, { class: "lab-button lab-all" });
  const others = el("p", { class: "lab-help" });
  const cols = COLUMNS.map((name) => el("col", { class: `lab-col-${name}` }));
  const wrap = el(
    "div",
    { class: "table-wrap lab-ranking", role: "region", tabindex: 0 },
    el("table", { class: "data" }, el("caption", {}, caption), el("colgroup", {}, ...cols), head(), body),
  );
  const element = el(
    "section",
    { "aria-labelledby": "lab-ranking" },
    el("h2", { id: "lab-ranking" }, say("ranking")),
    wrap,
    all,
    others,
    el("p", { class: "lab-help" }, say("ranking_help")),
  );
  /** The row of each place. @type {LabRow[]} */
  let rows = [];
  /** What is open behind a region, by its position. @type {Map<number, HTMLTableRowElement>} */
  const opened = new Map();
  /** Where each region last stood, in pixels. @type {Map<number, number>} */
  const tops = new Map();
  /** @type {LabView | null} */
  let view = null;
  let limit = FIRST;
  /** Rows in sight. @type {Set<Element>} */
  const sight = new Set();
  const watch = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (isIntersecting) sight.add(target);
        else sight.delete(target);
      }
    },
    { rootMargin: MARGIN },
  );
  const writeRest = rested(LATER, () => rows.forEach((_, place) => write(place)));

  function head() {
    const titles = COLUMNS.map((key) => {
      const heading = el("th", { scope: "col", class: key !== "region" && key !== "score" && "num" });
      heading.append(say(`column_${key}`), el("span", { class: "unit" }, say(`unit_${key}`)));
      return heading;
    });
    return el("thead", {}, el("tr", {}, ...titles));
  }

  /**
   * An empty row for a place.
   * @param {number} criteria
   * @param {number} place
   * @returns {LabRow}
   */
  function rowOf(criteria, place) {
    const texts = Object.fromEntries(TEXTS.map((name) => [name, document.createTextNode("")]));
    const name = button(texts.name, () => toggle(place), { class: "lab-name", "aria-expanded": "false" });
    const badge = el("span", { class: "badge badge-gap" }, say("unrecorded"));
    const doubts = el("span", { class: "lab-doubts" });
    const move = el("span", { class: "lab-move" }, texts.move, el("span", { class: "lab-hidden" }, texts.word));
    const segments = Array.from({ length: criteria }, (_, k) =>
      el("span", { class: `lab-segment lab-${k % 7}` }, letterOf(k)),
    );
    const reach = el("span", { class: "lab-reach" });
    const stack = el("span", { class: "lab-stack" }, ...segments);
    const tr = el(
      "tr",
      {},
      el("td", { class: "num" }, el("span", { class: "lab-rank" }, texts.rank), move),
      el("th", { scope: "row" }, name, badge, doubts),
      el(
        "td",
        {},
        el("span", { class: "lab-score" }, texts.score),
        el("span", { class: "note lab-ends" }, texts.ends),
        el("span", { class: "lab-bar", "aria-hidden": "true" }, stack, reach),
      ),
      ...["range", "first", "podium", "often"].map((key) => el("td", { class: "num" }, texts[key])),
    );
    return { tr, name, badge, doubts, move, stack, segments, reach, texts };
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
    watch.disconnect();
    for (const kept of [sight, opened, tops]) kept.clear();
    rows = [];
    view = null;
    limit = FIRST;
    others.hidden = table.notRankable.length === 0;
    others.textContent = say("left_out", { names: words.list(table.notRankable.map(nameOf)) });
  }

  /** Open or close what stands behind the region in a place. @param {number} place */
  function toggle(place) {
    if (!view) return;
    const at = view.now.order[place];
    const open = opened.get(at);
    if (open) {
      open.remove();
      opened.delete(at);
    } else {
      const made = el("tr", { class: "lab-detail" }, el("td", { colspan: COLUMNS.length }, detailOf(view, at)));
      rows[place].tr.after(made);
      opened.set(at, made);
    }
    rows[place].name.setAttribute("aria-expanded", String(!open));
  }

  function showAll() {
    limit = Infinity;
    if (view) update(view);
    wrap.focus();
  }

  /**
   * Show a ranking.
   * @param {LabView} next
   */
  function update(next) {
    view = next;
    const count = Math.min(limit, next.now.order.length);
    const fresh = rows.length < count;
    while (rows.length < count) {
      const row = rowOf(next.table.criteria.length, rows.length);
      rows.push(row);
      body.append(row.tr);
      watch.observe(row.tr);
    }
    const near = rows.flatMap(({ tr }, place) => (fresh || !sight.size || sight.has(tr) ? [place] : []));
    near.forEach(write);
    if (near.length < count) writeRest();
    glide(near);
    all.hidden = count === next.now.order.length;
    if (!all.hidden) all.textContent = say("show_all", { shown: count, all: number(next.now.order.length) });
  }

  /** Who has a place, into its row. @param {number} place */
  function write(place) {
    if (!view) return;
    const { table, base, now } = view;
    const at = now.order[place];
    const { tr, name, badge, doubts, move, texts } = rows[place];
    const rank = now.rank[at];
    const up = rank ? base.rank[at] - rank : 0;
    const kind = up > 0 ? "up" : up < 0 ? "down" : "same";
    const open = opened.get(at);
    put(texts.name, table.names[at]);
    badge.hidden = table.recorded[at];
    const told = table.doubts[at].join();
    if (doubts.dataset.of !== told) {
      doubts.dataset.of = told;
      doubts.replaceChildren(...table.doubts[at].map(doubt));
    }
    put(texts.rank, rank ? String(rank) : DASH);
    put(texts.move, !rank ? "" : up > 0 ? `▲ +${up}` : up < 0 ? `▼ −${-up}` : "=");
    put(texts.word, rank ? ` ${say(`move_${kind}`, { places: Math.abs(up) })}` : "");
    if (move.dataset.kind !== kind) move.dataset.kind = kind;
    put(texts.range, interval(now.best[at], now.worst[at]));
    tr.classList.toggle("lab-first", rank === 1);
    name.setAttribute("aria-expanded", String(open !== undefined));
    if (open) {
      if (tr.nextSibling !== open) tr.after(open);
      open.firstElementChild?.replaceChildren(detailOf(view, at));
    }
    draw(place, at);
    chance(place, at);
  }

  /**
   * A region's score and its parts.
   * @param {number} place
   * @param {number} at
   */
  function draw(place, at) {
    if (!view) return;
    const { low, middle, high, contributions } = view.now;
    const { stack, segments, reach, texts } = rows[place];
    put(texts.score, number(middle[at], 1));
    const ends = interval(low[at], high[at], 1);
    put(texts.ends, ends.includes(DASH) ? ends : "");
    // Each part reaches to the right end and lies over the one before: moving it lays nothing out anew.
    let start = 0;
    segments.forEach((segment, k) => {
      const points = contributions[at * segments.length + k];
      segment.style.transform = `translateX(${start.toFixed(2)}%)`;
      segment.classList.toggle("lab-thin", points < THIN);
      start += points;
    });
    stack.style.clipPath = `inset(0 ${Math.max(100 - start, 0).toFixed(2)}% 0 0)`;
    const width = Math.max(high[at] - low[at], NARROW);
    reach.style.transform = `translateX(${low[at].toFixed(2)}%) scaleX(${(width / 100).toFixed(4)})`;
  }

  /**
   * A region's probabilities; dashes where there are none.
   * @param {number} place
   * @param {number} at
   */
  function chance(place, at) {
    const { texts } = rows[place];
    const found = view?.chances;
    put(texts.first, found ? percent(found.first[at]) : DASH);
    put(texts.podium, found ? percent(found.top3[at]) : DASH);
    put(texts.often, found ? interval(found.best[at], found.worst[at]) : DASH);
  }

  /** Show other probabilities of the same ranking. @param {LabView} next */
  function chances(next) {
    view = next;
    rows.forEach((_, place) => write(place));
  }

  /** Let those who have moved glide to where they are now, where motion is welcome. @param {number[]} near */
  function glide(near) {
    if (still.matches || !view) return;
    for (const place of near) {
      const { tr } = rows[place];
      const [at, top] = [view.now.order[place], tr.offsetTop];
      const way = (tops.get(at) ?? top) - top;
      if (way) tr.animate([{ transform: `translateY(${way}px)` }, {}], { duration: GLIDE, easing: "ease-out" });
      tops.set(at, top);
    }
  }

  return Object.freeze({ element, take, update, chances });
}
