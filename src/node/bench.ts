import { readArguments } from './arguments.ts'
import { benchConverge } from './bench/converge.ts'
import { benchMemory } from './bench/memory.ts'
import { benchPeer } from './bench/peer.ts'
import { benchReact } from './bench/react.ts'
import { benchRollout } from './bench/rollout.ts'
import { benchSeek } from './bench/seek.ts'

/** Every measurement by name. */
const benches: Record<string, () => void | Promise<void>> = {
  'engine/converge': benchConverge,
  'engine/react': benchReact,
  'engine/rollout': benchRollout,
  'engine/seek': benchSeek,
  'engine/peer': benchPeer,
  // a full collection takes away what V8 has learned about the code, too: nothing is timed after it
  'engine/memory': benchMemory,
}

/** Prints one JSON object a line. Operands choose measurements by their beginning: `npm run bench -- engine/react`. */
async function main(): Promise<void> {
  const { operands } = readArguments(process.argv.slice(2), [])
  for (const [name, run] of Object.entries(benches)) if (operands.length === 0 || operands.some((o) => name.startsWith(o))) await run()
}

main().catch((error: Error) => {
  console.error(error)
  process.exitCode = 1
})
