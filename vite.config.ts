import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'
import { changeSentencesPlugin } from './src/build/change-sentences.ts'
import { embedPlugin, policyInBuildOnly } from './src/build/embed-plugin.ts'
import { pxToRemPlugin } from './src/build/px-to-rem.ts'
import { scenariosPlugin } from './src/build/scenarios-plugin.ts'

const scenarios = fileURLToPath(new URL('./e2e/conformance/scenarios', import.meta.url))

export default defineConfig({
  base: './',
  plugins: [react(), pxToRemPlugin(), scenariosPlugin(scenarios), embedPlugin(scenarios), policyInBuildOnly()],
  resolve: {
    alias: [
      // monaco-yaml still names Monaco's old deep paths
      { find: /^monaco-editor\/esm\/vs\//, replacement: 'monaco-editor/' },
      // fails on the name of a field that has none, and takes all other markers with it
      { find: '@vscode/l10n', replacement: fileURLToPath(new URL('./src/build/plain-messages.ts', import.meta.url)) },
      // the editor does not format: what does it would be half of the YAML worker
      { find: /^prettier\/.*/, replacement: fileURLToPath(new URL('./src/build/no-prettier.ts', import.meta.url)) },
    ],
  },
  optimizeDeps: { include: ['monaco-yaml/yaml.worker.js'] },
  worker: {
    format: 'es',
    plugins: () => [changeSentencesPlugin()],
    // what comes later imports from the engine's own file, never from the file that the worker begins with (src/engine/worker-entry.ts)
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'engine', test: /\/src\/engine\/worker\.ts$/ }] } } },
  },
  build: {
    chunkSizeWarningLimit: 100_000,
    // every browser that the page is built for knows modulepreload
    modulePreload: { polyfill: false },
    // what the page begins with is one file: in several it is larger
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'page', tags: ['$initial'] }] } } },
  },
  test: { include: ['src/**/*.test.ts'], setupFiles: ['src/node/load-late-setup.ts'], testTimeout: 90_000 },
})
