import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const noVscode = {
  name: 'vscode',
  message: 'Only src/host, src/extension.ts and test/host know the editor.',
};

const readsOfAnySize = [
  { name: 'node:fs/promises', importNames: ['readFile'] },
  { name: 'node:fs', importNames: ['readFile', 'readFileSync', 'createReadStream'] },
].map((restricted) => ({
  ...restricted,
  message: 'Use src/node/readFiles.ts: it refuses devices, pipes and files that are too large.',
}));

/** The compiler refuses imports that no project reference allows. This covers imports of types. */
const coreMayNotImport = {
  paths: [noVscode],
  patterns: [{ regex: '^node:', message: 'src/core touches no disk, network or process.' }],
};

export default defineConfig(
  globalIgnores(['out', 'dist', 'coverage', '.vscode-test', 'artifacts']),
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      'no-restricted-imports': ['error', { paths: [noVscode] }],
      'no-restricted-syntax': [
        'error',
        { selector: 'TSEnumDeclaration', message: 'Use a union of string literals.' },
        { selector: 'ExportDefaultDeclaration', message: 'Export by name.' },
        { selector: 'PrivateIdentifier', message: 'Say `private`: one style of private members.' },
        {
          selector: 'ObjectExpression > SpreadElement > ObjectExpression',
          message: 'Write the properties out: a spread literal switches off the check for excess ones.',
        },
        {
          selector: 'CatchClause > Identifier.param[name!="thrown"]',
          message: 'Name what is caught `thrown`.',
        },
        {
          selector:
            'CallExpression[callee.property.name="catch"] > ArrowFunctionExpression > Identifier.params[name!="thrown"]',
          message: 'Name what is caught `thrown`.',
        },
      ],
      'no-console': 'error',
      'max-lines': ['error', 400],
      'max-lines-per-function': ['error', { max: 60, skipComments: true }],
      complexity: ['error', 10],
      curly: 'error',
      eqeqeq: 'error',
    },
  },
  {
    files: ['src/**/*.ts'],
    rules: {
      'no-restricted-imports': ['error', { paths: [noVscode, ...readsOfAnySize] }],
      'no-restricted-properties': [
        'error',
        { object: 'JSON', property: 'parse', message: 'Use parseJson, which refuses excessive JSON.' },
      ],
    },
  },
  { files: ['src/core/**/*.ts'], rules: { 'no-restricted-imports': ['error', coreMayNotImport] } },
  { files: ['src/core/parseJson.ts'], rules: { 'no-restricted-properties': 'off' } },
  {
    files: ['src/host/**/*.ts', 'src/extension.ts'],
    rules: { 'no-restricted-imports': ['error', { paths: readsOfAnySize }] },
  },
  { files: ['test/host/**/*.ts'], rules: { 'no-restricted-imports': 'off' } },
  {
    files: ['test/**/*.ts'],
    rules: {
      'max-lines-per-function': 'off',
      // mocha's describe/it take functions whose promises mocha itself awaits.
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    // What these print is read in a terminal or in the debugger's console.
    files: ['test/e2e/**/*.ts', 'test/bench/**/*.ts', 'test/support/**/*.ts', 'test/host/report.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['**/*.{js,mjs,cjs}'],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: {
      globals: {
        require: 'readonly',
        module: 'writable',
        process: 'readonly',
        console: 'readonly',
        __dirname: 'readonly',
        URL: 'readonly',
      },
    },
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
);
