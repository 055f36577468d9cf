/* The words that Sphinx's scripts write into a page. In place of its own translations.js: that lacks some words, and makes
 * a function from a text, which the policy of these pages forbids. */
Object.assign(Documentation, { LOCALE: "id", PLURAL_EXPR: function () { return 0; } });
Object.assign(Documentation.TRANSLATIONS, {
  ", in ": ", di ",
  "Hide Search Matches": "Hapus sorotan hasil pencarian",
  "Preparing search...": "Menyiapkan pencarian…",
  "Search": "Cari",
  "Searching": "Mencari",
  "Search Results": "Hasil pencarian",
  "Search finished, found ${resultCount} page(s) matching the search query.":
    "Ditemukan ${resultCount} halaman yang cocok.",
  "Your search did not match any documents. Please make sure that all words are spelled correctly and that you've selected enough categories.":
    "Tidak ada halaman yang cocok. Periksa ejaan, atau coba kata yang lebih umum.",
});
