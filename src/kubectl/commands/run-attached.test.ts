import { expect, test } from 'vitest'
import { Cluster } from '#engine/cluster.ts'
import { runToEnd } from '#scenario/testing/run-to-end.ts'
import { runKubectl } from '../kubectl.ts'
import { keepPrinted } from '../testing/keep-printed.ts'

/** Runs a line for at most `seconds` of the cluster's time, then interrupts it. */
function run(line: string, seconds = 600) {
  const cluster = new Cluster({ seed: 7, version: '1.36' })
  cluster.fault({ add: [{ name: 'w0' }] }, '')
  cluster.settle()
  const { io, printed } = keepPrinted()
  const running = runKubectl(line.split(' '), { client: cluster.client, io, namespace: 'default' })
  const exit = runToEnd(cluster, running, line, seconds * 1000)
  return { ...printed, exit, pods: cluster.client.list('Pod', { namespace: 'default' }).items.map((pod) => pod.metadata.name) }
}

const sentence = "warning: couldn't attach to pod/t: the playground runs no programs, so there is none to talk to\n"
const gone = 'pod "t" deleted from default namespace\n'

// what kubectl 1.36.3 writes to stdout, and its exit status, where the API cannot attach
test.each([
  ['-it', '', 0, ['t']],
  ['--attach', '', 0, ['t']],
  ['-it --rm', gone, 0, []],
  ['-it --rm -o yaml', gone, 0, []],
  ['-it --rm --quiet', '', 0, []],
  ['-i --rm --expose --port=80', `service/t created\n${gone}service "t" deleted from default namespace\n`, 0, []],
] as const)('run t --image=x %s', (flags, stdout, exit, pods) => {
  expect(run(`run t --image=x ${flags}`)).toEqual({ stdout, stderr: sentence, exit, pods })
})

test.each(['Never', 'OnFailure'])('with --restart=%s it would end as the program did: it says that none ran', (policy) => {
  expect(run(`run t --image=x -it --rm --restart=${policy} -- sh`)).toEqual({
    stdout: gone,
    stderr: `${sentence}error: no program ran in pod/t, so it has no result\n`,
    exit: 1,
    pods: [],
  })
})

const nowhere = `--overrides={"spec":{"nodeSelector":{"a":"b"}}}`

test('a pod that does not run in time is waited for no longer, and deleted', () => {
  const { stdout, stderr, exit, pods } = run(`run t --image=x -i --rm ${nowhere} --pod-running-timeout=5s`)
  expect({ stdout, stderr, exit, pods }).toEqual({ stdout: gone, stderr: 'error: timed out waiting for the condition\n', exit: 1, pods: [] })
})

test('interrupted while it waits, it deletes the pod, too', () => {
  expect(run(`run t --image=x -i --rm ${nowhere}`, 5)).toMatchObject({ stdout: gone, pods: [] })
})
