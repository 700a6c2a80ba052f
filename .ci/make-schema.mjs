// Makes src/ui/editor/schema/kubernetes.json: a JSON schema of the manifests that the editor helps with, from the models of
// @kubernetes/client-node (OpenAPI of Kubernetes 1.36, Apache-2.0). The package is not a dependency; to run this again:
//   npm i --prefix FOLDER @kubernetes/client-node@2.0.1 && node .ci/make-schema.mjs FOLDER
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { root } from './lib.mjs'

const models = join(process.argv[2] ?? '.', 'node_modules/@kubernetes/client-node/dist/gen/models')
const kinds = {
  V1DaemonSet: ['apps/v1', 'DaemonSet'],
  V1Deployment: ['apps/v1', 'Deployment'],
  V1StatefulSet: ['apps/v1', 'StatefulSet'],
  V1ReplicaSet: ['apps/v1', 'ReplicaSet'],
  V1ControllerRevision: ['apps/v1', 'ControllerRevision'],
  V1Pod: ['v1', 'Pod'],
  V1Node: ['v1', 'Node'],
  V1Namespace: ['v1', 'Namespace'],
  V1Service: ['v1', 'Service'],
  V1Lease: ['coordination.k8s.io/v1', 'Lease'],
  V1PriorityClass: ['scheduling.k8s.io/v1', 'PriorityClass'],
}
// what the server fills in: `kubectl get -o yaml` prints it and apply takes it, but nobody writes it
const filledIn = new Set(['status', 'managedFields', 'selfLink'])
const longest = 320

const plain = {
  string: { type: 'string' },
  number: { type: 'number' },
  boolean: { type: 'boolean' },
  any: {},
  object: { type: 'object' },
  Date: { type: 'string' },
  V1MicroTime: { type: 'string' },
  IntOrString: { type: ['integer', 'string'] },
}
const definitions = {}
const queue = Object.keys(kinds)

function toSchema(type) {
  const list = /^Array<(.*)>$/s.exec(type)
  if (list) return { type: 'array', items: toSchema(list[1]) }
  const map = /^\{\s*\[key: string\]: (.*?);?\s*\}$/s.exec(type)
  if (map) return { type: 'object', additionalProperties: toSchema(map[1]) }
  if (plain[type]) return { ...plain[type] }
  if (!existsSync(join(models, `${type}.d.ts`))) return {}
  if (!definitions[type] && !queue.includes(type)) queue.push(type)
  return { $ref: `#/definitions/${type}` }
}

function shorten(comment) {
  const text = (comment ?? '')
    .replace(/\n\s*\*/g, ' ')
    .replace(/\\(['"])/g, '$1')
    .replace(/\s+/g, ' ')
    .trim()
  if (text.length <= longest) return text
  const cut = text.slice(0, longest)
  return cut.slice(0, Math.max(cut.lastIndexOf('. ') + 1, 120))
}

while (queue.length > 0) {
  const name = queue.shift()
  const source = readFileSync(join(models, `${name}.d.ts`), 'utf8')
  const [head, body] = source.split(/export declare class \w+ \{/)
  const definition = { type: 'object', properties: {}, additionalProperties: false }
  definitions[name] = definition
  const about = shorten(/\/\*\*\n\* ([\s\S]*?)\n\*\/\s*$/.exec(head)?.[1])
  if (about) definition.description = about
  const required = []
  for (const [, comment, field, optional, type] of body
    .split('static readonly')[0]
    .matchAll(/(?:\/\*\*\s*\* ([\s\S]*?)\s*\*\/\s*)?'([\w$]+)'(\?)?: ((?:\{[^}]*\}|[^;{])+);/g)) {
    if (filledIn.has(field)) {
      definition.properties[field] = { description: 'Filled in by the API server; what a manifest says here is not kept.', doNotSuggest: true }
      continue
    }
    definition.properties[field] = toSchema(type.trim())
    const description = shorten(comment)
    if (description) definition.properties[field].description = description
    if (!optional) required.push(field)
  }
  if (kinds[name]) {
    const [apiVersion, kind] = kinds[name]
    definition.properties.apiVersion = { ...definition.properties.apiVersion, enum: [apiVersion] }
    definition.properties.kind = { ...definition.properties.kind, enum: [kind] }
    required.push('apiVersion', 'kind', 'metadata')
  }
  if (required.length > 0) definition.required = [...new Set(required)]
}

const enums = {
  V1Toleration: { operator: ['Exists', 'Equal'], effect: ['NoSchedule', 'PreferNoSchedule', 'NoExecute'] },
  V1Taint: { effect: ['NoSchedule', 'PreferNoSchedule', 'NoExecute'] },
  V1DaemonSetUpdateStrategy: { type: ['RollingUpdate', 'OnDelete'] },
  V1DeploymentStrategy: { type: ['RollingUpdate', 'Recreate'] },
  V1StatefulSetUpdateStrategy: { type: ['RollingUpdate', 'OnDelete'] },
  V1PodSpec: { restartPolicy: ['Always', 'OnFailure', 'Never'], dnsPolicy: ['ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None'] },
  V1Container: { imagePullPolicy: ['Always', 'IfNotPresent', 'Never'] },
  V1ContainerPort: { protocol: ['TCP', 'UDP', 'SCTP'] },
  V1NodeSelectorRequirement: { operator: ['In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt'] },
  V1LabelSelectorRequirement: { operator: ['In', 'NotIn', 'Exists', 'DoesNotExist'] },
}
for (const [name, fields] of Object.entries(enums))
  for (const [field, values] of Object.entries(fields)) if (definitions[name]?.properties[field]) definitions[name].properties[field].enum = values

definitions.List = {
  type: 'object',
  description: 'Several objects in one document; kubectl applies each of them.',
  properties: {
    apiVersion: { type: 'string', enum: ['v1'] },
    kind: { type: 'string', enum: ['List'] },
    metadata: { type: 'object' },
    items: { type: 'array', items: { $ref: '#' } },
  },
  required: ['apiVersion', 'kind', 'items'],
  additionalProperties: false,
}
const schema = { oneOf: [...Object.keys(kinds), 'List'].map((name) => ({ $ref: `#/definitions/${name}` })), definitions }
// the names are shown: `PodSpec` offers its required fields
const text = JSON.stringify(schema).replace(/(#\/definitions\/|")V1(?=[A-Z]\w*")/g, '$1')
writeFileSync(join(root, 'src/ui/editor/schema/kubernetes.json'), `${text}\n`)
console.log(
  `${Object.keys(definitions).length} definitions, ${(text.length / 1024).toFixed(0)} KiB, ${(gzipSync(text).length / 1024).toFixed(1)} KiB gzip`,
)
