/** The session by its messages: every request once, time, undo, interrupts, long work. */
import { describe, expect, it } from 'vitest'
import type { Frame, RequestName } from '#protocol/messages.ts'
import type { Prediction } from '#protocol/prediction.ts'
import type { Recording } from '#scenario/record.ts'
import { requestHandlers } from './requests.ts'
import { truthOf as clusterTruth, mirrorOf } from './testing/page-mirror.ts'
import { Talk } from './testing/talk.ts'

const manifest = (image: string) => `apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent}
spec:
  selector: {matchLabels: {app: agent}}
  template:
    metadata: {labels: {app: agent}}
    spec: {containers: [{name: agent, image: '${image}'}]}
`

const twoNodes = 'id: two\nnodes: [{name: a}, {name: b}]\nsteps: [{run: kubectl get nodes}, {wait: 5}, {node: {fail: a}}]\n'

const truthOf = ({ session }: Talk) => clusterTruth(session.open.cluster)
const frames = (talk: Talk): Frame[] => talk.messages.flatMap((m) => (m.type === 'frame' ? [m] : []))
const podsOf = (talk: Talk) => [...talk.session.open.cluster.core.state.tables.Pod.values()].filter((p) => p.metadata.namespace === 'default')

describe('every request', () => {
  const talk = new Talk()
  const asked = new Set<RequestName>()
  const ask: Talk['ask'] = (type, input) => {
    asked.add(type)
    return talk.ask(type, input)
  }
  const askLater: Talk['askLater'] = (type, input) => {
    asked.add(type)
    return talk.askLater(type, input)
  }

  it('open', () => {
    expect(ask('open', { scenario: twoNodes, version: '1.28', seed: 5, playing: false })).toEqual({
      version: '1.28',
      seed: 5,
      scenario: {
        id: 'two',
        title: 'two',
        steps: [{ text: 'kubectl get nodes' }, { text: '# 5 s pass' }, { text: '# outside Kubernetes: the kubelet on a stops' }],
      },
    })
    expect(frames(talk).some((frame) => frame.reset)).toBe(true)
    expect(() => ask('open', { version: '1.2' })).toThrow('Kubernetes 1.2 is not known here; choose one of 1.23')
    expect(() => ask('open', { scenario: 'id: x\nnodes: 3' })).toThrow('line 2: `nodes` must be a list')
    expect(talk.session.open.seed).toBe(5)
  })

  describe('a file of very many documents', () => {
    const text = Array.from({ length: 60 }, (_, i) => `apiVersion: v1\nkind: Namespace\nmetadata: {name: ns-${i}}\n`).join('---\n')

    it('is applied in portions, with progress', () => {
      const slow = new Talk(5)
      const { results } = slow.ask('apply', { name: 'many.yaml', text })
      expect(results).toHaveLength(60)
      expect(results.at(-1)).toEqual({ ok: true, message: 'namespace/ns-59 created', line: 59 * 4 + 1 })
      const progress = slow.messages.flatMap((m) => (m.type === 'frame' && m.progress ? [m.progress] : []))
      expect(progress.length).toBeGreaterThan(5)
      expect(progress).toEqual([...progress].sort((a, b) => a - b))
    })

    it('is one command, that everything it brings follows from, and one thing to undo', () => {
      const slow = new Talk(5)
      slow.ask('apply', { name: 'many.yaml', text })
      const { entries } = slow.session.open.cluster.core.state.journal
      const commands = entries.filter((entry) => entry.verb === 'run' && entry.text === 'kubectl apply -f many.yaml')
      expect(commands).toHaveLength(1)
      const made = entries.filter((entry) => entry.kind === 'Namespace' && entry.name?.startsWith('ns-') && entry.verb === 'create')
      expect(new Set(made.map((entry) => entry.root))).toEqual(new Set([commands[0]?.id]))
      slow.ask('undo', {})
      expect(slow.run('kubectl get ns ns-0')[1]).toBe(1)
      expect(slow.run('kubectl get ns ns-59')[1]).toBe(1)
    })

    it('can be stopped: what was applied stays, and can be undone', () => {
      const slow = new Talk(5)
      const id = slow.send('apply', { name: 'many.yaml', text })
      slow.session.tick(16)
      slow.send('clock', { playing: false })
      const [reply] = slow.replies(id)
      expect(reply).toMatchObject({
        ok: true,
        result: { results: [{ ok: false, message: expect.stringMatching(/^stopped: \d+ of 60 documents were applied$/) }] },
      })
      expect(slow.run('kubectl get ns ns-0')[1]).toBe(0)
      expect(slow.run('kubectl get ns ns-59')[1]).toBe(1)
    })
  })

  it('apply, shell, yaml, complete, explain, examine, predict', async () => {
    expect(ask('apply', { name: 'agent.yaml', text: manifest('agent:v1') }).results).toMatchObject([
      { ok: true, message: 'daemonset.apps/agent created' },
    ])
    const clock = ask('clock', { playing: true, speed: 4 })
    expect(clock).toBeNull()
    for (let i = 0; i < 200; i++) talk.session.tick(16)
    expect(podsOf(talk)).toHaveLength(2)
    expect(ask('shell', { line: 'kubectl get ds agent --no-headers | wc -l' })).toEqual({ exit: 0 })
    expect((await askLater('yaml', { ref: { kind: 'DaemonSet', namespace: 'default', name: 'agent' } }))?.text).toContain('kind: DaemonSet')
    expect(await askLater('yaml', { ref: { kind: 'DaemonSet', namespace: 'default', name: 'nobody' } })).toBeNull()
    expect(ask('complete', { line: 'kubectl get ds ag', cursor: 17 }).words).toContain('agent')
    expect(await askLater('explain', { question: { about: 'node', name: 'a' } })).toBeTruthy()
    expect((await askLater('examine', { text: manifest('agent:v1') })).objects).toEqual([{ kind: 'DaemonSet', namespace: 'default', name: 'agent' }])
    expect(await askLater('predict', { name: 'agent.yaml', text: manifest('agent:v2') })).toBeTruthy()
  })

  it('fault, step, skip, interrupt, undo, redo', () => {
    expect(ask('fault', { fault: { fail: 'b' } })).toBeNull()
    expect(() => ask('fault', { fault: { fail: 'nobody' } })).toThrow('there is no node nobody')
    expect(ask('step', {})).toEqual({ changed: true })
    expect(ask('skip', {})).toEqual({ changed: true })
    expect(ask('interrupt', { shellId: 999 })).toBeNull()
    expect(ask('withdraw', { request: 999 })).toBeNull()
    expect(ask('undo', {})).toBeNull()
    expect(ask('redo', {})).toBeNull()
    expect(() => ask('redo', {})).toThrow('there is nothing to redo')
  })

  it('scenario, record, compare', async () => {
    expect(ask('scenario', { play: 'next' })).toEqual({ done: 1, total: 3 })
    expect(ask('scenario', { play: 'all' })).toEqual({ done: 3, total: 3 })
    expect(ask('scenario', { play: 'all' })).toEqual({ done: 3, total: 3 })
    const recording = JSON.parse((await askLater('record', { scenario: twoNodes, version: '1.23' })).text) as Recording
    expect(recording.steps).toHaveLength(3)
    expect((await askLater('compare', { scenario: twoNodes, versions: ['1.23', '1.36'] })).steps).toHaveLength(3)
  })

  it('a document that is refused says so first, and of what else it was warned in a line of its own', () => {
    const other = new Talk()
    other.ask('open', { scenario: 'id: x\nnodes: [{name: a}]\nsteps: []\n', playing: false })
    const text = 'apiVersion: v1\nkind: Node\nmetadata:\n  name: a\n  resourceVersion: "1"\n  labels: {x: v}\n'
    expect(other.ask('apply', { name: 'a.yaml', text }).results).toEqual([
      { ok: false, message: expect.stringMatching(/^Error from server \(Conflict\)[\s\S]*the object has been modified/), line: 1 },
      { ok: true, warning: true, message: expect.stringMatching(/^Warning: resource nodes\/a is missing/), line: 1 },
    ])
  })

  it('what a step gives a command to read is shown with it, as it would be typed', () => {
    const steps = '- run: kubectl apply -f -\n  stdin: |\n    # x\n    kind: List\n'
    const other = new Talk()
    other.ask('open', { scenario: `id: x\nnodes: [{name: a}]\nsteps:\n${steps}`, playing: false })
    other.ask('scenario', { play: 'next' })
    const text = "kubectl apply -f - <<'EOF'\n# x\nkind: List\nEOF"
    expect(other.messages).toContainEqual({ type: 'output', shellId: expect.any(Number), stream: 'echo', text, by: 'scenario' })
  })

  it('none was forgotten, nothing failed, and the page knows all of the cluster', () => {
    expect([...asked].sort()).toEqual(Object.keys(requestHandlers).sort())
    expect(talk.failures()).toEqual([])
    expect(mirrorOf(talk.messages)).toEqual(truthOf(talk))
  })
})

