// @ts-check
"use strict";

/**
 * What a result says of itself where it leaves the page: on paper, in a saved picture, in a table of figures.
 *
 * @param {LabWords} words
 * @param {LabData} data
 * @param {string} version  of the data
 */
function ParitranaLabReport(words, data, version) {
  const { letterOf } = ParitranaLabDom;
  const { say, percent } = words;
  const NATION = "ID";

  /** The area of a choice; the fictional one says that it is. @param {LabChoice} choice */
  function areaOf({ province }) {
    const found = data.provinces.find(({ code }) => code === province)?.name ?? "";
    return province === NATION ? say("nation") : found;
  }

  /** What is ranked, in a line. @param {LabChoice} choice */
  function title(choice) {
    if (data.own && !choice.year) return data.own.title;
    return say("title", { area: areaOf(choice), year: choice.year });
  }

  /** The name of a file, without its ending. @param {LabChoice} choice */
  function name({ province, year, rubric }) {
    if (data.own) return `paritrana-${say("file_name")}`;
    return ["paritrana", province, year, rubric].join("-");
  }

  /** Weights, choice and data in a line each. @param {LabView} view */
  function lines({ state, table }) {
    const whole = state.parts.reduce((total, part) => total + part, 0);
    const weights = table.titles.map((one, k) => `${letterOf(k)} ${one} ${percent(state.parts[k] / whole, 2)}`);
    const rubric = data.rubrics.find(({ id }) => id === state.rubric)?.title ?? "";
    const candidates = say(`candidates_${state.candidates}`);
    if (data.own) {
      const { file, told } = data.own;
      return [say("told_own_weights", { weights: weights.join("; ") }), say("told_own", { file }), ...told];
    }
    return [
      say("told_weights", { weights: weights.join("; ") }),
      say("told_choice", { rubric, candidates, assumption: say(table.assumption) }),
      say("told_data", { version }),
    ];
  }

  /**
   * The ranking as a table of figures, headings first; what is not known is null.
   * @param {LabView} view
   */
  function rows({ state, table, base, now, chances }) {
    const count = table.criteria.length;
    const weights = table.criteria.map((id, k) => `${id}=${state.parts[k]}`).join(" ");
    const made = now.order.map((at) => ({
      rank: now.rank[at] || null,
      code: table.codes[at],
      region: table.names[at],
      recorded: table.recorded[at] ? "yes" : "no",
      moved: now.rank[at] ? base.rank[at] - now.rank[at] : null,
      score: now.middle[at],
      score_low: now.low[at],
      score_high: now.high[at],
      best_rank: now.best[at],
      worst_rank: now.worst[at],
      share_first: chances ? chances.first[at] : null,
      share_top3: chances ? chances.top3[at] : null,
      rank_5: chances ? chances.best[at] : null,
      rank_95: chances ? chances.worst[at] : null,
      ...Object.fromEntries(table.criteria.map((id, k) => [`adds_${id}`, now.contributions[at * count + k]])),
      weights,
      radius: state.radius,
      area: areaOf(state),
      year: state.year,
      rubric: state.rubric,
      candidates: state.candidates,
      assumption: table.assumption,
      data_version: version,
    }));
    return [Object.keys(made[0]), ...made.map((row) => Object.values(row))];
  }

  return Object.freeze({ area: areaOf, title, name, lines, rows });
}
