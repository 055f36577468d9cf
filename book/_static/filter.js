/* A page of results with a form above them shows only what its reader asks for. Without this script the form stays
   hidden and every result is there. */
document.addEventListener("DOMContentLoaded", function () {
  var form = document.querySelector("form.filter");
  if (!form) return;
  var said = form.querySelector("output");
  var fields = Array.from(form.querySelectorAll("select"));
  var tables = Array.from(document.querySelectorAll(".filtered"));
  var entries = Array.from(document.querySelectorAll("[data-entry]"));
  var texts = new Map(entries.map(function (entry) {
    var row = entry.closest("tr");
    return [entry, ((entry === row ? "" : row.querySelector("th").textContent) + " " + entry.textContent).toLowerCase()];
  }));

  // What stands in a table's place is found before other scripts put something between.
  var nothing = new Map(tables.map(function (table) {
    var after = table.nextElementSibling;
    while (!after.matches(".nothing")) after = after.nextElementSibling;
    return [table, after];
  }));

  function shown(element) { return !element.closest("[hidden]"); }
  function any(elements) { return Array.from(elements).some(shown); }

  function apply() {
    var text = form.elements.text.value.trim().toLowerCase();
    document.querySelectorAll(".filtered [hidden], .filtered[hidden]").forEach(function (one) { one.hidden = false; });
    fields.forEach(function (field) {
      if (!field.value) return;
      document.querySelectorAll(".filtered [data-" + field.name + "]").forEach(function (one) {
        if (one.getAttribute("data-" + field.name).split(" ").indexOf(field.value) < 0) one.hidden = true;
      });
    });
    entries.forEach(function (entry) { if (texts.get(entry).indexOf(text) < 0) entry.hidden = true; });
    // A gap is an answer to where and when, not to what or who.
    var gaps = !text && !form.elements.kind.value;
    tables.forEach(function (table) {
      table.querySelectorAll(".group").forEach(function (one) { one.hidden = one.hidden || !any(one.querySelectorAll("[data-entry]")); });
      table.querySelectorAll("[data-row]").forEach(function (row) {
        if (shown(row) && !row.matches("[data-entry]") && !any(row.querySelectorAll(gaps ? "[data-entry], .gap" : "[data-entry]"))) row.hidden = true;
      });
      var left = any(table.querySelectorAll("[data-row]"));
      nothing.get(table).hidden = left;
      table.hidden = !left;
    });
    var count = entries.filter(shown).length;
    said.textContent = form.dataset.said.replace("{shown}", count).replace("{all}", entries.length);
  }

  /* All results of the region that an address names stand out; none of them is hidden from who followed a link. */
  function point() {
    var name = location.hash.slice(1); // as it is: places have names of plain letters, an address may be damaged
    var place = name && document.getElementById(name);
    entries.forEach(function (entry) { entry.classList.toggle("marked", !!name && entry.dataset.mark === name); });
    if (place && !shown(place) && place.closest(".filtered")) {
      form.reset();
      place.scrollIntoView();
    }
  }

  form.addEventListener("input", apply);
  form.addEventListener("change", apply);
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  form.addEventListener("reset", function () { setTimeout(apply); });
  window.addEventListener("hashchange", point);
  window.addEventListener("pageshow", function () { apply(); point(); });
  form.hidden = false;
});