it('who makes a pod is told its node only where it chose it: not the ReplicaSet controller (WC-2.1, SCH-5), but the DaemonSet controller (DS-7.7)', () => {
  const talk = new Talk()
  talk.ask('open', { scenario: twoNodes, playing: true })
  talk.run('kubectl create deployment web --image=web:v1')
  talk.run('kubectl apply -f -', manifest('agent:v1'))
  for (let i = 0; i < 300; i++) talk.session.tick(16)
  talk.session.flush(true)
  const told =
    frames(talk)
      .at(-1)
      ?.journal.filter(({ kind, namespace }) => kind === 'Pod' && namespace === 'default') ?? []
  const nodesOf = (verb: string, name: RegExp) =>
    told.filter((entry) => entry.verb === verb && name.test(entry.name)).map(({ node }) => node ?? 'none')
  expect(nodesOf('create', /^web/)).toEqual(['none'])
  expect(nodesOf('bind', /^web/)).toEqual([expect.stringMatching(/^[ab]$/)])
  expect(nodesOf('create', /^agent/).sort()).toEqual(['a', 'b'])
})

describe('undo and redo', () => {
  it('take back what was done, with its frames, and do it again', () => {
    const talk = new Talk()
    talk.ask('open', { scenario: twoNodes, playing: false })
    const before = truthOf(talk)
    talk.run('kubectl apply -f -', manifest('agent:v1'))
    const after = truthOf(talk)
    expect(after).not.toEqual(before)
    talk.ask('undo', {})
    expect(truthOf(talk)).toEqual(before)
    expect(mirrorOf(talk.messages)).toEqual(before)
    expect(frames(talk).at(-1)).toMatchObject({ reset: true, canUndo: false, canRedo: true })
    expect(talk.messages).toContainEqual({ type: 'output', shellId: 0, stream: 'echo', text: '# undo: kubectl apply -f -' })
    talk.ask('redo', {})
    expect(mirrorOf(talk.messages)).toEqual(after)
    talk.ask('undo', {})
    talk.run('kubectl cordon a')
    expect(() => talk.ask('redo', {})).toThrow('there is nothing to redo')
  })

  it('pass over what only looked: one undo takes back the last thing that was done', () => {
    const talk = new Talk()
    talk.ask('open', { scenario: twoNodes, playing: false })
    talk.run('kubectl get nodes; kubectl apply --dry-run=server -f -', manifest('agent:v1'))
    expect(frames(talk).at(-1)).toMatchObject({ canUndo: false })
    const watching = talk.send('shell', { line: 'kubectl get nodes -w', echo: 'typed' })
    talk.run('kubectl cordon a')
    talk.ask('interrupt', { shellId: watching })
    talk.run('kubectl get nodes')
    talk.run('kubectl describe node a | head -3')
    talk.ask('apply', { name: 'empty.yaml', text: '' })
    expect(talk.run('kubectl get node a')[0]).toContain('SchedulingDisabled')
    talk.ask('undo', {})
    expect(talk.messages).toContainEqual({ type: 'output', shellId: 0, stream: 'echo', text: '# undo: kubectl cordon a' })
    expect(talk.run('kubectl get node a')[0]).not.toContain('SchedulingDisabled')
  })

  it('a command that failed is told as a consequence of what was run, and leaves nothing to take back', () => {
    const talk = new Talk()
    talk.run('kubectl taint node nope a=b:NoSchedule')
    talk.run('kubectl get pods | grep nothing')
    const journal = frames(talk).flatMap((frame) => frame.journal)
    const [refused, ...more] = journal.filter(({ verb }) => verb === 'refused')
    expect(refused).toMatchObject({ component: 'user', text: 'Error from server (NotFound): nodes "nope" not found' })
    expect(journal.find(({ id }) => id === refused?.causeId)).toMatchObject({ verb: 'command', text: 'kubectl taint node nope a=b:NoSchedule' })
    expect(more).toEqual([])
    expect(frames(talk).at(-1)?.canUndo).toBe(false)
    // what was tried and refused leaves nothing either, beside what was done before and after
    talk.run('kubectl label node worker-0 a=b')
    talk.run('kubectl label node worker-0 a=c')
    talk.run('kubectl taint node worker-0 a=b:Nonsense')
    talk.run('kubectl patch node worker-0 -p \'{"spec": {"podCIDR": "no"}}\'')
    talk.ask('undo', {})
    expect(talk.run('kubectl get node worker-0 -o jsonpath={.metadata.labels.a}')[0]).toBe('')
    expect(talk.session.open.history.canUndo).toBe(false)
  })

  it('a refusal that repeats all that was sent is told by its reason', () => {
    const talk = new Talk()
    talk.ask('apply', { name: 'agent.yaml', text: manifest('agent:v1') })
    talk.run('kubectl set image ds/agent agent=live')
    talk.ask('shell', { line: 'kubectl apply -f agent.yaml --overwrite=false', files: { 'agent.yaml': manifest('agent:v1') } })
    talk.session.tick(100)
    const refused = frames(talk).flatMap((frame) => frame.journal.filter(({ verb }) => verb === 'refused'))
    expect(refused.map(({ text }) => text)).toEqual(['error: the patch conflicts with changes made from original to current'])
  })

  it('take back a step of a scenario, so that the next one is that step again', () => {
    const talk = new Talk()
    talk.ask('open', { scenario: twoNodes, playing: false })
    talk.ask('scenario', { play: 'next' })
    talk.ask('undo', {})
    expect(talk.ask('scenario', { play: 'next' })).toEqual({ done: 1, total: 3 })
  })
})

