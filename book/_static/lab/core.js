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
 * @typedef {[bigint, bigint]} LabFraction numerator and denominator, the latter positive, without common divisor
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
 * @property {Record<string, [string, string, string, number[]][][]>} origins year -> for each column kind, figure, date
 *   and positions in `links`, of the cells in `filled` and then of those in `recorded`; the fictional ones have none
 * @property {[string, string][]} links address and title of each source
 *
 * @typedef {object} LabOrigin where a score is from
 * @property {"recorded" | "conflict" | "converted" | "neighbour"} kind as recorded; sources differ; from a share on
 *   another base; from a neighbouring year
 * @property {string} value the figure that was scored
 * @property {string} date of the figure; empty where none is known
 * @property {[string, string][]} links address and title of each source
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
 * @property {LabFraction} exact the weight at which both are tied
 * @property {number} weight the same as a number from 0 to 1
 * @property {number} distance from the present weight, 0 to 1
 * @property {number} up position of the region that passes
 * @property {number} down position of the region that is passed
 *
 * @typedef {object} LabLead where one region leads another while one weight moves, others in proportion
 * @property {[number, number] | null} segment weights of the criterion from 0 to 1; null where it never leads
 * @property {[LabFraction, LabFraction] | null} exact
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
 * @property {(data: LabData, choice: LabChoice, code: string, criterion: string) => LabOrigin | null} origin
 * @property {(table: LabTable, parts: number[]) => LabRanks} rank
 * @property {LabWeights} weights
 * @property {(table: LabTable, parts: number[]) => LabOvertaking[]} nextOvertaking
 * @property {(table: LabTable, parts: number[], a: number, b: number) => LabLead[]} leads
 * @property {(table: LabTable, parts: number[], region: number) => LabFirst} smallestFirst
 * @property {(table: LabTable, parts: number[]) => LabPodium | null} podium
 * @property {(table: LabTable, parts: number[], radius: number, seed: number) => LabSampling} sampling
 * @property {(table: LabTable, parts: number[], radius: number, draws: number, seed: number) => LabSample} sample
 */

