// @ts-check
"use strict";

/**
 * What takes longer than a frame, asked of a Worker. It is made from the text of this page's own functions, because a
 * page that was opened from a folder may not load one.
 */
function ParitranaLabWork() {
  /** @type {Worker | null} */
  let worker = null;
  let last = 0;
  /** @type {Map<number, {resolve: (result: any) => void, progress: (share: number) => void}>} */
  const waiting = new Map();

  function start() {
    const made = new Worker(URL.createObjectURL(new Blob([ParitranaLabWorkerText()], { type: "text/javascript" })));
    made.onmessage = ({ data: { id, progress, result, error } }) => {
      const asked = waiting.get(id);
      if (progress !== undefined) return asked?.progress(progress);
      if (error) console.error(error);
      waiting.delete(id);
      asked?.resolve(result);
    };
    return made;
  }

  /**
   * The answer to a question; none where it was stopped.
   * @param {string} kind
   * @param {object} given
   * @param {(share: number) => void} [progress]
   * @returns {Promise<any>}
   */
  function ask(kind, given, progress = () => {}) {
    worker ??= start();
    const id = (last += 1);
    worker.postMessage({ id, kind, ...given });
    return new Promise((resolve) => waiting.set(id, { resolve, progress }));
  }

  /** Stop whatever is being computed. */
  function stop() {
    if (!waiting.size) return;
    worker?.terminate();
    worker = null;
    for (const { resolve } of waiting.values()) resolve(undefined);
    waiting.clear();
  }

  /** Stop for good. */
  function end() {
    stop();
    worker?.terminate();
    worker = null;
  }

  return Object.freeze({ ask, stop, end });
}
