// Makes src/k8s/schema/field-docs.json: what `kubectl explain` says of structs and fields, from the models of
// @kubernetes/client-node (OpenAPI of Kubernetes 1.36, Apache-2.0). The package is not a dependency; to run this again:
//   npm i --prefix FOLDER @kubernetes/client-node@2.0.1 && node .ci/make-field-docs.mjs FOLDER
// `{Struct: {"": about the struct, field: about the field}}`; the names are those of the tables beside the file.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { root } from './lib.mjs'

const models = join(process.argv[2] ?? '.', 'node_modules/@kubernetes/client-node/dist/gen/models')
const kinds = 'DaemonSet Deployment StatefulSet ReplicaSet ControllerRevision Pod Node Namespace Service PriorityClass Lease'.split(' ')
const queue = [...kinds.map((kind) => `V1${kind}`), 'CoreV1Event']
const structName = (model) => model.replace(/^(Core)?V1/, '')

const clean = (comment) =>
  (comment ?? '')
    .replace(/\n\s*\*/g, '\n')
    .replace(/\\'/g, "'")
    .replace(/[ \t]+/g, ' ')
    .replace(/ ?\n ?/g, ' ')
    .trim()

const docs = {}
while (queue.length > 0) {
  const model = queue.shift()
  if (docs[structName(model)]) continue
  const [head, body] = readFileSync(join(models, `${model}.d.ts`), 'utf8').split(/export declare class \w+ \{/)
  const texts = {}
  docs[structName(model)] = texts
  const about = clean(/\/\*\*\n\* ([\s\S]*?)\n\*\/\s*$/.exec(head)?.[1])
  if (about) texts[''] = about
  for (const [, comment, field, type] of body
    .split('static readonly')[0]
    .matchAll(/(?:\/\*\*\s*\* ([\s\S]*?)\s*\*\/\s*)?'([\w$]+)'\??: ((?:\{[^}]*\}|[^;{])+);/g)) {
    const text = clean(comment)
    if (text) texts[field] = text
    for (const [name] of type.matchAll(/\b(?:Core)?V1\w+/g)) if (existsSync(join(models, `${name}.d.ts`))) queue.push(name)
  }
}
const text = `${JSON.stringify(docs, null, 2)}\n`
writeFileSync(join(root, 'src/k8s/schema/field-docs.json'), text)
console.log(`${Object.keys(docs).length} structs, ${(text.length / 1024).toFixed(0)} KiB, ${(gzipSync(text).length / 1024).toFixed(1)} KiB gzip`)
