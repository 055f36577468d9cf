// @ts-check
"use strict";

/**
 * What is chosen in the lab, and how it is written into an address and read back.
 *
 * An address is `#v=1&p=13&y=2024&r=hypothesis-a&w=3.2.1.1.1&d=DATA&h=CHECK`: the version of this form, what is
 * chosen, the weights as whole parts of their own sum, the version of the data, and a check of all that stands before
 * it. What messengers do to an address on its way is undone: marks written as `&amp;` or `%26`, and whatever they hang
 * on after the check, a full stop or a tracker. Whatever is no such address then, also one that was cut short, is none:
 * `read` gives null. `#p=13` is an address too, of a province with all else as at the start. The book's own pages,
 * which were made of the same data, leave their version out (`paritrana/pages/lab_address.py`).
 *
 * @typedef {{rubric: string} | {parts: number[]}} LabScenario  a rubric as it is, or weights that somebody kept
 * @typedef {object} LabState
 * @property {string} province      a province's code, "ID" for the nation, or the code of the example
 * @property {number} year          assessment year
 * @property {string} rubric        the rubric to start from
 * @property {"all" | "nominees"} candidates
 * @property {LabAssumption} assumption
 * @property {number[]} parts       weights as whole parts, in the order of the table's criteria
 * @property {boolean[]} locked     which of the weights stay
 * @property {number} radius        how far each weight may move, in percentage points
 * @property {LabScenario[]} scenarios  at most three
 * @property {string[]} pair        two regions that are compared, or none
 *
 * @param {LabData} data
 * @param {string} version  of the data
 * @param {LabChoice} first  what is shown where no address says otherwise
 * @param {(choice: LabChoice) => LabTable} tableOf  the table of a choice; without criteria where nothing can be ranked
 */
