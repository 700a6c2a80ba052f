import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from '@playwright/test'

const systemBrowsers = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable']

/**
 * Path of a Chromium to test with: `$CHROME_PATH`, Playwright's own, one of the system's, or the one that the
 * `@sparticuz/chromium` package carries (unpacked into node_modules/.cache).
 */
export async function findBrowser(): Promise<string> {
  const found = [process.env.CHROME_PATH, chromium.executablePath(), ...systemBrowsers].find((path) => path && existsSync(path))
  if (found) return found
  const folder = join(import.meta.dirname, '../node_modules/.cache/chromium')
  mkdirSync(folder, { recursive: true })
  process.env.TMPDIR = folder
  const { default: packaged } = await import('@sparticuz/chromium')
  return packaged.executablePath()
}

/** Switches every launch gets: no sandbox (tests run as root in containers), and no background traffic. */
export const browserArgs = ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run']
