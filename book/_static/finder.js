/* The start page's finder: typing a province or a kabupaten/kota leads to it. The names stand in the list of provinces. */
(function () {
  const MOST = 12; // names shown at once

  /* "Kabupaten Solok" and "kab. solok" are the same, and so are "Fakfak" and "fak fak". */
  function words(text) {
    const plain = text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
    return plain.replace(/\bkabupaten\b/g, "kab").replace(/\bkep\b/g, "kepulauan").split(/[^a-z0-9]+/).filter(Boolean);
  }

  /* Every province and region with its address and the words that it goes by. */
  function places(list) {
    return Array.from(list.querySelectorAll("li")).flatMap((item) => {
      const link = item.querySelector("a");
      const province = { title: link.textContent, href: link.href, own: words(link.textContent), wider: ["provinsi"] };
      const regions = item.dataset.regions.split("|").filter(Boolean).map((text) => {
        const [anchor, ...name] = text.split(" ");
        const title = name.join(" ");
        const level = /^(Kota|Kab\.) /.test(title) ? [] : ["kab"];
        return {
          title: `${title}, ${link.textContent}`,
          href: `${link.href}#${anchor}`,
          own: level.concat(words(title)),
          wider: province.own,
        };
      });
      return [province, ...regions];
    });
  }

  /* How well a place answers: 0 is best, Infinity not at all. A name that begins as typed comes before one that has it. */
  function distance(place, typed) {
    const bare = place.own.filter((word) => word !== "kab" && word !== "kota").join("");
    const all = typed.join("");
    if (bare === all || place.own.join("") === all) return 0;
    const within = (given) => typed.every((part) => given.some((word) => word.startsWith(part)));
    if (within(place.own)) return bare.startsWith(all) ? 1 : 2;
    if (all.length > 2 && bare.includes(all)) return 3;
    return within(place.own.concat(place.wider)) ? 4 : Infinity;
  }

  function start(form, list) {
    const input = form.querySelector("input");
    const box = form.querySelector("[role=listbox]");
    const status = form.querySelector("[role=status]");
    const known = places(list);
    let shown = [];
    let active = -1;

    function mark(at) {
      active = at;
      Array.from(box.children).forEach((option, index) => option.setAttribute("aria-selected", String(index === at)));
      if (at >= 0) {
        input.setAttribute("aria-activedescendant", box.children[at].id);
        box.children[at].scrollIntoView({ block: "nearest" });
      } else input.removeAttribute("aria-activedescendant");
    }

    function close() {
      box.hidden = true;
      input.setAttribute("aria-expanded", "false");
      mark(-1);
    }

    function show() {
      const typed = words(input.value);
      const found = typed.length
        ? known.map((place) => ({ place, far: distance(place, typed) })).filter((one) => one.far < Infinity)
        : [];
      found.sort((one, other) => one.far - other.far);
      shown = found.slice(0, MOST).map((one) => one.place);
      box.replaceChildren(...shown.map((place, at) => {
        const option = document.createElement("li");
        option.id = `finder-${at}`;
        option.setAttribute("role", "option");
        option.textContent = place.title;
        return option;
      }));
      box.hidden = !shown.length;
      input.setAttribute("aria-expanded", String(!box.hidden));
      mark(-1);
      const said = found.length ? form.dataset.some.replace("{count}", String(found.length)) : form.dataset.none;
      status.textContent = typed.length ? said : "";
    }

    function go(place) {
      if (place) location.href = place.href;
    }

    input.addEventListener("input", show);
    input.addEventListener("keydown", (event) => {
      if (event.key === "Escape") close();
      if ((event.key !== "ArrowDown" && event.key !== "ArrowUp") || !shown.length) return;
      event.preventDefault();
      if (box.hidden) show();
      const step = event.key === "ArrowDown" ? 1 : -1;
      mark(active < 0 && step < 0 ? shown.length - 1 : (active + step + shown.length) % shown.length);
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      go(shown[Math.max(active, 0)]);
    });
    box.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
    box.addEventListener("click", (event) => go(shown[Array.from(box.children).indexOf(event.target)]));
    input.addEventListener("blur", close);
    form.hidden = false;
    if (input.value) show();
  }

  document.addEventListener("DOMContentLoaded", () => {
    const form = document.querySelector("form.finder");
    const list = document.querySelector("ul.chapters");
    if (form && list) start(form, list);
  });
})();
