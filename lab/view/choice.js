// @ts-check
"use strict";

/**
 * What is ranked, and how: area, year, candidates, assumption about gaps, and the rubric to start from.
 *
 * @param {LabWords} words
 * @param {LabData} data
 * @param {(patch: Partial<LabChoice>) => void} choose
 */
function ParitranaLabChoice(words, data, choose) {
  const { el } = ParitranaLabDom;
  const { say } = words;
  const NATION = "ID";

  /** @type {Record<keyof LabChoice, [string, string][]>} */
  const options = {
    province: [
      [NATION, say("nation")],
      ...data.provinces.map(({ code, name }) => /** @type {[string, string]} */ ([code, name])),
    ],
    year: data.years.map((year) => [String(year), String(year)]),
    candidates: [
      ["all", say("candidates_all")],
      ["nominees", say("candidates_nominees")],
    ],
    assumption: [
      ["modelled", say("modelled")],
      ["plausible", say("plausible")],
      ["anything", say("anything")],
      ["known", say("known")],
    ],
    rubric: data.rubrics.map(({ id, title }) => [id, title]),
  };
  const names = /** @type {(keyof LabChoice)[]} */ (Object.keys(options));
  const selects = names.map((name) => {
    const select = el(
      "select",
      { id: `lab-${name}`, onchange: () => choose({ [name]: name === "year" ? Number(select.value) : select.value }) },
      ...options[name].map(([value, text]) => el("option", { value }, text)),
    );
    return select;
  });
  const source = el("p", { class: "lab-help" });
  const element = el(
    "section",
    { class: "lab-choice", "aria-labelledby": "lab-choice" },
    el("h2", { id: "lab-choice" }, say("choice")),
    el(
      "div",
      { class: "lab-fields" },
      ...names.map((name, at) => el("p", {}, el("label", { for: `lab-${name}` }, say(name)), selects[at])),
    ),
    el("details", { class: "others" }, el("summary", {}, say("choice_help")), el("dl", {}, ...help())),
    source,
  );

  /** What the words of the choice mean. */
  function help() {
    return ["candidates", "modelled", "plausible", "anything", "known"].flatMap((name) => [
      el("dt", {}, say(name)),
      el("dd", {}, say(`${name}_help`)),
    ]);
  }

  /** @param {LabChoice} chosen */
  function update(chosen) {
    names.forEach((name, at) => (selects[at].value = String(chosen[name])));
    const rubric = data.rubrics.find(({ id }) => id === chosen.rubric);
    source.textContent = rubric ? rubric.source : "";
  }

  return Object.freeze({ element, update });
}
