// node .ci/node.mjs ENTRY [arguments]: bundles src/node/ENTRY.ts and runs it in this process' Node.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { install, root } from './lib.mjs'

const [entry, ...args] = process.argv.slice(2)
await install()
const { build } = await import('vite')
const outDir = join(root, 'node_modules/.cache/node')
await build({
  root,
  configFile: false,
  publicDir: false,
  logLevel: 'error',
  ssr: { noExternal: true },
  build: {
    ssr: join(root, `src/node/${entry}.ts`),
    outDir,
    emptyOutDir: false,
    target: 'node20',
    minify: false,
    rollupOptions: { output: { entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' } },
  },
})
const nodeArgs = process.env.NODE_ARGS ? process.env.NODE_ARGS.split(' ') : []
process.exit(
  spawnSync(process.execPath, [...nodeArgs, join(outDir, `${entry}.mjs`), ...args], { stdio: 'inherit', cwd: process.env.INIT_CWD ?? root }).status ??
    1,
)
