/**
 * The protobuf bodies that kubectl sends: `create namespace`, `deployment`, `priorityclass`, `service`, and the options of a delete.
 * Only the fields those commands can set have numbers here; others are dropped. Answers are always JSON.
 */
import { ApiError } from '#k8s/api-error.ts'
import { structOf } from '#k8s/schema/index.ts'
import { type Field, type FieldType, parseField } from '#k8s/schema/notation.ts'
import { numberOf, readFields, textOf, type WireField } from './reader.ts'

type Json = Record<string, unknown>

/** Field numbers by struct. @source generated.proto of meta/v1, core/v1, apps/v1, scheduling/v1 */
const numbers: Record<string, Record<number, string>> = {
  ObjectMeta: { 1: 'name', 2: 'generateName', 3: 'namespace', 5: 'uid', 6: 'resourceVersion', 11: 'labels', 12: 'annotations', 14: 'finalizers' },
  LabelSelector: { 1: 'matchLabels' },
  Namespace: { 1: 'metadata' },
  PriorityClass: { 1: 'metadata', 2: 'value', 3: 'globalDefault', 4: 'description', 5: 'preemptionPolicy' },
  Deployment: { 1: 'metadata', 2: 'spec' },
  DeploymentSpec: { 1: 'replicas', 2: 'selector', 3: 'template' },
  PodTemplateSpec: { 1: 'metadata', 2: 'spec' },
  PodSpec: { 2: 'containers', 3: 'restartPolicy', 4: 'terminationGracePeriodSeconds', 7: 'nodeSelector', 10: 'nodeName' },
  Container: { 1: 'name', 2: 'image', 3: 'command', 4: 'args', 6: 'ports' },
  ContainerPort: { 1: 'name', 2: 'hostPort', 3: 'containerPort', 4: 'protocol', 5: 'hostIP' },
  Service: { 1: 'metadata', 2: 'spec' },
  ServiceSpec: { 1: 'ports', 2: 'selector', 3: 'clusterIP', 4: 'type', 7: 'sessionAffinity', 10: 'externalName' },
  ServicePort: { 1: 'name', 2: 'protocol', 3: 'port', 4: 'targetPort', 5: 'nodePort' },
  DeleteOptions: { 1: 'gracePeriodSeconds', 2: 'preconditions', 3: 'orphanDependents', 4: 'propagationPolicy', 5: 'dryRun' },
  Preconditions: { 1: 'uid', 2: 'resourceVersion' },
}

/** Structs that no manifest has. */
const optionFields: Record<string, Record<string, Field>> = {
  DeleteOptions: {
    gracePeriodSeconds: parseField('int64*'),
    preconditions: parseField('Preconditions*'),
    orphanDependents: parseField('bool*'),
    propagationPolicy: parseField('string*'),
    dryRun: parseField('[]string'),
  },
  Preconditions: { uid: parseField('string*'), resourceVersion: parseField('string*') },
}

const fieldOf = (struct: string, name: string): Field | undefined => optionFields[struct]?.[name] ?? structOf(struct).fields.get(name)

function intOrString(bytes: Uint8Array): unknown {
  const parts = new Map(readFields(bytes).map((f) => [f.number, f.value]))
  return numberOf(parts.get(1)) === 1 ? textOf(parts.get(3)) : numberOf(parts.get(2))
}

function decodeValue(type: FieldType, value: WireField['value']): unknown {
  if (type.shape === 'struct') return decodeStruct(type.struct, value as Uint8Array)
  if (type.shape !== 'scalar') throw new Error(`unexpected ${type.shape}`)
  if (type.scalar === 'intOrString') return intOrString(value as Uint8Array)
  if (type.scalar === 'bool') return numberOf(value) === 1
  return typeof value === 'bigint' ? numberOf(value) : textOf(value)
}

const isZero = (value: unknown): boolean => value === '' || value === 0 || value === false

function decodeStruct(struct: string, bytes: Uint8Array): Json {
  const json: Json = {}
  for (const { number, value } of readFields(bytes)) {
    const name = numbers[struct]?.[number]
    const field = name === undefined ? undefined : fieldOf(struct, name)
    if (name === undefined || !field) continue
    const { type, pointer, required } = field
    if (type.shape === 'list') json[name] = [...((json[name] as unknown[]) ?? []), decodeValue(type.item, value)]
    else if (type.shape === 'map') {
      const entry = new Map(readFields(value as Uint8Array).map((f) => [f.number, f.value]))
      json[name] = { ...(json[name] as Json), [textOf(entry.get(1))]: decodeValue(type.value, entry.get(2) ?? new Uint8Array()) }
    } else {
      const decoded = decodeValue(type, value)
      // Go writes the zero values of what is no pointer; JSON leaves them out
      if (pointer || required || !isZero(decoded)) json[name] = decoded
    }
  }
  return json
}

/**
 * The object in a protobuf body (`k8s\0` and a runtime.Unknown). Throws UnsupportedMediaType for kinds that are not known
 * here, BadRequest for bytes that cannot be read.
 */
export function decodeKubernetes(body: Uint8Array): Json {
  let kind = ''
  try {
    if (Buffer.from(body.subarray(0, 4)).toString('latin1') !== 'k8s\0') throw new Error('the magic number is missing')
    const envelope = new Map(readFields(body.subarray(4)).map((f) => [f.number, f.value]))
    const typeMeta = new Map(readFields((envelope.get(1) as Uint8Array | undefined) ?? new Uint8Array()).map((f) => [f.number, textOf(f.value)]))
    kind = typeMeta.get(2) ?? ''
    if (numbers[kind]) return { apiVersion: typeMeta.get(1), kind, ...decodeStruct(kind, (envelope.get(2) as Uint8Array) ?? new Uint8Array()) }
  } catch (error) {
    throw new ApiError('BadRequest', `the object provided is unrecognized: ${(error as Error).message}`)
  }
  throw new ApiError('UnsupportedMediaType', `the playground reads no ${kind} in protobuf; send it as application/json`)
}
