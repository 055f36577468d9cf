// @ts-check
"use strict";

/**
 * What stands behind a region in the ranking: its score in each criterion, what that adds, and where it is from.
 *
 * @param {LabWords} words
 * @param {LabData} data
 */
function ParitranaLabDetail(words, data) {
  const { el, table } = ParitranaLabDom;
  const { say, number, percent, interval } = words;
  const RARE = 0.005; // ranks less probable than this are not told
  const POINT = 1e6; // millionths in a point

  /**
   * @param {LabView} view
   * @param {number} at
   */
  function of(view, at) {
    const { table: ranking, state, now } = view;
    const name = ranking.names[at];
    const whole = state.parts.reduce((total, part) => total + part, 0);
    const rows = ranking.criteria.map((_, k) => {
      const cell = at * ranking.criteria.length + k;
      return [
        ranking.titles[k],
        percent(state.parts[k] / whole),
        interval(ranking.low[cell] / POINT, ranking.high[cell] / POINT, 1),
        number(now.contributions[cell], 1),
        ranking.cells[cell] ? sources(ranking.codes[at], ranking.criteria[k]) : el("span", { class: "badge badge-gap" }, say("gap")),
      ];
    });
    const heads = ["criterion", "weight", "points", "adds", "source"].map((key) => say(key));
    return el("div", {}, table(say("detail", { name }), heads, rows), chances(view, at));
  }

  /** @param {LabView} view @param {number} at */
  function chances({ chances: found, table: ranking }, at) {
    if (!found) return null;
    const count = ranking.codes.length;
    const shares = Array.from({ length: count }, (_, rank) => found.counts[at * count + rank] / found.draws);
    const told = shares.flatMap((share, rank) => (share < RARE ? [] : [`${rank + 1}: ${percent(share)}`]));
    return el("p", {}, say("ranks_of", { ranks: told.join("; ") }));
  }

  /** @param {string} code @param {string} criterion */
  function sources(code, criterion) {
    return "";
  }

  return Object.freeze({ of });
}
