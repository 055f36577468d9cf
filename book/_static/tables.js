/* Each table can be taken along as CSV, made here from what it shows: nothing is asked of a server. A number stands in
   the one form that machines read (12345.6), an interval as 12.3..40.1, a unit that all share in the heading; what is
   noted of a figure and where it comes from stand in columns of their own. */
document.addEventListener("DOMContentLoaded", function () {
  var words = (document.querySelector(".publication") || document.body).dataset;
  var english = document.documentElement.lang === "en";
  var group = english ? "," : ".";
  var point = english ? "." : ",";
  var NUMBER = "[-−]?\\d[\\d.,]*";
  var ONE = new RegExp("^([^\\d\\-−]*)(" + NUMBER + ")(?:[–](" + NUMBER + "))?(\\D*)$");

  function plain(text) { return text.replace(/\s+/g, " ").trim(); }
  function number(text) {
    var said = text.replace("−", "-").split(group).join("").replace(point, ".");
    return /^-?\d+(\.\d+)?$/.test(said) ? said : null;
  }
  /* A cell as [unit, number or interval]; null where it is words. */
  function measured(text) {
    var parts = ONE.exec(text);
    var low = parts && number(parts[2]);
    var high = parts && parts[3] ? number(parts[3]) : low;
    if (!parts || low === null || high === null) return null;
    return [plain(parts[1] + parts[4]), low === high ? low : low + ".." + high];
  }
  function without(cell, selector) {
    var copy = cell.cloneNode(true);
    copy.querySelectorAll(selector).forEach(function (one) { one.remove(); });
    return plain(copy.textContent);
  }
  function noted(cell) {
    return Array.from(cell.querySelectorAll(".note:not(.marks), .badge")).map(function (one) { return plain(one.textContent); }).join("; ");
  }
  function sources(cell) {
    return Array.from(cell.querySelectorAll("a.src")).map(function (link) { return link.getAttribute("href"); }).join(" ");
  }
  /* A column as columns of the file: itself, and its notes and sources where there are some. */
  function columns(heading, cells) {
    var title = without(heading, ".unit");
    var unit = plain((heading.querySelector(".unit") || { textContent: "" }).textContent).replace(/^\(|\)$/g, "");
    var texts = cells.map(function (cell) { return without(cell, ".note, .badge, sup, .bar").replace(/^–$/, ""); });
    var read = texts.map(function (text) { return text ? measured(text) : ["", ""]; });
    var units = Array.from(new Set(read.filter(function (one, at) { return one && texts[at]; }).map(function (one) { return one[0]; })));
    if (heading.matches(".num, .heat th") && read.every(Boolean) && units.length < 2) {
      texts = read.map(function (one) { return one[1]; });
      unit = [unit, units[0]].filter(Boolean).join("; ");
    }
    var made = [[title + (unit ? " (" + unit + ")" : "")].concat(texts)];
    [[words.notes, noted], [words.sources, sources]].forEach(function (kind) {
      var told = cells.map(kind[1]);
      if (told.some(Boolean)) made.push([title + ": " + kind[0]].concat(told));
    });
    return made;
  }
  /* As RFC 4180 writes it; what a spreadsheet would take for a formula is marked as text. */
  function field(text) {
    var safe = /^[=+\-@]/.test(text) && !/^-?\d/.test(text) ? "'" + text : text;
    return /[",\r\n]/.test(safe) ? '"' + safe.replace(/"/g, '""') + '"' : safe;
  }
  function csv(table) {
    var rows = Array.from(table.tBodies[0].rows).filter(function (row) { return !row.hidden; });
    var made = [];
    Array.from(table.tHead.rows[0].cells).forEach(function (heading, at) {
      made = made.concat(columns(heading, rows.map(function (row) { return row.cells[at]; })));
    });
    return made[0].map(function (_, at) { return made.map(function (column) { return field(column[at]); }).join(",") + "\r\n"; }).join("");
  }
  function save(table, at) {
    var place = location.pathname.replace(/\.html$/, "").split("/").slice(-2).join("-");
    var link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob(["\ufeff" + csv(table)], { type: "text/csv;charset=utf-8" }));
    link.download = place + "-" + at + ".csv";
    link.click();
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 60000);
  }
  /* A table wider than its place says so, as long as something lies beyond its edge. */
  function cue(wrap) {
    wrap.classList.toggle("wide", wrap.scrollWidth > wrap.clientWidth + 1);
    wrap.classList.toggle("end", wrap.scrollLeft + wrap.clientWidth > wrap.scrollWidth - 2);
  }

  document.querySelectorAll("article .table-wrap > table:is(.data, .heat)").forEach(function (table) {
    var wrap = table.parentElement;
    var name = table.caption && table.caption.querySelector(".number");
    if (!name || !words.csv || !table.tBodies.length || !table.tBodies[0].rows.length) return;
    var button = document.createElement("button");
    button.type = "button";
    button.className = "take";
    button.textContent = words.csv;
    button.setAttribute("aria-label", words.csv + ": " + plain(table.caption.textContent));
    button.addEventListener("click", function () { save(table, name.id); });
    wrap.insertAdjacentElement("afterend", button);
    var sign = document.createElement("span");
    sign.className = "cue";
    sign.setAttribute("aria-hidden", "true");
    sign.textContent = words.scroll + " →";
    name.append(" ", sign);
    wrap.addEventListener("scroll", function () { cue(wrap); }, { passive: true });
    new ResizeObserver(function () { cue(wrap); }).observe(wrap);
    cue(wrap);
  });
});
