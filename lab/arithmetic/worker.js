// @ts-check
/*
 * What the lab's Worker does with messages: the answers that take longer than a frame. A newer question of a kind
 * cancels the older one.
 */

/**
 * @typedef {{id: number, table: LabTable, parts: number[]}} LabAsked
 * @typedef {LabAsked & {kind: "sample", radius: number, draws: number, seed: number}} LabSampleQuestion
 * @typedef {LabAsked & {kind: "smallestFirst", region: number}} LabFirstQuestion
 * @typedef {LabAsked & {kind: "podium"}} LabPodiumQuestion
 * @typedef {LabAsked & {kind: "leads", a: number, b: number}} LabLeadsQuestion
 * @typedef {LabSampleQuestion | LabFirstQuestion | LabPodiumQuestion | LabLeadsQuestion} LabQuestion
 * @typedef {LabSample | LabFirst | LabPodium | null | LabLead[]} LabResult
 * @typedef {{id: number, progress: number} | {id: number, result: LabResult} | {id: number, error: string}} LabAnswer
 */

/**
 * @param {LabCoreApi} core
 * @param {(answer: LabAnswer) => void} post
 * @returns {(question: LabQuestion) => void}
 */
function ParitranaLabWorker(core, post) {
  "use strict";

  const SLICE = 40; // milliseconds of drawing between two looks at the messages
  const CHUNK = 64; // draws between two looks at the clock

  /** @type {Map<string, number>} the newest question of each kind */
  const newest = new Map();

  /** @param {LabSampleQuestion} question */
  function sample({ id, table, parts, radius, draws, seed }) {
    const sampling = core.sampling(table, parts, radius, seed);
    let done = 0;
    const slice = () => {
      if (newest.get("sample") !== id) return;
      for (const start = performance.now(); done < draws && performance.now() - start < SLICE; ) {
        const some = Math.min(CHUNK, draws - done);
        sampling.draw(some);
        done += some;
      }
      post(done < draws ? { id, progress: done / draws } : { id, result: sampling.result() });
      if (done < draws) setTimeout(slice);
    };
    slice();
  }

  /** @param {Exclude<LabQuestion, LabSampleQuestion>} question */
  function answer(question) {
    const { table, parts } = question;
    if (question.kind === "smallestFirst") return core.smallestFirst(table, parts, question.region);
    if (question.kind === "leads") return core.leads(table, parts, question.a, question.b);
    return core.podium(table, parts);
  }

  return (question) => {
    newest.set(question.kind, question.id);
    try {
      if (question.kind === "sample") sample(question);
      else post({ id: question.id, result: answer(question) });
    } catch (error) {
      post({ id: question.id, error: String(error) });
    }
  };
}

/** The script of a Worker, made of the texts of the functions: a page that was opened from a folder may load none. */
function ParitranaLabWorkerText() {
  const parts = [
    ParitranaLabNumbers,
    ParitranaLabRanks,
    ParitranaLabEstimates,
    ParitranaLabTables,
    ParitranaLabShares,
    ParitranaLabCrossings,
    ParitranaLabNearest,
    ParitranaLabAnswers,
    ParitranaLabDraws,
    ParitranaLabCore,
    ParitranaLabWorker,
  ];
  return `"use strict";
    ${parts.join("\n")}
    const handle = ParitranaLabWorker(ParitranaLabCore(), (answer) => postMessage(answer));
    onmessage = (event) => handle(event.data);`;
}
