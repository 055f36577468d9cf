// @ts-check
/*
 * What is modelled of a province, as its script brings it: `paritrana.lab.estimates`.
 */

function ParitranaLabEstimates() {
  "use strict";

  /**
   * The step that a letter stands for: its place in printable ASCII without what a script would have to escape.
   * @param {number} code
   */
  function stepOf(code) {
    return code - 32 - Number(code > 34) - Number(code > 60) - Number(code > 92);
  }

  /**
   * Joint draws of the scores of some regions, D * N * K, draw after draw. What has no draws is the same in each.
   * @param {LabEstimates} estimates
   * @param {(LabModelled | null)[]} columns of the criteria that count
   * @param {number[]} rows positions of the regions
   * @param {Float64Array} low scores, N * K
   */
  function sample({ draws, steps }, columns, rows, low) {
    const made = new Float64Array(draws * low.length);
    for (let draw = 0; draw < draws; draw++) made.set(low, draw * low.length);
    const row = new Map(rows.map((region, at) => [region, at]));
    columns.forEach((column, k) => {
      column?.drawn.forEach(([region, least, most], at) => {
        const own = row.get(region);
        if (own === undefined) return;
        for (let draw = 0; draw < draws; draw++) {
          const way = (most - least) * stepOf(column.packed.charCodeAt(at * draws + draw));
          made[draw * low.length + own * columns.length + k] = least + Math.floor(way / steps + 0.5);
        }
      });
    });
    return made;
  }

  return Object.freeze({ sample });
}
