// @ts-check
/*
 * The table of a choice, out of the nation's data: `paritrana.analysis`.
 */

/**
 * @param {ReturnType<typeof ParitranaLabNumbers>} numbers
 * @param {ReturnType<typeof ParitranaLabRanks>} ranks
 */
function ParitranaLabTables(numbers, ranks) {
  "use strict";

  const { positions } = numbers;
  const { FULL, logScores } = ranks;
  const KNOWN_SHARE = 0.6; // as in paritrana.gaps
  const TURN = 7; // draws by which each province is turned against the one before, where all gaps are alike

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
   * @param {LabAssumption} assumption
   */
  function scoresOf(columns, rows, assumption) {
    const row = new Map(rows.map((region, at) => [region, at]));
    const low = new Float64Array(rows.length * columns.length);
    const high = new Float64Array(low.length);
    /** @type {boolean[]} */
    const cells = Array(low.length).fill(false);
    columns.forEach(({ fill, filled, modelled, recorded }, k) => {
      /** @type {(at: number, least: number, most: number, known: boolean) => void} */
      const put = (at, least, most, known) => {
        low[at] = least;
        high[at] = most;
        cells[at] = known;
      };
      const [least, most] = (assumption === "anything" ? null : fill) ?? [0, FULL];
      const gaps = assumption === "anything" ? [] : assumption === "modelled" ? modelled : filled;
      for (let at = k; at < low.length; at += columns.length) put(at, least, most, false);
      for (const list of [gaps, recorded]) {
        for (const [region, from, to] of list) {
          const at = row.get(region);
          if (at !== undefined) put(at * columns.length + k, from, to ?? from, list === recorded);
        }
      }
    });
    return { low, high, cells };
  }

  /** @param {string} packed bytes in base64 */
  function bytesOf(packed) {
    return Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
  }

  /**
   * Joint draws of the scores of some regions, D * N * K: what is one number is the same in each.
   * @param {LabData} data
   * @param {LabColumn[]} columns
   * @param {number[]} rows positions of the regions
   * @param {Float64Array} low
   */
  function sampleOf(data, columns, rows, low) {
    const [draws, steps] = data.draws;
    const sample = new Float64Array(draws * low.length);
    for (let draw = 0; draw < draws; draw++) sample.set(low, draw * low.length);
    const firsts = data.provinces.map((_, owner) => data.regions.findIndex((region) => region[2] === owner));
    columns.forEach(({ modelled, drawn, packed, alike }, k) => {
      const own = new Map(drawn.map(([region], at) => [region, at]));
      const missing = new Set(modelled.map(([region]) => region));
      const [bytes, shared] = [bytesOf(packed), bytesOf(alike ? alike[2] : "")];
      /** @type {(row: number, from: Uint8Array, start: number, turn: number, least: number, most: number) => void} */
      const put = (row, from, start, turn, least, most) => {
        for (let draw = 0; draw < draws; draw++) {
          const step = from[start + ((draw + turn) % draws)];
          sample[draw * low.length + row * columns.length + k] = least + Math.floor(((most - least) * step) / steps + 0.5);
        }
      };
      rows.forEach((region, row) => {
        const at = own.get(region);
        const owner = data.regions[region][2];
        if (at !== undefined) put(row, bytes, at * draws, 0, drawn[at][1], drawn[at][2]);
        else if (alike && missing.has(region)) {
          put(row, shared, (region - firsts[owner]) * draws, owner * TURN, alike[0], alike[1]);
        }
      });
    });
    return sample;
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
    const { low, high, cells } = scoresOf(columns, rows, choice.assumption);
    const sample = choice.assumption === "modelled" ? sampleOf(data, columns, rows, low) : null;
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
      sample: sample && geometric ? logScores(sample) : sample,
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
    const apart = choice.assumption === "anything" || choice.assumption === "modelled"; // from the years around
    if (!found || (apart && at < filled.length)) return null;
    const [kind, value, date, links] = found;
    return { kind: /** @type {LabOrigin["kind"]} */ (kind), value, date, links: links.map((link) => data.links[link]) };
  }

  return Object.freeze({ table, origin });
}
