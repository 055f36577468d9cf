// The scripts of the weight lab: classic scripts without modules. Which names exist is for tsc to say.
const js = require("@eslint/js");

module.exports = [
  { ignores: ["**/*", "!arithmetic/", "!reading/", "!view/", "!*/*.js", "reading/layout.js"] },
  js.configs.recommended,
  {
    files: ["arithmetic/*.js", "reading/*.js", "view/*.js"],
    languageOptions: { ecmaVersion: 2022, sourceType: "script" },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "no-undef": "off",
      // The function that each script defines is used by the others.
      "no-unused-vars": ["error", { varsIgnorePattern: "^ParitranaLab" }],
      eqeqeq: "error",
      "no-var": "error",
      "prefer-const": "error",
      "no-shadow": "error",
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-new-func": "error",
      "no-restricted-properties": [
        "error",
        ...["innerHTML", "outerHTML", "insertAdjacentHTML"].map((property) => ({
          property,
          message: "Text from data is never markup.",
        })),
      ],
      "no-restricted-globals": ["error", "fetch", "XMLHttpRequest", "WebSocket", "EventSource", "importScripts"],
      "max-len": ["error", { code: 120, ignoreTemplateLiterals: true }],
    },
  },
];
