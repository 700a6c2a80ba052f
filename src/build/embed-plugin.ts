import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { type Alias, build, type Plugin, type ResolvedConfig, type Rollup } from 'vite'
import { pxToRemPlugin } from './px-to-rem.ts'
import { readScenarioFiles } from './scenario-files.ts'
import { scenariosPlugin } from './scenarios-plugin.ts'

/**
 * The embed must run in a frame without an origin, where module scripts and fetches are refused. So it is built apart, as classic
 * scripts: one for the picture, and one that is fetched when the simulation starts, with the worker's source and the scenarios as text.
 * In development both come from the dev server as they are.
 */
const engineModule = 'virtual:embed-engine'

const devEngine = `
import { texts } from 'virtual:scenario-texts'
export const loadEngine = async () => ({
  startWorker: () => new Worker(new URL('/src/engine/worker.ts', location.href), { type: 'module' }),
  scenarios: texts,
})`

async function bundle(root: string, entry: string, scenarios: string, alias: readonly Alias[]): Promise<Rollup.OutputAsset[] & { code: string }> {
  const result = await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    plugins: [react(), pxToRemPlugin(), scenariosPlugin(scenarios)],
    resolve: { alias: [...alias, { find: engineModule, replacement: resolve(root, 'src/ui/embed/load-engine.ts') }] },
    define: { 'process.env.NODE_ENV': '"production"' },
    build: { write: false, minify: true, cssCodeSplit: false, lib: { entry: resolve(root, entry), formats: ['iife'], name: 'daemonsetPlayground' } },
  })
  const output = (Array.isArray(result) ? result : [result as Rollup.RollupOutput]).flatMap((one) => one.output)
  const code = output.find((file) => file.type === 'chunk')?.code ?? ''
  return Object.assign(
    output.filter((file) => file.type === 'asset'),
    { code },
  )
}

/** Writes a file whose name carries a hash of its content; returns its path from the site's root. */
function writeHashed(outDir: string, name: string, extension: string, text: string): string {
  const hash = createHash('sha256').update(text).digest('base64url').slice(0, 8)
  const path = `assets/${name}-${hash}.${extension}`
  mkdirSync(join(outDir, 'assets'), { recursive: true })
  writeFileSync(join(outDir, path), text)
  return path
}

async function buildEmbed(config: ResolvedConfig, scenarios: string): Promise<void> {
  const { root } = config
  const outDir = resolve(root, config.build.outDir)
  const aliases = config.resolve.alias.filter(({ find }) => typeof find !== 'string' || !find.startsWith('/'))
  const page = await bundle(root, 'src/embed.tsx', scenarios, aliases)
  // nobody asks the picture what a field means
  const noFieldDocs: Alias = { find: '#k8s/schema/field-docs.json', replacement: resolve(root, 'src/build/no-field-docs.ts') }
  const worker = await bundle(root, 'src/engine/worker.ts', scenarios, [...aliases, noFieldDocs])
  const texts = Object.fromEntries(readScenarioFiles(scenarios).map((file) => [file.id, file.text]))
  const engine = `globalThis.daemonsetPlaygroundEngine=${JSON.stringify({ source: worker.code, scenarios: texts })}`
  const css = String(page.find((file) => file.fileName.endsWith('.css'))?.source ?? '')
  const paths = { page: writeHashed(outDir, 'embed', 'js', page.code), engine: writeHashed(outDir, 'embed-engine', 'js', engine) }
  writeFileSync(join(outDir, 'embed.html'), embedHtml(readFileSync(resolve(root, 'embed.html'), 'utf8'), css, paths))
}

/**
 * The page around the picture. To Safari `'self'` is nothing in a frame without an origin. So the styles are in the page, and the policy
 * trusts one script in the page, by its hash, which adds the script of the picture, and what is added by a script that is trusted.
 */
function embedHtml(source: string, css: string, { page, engine }: { page: string; engine: string }): string {
  const start = `const script=document.createElement('script');script.src='./${page}';script.dataset.engine='./${engine}';script.onerror=()=>{document.getElementById('root').textContent='This could not be loaded.'};document.head.append(script)`
  const hash = createHash('sha256').update(start).digest('base64')
  return source
    .replace("script-src 'strict-dynamic'", `script-src 'sha256-${hash}' 'strict-dynamic'`)
    .replace('</head>', () => `  <style>${css.trim()}</style>\n  </head>`)
    .replace(/<script type="module"[^>]*><\/script>/, () => `<script>${start}</script>`)
}

/** Serves the embed in development, and adds it to the finished site. */
export function embedPlugin(scenarios: string): Plugin {
  let config: ResolvedConfig
  return {
    name: 'embed',
    configResolved(resolved) {
      config = resolved
    },
    resolveId: (id) => (id === engineModule ? `\0${engineModule}` : undefined),
    load: (id) => (id === `\0${engineModule}` ? devEngine : undefined),
    async closeBundle() {
      if (config.command === 'build' && !config.build.watch) await buildEmbed(config, scenarios)
    },
  }
}

/** The page's policy forbids what the dev server needs (inline scripts, sockets), so it holds in the built site only. */
export function policyInBuildOnly(): Plugin {
  return {
    name: 'policy-in-build-only',
    apply: 'serve',
    transformIndexHtml: (html) => html.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, ''),
  }
}