describe('waiting', () => {
  it('Ctrl+C ends a rollout status that waits, with 130 and one reply', () => {
    const talk = new Talk()
    talk.ask('open', { scenario: twoNodes, playing: false })
    talk.run('kubectl apply -f -', manifest('agent:v1'))
    talk.ask('fault', { fault: { brokenImages: ['broken'] } })
    talk.run('kubectl set image ds/agent agent=agent:broken')
    const waiting = talk.send('shell', { line: 'kubectl rollout status ds/agent', echo: 'typed' })
    talk.ask('clock', { playing: true, speed: 10 })
    for (let i = 0; i < 300; i++) talk.session.tick(16)
    expect(talk.replies(waiting)).toEqual([])
    expect(talk.output(waiting)).toContain('Waiting for daemon set "agent" rollout to finish: 0 of 2 updated pods are available...')
    talk.ask('interrupt', { shellId: waiting })
    expect(talk.replies(waiting)).toEqual([{ type: 'reply', id: waiting, ok: true, result: { exit: 130 } }])
  })

  it('runs several typed lines one after the other, each shown before what it prints', () => {
    const talk = new Talk()
    const id = talk.send('shell', { line: 'A=1\n# note\necho $A', echo: 'typed' })
    expect(talk.replies(id)).toMatchObject([{ result: { exit: 0 } }])
    expect(talk.output(id)).toBe('A=1# note\necho $A1\n')
  })

  it('a typed line that is not complete is not run', () => {
    const talk = new Talk()
    expect(talk.ask('shell', { line: 'kubectl apply -f - <<EOF', echo: 'typed' })).toEqual({ exit: 0, incomplete: true })
  })

  /** Thirty nodes whose daemon pods crash again and again: there is always something to do. */
  function busyTalk(steps: string): Talk {
    // every look at the wall clock costs 5 ms: a portion ends after a few timers
    const talk = new Talk(5)
    const nodes = Array.from({ length: 30 }, (_, i) => `{name: n${i}}`).join(', ')
    talk.ask('open', { scenario: `id: busy\nnodes: [${nodes}]\nsteps: [${steps}]\n`, playing: false })
    talk.ask('fault', { fault: { crashingImages: { images: ['agent'] } } })
    talk.ask('apply', { name: 'a', text: manifest('agent:v1') })
    return talk
  }

  it('a skip of an hour goes in portions, tells how far it is, and can be stopped', () => {
    const talk = busyTalk('')
    const { session } = talk
    session.perform(session.runningTo(session.open.cluster.nowMs + 3_600_000))
    expect(talk.session.isBusy).toBe(true)
    talk.session.tick(16)
    expect(frames(talk).at(-1)?.progress).toBeGreaterThan(0)
    talk.ask('interrupt', { shellId: 0 })
    expect(talk.session.isBusy).toBe(false)
    expect(frames(talk).at(-1)?.progress).toBeNull()
  })

  it('a portion of a skip ends when its wall time is over, also where each timer takes long', () => {
    const { session } = busyTalk('')
    const { cluster } = session.open
    const { steps } = cluster.core.state
    const work = session.runningTo(cluster.nowMs + 3_600_000)
    for (let portion = 1; portion <= 5; portion++) {
      work.next()
      expect(cluster.core.state.steps - steps).toBeLessThanOrEqual(4 * portion)
    }
    work.return()
  })

  it('a typed apply of many documents goes in portions while the clock stands still, and can be stopped', () => {
    const talk = new Talk(5)
    talk.ask('open', { scenario: twoNodes, playing: false })
    const stdin = Array.from({ length: 300 }, (_, i) => `apiVersion: v1\nkind: Namespace\nmetadata: {name: team-${i}}\n`).join('---\n')
    const before = talk.session.open.cluster.nowMs
    const line = { line: 'kubectl apply -f -', stdin }
    const id = talk.send('shell', line)
    expect(talk.output(id).match(/created/g)).toHaveLength(20)
    expect(talk.session.needsTime).toBe(true)
    talk.session.tick(16)
    talk.ask('interrupt', { shellId: id })
    expect(talk.replies(id)).toMatchObject([{ result: { exit: 130 } }])
    expect(talk.output(id).match(/created/g)?.length).toBeLessThan(300)
    expect([talk.session.open.cluster.nowMs, talk.session.needsTime]).toEqual([before, false])
    expect(talk.ask('shell', line)).toEqual({ exit: 0 })
  })

  it('a scenario goes in portions and can be stopped; its request is answered once', () => {
    const talk = busyTalk('{wait: 3600}, {wait: 1}')
    const id = talk.send('scenario', { play: 'all' })
    expect(talk.replies(id)).toEqual([])
    talk.ask('interrupt', { shellId: id })
    expect(talk.replies(id)).toEqual([{ type: 'reply', id, ok: true, result: { done: 1, total: 2 } }])
  })
})

