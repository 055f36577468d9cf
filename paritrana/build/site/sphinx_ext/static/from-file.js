/* A page opened from a file may not fetch other files, so search results there come without an excerpt. */
if (location.protocol === "file:") DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;
