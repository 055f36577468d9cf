// @ts-check
"use strict";

/**
 * What stands behind a region in the ranking: its figure and score in each criterion, what that adds, and the sources.
 *
 * @param {LabWords} words
 * @param {LabCoreApi} core
 * @param {LabData} data
 */
function ParitranaLabDetail(words, core, data) {
  const { el, letter, doubt, tableOf } = ParitranaLabDom;
  const { say, number, percent, interval } = words;
  const RARE = 0.005; // ranks less probable than this are not told
  const POINT = 1e6; // millionths in a point
  const SAFE = /^(https?:\/\/|sources\.html#)/; // addresses that become links; what is no address stays text
  const invented = data.provinces.find((province) => province.fictional)?.code; // its regions' codes begin so

  /**
   * @param {LabView} view
   * @param {number} at
   */
  function of(view, at) {
    const { table: ranking, state, now } = view;
    const whole = state.parts.reduce((total, part) => total + part, 0);
    const rows = ranking.criteria.map((id, k) => {
      const cell = at * ranking.criteria.length + k;
      const origin = core.origin(data, state, ranking.codes[at], id);
      return [
        criterion(ranking.titles[k], k, state.parts[k] / whole),
        figure(ranking.codes[at], origin),
        interval(ranking.low[cell] / POINT, ranking.high[cell] / POINT, 1),
        number(now.contributions[cell], 1),
        sources(origin),
      ];
    });
    const heads = ["criterion", "figure", "points", "adds", "source"].map((key) => say(key));
    return el("div", {}, tableOf(say("detail", { name: ranking.names[at] }), heads, rows), chances(view, at));
  }

  /**
   * A criterion with its letter and its weight.
   * @param {string} title
   * @param {number} k
   * @param {number} share
   */
  function criterion(title, k, share) {
    const weight = el("span", { class: "lab-date" }, say("of_weight", { share: percent(share) }));
    return el("span", {}, letter(k), " ", title, weight);
  }

  /**
   * The figure that was scored, with its date and what a reader must know of it.
   * @param {string} code
   * @param {LabOrigin | null} origin
   */
  function figure(code, origin) {
    if (invented && code.startsWith(invented)) return el("span", { class: "badge badge-synthetic" }, say("fictional"));
    if (!origin) return el("span", { class: "badge badge-gap" }, say("gap"));
    const badge =
      origin.kind !== "recorded" && el("span", { class: "badge badge-interval" }, say(`kind_${origin.kind}`));
    return el(
      "span",
      {},
      origin.value,
      badge && " ",
      badge,
      ...origin.doubts.flatMap((text) => [" ", doubt(text)]),
      origin.date && el("span", { class: "lab-date" }, origin.date),
    );
  }

  /** The sources of a figure, each a link to where it can be read. @param {LabOrigin | null} origin */
  function sources(origin) {
    const links = (origin?.links ?? []).map(([href, title]) => {
      const text = title || say("source");
      return el("li", {}, SAFE.test(href) ? el("a", { class: "src", href }, text) : text);
    });
    return links.length ? el("ul", { class: "lab-sources" }, ...links) : el("span", {}, words.DASH);
  }

  /** @param {LabView} view @param {number} at */
  function chances({ chances: found, table: ranking }, at) {
    if (!found) return null;
    const count = ranking.codes.length;
    const shares = Array.from({ length: count }, (_, rank) => found.counts[at * count + rank] / found.draws);
    const told = shares.flatMap((share, rank) => (share < RARE ? [] : [`${rank + 1}: ${percent(share)}`]));
    return el("p", {}, say("ranks_of", { ranks: told.join("; ") }));
  }

  return Object.freeze({ of });
}
