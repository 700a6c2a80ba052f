/** What the page asks about manifests, stored objects, and why things are as they are. Not needed to run a cluster, so it is loaded with the first such question. */
export { explain } from '../../explain/explain.ts'
export { comparing } from '../compare-text.ts'
export { predictingLine } from '../predict/predict-line.ts'
export { predicting } from '../predict/predict-text.ts'
export { yamlOf } from '../yaml-of.ts'
export { examine } from './examine.ts'
