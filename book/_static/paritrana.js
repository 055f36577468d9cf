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

/* A link may lead into something that is folded: it opens, and the reader comes to it. */
(function () {
  function reveal() {
    var target = location.hash && document.getElementById(location.hash.slice(1));
    var folded = target ? target.closest("details:not([open])") : null;
    if (!folded) return;
    for (; folded; folded = target.closest("details:not([open])")) folded.open = true;
    target.scrollIntoView();
  }
  window.addEventListener("hashchange", reveal);
  document.addEventListener("DOMContentLoaded", reveal);
})();

/* The switch leads to what is being read in the other language: the search or the state that the address names, else
   the section in view. */
(function () {
  function place() {
    var read = Array.from(document.querySelectorAll("article section section[id]")).filter(function (section) {
      return section.getBoundingClientRect().top < innerHeight / 2;
    });
    return location.hash || (scrollY && read.length ? "#" + read[read.length - 1].id : "");
  }

  // When it is pressed, or is about to be: the address then also holds for a new tab, and when it is copied.
  ["pointerdown", "focusin", "click"].forEach(function (type) {
    document.addEventListener(type, function (event) {
      var link = event.target.closest(".language-switch");
      if (!link) return;
      link.search = location.search;
      link.hash = place();
    });
  });
})();
