import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["dist/", "build/", "protocol/generated/"] },
  {
    files: ["extension/src/**/*.ts", "protocol/client/*.ts", "webviews/**/*.ts"],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      eqeqeq: "error",
      "no-restricted-exports": ["error", { restrictDefaultExports: { direct: true } }],
      "no-restricted-properties": [
        "error",
        {
          property: "innerHTML",
          message: "Build elements; foreign text goes through textContent.",
        },
        {
          property: "outerHTML",
          message: "Build elements; foreign text goes through textContent.",
        },
        { property: "insertAdjacentHTML", message: "Build elements." },
      ],
      "@typescript-eslint/use-unknown-in-catch-callback-variable": "off",
      "@typescript-eslint/no-base-to-string": "off",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      // vscode.Disposable is a class in its types and an interface in its use.
      "@typescript-eslint/no-unsafe-class-instance-assignment": "off",
      "@typescript-eslint/no-confusing-void-expression": "off",
    },
  },
);
