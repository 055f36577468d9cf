// @ts-check
"use strict";

/**
 * A bump chart: a column for each set of weights, a line for each region from place to place.
 *
 * Lines differ by dash and by the names at their ends, not by colour alone. On the page the style sheet colours them;
 * a picture that is saved carries its own light colours and says what it shows.
 *
 * @typedef {object} LabColumnOfPlaces
 * @property {string} title
 * @property {string} short     where there is no room for the title
 * @property {number[]} order   positions of the ranked regions, the first one first
 * @property {Int32Array} rank  printed beside the names
 *
 * @param {LabWords} words
 */
function ParitranaLabChart(words) {
  const { svg } = ParitranaLabDom;
  const { say } = words;
  const PLACES = 12; // places of which the chart tells; those who are further down in all columns stay out
  const STEP = 24; // pixels from place to place
  const TOP = 40;
  const LETTER = 7.5; // pixels of a letter
  const MARKED = 5; // regions whose lines are told apart; the others are thin and grey
  const NARROW = 560; // pixels below which names stand at the right end only
  const DASHES = ["", "9 4", "2 4", "12 4 2 4", "5 3"];
  const LIGHT = `
    text { fill: #1b1f23; font: 13px system-ui, sans-serif; }
    .lab-line { fill: none; stroke: #7b858f; stroke-width: 1.5; }
    .lab-dot { fill: #7b858f; }
    .lab-axis { stroke: #c9d3d6; }
    .lab-faint { fill: #565e68; }
    .lab-line-0 { stroke: #0b5d66; } .lab-line-1 { stroke: #8a3a00; } .lab-line-2 { stroke: #274b8f; }
    .lab-line-3 { stroke: #6a2c91; } .lab-line-4 { stroke: #5c5c00; }
    .lab-marked { stroke-width: 3; }`;

  /**
   * @param {LabColumnOfPlaces[]} columns  from the rubric to start from to the chosen weights
   * @param {string[]} names               of the regions
   * @param {number} width                 pixels
   * @param {{title: string, lines: string[]}} [told]  what a saved picture says; nothing on the page
   */
  function draw(columns, names, width, told) {
    const last = columns[columns.length - 1];
    const shown = [...new Set(columns.flatMap(({ order }) => order.slice(0, PLACES)))];
    const places = columns.map(({ order }) => new Map(order.map((at, place) => [at, place])));
    const wide = width >= NARROW;
    const label = LETTER * (Math.max(...shown.map((at) => names[at].length)) + 4); // pixels of the longest one
    const left = wide ? Math.min(label, width * 0.35) : 26;
    const right = width - Math.min(label, width * (wide ? 0.35 : 0.66));
    const x = (/** @type {number} */ column) => left + ((right - left) * column) / (columns.length - 1);
    const depth = Math.min(PLACES, Math.max(...columns.map(({ order }) => order.length)));
    const y = (/** @type {number} */ place) => TOP + STEP * (Math.min(place, depth) + 0.5);
    const bottom = TOP + STEP * (depth + 1.5);
    const height = bottom + (told ? 24 * told.lines.length + 8 : 0);
    const shift = told ? 34 : 0;
    const drawing = svg("g", { transform: `translate(0 ${shift})` });
    const room = (right - left) / (columns.length - 1) / LETTER;
    columns.forEach(({ title, short }, column) => {
      const edge = column === 0 && !wide;
      drawing.append(
        svg("line", { class: "lab-axis", x1: x(column), x2: x(column), y1: TOP - 6, y2: bottom - STEP }),
        svg(
          "text",
          { x: edge ? 0 : x(column), y: TOP - 14, "text-anchor": edge ? "start" : "middle" },
          title.length < room ? title : short,
        ),
      );
    });
    // The marked ones last, above the others.
    const marked = last.order.slice(0, MARKED);
    for (const at of shown.sort((one, other) => marked.indexOf(one) - marked.indexOf(other))) {
      const way = places.map((place) => place.get(at) ?? depth);
      const [from, to] = [way[0], way[way.length - 1]];
      drawing.append(
        line(
          way.map((place, column) => [x(column), y(place)]),
          marked.indexOf(at),
        ),
      );
      const first = wide ? `${names[at]} ${columns[0].rank[at]}` : String(columns[0].rank[at]);
      if (from < depth) drawing.append(svg("text", { x: left - 10, y: y(from) + 4, "text-anchor": "end" }, first));
      if (to < depth) drawing.append(svg("text", { x: right + 10, y: y(to) + 4 }, `${last.rank[at]} ${names[at]}`));
    }
    if (columns.some(({ order }) => order.length > depth)) {
      drawing.append(
        svg("text", { class: "lab-faint", x: right + 10, y: y(depth) + 4 }, say("chart_below", { places: depth })),
      );
    }
    const chart = svg("svg", { viewBox: `0 0 ${width} ${height + shift}`, width, height: height + shift, role: "img" });
    if (told) chart.append(...frame(told, width, height, bottom, shift));
    chart.append(drawing);
    return chart;
  }

  /**
   * What a saved picture has besides: its colours, a white ground, a title and lines that say what it shows.
   * @param {{title: string, lines: string[]}} told
   * @param {number} width
   * @param {number} height
   * @param {number} bottom
   * @param {number} shift
   */
  function frame(told, width, height, bottom, shift) {
    return [
      svg("title", {}, told.title),
      svg("style", {}, LIGHT),
      svg("rect", { width, height: height + shift, fill: "#fff" }),
      svg("text", { x: 12, y: 24, "font-weight": 700 }, told.title),
      ...told.lines.map((text, at) =>
        svg("text", { class: "lab-faint", x: 12, y: bottom + shift + 24 * at + 12 }, text),
      ),
    ];
  }

  /**
   * A region's line through all columns, with a dot at each.
   * @param {number[][]} points
   * @param {number} sign  which of the marked ones, -1 for the others
   */
  function line(points, sign) {
    const [[x0, y0], ...rest] = points;
    let [x, y, path] = [x0, y0, `M${x0} ${y0}`];
    for (const [nextX, nextY] of rest) {
      const middle = (x + nextX) / 2;
      path += `C${middle} ${y} ${middle} ${nextY} ${nextX} ${nextY}`;
      [x, y] = [nextX, nextY];
    }
    const marks = sign < 0 ? "" : ` lab-marked lab-line-${sign}`;
    const dots = points.map(([cx, cy]) => svg("circle", { class: "lab-dot", cx, cy, r: sign < 0 ? 2.5 : 4 }));
    return svg(
      "g",
      {},
      svg("path", { class: `lab-line${marks}`, d: path, "stroke-dasharray": DASHES[sign] || null }),
      ...dots,
    );
  }

  return Object.freeze({ draw });
}