function ParitranaLabState(data, version, first, tableOf) {
  const VERSION = "1";
  const LONGEST = 1200; // characters of an address's fragment; three scenarios of seven weights take 300
  const MOST_PARTS = 1e6; // sum of the parts, as in the engine: every total stays exact
  const MOST_SCENARIOS = 3;
  const RADIUS = 10; // percentage points that each weight may move at first
  const CANDIDATES = /** @type {const} */ (["all", "nominees"]);
  const ASSUMPTIONS = /** @type {const} */ (["modelled", "plausible", "anything", "known"]);
  const KEYS = "vpyrcawlqsxdh";

  /** @type {(a: number, b: number) => number} */
  const gcd = (a, b) => (b ? gcd(b, a % b) : a);

  /** @type {(parts: number[]) => number} */
  const sum = (parts) => parts.reduce((total, part) => total + part, 0);

  /**
   * The same weights in the smallest whole parts.
   * @param {number[]} parts
   */
  function reduced(parts) {
    const common = parts.reduce(gcd, 0) || 1;
    return parts.map((part) => part / common);
  }

  /**
   * Weights carried over to other criteria: those that both have keep their proportions and share what the rubric gives
   * to them; the others have what the rubric gives them.
   * @param {string[]} before  criteria of `parts`
   * @param {number[]} parts
   * @param {{criteria: string[], parts: number[]}} table
   */
  function carried(before, parts, table) {
    const own = table.criteria.map((id) => parts[before.indexOf(id)]);
    const kept = sum(own.map((part) => part ?? 0));
    if (!kept) return table.parts.slice();
    const shared = sum(table.parts.filter((_, at) => own[at] !== undefined));
    const mixed = reduced(own.map((part, at) => (part === undefined ? table.parts[at] * kept : part * shared)));
    const whole = sum(mixed);
    return whole && whole <= MOST_PARTS ? mixed : whole ? rounded(mixed, MOST_PARTS) : table.parts.slice();
  }

  /**
   * Weights as whole parts of a given sum: rounded down, what is left goes to the largest remainders.
   * @param {number[]} weights
   * @param {number} whole
   */
  function rounded(weights, whole) {
    const exact = weights.map((weight) => (weight * whole) / sum(weights));
    const parts = exact.map(Math.floor);
    const order = exact.map((_, at) => at).sort((a, b) => exact[b] - parts[b] - (exact[a] - parts[a]) || a - b);
    for (let left = whole - sum(parts), at = 0; left > 0; left -= 1, at += 1) parts[order[at]] += 1;
    return parts;
  }

  /**
   * What is shown where no address says otherwise; of another province where one is named.
   * @param {string} [province]
   * @returns {LabState}
   */
  function start(province = first.province) {
    const choice = { ...first, province };
    const { parts } = tableOf(choice);
    return { ...choice, parts: parts.slice(), locked: parts.map(() => false), radius: RADIUS, scenarios: [], pair: [] };
  }

  /**
   * A check of a text: FNV-1a in 32 bits, written in base 36.
   * @param {string} text
   */
  function check(text) {
    let hash = 0x811c9dc5;
    for (const letter of text) hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193) >>> 0;
    return hash.toString(36);
  }

  /** @type {(parts: number[]) => string} */
  const dotted = (parts) => reduced(parts).join(".");

  /**
   * The fragment of an address that `read` turns into the same state.
   * @param {LabState} state
   */
  function write(state) {
    const scenarios = state.scenarios.map((one) => ("rubric" in one ? one.rubric : dotted(one.parts)));
    /** @type {[string, string][]} */
    const fields = [
      ["v", VERSION],
      ["p", state.province],
      ["y", String(state.year)],
      ["r", state.rubric],
      ["c", state.candidates === "all" ? "" : state.candidates[0]],
      ["a", state.assumption[0]],
      ["w", dotted(state.parts)],
      ["l", state.locked.includes(true) ? state.locked.map(Number).join("") : ""],
      ["q", state.radius === RADIUS ? "" : String(state.radius)],
      ["s", scenarios.join("~")],
      ["x", state.pair.join("~")],
      ["d", version],
    ];
    const text = fields
      .filter(([, value]) => value)
      .map((field) => field.join("="))
      .join("&");
    return `#${text}&h=${check(text)}`;
  }

  /**
   * An address's fragment without what was done to it on its way.
   * @param {string} hash
   */
  function mended(hash) {
    let text = hash;
    try {
      text = decodeURIComponent(hash);
    } catch {
      // a per cent sign that begins no letter: it is judged as it is
    }
    return text.replaceAll("&amp;", "&").replace(/^(#.*?&h=[0-9a-z]+).*$/s, "$1");
  }

  /**
   * The fields of an address by their letters, or null where it is none of this version, or damaged.
   * @param {string} hash
   */
  function fieldsOf(hash) {
    if (hash.length > LONGEST || !/^#v=1(&[a-z]=[\w.~-]+)+$/.test(hash)) return null;
    const [text, sign, ...more] = hash.slice(1).split("&h=");
    const pairs = text.split("&").map((field) => /** @type {[string, string]} */ (field.split("=")));
    const letters = pairs.map(([letter]) => letter);
    const sound = !more.length && check(text) === sign && letters.every((letter) => KEYS.includes(letter));
    return sound && new Set(letters).size === letters.length ? Object.fromEntries(pairs) : null;
  }

  /**
   * Whole parts from their text, or null where they are not weights of so many criteria.
   * @param {string | undefined} text
   * @param {number} criteria
   */
  function partsOf(text, criteria) {
    if (!text || !/^\d{1,7}(\.\d{1,7})*$/.test(text)) return null;
    const parts = text.split(".").map(Number);
    return parts.length === criteria && sum(parts) > 0 && sum(parts) <= MOST_PARTS ? parts : null;
  }

  /** @param {string} code */
  const isProvince = (code) => code === "ID" || data.provinces.some((one) => one.code === code);

  /**
   * The choice that the fields of an address name, or null where the data do not have it.
   * @param {Record<string, string>} fields
   */
  function choiceOf(fields) {
    const candidates = CANDIDATES.find((name) => name[0] === (fields.c ?? "a"));
    const assumption = ASSUMPTIONS.find((name) => name[0] === fields.a);
    const year = Number(fields.y);
    const known =
      isProvince(fields.p) &&
      data.years.includes(year) &&
      data.rubrics.some(({ id }) => id === fields.r);
    return known && candidates && assumption
      ? { province: fields.p, year, rubric: fields.r, candidates, assumption }
      : null;
  }

  /**
   * Scenarios from their text, or null where one of them is neither a rubric nor weights.
   * @param {string | undefined} text
   * @param {number} criteria
   * @returns {LabScenario[] | null}
   */
  function scenariosOf(text, criteria) {
    /** @type {LabScenario[]} */
    const found = [];
    for (const one of text ? text.split("~") : []) {
      const parts = partsOf(one, criteria);
      if (parts) found.push({ parts });
      else if (data.rubrics.some(({ id }) => id === one)) found.push({ rubric: one });
      else return null;
    }
    return found.length <= MOST_SCENARIOS ? found : null;
  }

  /**
   * The state that an address's fragment names, or null where it names none; whether its data are of another version.
   * @param {string} hash
   * @returns {{state: LabState, other: boolean} | null}
   */
  function read(hash) {
    const address = mended(hash);
    const named = /^#p=(\w+)[).,;:!?]*$/.exec(address)?.[1];
    if (named !== undefined) return isProvince(named) ? { state: start(named), other: false } : null;
    const fields = fieldsOf(address);
    const choice = fields && choiceOf(fields);
    if (!choice) return null;
    const { criteria, codes } = tableOf(choice);
    const parts = criteria.length ? partsOf(fields.w, criteria.length) : [];
    const scenarios = scenariosOf(fields.s, criteria.length);
    const locks = fields.l ?? "0".repeat(criteria.length);
    const radius = Number(fields.q ?? RADIUS);
    const pair = fields.x ? fields.x.split("~") : [];
    const sound =
      /^[01]*$/.test(locks) &&
      locks.length === criteria.length &&
      Number.isInteger(radius) &&
      radius <= 100 &&
      (!pair.length || (pair.length === 2 && pair.every((code) => codes.includes(code))));
    if (!parts || !scenarios || !sound) return null;
    const locked = [...locks].map((lock) => lock === "1");
    return { state: { ...choice, parts, locked, radius, scenarios, pair }, other: (fields.d ?? version) !== version };
  }

  return Object.freeze({ start, read, write, carried, rounded, reduced, MOST_SCENARIOS });
}
