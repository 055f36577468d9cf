// Makes a page of the site ready for paper; returns its headings, its sources and the tables that are too wide even so.
// `inside` begins the addresses of pages of the same book, which become places in it; `pages` are those there are.
// `sources` is the heading of the list of sources; a page that is such a list has none. `annex`, `about`: whether these
// are printed: a page's annex, and what stands under every page of the site, which a book says once.
({root, inside, pages, sources, annex, about, style}) => {
  document.head.append(Object.assign(document.createElement("style"), {textContent: style}));
  const article = document.querySelector("article.bd-article");
  // A brief has two pages: it goes without its annex, and its map stays on the screen and in the book.
  if (!annex) article.querySelectorAll("section#annex, section#map").forEach((part) => part.remove());
  if (!about) document.querySelector(".publication")?.remove();
  for (const link of article.querySelectorAll("a[href^='#']")) {  // a link of a map has no hash
    if (!document.getElementById(decodeURIComponent(link.getAttribute("href").slice(1)))) link.removeAttribute("href");
  }
  for (const folded of article.querySelectorAll("details")) folded.open = true;

  // A source without an address leads to its entry on the page of all sources; it is numbered too.
  for (const link of article.querySelectorAll("a.src[href*='sources.html#']")) link.dataset.place = link.hash.slice(1);
  if (!sources) for (const link of article.querySelectorAll("a[href^='http']")) link.textContent = link.href;

  // What a link leads to in the book stays a link there; one to another file of the site leads nowhere on paper.
  for (const link of document.querySelectorAll("a[href]:not([href^='#'])")) {
    const {href, protocol} = new URL(link.getAttribute("href"), document.baseURI); // a link of a map has no text as href
    if (/^(https?|mailto):$/.test(protocol)) continue;
    const page = href.startsWith(root) ? href.slice(root.length).split("#")[0].replace(/\.html$/, "") : "";
    if (pages.includes(page)) link.setAttribute("href", inside + page);
    else link.removeAttribute("href");
  }

  // Links lose their address on paper: each source gets a number, and the end of the page lists what the numbers mean.
  const numbered = new Map();
  for (const link of sources ? article.querySelectorAll("a[href^='http']:not(svg a), a[data-place]") : []) {
    const key = link.dataset.place ?? link.href;
    if (key.startsWith(inside)) continue;
    if (!numbered.has(key)) {
      const named = link.title || (link.classList.contains("src") ? "" : link.textContent.trim());
      numbered.set(key, {number: numbered.size + 1, title: named || link.hostname, url: link.dataset.place ? "" : link.href});
    }
    const mark = `[${numbered.get(key).number}]`;
    if (link.closest("sup.more")) link.textContent = mark;
    else {
      const told = document.createElement("sup");
      told.className = "paper-number";
      told.textContent = mark;
      link.after("\u00a0", told);
    }
  }
  if (numbered.size) {
    const section = document.createElement("section");
    section.className = "paper-sources";
    const heading = document.createElement("h2");
    heading.textContent = sources;
    const list = document.createElement("ol");
    for (const source of numbered.values()) {
      const item = document.createElement("li");
      if (source.title !== source.url) item.append(source.title, ". ");
      if (source.url) item.append(Object.assign(document.createElement("a"), {href: source.url, textContent: source.url}));
      list.append(item);
    }
    section.append(heading, list);
    article.append(section);
  }

  // A table that does not fit is set smaller, as a whole, until it does.
  const edge = article.getBoundingClientRect().right + 0.5;
  const wide = (table) => table.getBoundingClientRect().right > edge || table.scrollWidth > table.clientWidth + 1;
  const clipped = [];
  for (const table of article.querySelectorAll("table")) {
    for (let size = 0.95; wide(table) && size > 0.4; size -= 0.05) table.style.zoom = size.toFixed(2);
    if (wide(table)) clipped.push(table.caption?.textContent ?? "");
  }
  // Rows are kept whole, but for those that would leave much of a page empty, or their caption and head behind there.
  for (const row of article.querySelectorAll("tbody tr")) row.classList.toggle("tall", row.offsetHeight > 120);
  article.querySelectorAll(".headerlink").forEach((link) => link.remove());
  const headings = [...article.querySelectorAll("h1, h2")]
    .filter((heading) => heading.checkVisibility()).map((heading) => heading.textContent.replace(/\s+/g, " ").trim());
  return {headings, clipped};
}