describe('an answer that takes long', () => {
  /** A session whose every look at the wall clock costs 5 ms, asked what applying something does on two hundred nodes. */
  async function askedTalk() {
    const talk = new Talk(5)
    const nodes = Array.from({ length: 200 }, (_, i) => `{name: n${i}}`).join(', ')
    talk.ask('open', { scenario: `id: many\nnodes: [${nodes}]\nsteps: []\n` })
    const predict = () => talk.send('predict', { name: 'a', text: manifest('agent:v1') })
    const begun = () => expect.poll(() => talk.session.background.isBusy).toBe(true)
    const id = predict()
    await begun()
    return { talk, id, predict, begun }
  }

  it('lets the clock, clicks and frames through, and tells how far it is', async () => {
    const { talk, id } = await askedTalk()
    const { cluster } = talk.session.open
    const beforeMs = cluster.nowMs
    for (let i = 0; i < 30; i++) talk.session.tick(16)
    expect(talk.replies(id)).toEqual([])
    expect(cluster.nowMs - beforeMs).toBeGreaterThan(300)
    expect(talk.run('kubectl cordon n0')[1]).toBe(0)
    const told = talk.messages.flatMap((message) => (message.type === 'progress' && message.id === id ? [message.done] : []))
    expect(told.length).toBeGreaterThan(1)
    expect(told).toEqual([...told].sort((a, b) => a - b))
    for (let i = 0; i < 10_000 && talk.session.background.isBusy; i++) talk.session.tick(16)
    await expect.poll(() => talk.replies(id)).toMatchObject([{ ok: true }])
    // of the moment it was asked in: the node was not cordoned then, and what the page did meanwhile is not part of it
    const [reply] = talk.replies(id)
    expect(reply?.ok && (reply.result as Prediction).pods).toHaveLength(200)
    expect(podsOf(talk)).toEqual([])
  })

  it('is given up when the next question of its kind comes, or when nobody waits for it any more', async () => {
    const { talk, id, predict, begun } = await askedTalk()
    const second = predict()
    await expect.poll(() => talk.replies(id)).toMatchObject([{ ok: false, error: { message: 'another question took its place' } }])
    await begun()
    talk.ask('withdraw', { request: second })
    expect(talk.session.background.isBusy).toBe(false)
    await expect.poll(() => talk.replies(second)).toMatchObject([{ ok: false, error: { message: 'it was stopped' } }])
    expect(talk.failures()).toEqual([])
  })
})

