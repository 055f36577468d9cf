/* The words that scripts write into the page; Sphinx's own Indonesian list lacks some and leaves them empty. */
Documentation.addTranslations({
  locale: "id",
  plural_expr: "0",
  messages: {
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
  },
});
