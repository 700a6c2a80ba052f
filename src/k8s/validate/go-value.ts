/** Values of structs and maps as error messages show them (DS-15.80). */
import { quoteGo } from '../schema/go-format.ts'
import { parseTimestamp, toTimestamp } from '../time.ts'
import type {
  DaemonSetUpdateStrategy,
  Deployment,
  IntOrString,
  LabelSelector,
  LabelSelectorRequirement,
  StatefulSet,
  StringMap,
  Taint,
  Toleration,
} from '../types.ts'
import type { BadValue, GoValue } from './field-errors.ts'

const quote = (text: string | undefined): string => quoteGo(text ?? '')

const sortedKeys = (map: StringMap): string[] => Object.keys(map).sort()

const goMap = (map: StringMap | undefined): string =>
  map
    ? `map[string]string{${sortedKeys(map)
        .map((key) => `${quote(key)}:${quote(map[key])}`)
        .join(', ')}}`
    : 'map[string]string(nil)'

const jsonMap = (map: StringMap): string => JSON.stringify(Object.fromEntries(sortedKeys(map).map((key) => [key, map[key]])))

export function labelsValue(labels: StringMap | undefined): GoValue {
  return { go: goMap(labels), json: labels ? jsonMap(labels) : 'null' }
}

const goStrings = (list: readonly string[] | undefined): string => (list ? `[]string{${list.map(quote).join(', ')}}` : '[]string(nil)')

export const stringsValue = (list: readonly string[]): GoValue => ({ go: goStrings(list), json: JSON.stringify(list) })

const goRequirement = (r: LabelSelectorRequirement): string =>
  `v1.LabelSelectorRequirement{Key:${quote(r.key)}, Operator:${quote(r.operator)}, Values:${goStrings(r.values)}}`

const goRequirements = (list: readonly LabelSelectorRequirement[] | undefined): string =>
  list ? `[]v1.LabelSelectorRequirement{${list.map(goRequirement).join(', ')}}` : '[]v1.LabelSelectorRequirement(nil)'

/** A nil pointer: a text in quotes, until values were shown as JSON. @source field/errors.go ErrorBody */
export const nullValue: GoValue = { go: '"null"', json: 'null' }

export function selectorValue(selector: LabelSelector | undefined): BadValue {
  if (!selector) return nullValue
  const { matchLabels, matchExpressions } = selector
  const json = [
    ...(matchLabels && Object.keys(matchLabels).length ? [`"matchLabels":${jsonMap(matchLabels)}`] : []),
    ...(matchExpressions?.length
      ? [`"matchExpressions":${JSON.stringify(matchExpressions.map(({ key, operator, values }) => ({ key, operator, values })))}`]
      : []),
  ]
  return {
    go: `v1.LabelSelector{MatchLabels:${goMap(matchLabels)}, MatchExpressions:${goRequirements(matchExpressions)}}`,
    json: `{${json.join(',')}}`,
  }
}

export function intOrStringValue(value: IntOrString): GoValue {
  const go =
    typeof value === 'number'
      ? `intstr.IntOrString{Type:0, IntVal:${value}, StrVal:""}`
      : `intstr.IntOrString{Type:1, IntVal:0, StrVal:${quote(value)}}`
  return { go, json: JSON.stringify(value) }
}

/** A pointer inside a printed struct is an address; which one cannot be known. */
const goPointer = (type: string, value: unknown): string => `(*${type})(${value === undefined ? 'nil' : '0xc000000000'})`

function strategyValue(kind: string, rolling: string, type: string | undefined, update: object | undefined): GoValue {
  const fields = update && Object.fromEntries(Object.entries(update).map(([key, value]) => [`${key[0]?.toUpperCase()}${key.slice(1)}`, value]))
  return {
    go: `apps.${kind}{Type:${quote(type)}, RollingUpdate:${goPointer(`apps.${rolling}`, update)}}`,
    json: `{"Type":${quote(type)},"RollingUpdate":${JSON.stringify(fields ?? null)}}`,
  }
}

export function daemonSetStrategyValue({ type, rollingUpdate }: DaemonSetUpdateStrategy): GoValue {
  return strategyValue('DaemonSetUpdateStrategy', 'RollingUpdateDaemonSet', type, rollingUpdate)
}

export function deploymentStrategyValue(strategy: NonNullable<Deployment['spec']['strategy']>): GoValue {
  return strategyValue('DeploymentStrategy', 'RollingUpdateDeployment', strategy.type, strategy.rollingUpdate)
}

export function statefulSetStrategyValue(strategy: NonNullable<StatefulSet['spec']['updateStrategy']>): GoValue {
  return strategyValue('StatefulSetUpdateStrategy', 'RollingUpdateStatefulSetStrategy', strategy.type, strategy.rollingUpdate)
}

export function tolerationValue({ key, operator, value, effect, tolerationSeconds }: Toleration): GoValue {
  return {
    go: `core.Toleration{Key:${quote(key)}, Operator:${quote(operator)}, Value:${quote(value)}, Effect:${quote(effect)}, TolerationSeconds:${goPointer('int64', tolerationSeconds)}}`,
    json: `{"Key":${quote(key)},"Operator":${quote(operator)},"Value":${quote(value)},"Effect":${quote(effect)},"TolerationSeconds":${tolerationSeconds ?? null}}`,
  }
}

const monthNames = 'January February March April May June July August September October November December'.split(' ')

/** A time to the second, as Go writes it; servers have the zone of their machine. @source time/format.go GoString */
function goTime(timestamp: string): string {
  const [year = 0, month = 0, ...rest] = (toTimestamp(parseTimestamp(timestamp)).match(/\d+/g) ?? []).map(Number)
  return `time.Date(${[year, `time.${monthNames[month - 1]}`, ...rest, 0].join(', ')}, time.Local)`
}

export function taintValue({ key, value, effect, timeAdded }: Taint): GoValue {
  return {
    go: `core.Taint{Key:${quote(key)}, Value:${quote(value)}, Effect:${quote(effect)}, TimeAdded:${timeAdded ? goTime(timeAdded) : '<nil>'}}`,
    json: `{"Key":${quote(key)},"Value":${quote(value)},"Effect":${quote(effect)},"TimeAdded":${JSON.stringify(timeAdded ?? null)}}`,
  }
}

/** Any other struct; its Go form is close, not exact. */
export function structValue(type: string, value: object | undefined): GoValue {
  const fields = Object.entries(value ?? {}).map(([key, item]) => `${key[0]?.toUpperCase()}${key.slice(1)}:${JSON.stringify(item)}`)
  return { go: `${type}{${fields.join(', ')}}`, json: JSON.stringify(value ?? null) }
}

/** Of a port of a Service what makes it the same as another. */
export function servicePortValue(port = 0, protocol = ''): GoValue {
  const target = 'intstr.IntOrString{Type:0, IntVal:0, StrVal:""}'
  const go = `core.ServicePort{Name:"", Protocol:${quote(protocol)}, AppProtocol:(*string)(nil), Port:${port}, TargetPort:${target}, NodePort:0}`
  return { go, json: JSON.stringify({ Name: '', Protocol: protocol, AppProtocol: null, Port: port, TargetPort: 0, NodePort: 0 }) }
}
