import { defineConfig } from '@playwright/test'
import { browserArgs, findBrowser } from './browser.ts'

const port = Number(process.env.E2E_PORT ?? 4179)

/** The built site in `dist`, served from a sub-path by a plain static server, in real Chromium. */
export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  fullyParallel: true,
  workers: 2,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  // a loaded machine may miss a moment; a test that passes only on a later try is reported as flaky
  retries: process.env.CI ? 2 : 1,
  forbidOnly: Boolean(process.env.CI),
  reporter: [['list'], ['json']],
  outputDir: '../test-results',
  use: {
    baseURL: `http://127.0.0.1:${port}/course/playground/`,
    launchOptions: { executablePath: await findBrowser(), args: browserArgs },
    viewport: { width: 1440, height: 900 },
    trace: 'on-first-retry',
  },
  webServer: {
    command: `node static-server.mjs ${port} /course/playground/`,
    url: `http://127.0.0.1:${port}/course/playground/`,
    reuseExistingServer: false,
  },
})
