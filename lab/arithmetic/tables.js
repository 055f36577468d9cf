// @ts-check
/*
 * The table of a choice, out of the nation's data: `paritrana.analysis`.
 */

/**
 * @param {ReturnType<typeof ParitranaLabNumbers>} numbers
 * @param {ReturnType<typeof ParitranaLabRanks>} ranks
 * @param {ReturnType<typeof ParitranaLabEstimates>} estimates
 */
function ParitranaLabTables(numbers, ranks, estimates) {
  "use strict";

  const { positions } = numbers;
  const { FULL, logScores } = ranks;
  const KNOWN_SHARE = 0.6; // as in paritrana.gaps

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
   * What is modelled for a choice; null where it does not ask for it, or where its province's script is not there.
   * @param {LabData} data
   * @param {LabChoice} choice
   */
  function modelledOf(data, choice) {
    return (choice.assumption === "modelled" && data.estimates[choice.province]) || null;
  }

  /**
   * The assumption that a choice is ranked under: values are plausible ones where nothing is there that is modelled.
   * @param {LabData} data
   * @param {LabChoice} choice
   * @returns {LabAssumption}
   */
  function assumptionOf(data, choice) {
    return choice.assumption !== "modelled" || modelledOf(data, choice) ? choice.assumption : "plausible";
  }

  /**
   * A column with what stands in for a record under an assumption.
   * @param {LabColumn} column
   * @param {LabAssumption} assumption
   * @param {LabModelled | null} modelled
   */
  function assumed({ fill, filled, recorded }, assumption, modelled) {
    if (modelled) return { fill: null, filled: modelled.ranges, recorded };
    return assumption === "anything" ? { fill: null, filled: [], recorded } : { fill, filled, recorded };
  }

  /**
   * Scores of some regions, N * K, and which of them come from a record.
   * @param {LabColumn[]} columns
   * @param {number[]} rows positions of the regions
   */
  function scoresOf(columns, rows) {
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
      const [least, most] = fill ?? [0, FULL];
      for (let at = k; at < low.length; at += columns.length) put(at, least, most, false);
      for (const list of [filled, recorded]) {
        for (const [region, from, to] of list) {
          const at = row.get(region);
          if (at !== undefined) put(at * columns.length + k, from, to ?? from, list === recorded);
        }
      }
    });
    return { low, high, cells };
  }

  /** Whether figures of neighbouring years say nothing: they only make what is plausible. @param {LabAssumption} one */
  const apart = (one) => one === "anything" || one === "modelled";

  /**
   * What speaks against the figures of each region in some columns, each doubt once.
   * @param {LabData} data
   * @param {LabChoice} choice
   * @param {number[]} columns  positions in the scores of the year
   * @param {number[]} rows
   */
  function doubtsOf(data, choice, columns, rows) {
    /** @type {Map<number, Set<string>>} */
    const found = new Map(rows.map((region) => [region, new Set()]));
    for (const place of columns) {
      const { filled, recorded } = data.scores[choice.year][place];
      const cells = [...filled, ...recorded];
      data.origins[choice.year][place].forEach(([, , , , doubts = []], at) => {
        if (apart(assumptionOf(data, choice)) && at < filled.length) return;
        for (const doubt of doubts) found.get(cells[at][0])?.add(data.doubts[doubt]);
      });
    }
    return rows.map((region) => [...(found.get(region) ?? [])]);
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
    const assumption = assumptionOf(data, choice);
    const counting = countingCriteria(data, rubric, own, assumption, candidates);
    const columns = counting.map((at) => own[at]);
    const [known, figured] = [recordedOf(all), recordedOf(columns)];
    const rows = assumption === "known" ? candidates.filter((at) => figured.has(at)) : candidates;
    const codes = rows.map((at) => data.regions[at][0]);
    const province = modelledOf(data, choice);
    const modelled = counting.map((at) => province?.years[choice.year]?.[rubric.columns[at]] ?? null);
    const gaps = columns.map((column, k) => assumed(column, assumption, modelled[k]));
    const { low, high, cells } = scoresOf(gaps, rows);
    const drawn = province && modelled.some((column) => column?.drawn.length);
    const sample = drawn ? estimates.sample(province, modelled, rows, low) : null;
    const geometric = rubric.aggregation === "geometric";
    return {
      assumption,
      codes,
      names: rows.map((at) => data.regions[at][1]),
      provinces: rows.map((at) => data.regions[at][2]),
      recorded: rows.map((at) => Boolean(data.own) || known.has(at)),
      criteria: counting.map((at) => rubric.criteria[at]),
      titles: counting.map((at) => data.criteria[rubric.criteria[at]].title),
      leftOut: rubric.criteria.filter((_, at) => !counting.includes(at)),
      parts: counting.map((at) => rubric.parts[at]),
      low,
      middle: low.map((value, at) => Math.floor((value + high[at]) / 2)),
      high,
      least: geometric ? logScores(low) : low,
      most: geometric ? logScores(high) : high,
      sample: sample && geometric ? logScores(sample) : sample,
      doubts: doubtsOf(data, choice, counting.map((at) => rubric.columns[at]), rows),
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
    if (!found || (apart(assumptionOf(data, choice)) && at < filled.length)) return null;
    const [kind, value, date, links, doubts = []] = found;
    return {
      kind: /** @type {LabOrigin["kind"]} */ (kind),
      value,
      date,
      links: links.map((link) => data.links[link]),
      doubts: doubts.map((doubt) => data.doubts[doubt]),
    };
  }

  return Object.freeze({ table, origin });
}
