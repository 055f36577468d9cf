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
 * @typedef {object} LabGrid    where a chart's parts are, pixels
 * @property {boolean} wide     whether there are names at both ends
 * @property {number} depth     places of which the chart tells
 * @property {(column: number) => number} x
 * @property {(place: number) => number} y
 * @property {number} bottom
 *
 * @param {LabWords} words
 */
function ParitranaLabChart(words) {
  const { svg } = ParitranaLabDom;
  const PLACES = 12; // places of which the chart tells; those who are further down in all columns stay out
  const STEP = 24; // pixels from place to place
  const TOP = 40;
  const LETTER = 7.5; // pixels of a letter
  const MARKED = 5; // regions whose lines are told apart; the others are thin and grey
  const NARROW = 560; // pixels below which names stand at the right end only
  const MARGIN = 12; // pixels around a saved picture
  const HEAD = 34; // pixels of its title
  const DASHES = ["", "9 4", "2 4", "12 4 2 4", "5 3"];
  const LIGHT = `
    text { fill: #1b1f23; font: 13px system-ui, sans-serif; }
    .lab-title { font-weight: 700; }
    .lab-line { fill: none; stroke: #7b858f; stroke-width: 1.5; }
    .lab-dot { fill: #7b858f; }
    .lab-axis { stroke: #c9d3d6; }
    .lab-faint { fill: #565e68; }
    .lab-line-0 { stroke: #0b5d66; } .lab-line-1 { stroke: #8a3a00; } .lab-line-2 { stroke: #274b8f; }
    .lab-line-3 { stroke: #6a2c91; } .lab-line-4 { stroke: #5c5c00; }
    .lab-marked { stroke-width: 3; }`;

  /**
   * Those of whom the chart tells.
   * @param {LabColumnOfPlaces[]} columns
   */
  const told = (columns) => [...new Set(columns.flatMap(({ order }) => order.slice(0, PLACES)))];

  /**
   * @param {LabColumnOfPlaces[]} columns
   * @param {string[]} names
   * @param {number} width
   * @returns {LabGrid}
   */
  function gridOf(columns, names, width) {
    const wide = width >= NARROW;
    const longest = LETTER * (Math.max(...told(columns).map((at) => names[at].length)) + 4);
    const left = wide ? Math.min(longest, width * 0.35) : 26;
    const right = width - Math.min(longest, width * (wide ? 0.35 : 0.66));
    const depth = Math.min(PLACES, Math.max(...columns.map(({ order }) => order.length)));
    return {
      wide,
      depth,
      x: (column) => left + ((right - left) * column) / (columns.length - 1),
      y: (place) => TOP + STEP * (Math.min(place, depth) + 0.5),
      bottom: TOP + STEP * (depth + 1.5),
    };
  }

  /**
   * The chart for the page.
   * @param {LabColumnOfPlaces[]} columns  from the rubric to start from to the chosen weights
   * @param {string[]} names               of the regions
   * @param {number} width                 pixels
   */
  function draw(columns, names, width) {
    const grid = gridOf(columns, names, width);
    const marked = columns[columns.length - 1].order.slice(0, MARKED);
    const places = columns.map(({ order }) => new Map(order.map((at, place) => [at, place])));
    const chart = svg("svg", { viewBox: `0 0 ${width} ${grid.bottom}`, width, height: grid.bottom, role: "img" });
    chart.append(...axes(columns, grid));
    // The marked ones last, above the others.
    for (const at of told(columns).sort((one, other) => marked.indexOf(one) - marked.indexOf(other))) {
      const way = places.map((place) => place.get(at) ?? grid.depth);
      chart.append(line(way, grid, marked.indexOf(at)), ...ends(way, at, columns, names[at], grid));
    }
    if (columns.some(({ order }) => order.length > grid.depth)) {
      const [x, y] = [grid.x(columns.length - 1) + 10, grid.y(grid.depth) + 4];
      chart.append(svg("text", { class: "lab-faint", x, y }, words.say("chart_below", { places: grid.depth })));
    }
    return chart;
  }

  /** @param {LabColumnOfPlaces[]} columns @param {LabGrid} grid */
  function axes(columns, { wide, x, bottom }) {
    const room = (x(1) - x(0)) / LETTER;
    return columns.flatMap(({ title, short }, column) => {
      const text = title.length < room ? title : short;
      const place = column || wide ? { x: x(column), "text-anchor": "middle" } : { x: 0 };
      return [
        svg("line", { class: "lab-axis", x1: x(column), x2: x(column), y1: TOP - 6, y2: bottom - STEP }),
        svg("text", { ...place, y: TOP - 14 }, text),
      ];
    });
  }

  /**
   * A region's line through all columns, with a dot at each.
   * @param {number[]} way   its places
   * @param {LabGrid} grid
   * @param {number} sign    which of the marked ones, -1 for the others
   */
  function line(way, grid, sign) {
    const points = way.map((place, column) => [grid.x(column), grid.y(place)]);
    let [[x, y]] = points;
    let path = `M${x} ${y}`;
    for (const [nextX, nextY] of points.slice(1)) {
      const middle = (x + nextX) / 2;
      path += `C${middle} ${y} ${middle} ${nextY} ${nextX} ${nextY}`;
      [x, y] = [nextX, nextY];
    }
    const marks = sign < 0 ? "" : ` lab-marked lab-line-${sign}`;
    const dots = points.map(([cx, cy]) => svg("circle", { class: "lab-dot", cx, cy, r: sign < 0 ? 2.5 : 4 }));
    const dash = DASHES[sign] || null;
    return svg("g", {}, svg("path", { class: `lab-line${marks}`, d: path, "stroke-dasharray": dash }), ...dots);
  }

  /**
   * A region's ranks and name at the ends of its line, where these are among the places that are told.
   * @param {number[]} way
   * @param {number} at
   * @param {LabColumnOfPlaces[]} columns
   * @param {string} name
   * @param {LabGrid} grid
   */
  function ends(way, at, columns, name, { wide, depth, x, y }) {
    const last = way.length - 1;
    const [from, to] = [columns[0].rank[at], columns[last].rank[at]];
    const before = { x: x(0) - 10, y: y(way[0]) + 4, "text-anchor": "end" };
    const after = { x: x(last) + 10, y: y(way[last]) + 4 };
    return [
      ...(way[0] < depth ? [svg("text", before, wide ? `${name} ${from}` : String(from))] : []),
      ...(way[last] < depth ? [svg("text", after, `${to} ${name}`)] : []),
    ];
  }

  /**
   * The chart as a picture of its own: with its colours, a white ground, a title and lines that say what it shows.
   * @param {LabColumnOfPlaces[]} columns
   * @param {string[]} names
   * @param {number} width
   * @param {{title: string, lines: string[]}} said
   */
  function picture(columns, names, width, said) {
    const inner = draw(columns, names, width);
    const top = HEAD + Number(inner.getAttribute("height"));
    const lines = said.lines.flatMap((text) => wrapped(text, (width - 2 * MARGIN) / LETTER));
    const height = top + STEP * lines.length + MARGIN;
    inner.setAttribute("y", String(HEAD));
    return svg(
      "svg",
      { viewBox: `0 0 ${width} ${height}`, width, height },
      svg("title", {}, said.title),
      svg("style", {}, LIGHT),
      svg("rect", { width, height, fill: "#fff" }),
      svg("text", { class: "lab-title", x: MARGIN, y: 24 }, said.title),
      inner,
      ...lines.map((text, at) => svg("text", { class: "lab-faint", x: MARGIN, y: top + STEP * at + 12 }, text)),
    );
  }

  /** A text in lines of at most so many letters. @param {string} text @param {number} letters */
  function wrapped(text, letters) {
    /** @type {string[]} */
    const lines = [""];
    for (const word of text.split(" ")) {
      const longer = `${lines[lines.length - 1]} ${word}`.trim();
      if (longer.length <= letters) lines[lines.length - 1] = longer;
      else lines.push(word);
    }
    return lines;
  }

  return Object.freeze({ draw, picture });
}
