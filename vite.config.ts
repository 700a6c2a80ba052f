import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'
import { embedPlugin, policyInBuildOnly } from './src/build/embed-plugin.ts'
import { scenariosPlugin } from './src/build/scenarios-plugin.ts'

const scenarios = fileURLToPath(new URL('./e2e/conformance/scenarios', import.meta.url))

export default defineConfig({
  base: './',
  plugins: [react(), scenariosPlugin(scenarios), embedPlugin(scenarios), policyInBuildOnly()],
  resolve: { alias: [{ find: /^monaco-editor\/esm\/vs\//, replacement: 'monaco-editor/' }] },
  worker: { format: 'es' },
  build: { chunkSizeWarningLimit: 100_000 },
  test: { include: ['src/**/*.test.ts'] },
})
