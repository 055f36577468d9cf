/* Paper shows what a screen folds away: everything opens for printing and closes again behind it. */
(function () {
  var opened = [];
  window.addEventListener("beforeprint", function () {
    opened = Array.from(document.querySelectorAll("details:not([open]):not(.hide)"));
    opened.forEach(function (details) { details.open = true; });
  });
  window.addEventListener("afterprint", function () {
    opened.forEach(function (details) { details.open = false; });
  });
})();

/* The theme's button that prints a page: no page has a script in an attribute. */
document.addEventListener("click", function (event) {
  if (event.target.closest("[data-print]")) window.print();
});
