import { loadLate } from './load-late.ts'

// for every test file
await loadLate()
