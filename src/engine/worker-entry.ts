// WebKit runs a worker's first file again when another file imports from it, and there would be two engines (vite.config.ts keeps them apart)
import './worker.ts'