describe('a big scenario', () => {
  it('begins in portions, with progress, and can be given up', () => {
    const talk = new Talk(5)
    const nodes = Array.from({ length: 800 }, (_, i) => `{name: n${i}}`).join(', ')
    const id = talk.send('open', { scenario: `id: big\nnodes: [${nodes}]\nsteps: []\n` })
    expect(talk.replies(id)).toEqual([])
    expect(frames(talk).at(-1)?.progress).not.toBeNull()
    talk.ask('interrupt', { shellId: id })
    expect(talk.replies(id)).toMatchObject([{ ok: true }])
    expect(talk.failures()).toEqual([])
  })
})

it('a page that does not keep up gets one frame with all that happened meanwhile', () => {
  const talk = new Talk()
  talk.ask('open', { scenario: 'id: one\nnodes: [{name: a}]\nsteps: [{wait: 1}]\n' })
  talk.session.canShow = () => false
  const before = frames(talk).length
  talk.session.open.cluster.fault({ add: [{ name: 'b' }, { name: 'c' }] }, 'machines')
  for (let i = 0; i < 50; i++) talk.session.tick(100)
  expect(frames(talk)).toHaveLength(before)
  talk.session.canShow = () => true
  talk.session.tick(16)
  expect(frames(talk)).toHaveLength(before + 1)
  expect(mirrorOf(talk.messages)).toEqual(truthOf(talk))
})
