import { Cluster } from '#engine/cluster.ts'
import { type KubernetesVersion, newestVersion } from '#k8s/version.ts'
import { compileJsonPath } from '#kubectl/jsonpath.ts'
import { createTerminal } from '#scenario/terminal.ts'
import { difference, firstOf, type VectorCheck } from './vector.ts'

const words = (text: string) => text.split(' ').sort().join(' ')

const jsonPath: VectorCheck = {
  name: 'jsonpath',
  recognises: (file, keys) => 'object' in file && keys.has('template'),
  check: (input, file) => {
    const { template, output = '', error, anyOrder } = input as { template: string; output?: string; error?: string; anyOrder?: boolean }
    let ours: string
    try {
      ours = compileJsonPath(template, { floatNumbers: true }).print(file.object)
    } catch (e) {
      return error ? difference(template, error, (e as Error).message) : `${template}: ${(e as Error).message}`
    }
    if (error) return `${template}: expected the error ${error}, got ${ours}`
    return anyOrder ? difference(template, words(output), words(ours)) : difference(template, output, ours)
  },
}

/** Struct addresses that Go prints differ between two runs of the real server. */
const foldAddresses = (text: string) => text.replace(/0x[0-9a-f]{6,}/g, '<address>')

/** Each manifest is sent with `kubectl apply --validate=false` to an empty cluster. */
const validation: VectorCheck = {
  name: 'validation',
  recognises: (_file, keys) => keys.has('manifest'),
  check: (input, file) => {
    const { name, manifest, exit, stdout, stderr } = input as { name: string; manifest: unknown; exit: number; stdout: string; stderr: string }
    const cluster = new Cluster({ version: (file.version ?? newestVersion) as KubernetesVersion, kubelets: 'stand-in' })
    let out = ''
    let err = ''
    const running = createTerminal(cluster.client).run('kubectl apply --validate=false -f -', {
      out: (text) => {
        out += text
      },
      err: (text) => {
        err += text
      },
      stdin: JSON.stringify(manifest),
      readFile: () => undefined,
    })
    const { value } = running.next()
    return firstOf(
      difference(`${name}: stderr`, foldAddresses(stderr), foldAddresses(err)),
      difference(`${name}: stdout`, stdout, out),
      difference(`${name}: exit`, exit, value),
    )
  },
}

/** Checks of what kubectl and the API server print. */
export const apiVectors: readonly VectorCheck[] = [jsonPath, validation]
