// @ts-check
"use strict";

/*
 * A table of the reader's own as the lab computes with it: what `paritrana.engine.scores` makes of values, in the form
 * of the nation's data. There is one area, one year and one rubric, and what is not known may be anything.
 */

/**
 * @typedef {object} LabFigure  a value that is known, or the ends between which it lies
 * @property {number} low
 * @property {number} high
 * @property {string} told  how it is shown
 * @property {string} place  the cells that it stands in
 *
 * @typedef {{id: string, title: string, unit: string, weight: number, zero: number, full: number}} LabOwnCriterion
 *
 * @typedef {object} LabOwn  a file as it was read
 * @property {string} file
 * @property {string} title  of what is ranked
 * @property {number} year   0 where it tells none
 * @property {string[]} told  sentences on how it is ranked
 * @property {string} source  of the weights
 * @property {[string, string][]} candidates  code and name
 * @property {LabOwnCriterion[]} criteria
 * @property {(LabFigure | null)[][]} values  of each candidate on each criterion; null where nothing is known
 */
const ParitranaLabOwn = (() => {
  const numbers = ParitranaLabNumbers();
  const { halfEven } = numbers;
  const { FULL } = ParitranaLabRanks(numbers); // in millionths of a point
  const CODE = "file"; // of the only area and the only rubric

  /**
   * The lowest and the highest score of a figure, in millionths of a point.
   * @param {LabFigure} figure
   * @param {LabOwnCriterion} criterion
   */
  function scores({ low, high }, { zero, full }) {
    const [least, most] = [Math.min(zero, full), Math.max(zero, full)];
    const points = [low, high].map((value) =>
      halfEven(((Math.min(Math.max(value, least), most) - least) / (most - least)) * FULL),
    );
    return zero < full ? points : [FULL - points[1], FULL - points[0]];
  }

  /**
   * The data that the lab computes with.
   * @param {LabOwn} own
   * @returns {LabData}
   */
  function data(own) {
    const { title, year, criteria, candidates, values, source } = own;
    /** @type {[string, string][]} */
    const links = [];
    const columns = criteria.map((criterion, k) => {
      const known = candidates.flatMap((_, at) => (values[at][k] ? [at] : []));
      const figure = (/** @type {number} */ at) => /** @type {LabFigure} */ (values[at][k]);
      return {
        cells: known.map((at) => /** @type {LabCell} */ ([at, ...scores(figure(at), criterion)])),
        origins: known.map((at) => {
          links.push(["", figure(at).place]);
          /** @type {[string, string, string, number[]]} */
          const origin = ["recorded", figure(at).told, "", [links.length - 1]];
          return origin;
        }),
      };
    });
    return {
      own,
      version: 1,
      years: [year],
      year,
      rubric: CODE,
      assumption: "anything",
      provinces: [{ code: CODE, name: title, slug: "" }],
      regions: candidates.map(([code, name]) => [code, name, 0]),
      rubrics: [
        {
          id: CODE,
          title: source,
          source,
          status: "user",
          aggregation: "additive",
          ties: "min",
          round: null,
          criteria: criteria.map(({ id }) => id),
          parts: criteria.map(({ weight }) => weight),
          columns: criteria.map((_, k) => k),
        },
      ],
      criteria: Object.fromEntries(criteria.map(({ id, title: name }) => [id, { title: name, indicator: id }])),
      nominees: {},
      podiums: {},
      scores: { [year]: columns.map(({ cells }) => ({ fill: null, filled: [], recorded: cells })) },
      doubts: [],
      origins: { [year]: columns.map(({ origins }) => origins) },
      links,
      scripts: {},
      estimates: {},
    };
  }

  /** What the lab begins with. @param {LabOwn} own @returns {LabChoice} */
  function start({ year }) {
    return { province: CODE, year, rubric: CODE, candidates: "all", assumption: "anything" };
  }

  return Object.freeze({ data, start });
})();