/** @returns {LabCoreApi} */
function ParitranaLabCore() {
  "use strict";

  const POINT = 1_000_000; // a score is counted in millionths of a point
  const FULL = 100 * POINT;
  const MAX_PARTS = 1_000_000; // the sum of a set of weights is at most this
  const WHOLE = 10_000; // weights are moved in hundredths of a percent
  const KNOWN_SHARE = 0.6; // as in paritrana.gaps
  const CLOSE = 1e-12; // crossings nearer than this are compared as fractions: doubles err by less than 1e-15

  /** @param {ArrayLike<number>} values */
  function sumOf(values) {
    let total = 0;
    for (let at = 0; at < values.length; at++) total += values[at];
    return total;
  }

  /** @param {ArrayLike<unknown>} list */
  function positions(list) {
    return Array.from({ length: list.length }, (_, at) => at);
  }

  // ---- the table of a choice

  /**
   * Positions of the candidates.
   * @param {LabData} data
   * @param {LabChoice} choice
   */
  function candidatesOf(data, choice) {
    /** @param {LabProvince} province */
    const chosen = (province) => (choice.province === "ID" ? !province.fictional : province.code === choice.province);
    const codes = data.provinces.filter(chosen).map((province) => province.code);
    const nominees = new Set(codes.flatMap((code) => data.nominees[choice.year]?.[code] ?? []));
    return positions(data.regions).filter((at) => {
      const [code, , owner] = data.regions[at];
      return chosen(data.provinces[owner]) && (choice.candidates === "all" || nominees.has(code));
    });
  }

  /**
   * Regions of which anything is recorded.
   * @param {LabColumn[]} columns
   */
  function recordedOf(columns) {
    return new Set(columns.flatMap((column) => column.recorded.map((cell) => cell[0])));
  }

  /**
   * The criteria that count under an assumption, as positions in the rubric: see `paritrana.analysis`.
   * @param {LabData} data
   * @param {LabRubric} rubric
   * @param {LabColumn[]} columns of the rubric's criteria
   * @param {LabAssumption} assumption
   * @param {number[]} candidates
   */
  function countingCriteria(data, rubric, columns, assumption, candidates) {
    const among = new Set(candidates);
    return positions(columns).filter((at) => {
      const known = columns[at].recorded.filter(([region]) => among.has(region)).length;
      // What is never public (the interview) counts where it is recorded all the same: in the fictional province.
      const open = data.criteria[rubric.criteria[at]].indicator !== null || known > 0;
      if (assumption === "known") return open && known >= KNOWN_SHARE * candidates.length;
      return open || assumption === "anything";
    });
  }

  /**
   * Scores of some regions, N * K, and which of them come from a record.
   * @param {LabColumn[]} columns
   * @param {number[]} rows positions of the regions
   * @param {boolean} anything whether what is not recorded may be anything
   */
  function scoresOf(columns, rows, anything) {
    const row = new Map(rows.map((region, at) => [region, at]));
    const low = new Float64Array(rows.length * columns.length);
    const high = new Float64Array(low.length);
    /** @type {boolean[]} */
    const cells = Array(low.length).fill(false);
    columns.forEach(({ fill, filled, recorded }, k) => {
      /** @type {(at: number, least: number, most: number, known: boolean) => void} */
      const put = (at, least, most, known) => {
        low[at] = least;
        high[at] = most;
        cells[at] = known;
      };
      const [least, most] = (anything ? null : fill) ?? [0, FULL];
      for (let at = k; at < low.length; at += columns.length) put(at, least, most, false);
      for (const list of anything ? [recorded] : [filled, recorded]) {
        for (const [region, from, to] of list) {
          const at = row.get(region);
          if (at !== undefined) put(at * columns.length + k, from, to ?? from, list === recorded);
        }
      }
    });
    return { low, high, cells };
  }

  /**
   * Scores on a logarithmic scale, whole numbers: their weighted sum ranks as the geometric mean does.
   * @param {Float64Array} scores
   */
  function logScores(scores) {
    const least = Math.log(1 / POINT);
    const span = Math.log(FULL / POINT) - least;
    return scores.map((score) => halfEven(((Math.log(Math.max(score, 1) / POINT) - least) / span) * FULL));
  }

  /** @param {number} value */
  function halfEven(value) {
    const down = Math.floor(value);
    const rest = value - down;
    return rest > 0.5 || (rest === 0.5 && down % 2 !== 0) ? down + 1 : down;
  }

  /**
   * The announced podium as positions and ranks, and whether it is whole: from the first place on, all of it here.
   * @param {LabData} data
   * @param {LabChoice} choice
   * @param {string[]} codes
   */
  function podiumOf(data, choice, codes) {
    const announced = data.podiums[choice.year]?.[choice.province] ?? [];
    /** @type {[number, number][]} */
    const here = announced.map(([code, place]) => [codes.indexOf(code), place]);
    const fromFirstOn = here.every(([, own]) => own === 1 + here.filter(([, other]) => other < own).length);
    return {
      podium: here.filter(([at]) => at >= 0),
      podiumWhole: here.length > 0 && fromFirstOn && here.every(([at]) => at >= 0),
    };
  }

  /**
   * The table that a choice names; raises RangeError where the data know no such rubric or year.
   * @param {LabData} data
   * @param {LabChoice} choice
   * @returns {LabTable}
   */
  function table(data, choice) {
    const rubric = data.rubrics.find((one) => one.id === choice.rubric);
    const all = data.scores[choice.year];
    if (!rubric || !all) throw new RangeError(`no rubric ${choice.rubric} or year ${choice.year} in the data`);
    const candidates = candidatesOf(data, choice);
    const own = rubric.columns.map((at) => all[at]);
    const counting = countingCriteria(data, rubric, own, choice.assumption, candidates);
    const columns = counting.map((at) => own[at]);
    const [known, figured] = [recordedOf(all), recordedOf(columns)];
    const rows = choice.assumption === "known" ? candidates.filter((at) => figured.has(at)) : candidates;
    const codes = rows.map((at) => data.regions[at][0]);
    const { low, high, cells } = scoresOf(columns, rows, choice.assumption === "anything");
    const geometric = rubric.aggregation === "geometric";
    return {
      codes,
      names: rows.map((at) => data.regions[at][1]),
      provinces: rows.map((at) => data.regions[at][2]),
      recorded: rows.map((at) => known.has(at)),
      criteria: counting.map((at) => rubric.criteria[at]),
      titles: counting.map((at) => data.criteria[rubric.criteria[at]].title),
      leftOut: rubric.criteria.filter((_, at) => !counting.includes(at)),
      parts: counting.map((at) => rubric.parts[at]),
      low,
      middle: low.map((value, at) => Math.floor((value + high[at]) / 2)),
      high,
      least: geometric ? logScores(low) : low,
      most: geometric ? logScores(high) : high,
      cells,
      ties: rubric.ties,
      aggregation: rubric.aggregation,
      round: rubric.round,
      notRankable: candidates.filter((at) => !rows.includes(at)).map((at) => data.regions[at][0]),
      rankable: rows.length > 1 && columns.length > 0 && candidates.some((at) => known.has(at)),
      ...podiumOf(data, choice, codes),
    };
  }

  /**
   * Where the score of a region in a criterion is from; null where nobody recorded a figure that it rests on.
   * @param {LabData} data
   * @param {LabChoice} choice
   * @param {string} code
   * @param {string} criterion
   * @returns {LabOrigin | null}
   */
  function origin(data, choice, code, criterion) {
    const rubric = data.rubrics.find((one) => one.id === choice.rubric);
    const place = rubric?.columns[rubric.criteria.indexOf(criterion)] ?? -1;
    const { filled, recorded } = data.scores[choice.year]?.[place] ?? { filled: [], recorded: [] };
    const at = [...filled, ...recorded].findIndex(([region]) => data.regions[region][0] === code);
    const found = data.origins[choice.year]?.[place]?.[at];
    if (!found || (choice.assumption === "anything" && at < filled.length)) return null;
    const [kind, value, date, links] = found;
    return { kind: /** @type {LabOrigin["kind"]} */ (kind), value, date, links: links.map((link) => data.links[link]) };
  }

  // ---- ranks

  /**
   * @param {LabTable} table
   * @param {number[]} parts
   */
  function checkParts(table, parts) {
    const proper = parts.length === table.criteria.length && parts.every((part) => Number.isInteger(part) && part >= 0);
    const whole = proper ? sumOf(parts) : 0;
    if (whole < 1 || whole > MAX_PARTS) {
      throw new RangeError(`weights in whole parts, one for each of ${table.criteria.length} criteria, were expected`);
    }
  }

  /**
   * @param {Float64Array} scores N * K
   * @param {number[]} parts
   */
  function totals(scores, parts) {
    const made = new Float64Array(scores.length / parts.length);
    for (let row = 0, at = 0; row < made.length; row++) {
      for (let k = 0; k < parts.length; k++, at++) made[row] += scores[at] * parts[k];
    }
    return made;
  }

  /**
   * Totals in points.
   * @param {LabTable} table
   * @param {Float64Array} scores N * K, millionths of a point
   * @param {number[]} parts
   */
  function points(table, scores, parts) {
    const whole = sumOf(parts);
    if (table.aggregation === "additive") return totals(scores, parts).map((total) => total / (whole * POINT));
    return new Float64Array(scores.length / parts.length).map((_, row) => {
      let log = 0;
      // A weight of zero leaves a score out, also a score of zero.
      parts.forEach((part, k) => {
        if (part > 0) log += (part / whole) * Math.log(scores[row * parts.length + k] / POINT);
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
    if (table.aggregation === "geometric") return totals(logScores(table.middle), parts);
    return totals(doubled(table), parts); // twice the middle, without a half
  }

  /**
   * Twice the middle of what is added up, N * K.
   * @param {LabTable} table
   */
  function doubled(table) {
    return table.least.map((value, at) => value + table.most[at]);
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
      if (sorted[at] < value || (equal && sorted[at] === value)) from = at + 1;
      else to = at;
    }
    return from;
  }

  /**
   * @param {Float64Array} keys
   * @param {LabTable["ties"]} ties equal keys share the better rank, the worse, or the next one follows without a gap
   */
  function ranksOf(keys, ties) {
    const sorted = (ties === "dense" ? Float64Array.from(new Set(keys)) : keys.slice()).sort();
    const worse = ties === "max" ? 0 : 1;
    return Int32Array.from(keys, (key) => sorted.length - countBelow(sorted, key, ties !== "max") + worse);
  }

  /**
   * Best and worst rank that totals anywhere in [low, high] can give.
   * @param {Float64Array} low
   * @param {Float64Array} high
   */
  function rangesOf(low, high) {
    const [lows, highs] = [low.slice().sort(), high.slice().sort()];
    const best = Int32Array.from(high, (value) => 1 + lows.length - countBelow(lows, value, true));
    // A region does not pass itself.
    const worst = Int32Array.from(low, (value, at) => {
      return 1 + highs.length - countBelow(highs, value, true) - (high[at] > value ? 1 : 0);
    });
    return { best, worst };
  }

  /**
   * What each criterion adds to the total at the middle, points; of a geometric mean its part of the logarithm.
   * @param {LabTable} table
   * @param {number[]} parts
   * @param {Float64Array} middle
   */
  function contributionsOf(table, parts, middle) {
    const sums = doubled(table);
    const whole = totals(sums, parts);
    return sums.map((value, at) => {
      const row = Math.floor(at / parts.length);
      return whole[row] > 0 ? (value * parts[at % parts.length] * middle[row]) / whole[row] : 0;
    });
  }

  /**
   * The ranking under weights given as whole parts of their own sum, a million at most.
   * @param {LabTable} table
   * @param {number[]} parts
   * @returns {LabRanks}
   */
  function rank(table, parts) {
    checkParts(table, parts);
    const middle = points(table, table.middle, parts);
    const keys = rankKeys(table, parts, middle);
    const known = positions(keys).filter((at) => table.recorded[at]);
    const ranks = new Int32Array(keys.length);
    ranksOf(Float64Array.from(known, (at) => keys[at]), table.ties).forEach((value, at) => (ranks[known[at]] = value));
    const ranked = [...known].sort((one, other) => keys[other] - keys[one] || one - other);
    return {
      rank: ranks,
      low: points(table, table.low, parts),
      middle,
      high: points(table, table.high, parts),
      keys,
      ...rangesOf(totals(table.least, parts), totals(table.most, parts)),
      order: [...ranked, ...positions(keys).filter((at) => !table.recorded[at])],
      contributions: contributionsOf(table, parts, middle),
    };
  }

  // ---- weights: whole numbers that keep their sum

  /**
   * A sum shared in proportion, in whole numbers: rounded down, and the rest to the largest remainders (the first of
   * equal ones). Equally where all shares are zero.
   * @param {number} sum
   * @param {number[]} shares
   */
  function apportion(sum, shares) {
    const even = sumOf(shares) === 0 ? shares.map(() => 1) : shares;
    const whole = sumOf(even);
    const given = even.map((share) => Math.floor((sum * share) / whole));
    const remainders = even.map((share) => (sum * share) % whole);
    const largest = positions(even).sort((one, other) => remainders[other] - remainders[one] || one - other);
    for (const at of largest.slice(0, sum - sumOf(given))) given[at] += 1;
    return given;
  }

  /**
   * One weight moved, as far as locked ones leave room; the others that are not locked share the rest in proportion.
   * While a slider is held, call it with the weights at which it was taken: proportions are lost at zero.
   * @param {number[]} weights whole numbers; their sum stays
   * @param {boolean[]} locked these stay as they are; a locked one is not moved either
   * @param {number} index
   * @param {number} value
   */
  function move(weights, locked, index, value) {
    const free = positions(weights).filter((at) => at !== index && !locked[at]);
    const moved = [...weights];
    if (locked[index] || free.length === 0 || Number.isNaN(value)) return moved;
    const shares = free.map((at) => weights[at]);
    const room = sumOf(shares) + weights[index];
    moved[index] = Math.min(Math.max(Math.round(value), 0), room);
    apportion(room - moved[index], shares).forEach((given, at) => (moved[free[at]] = given));
    return moved;
  }

  /**
   * The smallest whole parts of the same proportions.
   * @param {number[]} given
   */
  function toParts(given) {
    const common = Number(given.map(BigInt).reduce(divisor, 0n)) || 1;
    return given.map((weight) => weight / common);
  }

  // ---- exact numbers

  /**
   * The greatest common divisor.
   * @param {bigint} one
   * @param {bigint} other
   */
  function divisor(one, other) {
    while (other !== 0n) [one, other] = [other, one % other];
    return one < 0n ? -one : one;
  }

  /**
   * @param {bigint} above
   * @param {bigint} below
   * @returns {LabFraction}
   */
  function fraction(above, below) {
    const common = divisor(above, below) * (below < 0n ? -1n : 1n);
    return [above / common, below / common];
  }

  /**
   * The double nearest to a fraction of at least zero.
   * @param {LabFraction} value
   */
  function nearestDouble([above, below]) {
    const shift = 68 + 4 * (below.toString(16).length - above.toString(16).length);
    const [over, under] = shift > 0 ? [above << BigInt(shift), below] : [above, below << BigInt(-shift)];
    // More bits than a double has, and a last one that says whether anything is left: it is rounded once.
    const bits = ((over / under) << 1n) | (over % under === 0n ? 0n : 1n);
    return Number(bits) * 2 ** (-shift - 1);
  }

  /**
   * The number that a positive double is, as a fraction.
   * @param {number} value
   * @returns {LabFraction}
   */
  function exactly(value) {
    let below = 1n;
    for (; !Number.isInteger(value); value *= 2) below *= 2n;
    return [BigInt(value), below];
  }

  /**
   * @param {LabFraction} one
   * @param {LabFraction} other
   */
  function compare(one, other) {
    const difference = one[0] * other[1] - other[0] * one[1];
    return difference < 0n ? -1 : Number(difference > 0n);
  }

  /**
   * Sum of products of whole doubles with whole numbers of any size.
   * @param {ArrayLike<number>} row
   * @param {bigint[]} parts
   */
  function product(row, parts) {
    return parts.reduce((sum, part, k) => sum + BigInt(row[k]) * part, 0n);
  }

  // ---- one weight moves, the others in proportion: every total is a straight line

  /**
   * Totals with none and with all of the weight on each criterion, N * K; one positive scale for each criterion.
   * @param {LabTable} table
   * @param {number[]} parts
   */
  function lineEnds(table, parts) {
    const scores = doubled(table);
    // The others of a criterion that has all the weight count one part each.
    const whole = sumOf(parts);
    const shapes = parts.map((own, k) => parts.map((part, j) => (j === k ? 0 : own === whole ? 1 : part)));
    const none = new Float64Array(scores.length);
    shapes.forEach((shape, k) => {
      totals(scores, shape).forEach((total, row) => (none[row * parts.length + k] = total));
    });
    const full = scores.map((score, at) => score * sumOf(shapes[at % parts.length]));
    return { none, full };
  }

  /**
   * The first change of the order of the ranked regions for each weight and direction, nearest first: see
   * `paritrana.engine.stability`. At the weight itself both are tied.
   * @param {LabTable} table
   * @param {number[]} parts
   * @returns {LabOvertaking[]}
   */
  function nextOvertaking(table, parts) {
    checkParts(table, parts);
    const { none, full } = lineEnds(table, parts);
    const criteria = parts.length;
    const pairs = neighbours(table, totals(doubled(table), parts));
    const rest = (/** @type {LabFraction} */ [above, below]) => fraction(below - above, below);
    const found = positions(parts).flatMap((k) => {
      /** @type {(ends: Float64Array) => number[]} */
      const ahead = (ends) => pairs.map(([upper, lower]) => ends[upper * criteria + k] - ends[lower * criteria + k]);
      const down = firstLost(ahead(none), ahead(full));
      const up = firstLost(ahead(full), ahead(none));
      const made = [];
      if (down) made.push(overtaking(parts, k, "down", rest(down.way), pairs[down.at]));
      if (up) made.push(overtaking(parts, k, "up", up.way, pairs[up.at]));
      return made;
    });
    const distances = new Map(found.map((one) => [one, fromPresent(parts, one.criterion, one.exact)]));
    const away = (/** @type {LabOvertaking} */ one) => /** @type {LabFraction} */ (distances.get(one));
    return criteria > 1 ? found.sort((one, other) => compare(away(one), away(other))) : [];
  }

  /**
   * Neighbours in the ranking, the upper first; tied ones both ways, because each must stay as high as the other.
   * @param {LabTable} table
   * @param {Float64Array} total
   * @returns {[number, number][]}
   */
  function neighbours(table, total) {
    const order = positions(total)
      .filter((at) => table.recorded[at])
      .sort((one, other) => total[other] - total[one] || one - other);
    /** @type {[number, number][]} */
    const downward = order.slice(1).map((lower, at) => [order[at], lower]);
    const tied = downward.filter(([upper, lower]) => total[upper] === total[lower]);
    return [...tied.map(([upper, lower]) => /** @type {[number, number]} */ ([lower, upper])), ...downward];
  }

  /**
   * The first crossing on the way from `before` (leads at its start) to `beyond` (at its end): which, and where.
   * @param {number[]} beyond
   * @param {number[]} before
   * @returns {{at: number, way: LabFraction} | null}
   */
  function firstLost(beyond, before) {
    const lost = positions(beyond).filter((at) => beyond[at] < 0);
    const where = lost.map((at) => before[at] / (before[at] - beyond[at]));
    const least = where.reduce((one, other) => Math.min(one, other), Infinity);
    let first = null;
    // Doubles tell all but the nearest, and those near them.
    for (const at of lost.filter((_, place) => where[place] <= least + CLOSE)) {
      const way = fraction(BigInt(before[at]), BigInt(before[at] - beyond[at]));
      if (!first || compare(way, first.way) < 0) first = { at, way };
    }
    return first;
  }

  /**
   * @param {number[]} parts
   * @param {number} criterion
   * @param {LabFraction} weight
   */
  function fromPresent(parts, criterion, weight) {
    const [whole, own] = [BigInt(sumOf(parts)), BigInt(parts[criterion])];
    const difference = weight[0] * whole - own * weight[1];
    return fraction(difference < 0n ? -difference : difference, weight[1] * whole);
  }

  /**
   * @param {number[]} parts
   * @param {number} criterion
   * @param {"up" | "down"} direction
   * @param {LabFraction} exact
   * @param {[number, number]} pair
   * @returns {LabOvertaking}
   */
  function overtaking(parts, criterion, direction, exact, [passed, passing]) {
    const distance = nearestDouble(fromPresent(parts, criterion, exact));
    return { criterion, direction, exact, weight: nearestDouble(exact), distance, up: passing, down: passed };
  }

  /**
   * Where `a` leads `b`, for each criterion: the segment of its own weight, others in proportion. An end inside
   * (0, 1) is a tie.
   * @param {LabTable} table
   * @param {number[]} parts
   * @param {number} a
   * @param {number} b
   * @returns {LabLead[]}
   */
  function leads(table, parts, a, b) {
    checkParts(table, parts);
    const { none, full } = lineEnds(table, parts);
    return parts.map((_, k) => {
      const at = (/** @type {number} */ row) => row * parts.length + k;
      // The only criterion of a table has weight 1 and nowhere to go.
      if (parts.length === 1) return lead(table.least[a] + table.most[a] - table.least[b] - table.most[b], 0, true);
      return lead(full[at(a)] - full[at(b)], none[at(a)] - none[at(b)], false);
    });
  }

  /**
   * @param {number} beyond the lead at weight 1
   * @param {number} before the lead at weight 0
   * @param {boolean} only whether the weight is 1 in any case
   * @returns {LabLead}
   */
  function lead(beyond, before, only) {
    const tied = beyond === 0 && before === 0;
    if (beyond <= 0 && before <= 0) return { segment: null, exact: null, tied };
    /** @type {LabFraction} */
    const crossing = before === beyond ? [0n, 1n] : fraction(BigInt(before), BigInt(before - beyond));
    /** @type {[LabFraction, LabFraction]} */
    const exact = [before > 0 ? [0n, 1n] : crossing, beyond > 0 ? [1n, 1n] : crossing];
    if (only) exact[0] = [1n, 1n];
    return { segment: [nearestDouble(exact[0]), nearestDouble(exact[1])], exact, tied };
  }

  // ---- the nearest weights that satisfy inequalities: see `paritrana.engine.smallest`, of which this is a copy.
  // Solved in doubles, in the same steps, so that of equal optima the same one is found; then computed and proved in
  // whole numbers; where the proof fails, solved in whole numbers.

  const NOISE = 1e-9; // a coefficient of a tableau of doubles below this is noise (rows are scaled to 1)
  const NEGATIVE = 1e-12; // a right side below minus this is not yet satisfied, in a tableau of doubles
  const MOST_PIVOTS = 1_000; // doubles that have not finished by then go round in circles

  /**
   * @typedef {object} Nearest the nearest weights, as whole parts; empty where a proof says that there are none
   * @property {bigint[]} parts
   * @property {LabFraction} distance
   * @property {number[]} binding rows that hold the weights where they are, or together exclude all
   *
   * @typedef {object} Programme left * z <= right, z >= 0, the sum of z least; z is what is added to and taken from
   *   each weight. The first rows are the inequalities asked for.
   * @property {number[][]} left
   * @property {number[]} right
   *
   * @typedef {object} End where the dual simplex method ends: labels (variables, then slacks) that are zero and not
   * @property {number[]} zero
   * @property {number[]} other
   * @property {LabFraction[] | null} blocked multiples of the rows whose sum no z >= 0 satisfies; null at an optimum
   */

  /**
   * The weights w nearest (L1) to `parts` with rows * w >= 0, weights not negative.
   * @param {number[][]} rows whole numbers
   * @param {number[]} parts
   * @returns {Nearest}
   */
  function nearest(rows, parts) {
    if (rows.every((row) => sumOf(row.map((value, k) => value * parts[k])) >= 0)) {
      return nearestOf(parts.map(BigInt), [0n, 1n], []);
    }
    const programme = programmeOf(rows, parts);
    const scale = programme.left.map((row) => Math.max(1, ...row.map(Math.abs)));
    const end = inDoubles(programme, scale, sumOf(parts));
    const found = end && proved(rows, parts, programme, end);
    const certain = found ?? proved(rows, parts, programme, inWholeNumbers(programme));
    if (!certain) throw new Error("a linear programme solved in whole numbers could not be proved");
    return certain;
  }

  /**
   * @param {bigint[]} parts
   * @param {LabFraction} distance
   * @param {number[]} binding
   */
  function nearestOf(parts, distance, binding) {
    const common = parts.reduce(divisor, 0n);
    return { parts: parts.map((part) => part / common), distance, binding };
  }

  /**
   * @param {number[][]} rows
   * @param {number[]} parts
   * @returns {Programme}
   */
  function programmeOf(rows, parts) {
    const each = positions(parts);
    const both = (/** @type {number[]} */ row) => [...row.map((value) => 0 - value), ...row];
    const [more, less] = [both(parts.map(() => -1)), both(parts.map(() => 1))];
    return {
      left: [...rows.map(both), ...each.map((k) => both(each.map((j) => Number(j === k)))), more, less],
      right: [...rows.map((row) => sumOf(row.map((value, k) => value * parts[k]))), ...parts, 0, 0],
    };
  }

  /**
   * The dual simplex method (Lemke 1954) in doubles, on the condensed tableau; null where it goes round in circles.
   * @param {Programme} programme
   * @param {number[]} scale of each row
   * @param {number} whole sum of the weights
   * @returns {End | null}
   */
  function inDoubles({ left, right }, scale, whole) {
    const variables = left[0].length;
    const tableau = left.map((row, at) => {
      return Float64Array.from([...row.map((value) => value / scale[at]), right[at] / scale[at] / whole]);
    });
    const cost = Float64Array.from([...Array(variables).fill(1), 0]);
    const zero = positions(cost).slice(0, variables);
    const other = left.map((_, at) => variables + at);
    for (let step = 0; step < MOST_PIVOTS; step++) {
      const row = tableau.reduce((least, one, at) => (one[variables] < tableau[least][variables] ? at : least), 0);
      if (!(tableau[row][variables] < -NEGATIVE)) return { zero, other, blocked: null };
      const column = entering(tableau[row], cost, variables);
      if (column === null) return { zero, other, blocked: multiples(tableau[row], zero, other[row], scale) };
      pivot([...tableau, cost], row, column);
      [zero[column], other[row]] = [other[row], zero[column]];
    }
    return null;
  }

  /**
   * The column that satisfies a row at least cost; of equal ones that of the largest coefficient.
   * @param {Float64Array} row
   * @param {Float64Array} cost
   * @param {number} variables
   */
  function entering(row, cost, variables) {
    let least = Infinity;
    for (let at = 0; at < variables; at++) if (row[at] < -NOISE) least = Math.min(least, cost[at] / -row[at]);
    let chosen = null;
    for (let at = 0; at < variables; at++) {
      const fits = row[at] < -NOISE && cost[at] / -row[at] <= least + NEGATIVE;
      if (fits && (chosen === null || row[at] < row[chosen])) chosen = at;
    }
    return chosen;
  }

  /**
   * Exchange the variable of a column with that of a row, in place.
   * @param {Float64Array[]} tableau
   * @param {number} row
   * @param {number} column
   */
  function pivot(tableau, row, column) {
    const head = tableau[row][column];
    const leading = tableau[row].map((value) => value / head);
    tableau.forEach((line, at) => {
      const side = line[column];
      if (at !== row) for (let j = 0; j < line.length; j++) line[j] -= side * leading[j];
      line[column] = -side / head;
    });
    tableau[row].set(leading);
    tableau[row][column] = 1 / head;
  }

  /**
   * The multiple of each row of the programme that stands in a row of the tableau: the coefficients of their slacks.
   * @param {Float64Array} row
   * @param {number[]} zero
   * @param {number} own
   * @param {number[]} scale
   */
  function multiples(row, zero, own, scale) {
    /** @type {LabFraction[]} */
    const made = scale.map(() => [0n, 1n]);
    [...zero, own].forEach((label, at) => {
      const value = at < zero.length ? row[at] : 1;
      const slack = label - zero.length;
      if (slack < 0 || !(value > 0)) return;
      const [above, below] = exactly(value);
      made[slack] = [above, below * BigInt(scale[slack])];
    });
    return made;
  }

  /**
   * The same method in whole numbers with one common denominator (Edmonds 1967), slow and certain: the smallest label
   * enters and leaves (Bland 1977), so that it ends.
   * @param {Programme} programme
   * @returns {End}
   */
  function inWholeNumbers({ left, right }) {
    const variables = left[0].length;
    /** @type {bigint[][]} */
    const tableau = [...left.map((row, at) => [...row, right[at]].map(BigInt)), [...Array(variables).fill(1n), 0n]];
    const zero = positions(left[0]);
    const other = left.map((_, at) => variables + at);
    for (let unit = 1n; ; ) {
      const cost = tableau[left.length];
      const negative = positions(left).filter((at) => tableau[at][variables] < 0n);
      if (negative.length === 0) return { zero, other, blocked: null };
      const row = negative.reduce((least, at) => (other[at] < other[least] ? at : least));
      const columns = positions(zero).filter((at) => tableau[row][at] < 0n);
      if (columns.length === 0) {
        /** @type {LabFraction[]} */
        const blocked = left.map(() => [0n, 1n]);
        zero.forEach((label, at) => label >= variables && (blocked[label - variables] = [tableau[row][at], 1n]));
        blocked[other[row] - variables] = [unit, 1n];
        return { zero, other, blocked };
      }
      /** @type {(one: number, two: number) => bigint} */
      const dearer = (one, two) => cost[two] * tableau[row][one] - cost[one] * tableau[row][two];
      const column = columns.reduce((best, at) => {
        const difference = dearer(best, at);
        return difference > 0n || (difference === 0n && zero[at] < zero[best]) ? at : best;
      });
      unit = pivotWhole(tableau, row, column, unit);
      [zero[column], other[row]] = [other[row], zero[column]];
    }
  }

  /**
   * @param {bigint[][]} tableau
   * @param {number} row
   * @param {number} column
   * @param {bigint} unit the common denominator
   * @returns {bigint} the new one
   */
  function pivotWhole(tableau, row, column, unit) {
    const leading = tableau[row];
    const head = leading[column];
    const sign = head < 0n ? -1n : 1n;
    tableau.forEach((line, at) => {
      if (at === row) return;
      const side = line[column];
      tableau[at] = line.map((value, j) => (sign * (value * head - side * leading[j])) / unit);
      tableau[at][column] = -sign * side;
    });
    tableau[row] = leading.map((value, j) => (j === column ? sign * unit : sign * value));
    return sign * head;
  }

  /**
   * An end computed again and tested in whole numbers; null where it does not stand the test.
   * @param {number[][]} rows
   * @param {number[]} parts
   * @param {Programme} programme
   * @param {End} end
   */
  function proved(rows, parts, programme, end) {
    return end.blocked ? exclusion(rows, end.blocked) : optimum(rows, parts, programme, end);
  }

  /**
   * Proof that no weights do it (Farkas 1902): multiples of the rows whose sum is negative in each criterion.
   * @param {number[][]} rows
   * @param {LabFraction[]} blocked
   * @returns {Nearest | null}
   */
  function exclusion(rows, blocked) {
    const used = positions(rows).filter((row) => blocked[row][0] !== 0n);
    const common = used.reduce((all, row) => (all / divisor(all, blocked[row][1])) * blocked[row][1], 1n);
    const shares = used.map((row) => (common / blocked[row][1]) * blocked[row][0]);
    const excluded = positions(rows[0]).every((k) => product(used.map((row) => rows[row][k]), shares) < 0n);
    return excluded && used.length > 0 ? { parts: [], distance: [0n, 1n], binding: used } : null;
  }

  /**
   * Proof of an optimum: the vertex satisfies all rows, and multiples of the tight ones price no other below it.
   * @param {number[][]} rows
   * @param {number[]} parts
   * @param {Programme} programme
   * @param {End} end
   * @returns {Nearest | null}
   */
  function optimum(rows, parts, { left, right }, { zero, other }) {
    const variables = zero.length;
    const ascending = (/** @type {number} */ one, /** @type {number} */ two) => one - two;
    const tight = zero.filter((label) => label >= variables).sort(ascending).map((label) => label - variables);
    const free = other.filter((label) => label < variables).sort(ascending);
    const values = solved(tight.map((row) => free.map((column) => left[row][column])), tight.map((row) => right[row]));
    const prices = solved(free.map((column) => tight.map((row) => left[row][column])), free.map(() => -1));
    if (!values || !prices || [...values.over, ...prices.over].some((value) => value < 0n)) return null;
    const cheaper = positions(zero).some((column) => {
      return prices.under + product(tight.map((row) => left[row][column]), prices.over) < 0n;
    });
    const moved = parts.map((part) => BigInt(part) * values.under);
    free.forEach((label, at) => {
      moved[label % parts.length] += label < parts.length ? values.over[at] : -values.over[at];
    });
    const holds = [...moved, ...rows.map((row) => product(row, moved))].every((value) => value >= 0n);
    if (cheaper || !holds) return null;
    const length = values.over.reduce((sum, value) => sum + value, 0n);
    const binding = tight.filter((row, at) => row < rows.length && prices.over[at] > 0n);
    return nearestOf(moved, fraction(length, values.under * BigInt(sumOf(parts))), binding);
  }

  /**
   * Solution of a square system: numerators and one positive denominator; null if singular. Elimination without
   * fractions (Bareiss 1968).
   * @param {number[][]} matrix
   * @param {number[]} right
   */
  function solved(matrix, right) {
    const work = matrix.map((row, at) => [...row, right[at]].map(BigInt));
    let before = 1n;
    for (let step = 0; step < work.length; step++) {
      const from = work.findIndex((row, at) => at >= step && row[step] !== 0n);
      if (from < 0) return null;
      [work[step], work[from]] = [work[from], work[step]];
      const leading = work[step];
      const head = leading[step];
      work.forEach((row, at) => {
        if (at !== step) work[at] = row.map((value, j) => (head * value - row[step] * leading[j]) / before);
      });
      before = head;
    }
    const sign = before > 0n ? 1n : -1n;
    return { over: work.map((row) => sign * row[work.length]), under: sign * before };
  }

  /**
   * @param {bigint[]} parts
   * @returns {number[]} weights of sum 1
   */
  function shares(parts) {
    const whole = parts.reduce((sum, part) => sum + part, 0n);
    return parts.map((part) => nearestDouble([part, whole]));
  }

  /**
   * Weights in hundredths of a percent at which all rows hold, beside the nearest ones: these are often a tie on a
   * knife edge, which rounding would lose. Null where there are none so near.
   * @param {number[][]} rows
   * @param {number[]} parts
   * @param {bigint[]} found
   */
  function onGrid(rows, parts, found) {
    // A margin that rounding cannot use up: no weight moves by more than one hundredth of a percent.
    const inside = nearest(
      rows.map((row) => {
        const margin = Math.ceil(((Math.max(...row) - Math.min(...row)) * row.length) / (2 * WHOLE));
        return row.map((value) => value - margin);
      }),
      parts,
    );
    for (const around of [found, inside.parts]) {
      const near = around.length > 0 ? gridPoint(rows, shares(around).map((share) => share * WHOLE)) : null;
      if (near) return near;
    }
    return null;
  }

  /**
   * The nearest whole weights around a point at which all rows hold; null where none of those beside it will do.
   * @param {number[][]} rows
   * @param {number[]} point sum WHOLE
   */
  function gridPoint(rows, point) {
    /** @type {number[][]} */
    let made = [[]];
    for (const value of point.slice(1)) {
      const steps = [-1, 0, 1, 2].map((step) => Math.floor(value) + step).filter((weight) => weight >= 0);
      made = made.flatMap((weights) => steps.map((weight) => [...weights, weight]));
    }
    const away = (/** @type {number[]} */ weights) => sumOf(weights.map((weight, k) => Math.abs(weight - point[k])));
    const beside = made.map((weights) => [WHOLE - sumOf(weights), ...weights]).filter((weights) => weights[0] >= 0);
    const told = beside.map((weights) => ({ weights, away: away(weights) })).sort((one, two) => one.away - two.away);
    const asked = Float64Array.from(rows.flat());
    return told.find(({ weights }) => totals(asked, weights).every((total) => total >= 0))?.weights ?? null;
  }

  /**
   * The smallest change of the weights (L1) that makes a region first or tied first, at the middle of the intervals,
   * or the proof that none does. As in the book, regions without a record count with the middle of what is plausible.
   * @param {LabTable} table
   * @param {number[]} parts
   * @param {number} region
   * @returns {LabFirst}
   */
  function smallestFirst(table, parts, region) {
    checkParts(table, parts);
    const [criteria, scores] = [parts.length, doubled(table)];
    const own = scores.slice(region * criteria, (region + 1) * criteria);
    const rows = table.codes.map((_, at) => Array.from(own, (value, k) => value - scores[at * criteria + k]));
    const always = rows.findIndex((row) => row.every((value) => value < 0));
    if (always >= 0) return { ...nothing(), near: null, tied: [], rivals: [always] };
    const rivals = positions(rows).filter((at) => rows[at].some((value) => value < 0));
    const asked = rivals.map((at) => rows[at]);
    const found = nearest(asked, parts);
    const answer = answerOf(found);
    const ties = (/** @type {number} */ at) => at !== region && product(rows[at], found.parts) === 0n;
    return {
      ...answer,
      near: answer.possible ? onGrid(asked, parts, found.parts) : null,
      tied: answer.possible ? positions(rows).filter(ties) : [],
      rivals: found.binding.map((row) => rivals[row]),
    };
  }

  function nothing() {
    return { possible: false, distance: NaN, weights: [], parts: [] };
  }

  /** @param {Nearest} found */
  function answerOf({ parts, distance }) {
    if (parts.length === 0) return nothing();
    return { possible: true, distance: nearestDouble(distance), weights: shares(parts), parts };
  }

  // ---- the announced podium: see `paritrana.engine.inverse`

  /**
   * The weights nearest to the given ones under which the announced podium comes out, or the proof that there are none;
   * null where no podium was announced from the first place on, not all of it is in the table, or nothing is recorded.
   * @param {LabTable} table
   * @param {number[]} parts
   * @returns {LabPodium | null}
   */
  function podium(table, parts) {
    checkParts(table, parts);
    if (!table.podiumWhole || !table.rankable) return null;
    return { middle: reproduction(table, parts, false), free: reproduction(table, parts, true) };
  }

  /**
   * @param {LabTable} table
   * @param {number[]} parts
   * @param {boolean} free whether values are any inside their intervals
   * @returns {LabPodiumAnswer}
   */
  function reproduction(table, parts, free) {
    const places = [...new Set(table.podium.map(([, place]) => place))].sort((one, two) => one - two);
    const level = table.codes.map(() => places.length);
    for (const [at, place] of table.podium) level[at] = places.indexOf(place);
    // With known values the order of neighbouring places gives that of all; with free values each pair counts.
    const last = (/** @type {number} */ above) => (free ? places.length : level[above] + 1);
    const pairs = table.podium.flatMap(([above]) =>
      positions(level)
        .filter((below) => below !== above && level[below] >= level[above] && level[below] <= last(above))
        .map((below) => /** @type {[number, number]} */ ([above, below])),
    );
    const rows = pairs.map(([above, below]) => leadOf(table, parts.length, above, below, free));
    const found = nearest(rows, parts);
    // Rows hold twice the scores: a lead of two is a millionth of a point.
    const ahead = rows.map((row, at) => row.map((value) => value - 2 * (level[pairs[at][1]] - level[pairs[at][0]])));
    const answer = answerOf(found);
    return {
      ...answer,
      clear: nearest(ahead, parts).parts.length > 0,
      near: answer.possible ? onGrid(rows, parts, found.parts) : null,
      conflict: answer.possible ? [] : found.binding.map((row) => pairs[row]),
    };
  }

  /**
   * Twice the lead of a region over another in each criterion, with `free` values at its best.
   * @param {LabTable} table
   * @param {number} criteria
   * @param {number} above
   * @param {number} below
   * @param {boolean} free
   */
  function leadOf({ least, most }, criteria, above, below, free) {
    return Array.from({ length: criteria }, (_, k) => {
      const [one, other] = [above * criteria + k, below * criteria + k];
      return free ? 2 * (most[one] - least[other]) : least[one] + most[one] - (least[other] + most[other]);
    });
  }

  // ---- random weights and values

  /**
   * Random numbers in [0, 1): xoshiro128** (Blackman and Vigna 2018), its state from splitmix32 of the seed.
   * @param {number} seed a whole number from 0 to 2 ** 32 - 1
   */
  function generator(seed) {
    let from = seed >>> 0;
    const state = new Int32Array(4).map(() => {
      from = (from + 0x9e3779b9) | 0;
      let mixed = Math.imul(from ^ (from >>> 16), 0x21f0aaad);
      mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
      return mixed ^ (mixed >>> 15);
    });
    let [a, b, c, d] = state;
    return () => {
      const five = Math.imul(b, 5);
      const drawn = Math.imul((five << 7) | (five >>> 25), 9) >>> 0;
      const shifted = b << 9;
      c ^= a;
      d ^= b;
      b ^= c;
      a ^= d;
      c ^= shifted;
      d = (d << 11) | (d >>> 21);
      return drawn / 2 ** 32;
    };
  }

  /**
   * Least and greatest weights within `radius` of the present ones that weights of sum one can have.
   * @param {number[]} parts
   * @param {number} radius
   */
  function boxOf(parts, radius) {
    const whole = sumOf(parts);
    const lower = parts.map((part) => Math.max(part / whole - radius, 0));
    const upper = parts.map((part) => Math.min(part / whole + radius, 1));
    const [below, above] = [1 - sumOf(lower), 1 - sumOf(upper)];
    // What one weight may be depends on what the others leave.
    return {
      least: lower.map((value, k) => Math.max(value, upper[k] + above)),
      most: upper.map((value, k) => Math.min(value, lower[k] + below)),
    };
  }

  /**
   * Draws weights uniformly from the box within the simplex: from a simplex or a box around it, whichever hits more
   * often in a trial, until one lies inside. Whole parts of a million.
   * @param {number[]} parts
   * @param {number} radius share of the sum, to either side
   * @param {() => number} random
   * @returns {() => number[]}
   */
  function weightDraws(parts, radius, random) {
    const { least, most } = boxOf(parts, radius);
    if (Math.max(...most.map((value, k) => value - least[k])) <= 1e-12) return () => parts;
    const room = 1 - sumOf(least);
    const widest = positions(most).reduce((best, k) => (most[k] - least[k] > most[best] - least[best] ? k : best), 0);
    const simplex = (/** @type {() => number} */ next) => {
      const waits = parts.map(() => -Math.log(1 - next()));
      const whole = sumOf(waits);
      return waits.map((wait, k) => least[k] + (room * wait) / whole);
    };
    const box = (/** @type {() => number} */ next) => {
      const drawn = parts.map((_, k) => (k === widest ? 0 : least[k] + (most[k] - least[k]) * next()));
      drawn[widest] = 1 - sumOf(drawn);
      return drawn;
    };
    const inside = (/** @type {number[]} */ drawn) => drawn.every((part, k) => part >= least[k] && part <= most[k]);
    const hits = (/** @type {typeof box} */ around) => {
      const trial = generator(0);
      return positions(Array(512)).filter(() => inside(around(trial))).length;
    };
    const around = hits(simplex) > hits(box) ? simplex : box;
    return () => {
      for (;;) {
        const drawn = around(random);
        if (inside(drawn)) return drawn.map((weight) => Math.round(weight * MAX_PARTS));
      }
    };
  }

  /**
   * Ranks under random weights and values: weights uniform in the box of `parts` plus and minus `radius` (a share: 0.1
   * is ten points of a hundred) within the simplex, values uniform in their intervals, independent of each other.
   * Equal totals share the better rank. The same seed gives the same draws, however they are cut.
   * @param {LabTable} table
   * @param {number[]} parts
   * @param {number} radius
   * @param {number} seed
   * @returns {LabSampling}
   */
  function sampling(table, parts, radius, seed) {
    checkParts(table, parts);
    const random = generator(seed);
    const weights = weightDraws(parts, radius, random);
    const [count, criteria] = [table.codes.length, parts.length];
    const counts = new Uint32Array(count * count);
    const open = positions(table.least).filter((at) => table.most[at] > table.least[at]);
    const owner = Int32Array.from(open, (at) => Math.floor(at / criteria));
    const column = Int32Array.from(open, (at) => at % criteria);
    const width = Float64Array.from(open, (at) => table.most[at] - table.least[at]);
    let done = 0;
    return {
      draw(draws) {
        for (let left = draws; left > 0; left--) {
          const drawn = weights();
          const total = totals(table.least, drawn);
          for (let at = 0; at < width.length; at++) {
            total[owner[at]] += drawn[column[at]] * Math.round(random() * width[at]);
          }
          const sorted = total.slice().sort();
          for (let row = 0; row < count; row++) counts[row * count + count - countBelow(sorted, total[row], true)]++;
        }
        done += draws;
      },
      result: () => ({ draws: done, radius, counts: counts.slice(), ...summary(counts, count, done) }),
    };
  }

  /**
   * Mean rank, share of first and first three places, and the central 90 % of draws of each region.
   * @param {Uint32Array} counts N * N
   * @param {number} count
   * @param {number} draws
   */
  function summary(counts, count, draws) {
    const tail = 0.05;
    const [expected, first, top3] = [new Float64Array(count), new Float64Array(count), new Float64Array(count)];
    const [best, worst] = [new Int32Array(count).fill(1), new Int32Array(count).fill(1)];
    for (let row = 0; row < count; row++) {
      let cumulative = 0;
      for (let place = 1; place <= count; place++) {
        const share = counts[row * count + place - 1] / draws;
        cumulative += share;
        expected[row] += share * place;
        if (place === 1) first[row] = cumulative;
        if (place <= 3) top3[row] = cumulative;
        // The smallest rank whose cumulative share exceeds the tail; 1e-12 absorbs the rounding of sums.
        if (cumulative <= tail + 1e-12) best[row] = place + 1;
        if (cumulative < 1 - tail - 1e-12) worst[row] = place + 1;
      }
    }
    return { expected, first, top3, best, worst };
  }

  /**
   * @param {LabTable} table
   * @param {number[]} parts
   * @param {number} radius
   * @param {number} draws
   * @param {number} seed
   */
  function sample(table, parts, radius, draws, seed) {
    const drawing = sampling(table, parts, radius, seed);
    drawing.draw(draws);
    return drawing.result();
  }

  const weights = Object.freeze({
    WHOLE,
    move,
    equal: (/** @type {number} */ count) => apportion(WHOLE, Array(count).fill(1)),
    only: (/** @type {number} */ count, /** @type {number} */ index) =>
      positions(Array(count)).map((at) => (at === index ? WHOLE : 0)),
    fromParts: (/** @type {number[]} */ parts) => apportion(WHOLE, parts),
    toParts,
  });

  return Object.freeze({ table, origin, rank, weights, nextOvertaking, leads, smallestFirst, podium, sampling, sample });
}
