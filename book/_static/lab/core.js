// @ts-check
/*
 * The arithmetic of the weight lab: what `paritrana.analysis` and `paritrana.engine` compute, in the browser.
 *
 * One function without free variables, so that it runs in a page, in a Worker made from its text (also where the
 * page was opened from a folder), and in a test. Nothing here knows of the page.
 *
 * Criterion scores are whole millionths of a point, weights whole parts of their own sum: every total is a whole
 * number below 2 ** 53, exact in doubles, so that ties are real ties and the results are those of the Python engine.
 * What may be larger (crossings, the proofs of the linear programmes) is computed in BigInt.
 */

/**
 * @typedef {"plausible" | "anything" | "known"} LabAssumption
 * @typedef {"all" | "nominees"} LabCandidates
 * @typedef {[number, number, number?]} LabCell position of a region, its lowest score, its highest where that is larger
 *
 * @typedef {object} LabColumn the scores of one criterion in one year, all regions
 * @property {[number, number] | null} fill what most regions without a record may have; null: anything, 0 to 100 points
 * @property {LabCell[]} recorded the regions with a record
 * @property {LabCell[]} filled the regions without a record for which something else than `fill` is plausible
 *
 * @typedef {object} LabRubric
 * @property {string} id
 * @property {string} title
 * @property {string} source where the weights come from, a sentence
 * @property {"hypothesis" | "official" | "user"} status
 * @property {"additive" | "geometric"} aggregation
 * @property {"min" | "max" | "dense"} ties
 * @property {number | null} round decimals of the total that is ranked
 * @property {string[]} criteria ids
 * @property {number[]} parts weights of the criteria, whole parts
 * @property {number[]} columns positions in `scores`, one for each criterion
 *
 * @typedef {object} LabProvince
 * @property {string} code
 * @property {string} name
 * @property {string} slug the folder of its chapter; empty where it has none
 * @property {boolean} [fictional]
 *
 * @typedef {object} LabData
 * @property {number} version
 * @property {number[]} years
 * @property {number} year the book's
 * @property {string} rubric the book's
 * @property {LabAssumption} assumption the book's
 * @property {LabProvince[]} provinces
 * @property {[string, string, number][]} regions code, name, position of the province; sorted by code
 * @property {LabRubric[]} rubrics
 * @property {Record<string, {title: string, indicator: string | null}>} criteria
 * @property {Record<string, Record<string, string[]>>} nominees year, province -> codes of the known candidates
 * @property {Record<string, Record<string, [string, number][]>>} podiums year, province -> code and announced rank
 * @property {Record<string, LabColumn[]>} scores year -> columns
 *
 * @typedef {object} LabChoice
 * @property {number} year
 * @property {string} province a code, or "ID" for the whole country
 * @property {string} rubric an id
 * @property {LabCandidates} candidates
 * @property {LabAssumption} assumption
 *
 * @typedef {object} LabTable N regions by K criteria; matrices are row-major, region by region
 * @property {string[]} codes
 * @property {string[]} names
 * @property {number[]} provinces position of each region's province in the data
 * @property {boolean[]} recorded whether anything is recorded of a region in this year; only these have a rank
 * @property {string[]} criteria ids of the criteria that count
 * @property {string[]} titles
 * @property {string[]} leftOut ids of the rubric's criteria that do not count under the assumption
 * @property {number[]} parts the rubric's weights of the criteria that count
 * @property {Float64Array} low lowest scores, millionths of a point
 * @property {Float64Array} middle
 * @property {Float64Array} high
 * @property {Float64Array} least what is added up, lowest: the scores, or their logarithms for a geometric mean
 * @property {Float64Array} most what is added up, highest
 * @property {boolean[]} cells which scores come from a record, N * K
 * @property {"min" | "max" | "dense"} ties
 * @property {"additive" | "geometric"} aggregation
 * @property {number | null} round
 * @property {string[]} notRankable codes of candidates without one recorded figure among the criteria ("known" only)
 * @property {[number, number][]} podium position of a region and its announced rank, by rank
 * @property {boolean} podiumWhole whether the podium was announced from the first place on, all of it in this table
 * @property {boolean} rankable whether there are two regions, a criterion and a record
 *
 * @typedef {object} LabRanks
 * @property {Int32Array} rank at the middle, among the recorded regions; 0 for the others, whose middle says nothing
 * @property {Float64Array} low lowest total, points
 * @property {Float64Array} middle
 * @property {Float64Array} high
 * @property {Float64Array} keys what is ranked: whole numbers, equal where two are tied
 * @property {Int32Array} best best rank under these weights whatever the values inside the intervals, among all
 * @property {Int32Array} worst
 * @property {number[]} order positions: ranked ones by rank, equals by code; then the others by code
 * @property {Float64Array} contributions N * K, points; each row sums to `middle`
 *
 * @typedef {object} LabOvertaking the first change of the order on the way of one weight, others in proportion
 * @property {number} criterion
 * @property {"up" | "down"} direction which way the weight moves
 * @property {[bigint, bigint]} exact the weight at which both are tied, as a fraction
 * @property {number} weight the same as a number from 0 to 1
 * @property {number} distance from the present weight, 0 to 1
 * @property {number} up position of the region that passes
 * @property {number} down position of the region that is passed
 *
 * @typedef {object} LabLead where one region leads another while one weight moves, others in proportion
 * @property {[number, number] | null} segment weights of the criterion from 0 to 1; null where it never leads
 * @property {[[bigint, bigint], [bigint, bigint]] | null} exact the same as fractions
 * @property {boolean} tied whether both are equal along the whole way
 *
 * @typedef {object} LabFirst the smallest change (L1) that makes a region first or tied first, at the middle
 * @property {boolean} possible
 * @property {number} distance sum of all changes, of weights with sum 1; half of it is what is moved. NaN: impossible
 * @property {number[]} weights sum 1; empty where impossible
 * @property {bigint[]} parts the same exactly, as whole parts of their own sum
 * @property {number[] | null} near weights in hundredths of a percent beside them at which the region is first; null
 *   where there are none so near
 * @property {number[]} tied positions of the others who are first at exactly these weights
 * @property {number[]} rivals positions of those who hold the change where it is, or who together make it impossible
 *
 * @typedef {object} LabPodium whether some weights give the announced podium, places shared by a tie counted as given
 * @property {LabPodiumAnswer} middle values at the middle of their intervals
 * @property {LabPodiumAnswer} free any values inside their intervals
 *
 * @typedef {object} LabPodiumAnswer
 * @property {boolean} possible
 * @property {boolean} clear whether each place can be ahead of the next by a millionth of a point
 * @property {number} distance L1 distance of the nearest such weights; NaN where impossible
 * @property {number[]} weights the nearest such weights, sum 1; empty where impossible
 * @property {bigint[]} parts the same exactly
 * @property {number[] | null} near as in LabFirst
 * @property {[number, number][]} conflict pairs of positions (above, below) that together no weights satisfy
 *
 * @typedef {object} LabSample
 * @property {number} draws
 * @property {number} radius
 * @property {Uint32Array} counts N * N: draws in which a region (row) has a rank (column, the first is 0)
 * @property {Float64Array} expected mean rank
 * @property {Float64Array} first share of draws with rank 1
 * @property {Float64Array} top3 share of draws with a rank of at most 3
 * @property {Int32Array} best lower end of the central 90 % of draws
 * @property {Int32Array} worst
 *
 * @typedef {object} LabSampling draws that go on where they stopped: the same however they are cut into chunks
 * @property {(draws: number) => void} draw
 * @property {() => LabSample} result
 *
 * @typedef {object} LabWeights weights as whole numbers that keep their sum
 * @property {number} WHOLE the sum: weights are moved in hundredths of a percent
 * @property {(weights: number[], locked: boolean[], index: number, value: number) => number[]} move
 * @property {(count: number) => number[]} equal
 * @property {(count: number, index: number) => number[]} only
 * @property {(parts: number[]) => number[]} fromParts
 * @property {(weights: number[]) => number[]} toParts
 *
 * @typedef {object} LabCoreApi
 * @property {(data: LabData, choice: LabChoice) => LabTable} table
 * @property {(table: LabTable, parts: number[]) => LabRanks} rank
 * @property {LabWeights} weights
 */

