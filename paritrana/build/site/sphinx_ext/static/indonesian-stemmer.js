/* Snowball's Indonesian stemmer (indonesian.sbl, Fadillah Tala's algorithm), written for the search box.
 * tests/build/test_search.py holds it against the Python edition that makes the index. */
var Stemmer = function () {
  var VOWEL = /[aeiou]/;
  var FIRST_PREFIXES = ["peng", "meng", "pen", "pem", "men", "mem", "ter", "di", "ke", "me"]; // longest first
  var word, syllables, prefix; // prefix: which kind was removed, it decides which suffixes may follow

  function cutStart(length) {
    word = word.slice(length);
    syllables -= 1;
  }

  function cutEnd(length) {
    word = word.slice(0, word.length - length);
    syllables -= 1;
  }

  function removeEnding(endings) {
    var ending = endings.find(function (e) { return word.endsWith(e); });
    if (ending) cutEnd(ending.length);
  }

  // The letter that a root loses behind its prefix: menyapu -> sapu, memilih -> pilih.
  function lostLetter(found, next, following) {
    if (/^[mp]en$/.test(found) && next === "y" && VOWEL.test(following)) return "s";
    return /^[mp]em$/.test(found) && VOWEL.test(next) ? "p" : "";
  }

  // me-, di-, ter- (kind 1) and ke-, pe- (kind 3). Answers "none", "cut", or "restored" with the lost letter back.
  function removeFirstPrefix() {
    var found = FIRST_PREFIXES.find(function (p) { return word.startsWith(p); });
    if (!found) return "none";
    var letter = lostLetter(found, word.charAt(found.length), word.charAt(found.length + 1));
    prefix = /^(ke|pe)/.test(found) ? 3 : 1;
    cutStart(letter === "s" ? found.length + 1 : found.length);
    word = letter + word;
    return letter ? "restored" : "cut";
  }

  // per-, pe- (kind 2); ber-, and be- before a consonant and -er- (kind 4); pelajar, belajar lose the l too.
  function removeSecondPrefix() {
    var start = word.slice(0, 2);
    if (start !== "be" && start !== "pe") return false;
    var rest = word.slice(2);
    var learns = rest.startsWith("lajar");
    if (start === "be" && !learns && !/^(r|[^aeiou]er)/.test(rest)) return false;
    if (start === "be") prefix = 4;
    else if (!learns) prefix = 2;
    cutStart(learns || rest.charAt(0) === "r" ? 3 : 2);
    return true;
  }

  function removeSuffix() {
    if (word.endsWith("an")) {
      if (word.endsWith("kan") && prefix !== 2 && prefix !== 3) cutEnd(3);
      else if (prefix !== 1) cutEnd(2);
      else return false;
      return true;
    }
    if (!word.endsWith("i") || word.endsWith("si") || prefix > 2) return false;
    cutEnd(1);
    return true;
  }

  function removePrefixesAndSuffix() {
    var first = removeFirstPrefix();
    if (first !== "none") {
      if (syllables > 2 && removeSuffix() && syllables > 2 && first === "cut") removeSecondPrefix();
      return;
    }
    removeSecondPrefix();
    if (syllables > 2) removeSuffix();
  }

  this.stemWord = function (w) {
    word = w;
    syllables = (w.match(/[aeiou]/g) || []).length;
    prefix = 0;
    if (syllables > 2) removeEnding(["kah", "lah", "pun"]);
    if (syllables > 2) removeEnding(["nya", "ku", "mu"]);
    if (syllables > 2) removePrefixesAndSuffix();
    return word;
  };
};
