// @ts-check
"use strict";

/**
 * What is modelled of each province, loaded when it is chosen: a script of its own, since a page that was opened from a
 * folder may fetch nothing.
 *
 * @param {LabData} data    takes what is loaded
 * @param {string} folder   where the scripts lie
 */
function ParitranaLabLoad(data, folder) {
  /** Provinces whose script has come, or will not. @type {Set<string>} */
  const ended = new Set(Object.keys(data.estimates));
  /** @type {Map<string, Promise<void>>} */
  const asked = new Map();

  /** Whether a choice asks for what is modelled and its script is still to come. @param {LabChoice} choice */
  function awaited({ assumption, province }) {
    return assumption === "modelled" && province in data.scripts && !ended.has(province);
  }

  /** Whether a script did not come. @param {string} province */
  function failed(province) {
    return ended.has(province) && !data.estimates[province];
  }

  /** A province's script, come or not; it is asked for once. @param {string} province */
  function load(province) {
    const found = asked.get(province) ?? fetched(province);
    asked.set(province, found);
    return found;
  }

  /** @param {string} province */
  async function fetched(province) {
    const script = document.createElement("script");
    script.src = `${folder}${province}.js?v=${data.scripts[province]}`;
    await new Promise((resolve) => {
      script.onload = script.onerror = resolve;
      document.head.append(script);
    });
    script.remove();
    const found = /** @type {any} */ (globalThis)[`ParitranaLabProvince${province}`];
    if (found) data.estimates[province] = found;
    ended.add(province);
  }

  return Object.freeze({ awaited, failed, load });
}
