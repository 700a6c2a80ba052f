// Makes src/k8s/schema/field-docs.json: what `kubectl explain` says of structs and fields, from kubernetes-models (OpenAPI of
// Kubernetes 1.36, MIT; the texts are those of the API, Apache-2.0). The package is not a dependency; to run this again:
//   npm i --prefix FOLDER kubernetes-models@5.1.0 && node .ci/make-field-docs.mjs FOLDER
// `{Struct: {"": about the struct, field: about the field}}`; the names are those of the tables beside the file.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { root } from './lib.mjs'

const modules = join(process.argv[2] ?? '.', 'node_modules')
const kinds = {
  'apps/v1': 'DaemonSet Deployment StatefulSet ReplicaSet ControllerRevision',
  v1: 'Pod Node Namespace Service Event PersistentVolumeClaim',
  'scheduling.k8s.io/v1': 'PriorityClass',
  'coordination.k8s.io/v1': 'Lease',
}
const queue = Object.entries(kinds).flatMap(([folder, names]) => names.split(' ').map((name) => join(modules, 'kubernetes-models', folder, name)))

const clean = (comment) =>
  (comment ?? '')
    .split('\n')
    .map((line) => line.replace(/^\s*\*( |$)/, '').trimEnd())
    .join('\n')
    .trim()

const texts = /(?:\/\*\*\n((?:\s*\*(?!\/).*\n)*)\s*\*\/\s*)?(?:export (?:interface|type) I\w+|^ {4}"([\w$]+)"\??:)/gm
const docs = {}
while (queue.length > 0) {
  const file = queue.shift()
  const name = basename(file)
  if (docs[name] || !existsSync(`${file}.d.ts`)) continue
  const [source] = readFileSync(`${file}.d.ts`, 'utf8').split(/^export declare class /m)
  docs[name] = {}
  for (const [, comment, field = ''] of source.matchAll(texts)) {
    const text = clean(comment)
    if (text && !docs[name][field]) docs[name][field] = text
  }
  for (const [, path] of source.matchAll(/^import (?:type )?\{ I.* \} from "(.*?)(?:\.m?js)?";$/gm))
    queue.push(path.startsWith('.') ? join(dirname(file), path) : join(modules, path))
}
// the package says nothing of apiVersion and kind: what is there stays
const target = join(root, 'src/k8s/schema/field-docs.json')
for (const [struct, { apiVersion, kind }] of Object.entries(JSON.parse(readFileSync(target, 'utf8'))))
  if (docs[struct]) docs[struct] = { apiVersion, kind, ...docs[struct] }
const text = `${JSON.stringify(docs, null, 2)}\n`
writeFileSync(target, text)
console.log(`${Object.keys(docs).length} structs, ${(text.length / 1024).toFixed(0)} KiB, ${(gzipSync(text).length / 1024).toFixed(1)} KiB gzip`)