/** @returns {LabCoreApi} */
function ParitranaLabCore() {
  "use strict";

  const POINT = 1_000_000; // a score is counted in millionths of a point
  const FULL = 100 * POINT;
  const WHOLE = 10_000; // weights are moved in hundredths of a percent
  const KNOWN_SHARE = 0.6; // as in paritrana.gaps

  /** @param {ArrayLike<number>} values */
  function sumOf(values) {
    let total = 0;
    for (let at = 0; at < values.length; at++) total += /** @type {number} */ (values[at]);
    return total;
  }

  // ---- the table of a choice

  /**
   * @param {LabData} data
   * @param {LabChoice} choice
   * @returns {number[]} positions of the candidates
   */
  function candidatesOf(data, choice) {
    const nominees = new Set(
      data.provinces
        .filter((province) => (choice.province === "ID" ? !province.fictional : province.code === choice.province))
        .flatMap((province) => data.nominees[choice.year]?.[province.code] ?? []),
    );
    /** @type {number[]} */
    const chosen = [];
    data.regions.forEach(([code, , owner], at) => {
      const province = /** @type {LabProvince} */ (data.provinces[owner]);
      const here = choice.province === "ID" ? !province.fictional : province.code === choice.province;
      if (here && (choice.candidates === "all" || nominees.has(code))) chosen.push(at);
    });
    return chosen;
  }

  /**
   * @param {LabColumn[]} columns
   * @returns {Set<number>} regions of which anything is recorded
   */
  function recordedOf(columns) {
    return new Set(columns.flatMap((column) => column.recorded.map((cell) => cell[0])));
  }

  /**
   * The criteria that count under an assumption, as positions in the rubric: see `paritrana.analysis`.
   * @param {LabData} data
   * @param {LabRubric} rubric
   * @param {LabColumn[]} columns
   * @param {LabAssumption} assumption
   * @param {Set<number>} candidates
   */
  function criteriaOf(data, rubric, columns, assumption, candidates) {
    return rubric.criteria.flatMap((id, at) => {
      const column = /** @type {LabColumn} */ (columns[/** @type {number} */ (rubric.columns[at])]);
      const known = column.recorded.filter((cell) => candidates.has(cell[0])).length;
      // What is never public (the interview) counts where it is recorded all the same: in the fictional province.
      const open = data.criteria[id]?.indicator != null || known > 0;
      const counts = assumption === "anything" || (open && assumption === "plausible");
      return counts || (open && known >= KNOWN_SHARE * candidates.size) ? [at] : [];
    });
  }

  /**
   * @param {Float64Array} target
   * @param {Float64Array} scores
   */
  function logScores(target, scores) {
    const least = Math.log(1 / POINT);
    const span = Math.log(FULL / POINT) - least;
    for (let at = 0; at < scores.length; at++) {
      const log = Math.log(Math.max(/** @type {number} */ (scores[at]), 1) / POINT);
      target[at] = halfEven(((log - least) / span) * FULL);
    }
    return target;
  }

  /** @param {number} value */
  function halfEven(value) {
    const down = Math.floor(value);
    const rest = value - down;
    return rest > 0.5 || (rest === 0.5 && down % 2 !== 0) ? down + 1 : down;
  }

  /**
   * The table that a choice names.
   * @param {LabData} data
   * @param {LabChoice} choice
   * @returns {LabTable}
   */
  function table(data, choice) {
    const rubric = data.rubrics.find((one) => one.id === choice.rubric);
    const columns = data.scores[choice.year];
    if (!rubric || !columns) throw new RangeError(`no rubric ${choice.rubric} or year ${choice.year} in the data`);
    const candidates = candidatesOf(data, choice);
    const counting = criteriaOf(data, rubric, columns, choice.assumption, new Set(candidates));
    const used = counting.map((at) => /** @type {LabColumn} */ (columns[/** @type {number} */ (rubric.columns[at])]));
    const figured = recordedOf(used);
    const lacking = choice.assumption === "known" ? candidates.filter((at) => !figured.has(at)) : [];
    const rows = choice.assumption === "known" ? candidates.filter((at) => figured.has(at)) : candidates;
    const place = new Map(rows.map((region, row) => [region, row]));
    const size = rows.length * used.length;
    const low = new Float64Array(size);
    const high = new Float64Array(size);
    /** @type {boolean[]} */
    const cells = Array(size).fill(false);
    const anything = choice.assumption === "anything";
    used.forEach((column, k) => {
      const [from, to] = (anything ? null : column.fill) ?? [0, FULL];
      for (let row = 0; row < rows.length; row++) {
        low[row * used.length + k] = from;
        high[row * used.length + k] = to;
      }
      for (const list of anything ? [column.recorded] : [column.filled, column.recorded]) {
        for (const [region, least, most] of list) {
          const row = place.get(region);
          if (row === undefined) continue;
          low[row * used.length + k] = least;
          high[row * used.length + k] = most ?? least;
          cells[row * used.length + k] = list === column.recorded;
        }
      }
    });
    const geometric = rubric.aggregation === "geometric";
    const known = recordedOf(columns);
    const codes = rows.map((at) => /** @type {[string, string, number]} */ (data.regions[at])[0]);
    const announced = choice.province === "ID" ? [] : (data.podiums[choice.year]?.[choice.province] ?? []);
    const podium = announced
      .map(([code, rank]) => /** @type {[number, number]} */ ([codes.indexOf(code), rank]))
      .filter(([row]) => row >= 0);
    return {
      codes,
      names: rows.map((at) => /** @type {[string, string, number]} */ (data.regions[at])[1]),
      provinces: rows.map((at) => /** @type {[string, string, number]} */ (data.regions[at])[2]),
      recorded: rows.map((at) => known.has(at)),
      criteria: counting.map((at) => /** @type {string} */ (rubric.criteria[at])),
      titles: counting.map((at) => data.criteria[/** @type {string} */ (rubric.criteria[at])]?.title ?? ""),
      leftOut: rubric.criteria.filter((_, at) => !counting.includes(at)),
      parts: counting.map((at) => /** @type {number} */ (rubric.parts[at])),
      low,
      middle: low.map((value, at) => Math.floor((value + /** @type {number} */ (high[at])) / 2)),
      high,
      least: geometric ? logScores(new Float64Array(size), low) : low,
      most: geometric ? logScores(new Float64Array(size), high) : high,
      cells,
      ties: rubric.ties,
      aggregation: rubric.aggregation,
      round: rubric.round,
      notRankable: lacking.map((at) => /** @type {[string, string, number]} */ (data.regions[at])[0]),
      podium,
      podiumWhole: podium.length === announced.length && isFromFirstOn(podium.map(([, rank]) => rank)),
      rankable: rows.length > 1 && used.length > 0 && candidates.some((at) => known.has(at)),
    };
  }

  /** @param {number[]} ranks */
  function isFromFirstOn(ranks) {
    return ranks.length > 0 && ranks.every((own) => own === 1 + ranks.filter((other) => other < own).length);
  }

  // ---- ranks

  /**
   * @param {Float64Array} scores N * K
   * @param {number[]} parts
   */
  function totals(scores, parts) {
    const criteria = parts.length;
    const made = new Float64Array(scores.length / criteria);
    for (let row = 0, at = 0; row < made.length; row++) {
      let total = 0;
      for (let k = 0; k < criteria; k++, at++) {
        total += /** @type {number} */ (scores[at]) * /** @type {number} */ (parts[k]);
      }
      made[row] = total;
    }
    return made;
  }

  /**
   * @param {LabTable} table
   * @param {Float64Array} scores N * K, millionths of a point
   * @param {number[]} parts
   * @returns {Float64Array} totals in points
   */
  function points(table, scores, parts) {
    const whole = sumOf(parts);
    if (table.aggregation === "additive") return totals(scores, parts).map((total) => total / (whole * POINT));
    const criteria = parts.length;
    return new Float64Array(scores.length / criteria).map((_, row) => {
      let log = 0;
      parts.forEach((part, k) => {
        if (part > 0) log += (part / whole) * Math.log(/** @type {number} */ (scores[row * criteria + k]) / POINT);
      });
      return Math.exp(log);
    });
  }

  /**
   * Whole numbers that rank the regions at the middle of their intervals; equal is a tie.
   * @param {LabTable} table
   * @param {number[]} parts
   * @param {Float64Array} middle totals at the middle in points
   */
  function rankKeys(table, parts, middle) {
    const { round } = table;
    // 1e-9 absorbs the last bits: a total of exactly half a unit must not fall below it.
    if (round !== null) return middle.map((value) => Math.floor(value * 10 ** round + 0.5 + 1e-9));
    if (table.aggregation === "geometric") {
      return totals(logScores(new Float64Array(table.middle.length), table.middle), parts);
    }
    const low = totals(table.low, parts);
    const high = totals(table.high, parts);
    return low.map((value, at) => value + /** @type {number} */ (high[at])); // twice the middle, without a half
  }

  /**
   * How many of sorted numbers lie below a value, or not above it.
   * @param {Float64Array} sorted
   * @param {number} value
   * @param {boolean} equal whether equal ones count
   */
  function countBelow(sorted, value, equal) {
    let from = 0;
    let to = sorted.length;
    while (from < to) {
      const at = (from + to) >>> 1;
      const one = /** @type {number} */ (sorted[at]);
      if (one < value || (equal && one === value)) from = at + 1;
      else to = at;
    }
    return from;
  }

  /**
   * @param {Float64Array} keys
   * @param {LabTable["ties"]} ties
   */
  function ranksOf(keys, ties) {
    const sorted = (ties === "dense" ? Float64Array.from(new Set(keys)) : Float64Array.from(keys)).sort();
    return Int32Array.from(keys, (key) => sorted.length - countBelow(sorted, key, ties !== "max") + (ties === "max" ? 0 : 1));
  }

  /**
   * Best and worst rank that totals anywhere in [low, high] can give.
   * @param {Float64Array} low
   * @param {Float64Array} high
   */
  function rangesOf(low, high) {
    const lows = Float64Array.from(low).sort();
    const highs = Float64Array.from(high).sort();
    const best = Int32Array.from(high, (value) => 1 + lows.length - countBelow(lows, value, true));
    const worst = Int32Array.from(low, (value, at) => {
      const passing = highs.length - countBelow(highs, value, true);
      return 1 + passing - (/** @type {number} */ (high[at]) > value ? 1 : 0);
    });
    return { best, worst };
  }

  /**
   * The ranking under weights given as whole parts of their own sum.
   * @param {LabTable} table
   * @param {number[]} parts
   * @returns {LabRanks}
   */
  function rank(table, parts) {
    checkParts(table, parts);
    const middle = points(table, table.middle, parts);
    const keys = rankKeys(table, parts, middle);
    const known = [...keys.keys()].filter((at) => table.recorded[at]);
    const ranks = new Int32Array(keys.length);
    const among = ranksOf(Float64Array.from(known, (at) => /** @type {number} */ (keys[at])), table.ties);
    known.forEach((at, place) => (ranks[at] = /** @type {number} */ (among[place])));
    const value = (/** @type {number} */ at) => /** @type {number} */ (keys[at]);
    const order = [...known].sort((one, other) => value(other) - value(one) || one - other);
    return {
      rank: ranks,
      low: points(table, table.low, parts),
      middle,
      high: points(table, table.high, parts),
      keys,
      ...rangesOf(totals(table.least, parts), totals(table.most, parts)),
      order: [...order, ...[...keys.keys()].filter((at) => !table.recorded[at])],
      contributions: contributions(table, parts, middle),
    };
  }

  /**
   * @param {LabTable} table
   * @param {number[]} parts
   */
  function checkParts(table, parts) {
    const proper = parts.length === table.criteria.length && parts.every((part) => Number.isSafeInteger(part) && part >= 0);
    const whole = proper ? sumOf(parts) : 0;
    if (whole < 1 || whole > POINT) throw new RangeError(`weights in whole parts, one for each criterion, were expected: ${parts}`);
  }

  /**
   * What each criterion adds to the total at the middle, points; of a geometric mean its part of the logarithm.
   * @param {LabTable} table
   * @param {number[]} parts
   * @param {Float64Array} middle
   */
  function contributions(table, parts, middle) {
    const criteria = parts.length;
    const made = new Float64Array(table.least.length);
    for (let row = 0; row < middle.length; row++) {
      let total = 0;
      for (let k = 0, at = row * criteria; k < criteria; k++, at++) {
        made[at] = /** @type {number} */ (parts[k]) * (/** @type {number} */ (table.least[at]) + /** @type {number} */ (table.most[at]));
        total += /** @type {number} */ (made[at]);
      }
      const scale = total > 0 ? /** @type {number} */ (middle[row]) / total : 0;
      for (let at = row * criteria; at < (row + 1) * criteria; at++) made[at] = /** @type {number} */ (made[at]) * scale;
    }
    return made;
  }

  // ---- weights: whole numbers that keep their sum

  /**
   * A sum shared in proportion, in whole numbers: rounded down, and the rest to the largest remainders (the first of
   * equal ones). Equally where all shares are zero.
   * @param {number} sum
   * @param {number[]} shares
   * @returns {number[]}
   */
  function apportion(sum, shares) {
    const even = sumOf(shares) === 0 ? shares.map(() => 1) : shares;
    const whole = sumOf(even);
    const given = even.map((share) => Math.floor((sum * share) / whole));
    const remainder = even.map((share) => (sum * share) % whole);
    const largest = [...even.keys()].sort(
      (one, other) => /** @type {number} */ (remainder[other]) - /** @type {number} */ (remainder[one]) || one - other,
    );
    const rest = sum - sumOf(given);
    for (const at of largest.slice(0, rest)) given[at] = /** @type {number} */ (given[at]) + 1;
    return given;
  }

  /**
   * One weight moved, as far as locked ones leave room; the others that are not locked share the rest in proportion.
   * While a slider is held, call it with the weights at which it was taken: proportions are lost at zero.
   * @param {number[]} weights whole numbers; their sum stays
   * @param {boolean[]} locked these stay as they are; a locked one is not moved either
   * @param {number} index
   * @param {number} value
   * @returns {number[]}
   */
  function move(weights, locked, index, value) {
    const free = [...weights.keys()].filter((at) => at !== index && !locked[at]);
    if (locked[index] || free.length === 0 || Number.isNaN(value)) return [...weights];
    const shares = free.map((at) => /** @type {number} */ (weights[at]));
    const room = sumOf(shares) + /** @type {number} */ (weights[index]);
    const target = Math.min(Math.max(Math.round(value), 0), room);
    const given = apportion(room - target, shares);
    const moved = [...weights];
    moved[index] = target;
    free.forEach((at, place) => (moved[at] = /** @type {number} */ (given[place])));
    return moved;
  }

  const weights = Object.freeze({
    WHOLE,
    move,
    /** @param {number} count */
    equal: (count) => apportion(WHOLE, Array(count).fill(1)),
    /**
     * @param {number} count
     * @param {number} index
     */
    only: (count, index) => Array.from({ length: count }, (_, at) => (at === index ? WHOLE : 0)),
    /**
     * The nearest weights in hundredths of a percent; exact where WHOLE / sum(parts) allows.
     * @param {number[]} parts
     */
    fromParts: (parts) => apportion(WHOLE, parts),
    /**
     * The smallest whole parts of the same proportions.
     * @param {number[]} given
     */
    toParts: (given) => {
      const common = given.reduce((one, other) => {
        while (other) [one, other] = [other, one % other];
        return one;
      }, 0);
      return common > 1 ? given.map((weight) => weight / common) : [...given];
    },
  });

  return Object.freeze({ table, rank, weights });
}
